//! The `tandem` command, and the crates that it consists of.
//!
//! A command starts in [`cli`]. [`commands`] select instances of the catalogue. An [`engine`] returns a
//! [`report`], or [`compare`] a comparison, and [`output`] writes it. [`search`] is the graph engine for
//! any model; [`enumerate`] runs a protocol's model on it. [`tlc`] runs TLC on the files that [`spec`]
//! renders. Both sides produce a [`graph`], and [`divergence`] finds the first difference between two
//! graphs. [`trace`] is the common form of paths from all engines.
//!
//! A crate with its own protocols passes its catalogue to [`main_with`].

pub mod cli;
pub mod commands;
pub mod progress;
mod terminal;

pub use tandem_check::{
    compare, design, engine, enumerate, fairness, lockstep, manifest, mutate, output, plain,
    replay, report, trace,
};
pub use tandem_explorer as explorer;
pub use tandem_search as search;
pub use tandem_search::{cancel, limits};
pub use tandem_tla::{divergence, graph, recording, spec, tlc};

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use tandem_models::catalogue::Catalogue;

use terminal::Printable;

/// The `tandem` command for a catalogue. Exit codes: 0 as expected, 1 a verdict differs from the
/// expectation, 2 it could not be checked.
///
/// Handlers run in a child process, which is this program started again. A handler that loops without a
/// call, ends the process or overflows its stack is reported, and is never a pass.
pub fn main_with(catalogue: &Catalogue) -> ExitCode {
    // Before a child process is started, because a mistake on the command line is independent of
    // handlers.
    let cli = cli::Cli::parse();
    let code = match tandem_contain::inside() {
        Ok(Some(inside)) => {
            let code = run(cli, catalogue);
            inside.conclude(&code).map(|()| code)
        }
        Ok(None) => supervised(),
        Err(error) => Err(error),
    };
    code.map(ExitCode::from).unwrap_or_else(|error| {
        let _ = writeln!(
            std::io::stderr(),
            "error: the handlers cannot be contained: {error}"
        );
        ExitCode::from(2)
    })
}

/// Runs the command line in one process, for a catalogue whose handlers are known to return.
pub fn main_uncontained(catalogue: &Catalogue) -> ExitCode {
    ExitCode::from(run(cli::Cli::parse(), catalogue))
}

/// Runs this program again as a child process, and returns its exit code.
fn supervised() -> std::io::Result<u8> {
    let program = std::env::current_exe()?;
    let cancel = cancel::Cancel::on_signals()?;
    let ended = tandem_contain::supervise(&tandem_contain::Child {
        command: &|| {
            let mut command = std::process::Command::new(&program);
            command.args(std::env::args_os().skip(1));
            command
        },
        limits: tandem_contain::Limits::HANDLERS_ONLY,
        cancel: &cancel,
        reads_errors: false,
    })?;
    Ok(match ended {
        tandem_contain::Ended::Concluded(code) => serde_json::from_value(code)?,
        tandem_contain::Ended::Stopped(why) => {
            writeln!(std::io::stderr(), "error: {why}")?;
            2
        }
    })
}

fn run(cli: cli::Cli, catalogue: &Catalogue) -> u8 {
    let mut out = Printable::stream(std::io::stdout().lock(), cli.color);
    let mut err = Printable::stream(std::io::stderr(), cli.color);
    let judges = cli.command.judges();
    let manifest = match &cli.command {
        // This command writes the manifest, so the existing content does not matter.
        cli::Command::Manifest => manifest::Manifest::default(),
        _ => match manifest::Manifest::of(catalogue) {
            Ok(manifest) => manifest,
            Err(error) => {
                let _ = writeln!(err, "error: {error}");
                return 2;
            }
        },
    };
    let mut context = commands::Context {
        catalogue,
        manifest,
        out: &mut out,
        err: &mut err,
    };
    match commands::run(cli, &mut context) {
        Ok(standing) => standing.code(),
        // The reader has closed the pipe. That is a success, except for a command with a verdict, which
        // was not completed.
        Err(error) if commands::reader_gone(&error) => {
            if judges {
                2
            } else {
                0
            }
        }
        Err(error) => {
            let _ = writeln!(err, "error: {error:#}");
            2
        }
    }
}
