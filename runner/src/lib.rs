//! Tandem's engines, its bridge to TLC, and the comparison of the two.
//!
//! The flow: [`cli`] → [`commands`] select instances of the catalogue → an [`engine`] returns a
//! [`report`], or [`compare`] a comparison → [`output`] writes it. [`search`] is the graph engine,
//! over any model; [`enumerate`] runs a protocol's model on it, and [`tlc`] runs TLC on what [`spec`]
//! renders; both end in a [`graph`], and [`divergence`] finds where two graphs differ first.
//! [`trace`] is a path in one vocabulary, whoever found it.
//!
//! A crate with protocols of its own hands its catalogue to [`main_with`].

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

/// The `tandem` command over a catalogue of somebody's own. Exit codes: 0 as it should be, 1 a verdict is
/// not, 2 it could not be checked.
///
/// Handlers run in a child process, this program once more: one that loops without a call, ends the
/// process or overflows its stack is reported, and is never a pass.
pub fn main_with(catalogue: &Catalogue) -> ExitCode {
    // Before a child is started: a mistake on the command line has nothing to do with handlers.
    let cli = cli::Cli::parse();
    let limits = commands::of_spec(&cli).unwrap_or(tandem_contain::Limits::HANDLERS_ONLY);
    contained(cli, catalogue, limits)
}

/// The same in one process, for a catalogue whose handlers are known to come back. Only a spec that somebody
/// else wrote is evaluated in a child process.
pub fn main_uncontained(catalogue: &Catalogue) -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::of_spec(&cli) {
        Some(limits) => contained(cli, catalogue, limits),
        None => ExitCode::from(run(cli, catalogue)),
    }
}

fn contained(cli: cli::Cli, catalogue: &Catalogue, limits: tandem_contain::Limits) -> ExitCode {
    let code = match tandem_contain::inside() {
        Ok(Some(inside)) => {
            let code = run(cli, catalogue);
            inside.conclude(&code).map(|()| code)
        }
        Ok(None) => supervised(limits),
        Err(error) => Err(error),
    };
    code.map(ExitCode::from).unwrap_or_else(|error| {
        let _ = writeln!(
            std::io::stderr(),
            "error: what is not Tandem's own cannot be contained: {error}"
        );
        ExitCode::from(2)
    })
}

/// Runs this program once more, as the child, and returns its exit code.
fn supervised(limits: tandem_contain::Limits) -> std::io::Result<u8> {
    let program = std::env::current_exe()?;
    let cancel = cancel::Cancel::on_signals()?;
    let ended = tandem_contain::supervise(&tandem_contain::Child {
        command: &|| {
            let mut command = std::process::Command::new(&program);
            command.args(std::env::args_os().skip(1));
            command
        },
        limits,
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
        // It writes the file, whatever stands in it now.
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
        // Whoever asked has read enough, but of a judgement nobody knows how it would have ended.
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
