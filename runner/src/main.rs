//! The `tandem` command with Tandem's own protocols.

use std::process::ExitCode;

fn main() -> ExitCode {
    tandem_runner::main_with(&tandem_models::protocols::catalogue())
}
