//! Builds an exercise's program with cargo.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// The result of a build.
pub enum Built {
    /// The program.
    Program(PathBuf),
    /// The compiler refused the program and printed the reason on standard error.
    Refused,
}

/// Builds one program in the package of the exercises, with these features.
///
/// # Errors
///
/// If cargo cannot be run.
pub fn build(folder: &Path, program: &str, features: &str) -> anyhow::Result<Built> {
    build_by(cargo(), folder, program, features)
}

/// Builds one program without using the network.
///
/// # Errors
///
/// As [`build`].
pub fn build_offline(folder: &Path, program: &str) -> anyhow::Result<Built> {
    let mut cargo = cargo();
    // A variable is used because a flag would have to follow `build`. The network must not be used
    // even if it exists.
    cargo.env("CARGO_NET_OFFLINE", "true");
    build_by(cargo, folder, program, "")
}

/// Cargo: the one that runs this program, or else the one on the search path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn build_by(
    mut cargo: Command,
    folder: &Path,
    program: &str,
    features: &str,
) -> anyhow::Result<Built> {
    let output = cargo
        .args([
            "build",
            "--quiet",
            "--message-format",
            "json-render-diagnostics",
            "--bin",
            program,
        ])
        .args(["--features", features])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be run; install Rust by rustup, https://rustup.rs")?;
    if !output.status.success() {
        return Ok(Built::Refused);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    match text
        .lines()
        .rev()
        .find_map(|line| executable(line, program))
    {
        Some(program) => Ok(Built::Program(program)),
        None => bail!("cargo has built {program} and does not say where it is"),
    }
}

/// The path of the program in a message of cargo, if the message is about this program.
fn executable(line: &str, program: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let target = message.get("target")?.get("name")?.as_str()?;
    let path = message.get("executable")?.as_str()?;
    (target == program).then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_among_cargos_messages() {
        let line =
            r#"{"reason":"compiler-artifact","target":{"name":"outbox"},"executable":"/t/outbox"}"#;
        assert_eq!(executable(line, "outbox"), Some(PathBuf::from("/t/outbox")));
        assert_eq!(executable(line, "tokens"), None);
        assert_eq!(executable(r#"{"reason":"build-finished"}"#, "outbox"), None);
        assert_eq!(executable("warning: something", "outbox"), None);
    }
}
