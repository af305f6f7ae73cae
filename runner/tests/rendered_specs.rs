//! The specs that lie in `specs/` for a reader are what Tandem renders.

use std::fs;
use std::path::{Path, PathBuf};

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::spec::{Spec, SpecTexts, render_default};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

fn instance(name: &str) -> Instance {
    let found = catalogue().select(Some(name), &Overrides::default());
    found.expect("it is in the catalogue").remove(0)
}

fn rendered(name: &str) -> Spec {
    render_default(&SpecTexts::built_in(), &instance(name)).expect("it can be rendered")
}

#[test]
fn the_spec_of_every_protocols_default_variant_lies_in_specs() {
    for protocol in catalogue().protocols() {
        let name = protocol.describe().name;
        for (file, expected) in rendered(name).files {
            let found = fs::read_to_string(folder().join(&file)).unwrap_or_default();
            assert!(
                found == expected,
                "specs/{file} is not what Tandem renders; write it with \
                 `cargo run -- show {name} --into specs`"
            );
        }
    }
}

#[test]
fn no_rendered_spec_is_left_of_a_protocol_that_is_gone() {
    let known: Vec<String> = catalogue()
        .protocols()
        .flat_map(|protocol| rendered(protocol.describe().name).files)
        .map(|(file, _)| file)
        .collect();
    for entry in fs::read_dir(folder()).expect("specs can be read") {
        let path = entry.expect("specs can be read").path();
        let spec = path.extension().is_some_and(|e| e == "tla" || e == "cfg");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        assert!(
            !spec || known.iter().any(|file| *file == name),
            "no protocol of the catalogue has specs/{name}; remove it"
        );
    }
}

#[test]
fn a_wrong_variant_checks_only_what_is_expected_to_hold() {
    let files = rendered("outbox:publish-then-save").files;
    let (_, configuration) = &files[1];
    insta::assert_snapshot!(configuration, @r#"
    \* outbox:publish-then-save (copies=2 messages=1 slots=1 crash=1), rendered by Tandem.
    SPECIFICATION Spec
    CONSTANTS
        Variant = "publish-then-save"
        Budget <- MCBudget
        Messages = {1}
        Slots = {1}
        Copies = 2

    INVARIANTS
        TypeOK
        NoGhostAtRest
        NoLostEffect
        NoLostOutput
        DedupBounded
        CleanAtRest

    PROPERTIES
        Settles
    "#);
}
