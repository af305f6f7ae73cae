//! Enumerates an instance in Rust and in TLA+ and compares the two graphs.

use std::time::{Duration, Instant};

use tandem_models::catalogue::Instance;
use tandem_models::value::{Change, changes};

use crate::engine::EngineError;
use crate::engine::graph::replayable;
use crate::engine::tlc::Tlc;
use crate::enumerate::{End, explore_with};
use crate::manifest::Counts;
use crate::report::Standing;
use crate::trace::Trace;
use tandem_search::limits::CutOff;
use tandem_search::limits::Run;
use tandem_tla::divergence::{Divergence, compare};

/// The comparison of one instance.
pub struct Comparison {
    /// What was compared.
    pub instance: Instance,
    /// The Rust side: distinct views and steps.
    pub rust: Counts,
    /// What was taken for one another on the Rust side before it was unfolded, in words; nothing if all
    /// states were to be told apart. If something was, the counts of the Rust side are those of the
    /// representatives.
    pub symmetry: Option<String>,
    /// Rust states before the view folds them.
    pub raw_states: usize,
    /// The TLA+ side.
    pub tla: Counts,
    /// Where the two differ first.
    pub difference: Option<Difference>,
    /// From start to end.
    pub elapsed: Duration,
}

/// Why the two sides are not equal.
#[allow(
    clippy::large_enum_variant,
    reason = "there is at most one for each comparison"
)]
pub enum Difference {
    /// One side has a state or step that the other has not.
    Graphs {
        /// The path that both sides have.
        path: Trace,
        /// What follows it.
        divergence: Divergence,
        /// What sets the one side's state apart from the other's.
        apart: Vec<Change>,
    },
    /// Two Rust states have the same view but not the same steps: the view forgets something.
    View {
        /// The way to the one.
        first: Trace,
        /// The way to the other.
        second: Trace,
    },
}

impl Comparison {
    /// 0 if equal, 1 if not.
    pub fn standing(&self) -> Standing {
        if self.difference.is_none() {
            Standing::Pass
        } else {
            Standing::Fail
        }
    }
}

/// Why a comparison could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// One of the engines failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The Rust side was not enumerated completely.
    #[error("{instance}: the Rust model was not enumerated completely: {cut_off}")]
    Incomplete {
        /// What was compared.
        instance: String,
        /// The limit.
        cut_off: CutOff,
    },
}

/// Compares the two graphs of an instance: the Rust side as it is explored, or explored up to symmetry
/// and then unfolded.
///
/// # Errors
/// When one of them could not be enumerated completely.
pub fn compare_instance(
    instance: &Instance,
    symmetry: bool,
    tlc: &Tlc,
    run: &Run<'_>,
) -> Result<Comparison, CompareError> {
    let started = Instant::now();
    let found = explore_with(&instance.system(), symmetry, run);
    replayable(instance, &found)?;
    let system = found.system();
    if let Some(cut_off) = found.cut_off {
        return Err(CompareError::Incomplete {
            instance: instance.to_string(),
            cut_off,
        });
    }
    let tla = tlc.graph(instance, run)?;
    let divergence = || match found.folded.any() {
        true => compare(found.unfolded(), &tla),
        false => compare(&found.graph(), &tla),
    };
    let trace = |raw| Trace::new(instance, system, &found.path(raw));
    let view = found.clash().map(|(one, other)| Difference::View {
        first: trace(one),
        second: trace(other),
    });
    let difference = view.or_else(|| {
        divergence().map(|divergence| Difference::Graphs {
            path: divergence.start.as_ref().map_or_else(
                || trace(0),
                |start| Trace::replay(instance, system, start, &divergence.path, End::Open),
            ),
            apart: divergence
                .instead
                .as_ref()
                .map(|instead| changes(instead, &divergence.state))
                .unwrap_or_default(),
            divergence,
        })
    });
    let size = found.size();
    Ok(Comparison {
        instance: instance.clone(),
        rust: Counts {
            states: size.states,
            transitions: size.transitions,
        },
        symmetry: found.symmetry(),
        raw_states: size.raw_states,
        tla: Counts {
            states: tla.states.len(),
            transitions: tla.transitions(),
        },
        difference,
        elapsed: started.elapsed(),
    })
}
