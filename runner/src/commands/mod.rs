//! The commands: each selects instances, runs engines on them, and hands reports to a writer.

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

/// What every command has.
pub struct Desk<'a> {
    /// The protocols.
    pub catalogue: &'a Catalogue,
    /// Their pinned sizes.
    pub manifest: Manifest,
    /// For the result.
    pub out: &'a mut dyn Write,
    /// For progress and warnings.
    pub err: &'a mut dyn Write,
}

/// Runs a command.
///
/// # Errors
/// When it could not do what it is for: exit code 2.
pub fn run(cli: Cli, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    match cli.command {
        Command::List(args) => list::list(&args, desk),
        Command::Check(args) if args.watch.watch => {
            let reads_specs = matches!(args.engine, EngineName::Tlc | EngineName::TlaRs);
            anyhow::ensure!(
                reads_specs,
                "--watch checks specs on every save: add `--engine tla-rs` or `--engine tlc`. A handler in \
                 Rust is part of this program and needs a build: `cargo run -- check` does both"
            );
            let specs = args.run.specs.as_deref();
            watch::watch(&args.watch, specs, desk, |desk| check::check(&args, desk))
        }
        Command::Check(args) => check::check(&args, desk),
        Command::Compare(args) if args.watch.watch => {
            let specs = args.run.specs.as_deref();
            watch::watch(&args.watch, specs, desk, |desk| {
                compare::compare(&args, desk)
            })
        }
        Command::Compare(args) => compare::compare(&args, desk),
        Command::Exercise(command) => exercise::exercise(&command, desk),
        Command::Explore(args) => explore::explore(&args, desk),
        Command::Graph(args) => graph::graph(&args, desk),
        Command::Handbook { into } => handbook::handbook(&into, desk),
        Command::Show(args) => show::show(&args, desk),
        Command::Tlc(command) => doctor::tlc(&command, desk),
        Command::Doctor(args) => doctor::doctor(&args, desk),
        Command::Replay(args) => replay::run(&args, desk),
        Command::Mutate(args) if args.spec => mutate_spec::mutate(&args, desk),
        Command::Mutate(args) => mutate::mutate(&args, desk),
        Command::New(args) => new::new(&args, desk),
        Command::Manifest => manifest::manifest(desk),
    }
}

/// Whether writing failed only since nobody reads any more, as in `tandem list | head`.
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
