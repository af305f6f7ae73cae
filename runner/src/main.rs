//! The `tandem` command with Tandem's own protocols.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Gives back what a search has taken. Searches come and go on threads of their own, in small pieces
/// among others that stay; with the allocator of glibc an explorer of which 3 MiB were in use still
/// held 200, and more after each hour.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tandem_runner::main_with(&tandem_models::protocols::catalogue())
}
