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

pub use tandem_check::{compare, engine, enumerate, manifest, output, report, trace};
pub use tandem_explorer as explorer;
pub use tandem_search as search;
pub use tandem_search::{cancel, limits};
pub use tandem_tla::{divergence, graph, spec, tlc};

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use tandem_models::catalogue::Catalogue;

/// The `tandem` command over a catalogue. Exit codes: 0 as it should be, 1 a verdict is not, 2 it
/// could not be checked.
pub fn main_with(catalogue: &Catalogue) -> ExitCode {
    let cli = cli::Cli::parse();
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr());
    let manifest = match manifest::Manifest::embedded() {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = writeln!(err, "error: specs/manifest.toml: {error}");
            return ExitCode::from(2);
        }
    };
    let mut desk = commands::Desk {
        catalogue,
        manifest,
        out: &mut out,
        err: &mut err,
    };
    let judges = cli.command.judges();
    match commands::run(cli, &mut desk) {
        Ok(standing) => ExitCode::from(standing.code()),
        // Whoever asked has read enough, but of a judgement nobody knows how it would have ended.
        Err(error) if commands::reader_gone(&error) => ExitCode::from(if judges { 2 } else { 0 }),
        Err(error) => {
            let _ = writeln!(err, "error: {error:#}");
            ExitCode::from(2)
        }
    }
}
