//! The `tandem` command with the exercises in place of Tandem's own protocols.

use std::process::ExitCode;

fn main() -> ExitCode {
    tandem_runner::main_with(&tandem_exercises::catalogue())
}
