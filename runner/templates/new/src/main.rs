//! The command `tandem` over the protocols of this crate: `cargo run -- check`, `compare`, `explore`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tandem_runner::main_with(&protocol::catalogue())
}
