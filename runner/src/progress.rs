//! Writes the progress of a search on one line.

use std::io::{IsTerminal, Write};
use std::sync::LazyLock;

use indicatif::{ProgressBar, ProgressStyle};
use tandem_search::limits::Progress;
use tandem_search::numerals::thousands;

/// Where progress is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teller {
    /// On the terminal, where each line replaces the previous one.
    Terminal,
    /// On standard error, line by line.
    Lines,
    /// Nowhere.
    Nobody,
}

impl Teller {
    /// On the terminal if there is one; otherwise only if it was requested.
    pub fn new(asked: bool) -> Self {
        match (std::io::stderr().is_terminal(), asked) {
            (true, _) => Teller::Terminal,
            (false, true) => Teller::Lines,
            (false, false) => Teller::Nobody,
        }
    }

    /// The function that reports progress, if it is reported at all. A failure to write is ignored.
    pub fn telling(self) -> Option<&'static (dyn Fn(&Progress) + Sync)> {
        match self {
            Teller::Terminal => {
                LINE.reset();
                Some(&|progress| {
                    LINE.set_message(line(progress));
                    LINE.tick();
                })
            }
            Teller::Lines => Some(&|progress| {
                let _ = writeln!(std::io::stderr(), "{}", line(progress));
            }),
            Teller::Nobody => None,
        }
    }

    /// Removes the progress line from the terminal.
    pub fn end(self) {
        if self == Teller::Terminal {
            LINE.finish_and_clear();
        }
    }
}

/// The line on the terminal. The final number of states is not known, so it has no bar.
static LINE: LazyLock<ProgressBar> = LazyLock::new(|| {
    let style =
        ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
});

/// The text: states, rate, depth, queue, memory, and the estimated number of states.
pub fn line(progress: &Progress) -> String {
    let seconds = progress.elapsed.as_secs_f64().max(1e-3);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a rate, for people"
    )]
    let rate = (progress.states as f64 / seconds) as usize;
    if let Some(walks) = progress.walks {
        let walks = usize::try_from(walks).unwrap_or(usize::MAX);
        return format!(
            "{} walks, {} states ({}/s), {} MB",
            thousands(walks),
            thousands(progress.states),
            thousands(rate),
            progress.memory >> 20,
        );
    }
    let estimate = match progress.estimate {
        Some(states) => format!("about {} in all", thousands(states)),
        None => "still growing".to_owned(),
    };
    format!(
        "{} states ({}/s), depth {}, {} queued, {} MB, {estimate}",
        thousands(progress.states),
        thousands(rate),
        progress.depth,
        thousands(progress.queue),
        progress.memory >> 20,
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_line_says_how_far_it_is_and_what_it_will_come_to() {
        let growing = Progress {
            states: 1_500_000,
            steps: 4_000_000,
            depth: 23,
            walks: None,
            queue: 45_000,
            memory: 300 << 20,
            elapsed: Duration::from_millis(2_500),
            estimate: None,
        };
        assert_eq!(
            line(&growing),
            "1,500,000 states (600,000/s), depth 23, 45,000 queued, 300 MB, still growing"
        );
        let shrinking = Progress {
            estimate: Some(2_000_000),
            ..growing
        };
        assert!(line(&shrinking).ends_with("300 MB, about 2,000,000 in all"));
        let walking = Progress {
            walks: Some(12_345),
            ..growing
        };
        assert_eq!(
            line(&walking),
            "12,345 walks, 1,500,000 states (600,000/s), 300 MB"
        );
    }
}
