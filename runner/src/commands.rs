//! The commands. Each selects instances, runs engines on them, and passes the reports to a writer.

mod check;
mod compare;
mod doctor;
mod exercise;
mod explore;
mod graph;
mod handbook;
mod laptop;
mod list;
mod manifest;
mod mutate;
mod mutate_spec;
mod new;
mod own_spec;
mod replay;
mod save_trace;
mod setup;
mod show;
mod watch;
mod workers;

use std::io::{self, Write};

use tandem_models::catalogue::Catalogue;

use crate::cli::{Cli, Command, EngineName};
use tandem_check::manifest::Manifest;
use tandem_check::report::Standing;

/// The context of a command: the catalogue, the manifest, and the output streams.
pub struct Context<'a> {
    /// The protocols.
    pub catalogue: &'a Catalogue,
    /// The pinned results.
    pub manifest: Manifest,
    /// The stream for results.
    pub out: &'a mut dyn Write,
    /// The stream for progress and warnings.
    pub err: &'a mut dyn Write,
}

/// Runs a command.
///
/// # Errors
///
/// If the command failed: exit code 2.
pub fn run(cli: Cli, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    match cli.command {
        Command::List(args) => list::list(&args, context),
        Command::Check(args) if args.watch.watch => {
            let reads_specs = matches!(args.engine, EngineName::Tlc | EngineName::TlaRs);
            anyhow::ensure!(
                reads_specs,
                "--watch checks specs on every save: add `--engine tla-rs` or `--engine tlc`. A handler in \
                 Rust is part of this program and needs a build: `cargo run -- check` does both"
            );
            let specs = args.run.specs.as_deref();
            watch::watch(&args.watch, specs, context, |context| {
                check::check(&args, context)
            })
        }
        Command::Check(args) => check::check(&args, context),
        Command::Compare(args) if args.watch.watch => {
            let specs = args.run.specs.as_deref();
            watch::watch(&args.watch, specs, context, |context| {
                compare::compare(&args, context)
            })
        }
        Command::Compare(args) => compare::compare(&args, context),
        Command::Exercise(command) => exercise::exercise(&command, context),
        Command::Explore(args) => explore::explore(&args, context),
        Command::Graph(args) => graph::graph(&args, context),
        Command::Handbook { into } => handbook::handbook(&into, context),
        Command::Show(args) => show::show(&args, context),
        Command::Tlc(command) => doctor::tlc(&command, context),
        Command::Doctor(args) => doctor::doctor(&args, context),
        Command::Replay(args) => replay::run(&args, context),
        Command::Mutate(args) if args.spec => mutate_spec::mutate(&args, context),
        Command::Mutate(args) => mutate::mutate(&args, context),
        Command::New(args) => new::new(&args, context),
        Command::Manifest => manifest::manifest(context),
    }
}

/// Whether writing failed only because the reader has closed the pipe, as in `tandem list | head`.
pub fn reader_gone(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let json = cause.downcast_ref::<serde_json::Error>();
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        io.or_else(|| json?.io_error_kind())
    };
    error
        .chain()
        .any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
