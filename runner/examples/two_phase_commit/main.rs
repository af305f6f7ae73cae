//! Two-phase commit, a plain Stateright model, compared with a TLA+ spec that was written without it:
//! `cargo run -p tandem-runner --example two_phase_commit`. The page `docs/bring-your-own.md` explains it.

#[allow(unreachable_pub, reason = "a test has this module too")]
mod model;
#[allow(unreachable_pub, reason = "a test has this module too")]
mod view;

use std::path::Path;
use std::process::ExitCode;

use model::TwoPhaseCommit;
use view::pair;

use tandem_runner::cancel::Cancel;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::plain::{PlainError, UserSpec, check};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two_phase_commit");
    let spec = UserSpec::read(&folder.join("AtomicCommit.tla"), None)?;
    let too_few = std::env::args().any(|argument| argument == "--planted");
    let model = TwoPhaseCommit {
        managers: 3,
        votes_too_few: usize::from(too_few),
    };
    let cancel = Cancel::new();
    let report = check(&model, &Run::new(&Limits::NONE, &cancel))?;
    let comparison = pair(&model, &spec).compare().map_err(said)?;
    let text = format!("{report}\n{comparison}");
    std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?;
    Ok(match report.passes() && comparison.equal() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// `main` would print an error with `Debug`, which would hide its explanation.
fn said(error: PlainError) -> Box<dyn std::error::Error> {
    let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{error}\n"));
    error.into()
}
