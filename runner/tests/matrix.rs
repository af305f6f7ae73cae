//! The comparison of designs: prices and survived faults are those that the manifest pins, and
//! `docs/matrix.md` is what the catalogue says.
//!
//! `TANDEM_UPDATE=1 cargo test -p tandem-runner --test suite matrix` writes the file.

use std::fs;
use std::path::Path;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::design::Design;
use tandem_runner::manifest::Manifest;
use tandem_runner::output::listing::Protocol;
use tandem_runner::output::matrix;

fn all() -> Vec<Instance> {
    catalogue().select(None, &Overrides::default()).unwrap()
}

fn priced(name: &str) -> Design {
    let found = catalogue().select(Some(name), &Overrides::default());
    Design::priced(&found.unwrap()[0]).unwrap()
}

/// The calls for each message more, and what is kept at the end and at most, of a run of three.
fn price(name: &str) -> ([u32; 4], Option<(usize, usize)>) {
    let design = priced(name);
    let of = |runs: &[u32]| {
        assert_eq!(runs[2] - runs[1], runs[1] - runs[0], "{name}: {runs:?}");
        runs[1] - runs[0]
    };
    let calls = [&design.reads, &design.writes, &design.sends, &design.asks].map(|all| of(all));
    let kept = design.kept.last().zip(design.kept_at_most.last());
    (calls, kept.map(|(end, most)| (*end, *most)))
}

#[test]
fn prices_are_those_that_were_measured_by_hand() {
    assert_eq!(price("outbox:transactional"), ([1, 2, 1, 0], Some((3, 3))));
    assert_eq!(
        price("token-deduplication:checkpoint"),
        ([2, 5, 1, 0], Some((0, 4)))
    );
    assert_eq!(
        price("charge-once:query-first"),
        ([1, 1, 0, 2], Some((0, 0)))
    );
}

/// Pinned states of the largest instance whose survived faults are measured without `TANDEM_LONG=yes`.
const QUICK: usize = 500;

#[test]
fn prices_and_survived_faults_are_pinned() {
    let tried = designs_are_pinned(|states| states <= QUICK);
    assert!(tried > 100, "{tried} variants");
}

#[test]
#[ignore = "to measure the faults that large variants survive takes minutes"]
fn prices_and_survived_faults_of_large_variants_are_pinned() {
    let tried = designs_are_pinned(|states| states > QUICK);
    assert!(tried > 10, "{tried} variants");
}

/// Measures the price of one variant, and compares it with the manifest.
fn prices_are_pinned(pinned: &Manifest, instance: &Instance) {
    let (found, known) = (Design::priced(instance).unwrap(), pinned.design(instance));
    let known = known.unwrap_or_else(|| panic!("{instance} has no price"));
    let calls = |design: &Design| {
        let calls = [&design.reads, &design.writes, &design.sends, &design.asks];
        calls.map(Clone::clone)
    };
    assert_eq!(calls(&found), calls(known), "{instance}");
    let kept = |design: &Design| [design.kept.clone(), design.kept_at_most.clone()];
    assert_eq!(kept(&found), kept(known), "{instance}");
}

/// Measures the price of every variant, and the faults that it survives if its pinned number of states is asked for.
/// Compares both with the manifest, and returns how many variants were measured completely.
fn designs_are_pinned(asked_for: impl Fn(usize) -> bool) -> usize {
    let (cancel, pinned) = (Cancel::new(), Manifest::of(&catalogue()).unwrap());
    let mut tried = 0;
    let differ = all().into_iter().filter_map(|instance| {
        prices_are_pinned(&pinned, &instance);
        if !asked_for(pinned.counts(&instance)?.states) {
            return None;
        }
        tried += 1;
        let found = Design::measure(&instance, &cancel).unwrap();
        let pinned = pinned.design(&instance);
        (pinned != Some(&found)).then(|| format!("pinned {pinned:?}\n found {found:?}"))
    });
    let differ: Vec<_> = differ.collect();
    assert!(
        differ.is_empty(),
        "a change of price is a change of protocol; if it is meant, `tandem manifest` pins it:\n{}",
        differ.join("\n")
    );
    tried
}

#[test]
fn a_call_more_is_another_price() {
    let checked = priced("outbox:marked-after");
    let unchecked = priced("outbox:save-then-publish");
    assert_ne!(
        (&checked.reads, &checked.writes),
        (&unchecked.reads, &unchecked.writes)
    );
}

#[test]
fn a_fault_that_breaks_a_promise_is_not_survived() {
    let pinned = Manifest::of(&catalogue()).unwrap();
    let faults = |name: &str| {
        let found = catalogue()
            .select(Some(name), &Overrides::default())
            .unwrap();
        pinned.design(&found[0]).unwrap().faults.clone()
    };
    let outbox = faults("outbox:transactional").unwrap();
    assert_eq!(outbox["crash"], Vec::<String>::new());
    assert_eq!(outbox["duplicate"], Vec::<String>::new());
    let queried = faults("charge-once:query-first").unwrap();
    assert!(!queried["lease"].is_empty(), "{queried:?}");
    // A key that was forgotten does harm only to an attempt that is repeated.
    let derived = faults("charge-once:derived-key").unwrap();
    assert_eq!(derived["forget"], ["NoDoubleCharge"]);
    assert_eq!(derived["late"], Vec::<String>::new());
    assert_eq!(faults("outbox:save-then-publish"), None, "a wrong variant");
}

#[test]
fn the_file_is_what_the_catalogue_says() {
    let manifest = Manifest::of(&catalogue()).unwrap();
    let protocols: Vec<_> = catalogue()
        .protocols()
        .map(|protocol| Protocol::of(protocol, &manifest))
        .collect();
    let expected = matrix::complete(&protocols);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/matrix.md");
    if std::env::var_os("TANDEM_UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/matrix.md is behind the catalogue; \
         `TANDEM_UPDATE=1 cargo test -p tandem-runner --test suite matrix` writes it"
    );
}
