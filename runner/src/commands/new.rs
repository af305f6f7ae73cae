//! `tandem new NAME`: creates a crate with a protocol, its specification, its manifest and a test.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Context;
use crate::cli::NewArgs;
use tandem_check::report::Standing;
use tandem_models::catalogue::SHARED_MODULES;

/// The name in the template, as a module and as a crate.
const MODULE: &str = "Parcels";
const CRATE: &str = "parcels";
/// The placeholder in the template for the folder of Tandem's repository.
const TANDEM: &str = "@TANDEM@";

/// The files of the template.
const FILES: [(&str, &str); 6] = [
    (
        "Cargo.toml",
        include_str!("../../templates/new/Cargo.toml.in"),
    ),
    (
        "README.md",
        include_str!("../../templates/new/README.md.in"),
    ),
    ("src/lib.rs", include_str!("../../templates/new/src/lib.rs")),
    (
        "src/main.rs",
        include_str!("../../templates/new/src/main.rs"),
    ),
    (
        "tests/protocol.rs",
        include_str!("../../templates/new/tests/protocol.rs"),
    ),
    (
        "specs/Parcels.tla",
        include_str!("../../templates/new/specs/Parcels.tla"),
    ),
];

pub(super) fn new(args: &NewArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let name = checked(&args.name)?;
    let folder = args.into.clone().unwrap_or_else(|| PathBuf::from(name));
    let empty = std::fs::read_dir(&folder).map_or(true, |mut entries| entries.next().is_none());
    anyhow::ensure!(
        empty,
        "{} is there already and is not empty; choose another name, or a folder with --into",
        folder.display()
    );
    let tandem = match &args.tandem {
        Some(folder) => repository(folder).with_context(|| {
            format!("{} is not the folder of Tandem's repository", folder.display())
        })?,
        None => near().context(
            "the folder of Tandem's repository, on which the new crate depends, is not known here; name it \
             with --tandem FOLDER",
        )?,
    };
    let module = camel(name);
    let tandem = tandem.display().to_string().replace('\\', "/");
    for (file, text) in FILES {
        let text = text.replace(TANDEM, &tandem).replace(MODULE, &module);
        write(
            &folder.join(file.replace(MODULE, &module)),
            &text.replace(CRATE, name),
        )?;
    }
    for shared in SHARED_MODULES {
        let file = folder.join(format!("specs/{}.tla", shared.name));
        write(&file, shared.text)?;
    }
    // The crate uses the same versions of all libraries as Tandem.
    let lock = Path::new(&tandem).join("Cargo.lock");
    if let Ok(lock) = std::fs::read_to_string(lock) {
        write(&folder.join("Cargo.lock"), &lock)?;
    }
    let shown = folder.display();
    writeln!(
        context.out,
        "{shown} has a protocol in src/lib.rs and its specification in specs/{module}.tla.\n\n  \
         cd {shown}\n  cargo test            # the sizes, the verdicts, the comparison\n  \
         cargo run -- check    # every guarantee, with counterexamples\n  \
         cargo run -- compare  # the state graphs of both sides"
    )?;
    Ok(Standing::Pass)
}

/// Checks that a name can be the name of a crate, of a protocol, and (in another form) of a TLA+
/// module.
fn checked(name: &str) -> anyhow::Result<&str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let words = name
        .split('-')
        .all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    let taken = ["test", "protocol", "core", "std", "alloc", "proc-macro"];
    anyhow::ensure!(
        name.chars().all(plain) && words && !taken.contains(&name),
        "'{name}' cannot be the name of a protocol and its crate; use words of lower-case letters and \
         digits, joined by hyphens, as in order-intake"
    );
    let module = camel(name);
    anyhow::ensure!(
        !SHARED_MODULES.iter().any(|shared| shared.name == module),
        "'{name}' would have the module {module}, which all protocols share; choose another name"
    );
    Ok(name)
}

/// Converts `order-intake` to `OrderIntake`.
fn camel(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}

/// The repository in which this program was built, or in which the command runs.
fn near() -> Option<PathBuf> {
    let places = [std::env::current_exe().ok(), std::env::current_dir().ok()];
    let folders = places.iter().flatten().flat_map(|place| place.ancestors());
    folders.filter_map(|folder| repository(folder).ok()).next()
}

/// The folder, if it has the crates that a protocol needs.
fn repository(folder: &Path) -> anyhow::Result<PathBuf> {
    for (file, named) in [
        ("models/Cargo.toml", "name = \"tandem-models\""),
        ("runner/Cargo.toml", "name = \"tandem-runner\""),
    ] {
        let text = std::fs::read_to_string(folder.join(file))
            .with_context(|| format!("{}", folder.join(file).display()))?;
        anyhow::ensure!(text.contains(named), "{file} is the file of another crate");
    }
    Ok(folder.canonicalize()?)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = written.and_then(|()| std::fs::write(path, text));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{camel, checked};

    #[test]
    fn a_name_fits_a_crate_a_protocol_and_a_module() {
        assert_eq!(camel("order-intake2"), "OrderIntake2");
        for name in ["parcels", "order-intake", "v2"] {
            assert!(checked(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "Orders",
            "2nd",
            "a--b",
            "-a",
            "a-",
            "a_b",
            "test",
            "guarantees",
            "../x",
        ] {
            assert!(checked(name).is_err(), "{name}");
        }
    }
}
