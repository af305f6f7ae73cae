//! The `tandem` command with Tandem's own protocols.

use std::process::ExitCode;

fn main() -> ExitCode {
    tandem_runner::main_uncontained(&tandem_models::protocols::catalogue())
}
