//! `tandem exercise setup` on machines on which something is missing.

use std::path::Path;
use std::process::{Command, Output};

/// The repository, where the exercises are.
fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A command that finds no other program.
fn alone(mut command: Command) -> (Option<i32>, String) {
    command.current_dir(root()).env("PATH", "/nowhere");
    for name in ["CARGO", "JAVA_HOME"] {
        command.env_remove(name);
    }
    let Output { status, stdout, .. } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap())
}

#[test]
fn without_rust_it_says_how_to_get_it_and_builds_nothing() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command.args(["exercise", "setup"]);
    let (code, told) = alone(command);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("✗ Rust: cargo is not found\n"), "{told}");
    assert!(told.contains("✗ linker: cc is not found"), "{told}");
    assert!(told.contains("· Java: "), "Java is optional: {told}");
    assert!(!told.contains("first build"), "{told}");
    assert!(
        told.ends_with("Run this again after you have fixed it.\n"),
        "{told}"
    );
    #[cfg(target_os = "linux")]
    assert!(
        told.contains("https://sh.rustup.rs") && told.contains("apt-get install build-essential")
    );
}

#[test]
fn the_script_says_so_before_anything_is_built() {
    let mut command = Command::new("/bin/sh");
    command.arg("exercises/setup");
    let (code, told) = alone(command);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.starts_with("✗ Rust: cargo is not found\n"), "{told}");
    assert!(told.contains("https://sh.rustup.rs"), "{told}");
}
