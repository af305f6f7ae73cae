//! `tandem new`: the crate that it makes. Its code is compiled and tested here too, so the template is
//! right without a build of another crate; the test that is ignored builds one.

// The template's test speaks of its crate by this name.
extern crate self as protocol;

#[path = "../templates/new/src/lib.rs"]
#[allow(
    missing_docs,
    unreachable_pub,
    reason = "the template is the root of a crate"
)]
mod parcels;
#[path = "../templates/new/tests/protocol.rs"]
mod template;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
pub use parcels::catalogue;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn tandem(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(cargo_bin("tandem"));
    command.args(arguments).current_dir(place);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// A crate of this name in a folder of its own, outside of the repository.
fn created(name: &str) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let repository = repository();
    let repository = repository.to_str().unwrap();
    let made = tandem(place.path(), &["new", name, "--tandem", repository]);
    assert!(made.status.success(), "{}", said(&made));
    let folder = place.path().join(name);
    (place, folder)
}

#[test]
fn the_crate_has_its_name_everywhere() {
    let (_place, folder) = created("order-intake");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    assert!(read("Cargo.toml").contains("name = \"order-intake\""));
    assert!(read("src/lib.rs").contains("name: \"order-intake\""));
    assert!(read("src/lib.rs").contains("include_str!(\"../specs/OrderIntake.tla\")"));
    assert!(read("specs/OrderIntake.tla").contains("MODULE OrderIntake"));
    for file in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/main.rs",
        "tests/protocol.rs",
        "specs/OrderIntake.tla",
    ] {
        let text = read(file).to_lowercase();
        assert!(
            !text.contains("parcels") && !text.contains("@tandem@"),
            "{file}"
        );
    }
    assert!(read("specs/Guarantees.tla").contains("MODULE Guarantees"));
    assert!(read("Cargo.lock").contains("name = \"stateright\""));
}

#[test]
fn what_cannot_be_made_is_refused_before_anything_is_written() {
    let place = tempfile::tempdir().unwrap();
    let repository = repository();
    let repository = repository.to_str().unwrap();
    let bad = tandem(
        place.path(),
        &["new", "Order_Intake", "--tandem", repository],
    );
    assert_eq!(bad.status.code(), Some(2));
    assert!(said(&bad).contains("lower-case letters"), "{}", said(&bad));
    let nowhere = tandem(place.path(), &["new", "orders", "--tandem", "/nowhere"]);
    assert!(said(&nowhere).contains("/nowhere is not the folder of Tandem's repository"));
    std::fs::create_dir_all(place.path().join("orders/src")).unwrap();
    let full = tandem(place.path(), &["new", "orders", "--tandem", repository]);
    assert!(said(&full).contains("is not empty"), "{}", said(&full));
    let entries = std::fs::read_dir(place.path()).unwrap().count();
    assert_eq!(entries, 1, "only the folder that was there");
}

/// Builds a crate outside of the repository, with Tandem's own crates: minutes.
#[test]
#[ignore = "builds Tandem's crates once more; `TANDEM_LONG=yes .ci/test` runs it"]
fn a_new_crate_passes_its_test_and_names_an_action_that_was_renamed() {
    let (_place, folder) = created("order-intake");
    // The target folder of this build: the crate has the same versions and profile, so that only Tandem's
    // own crates are built once more.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target);
        command.output().unwrap()
    };
    let tested = cargo(&["test", "--quiet"]);
    assert!(tested.status.success(), "{}", said(&tested));
    let checked = cargo(&["run", "--quiet", "--", "check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    let compared = cargo(&["run", "--quiet", "--", "compare", "--engine", "tla-rs"]);
    assert_eq!(compared.status.code(), Some(0), "{}", said(&compared));
    let module = folder.join("specs/OrderIntake.tla");
    let text = std::fs::read_to_string(&module).unwrap();
    let renamed = text
        .replace("Save(s)", "Store(s)")
        .replace("\"Save\"", "\"Store\"");
    assert_ne!(text, renamed);
    std::fs::write(&module, renamed).unwrap();
    let tested = cargo(&["test", "--quiet"]);
    assert!(!tested.status.success());
    assert!(said(&tested).contains("Save"), "{}", said(&tested));
}
