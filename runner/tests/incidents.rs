//! `docs/incidents.md` names variants of the catalogue, and says of each whether it is broken or repaired.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;

/// The names in one cell of the table.
fn named(cell: &str) -> Vec<&str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.contains(':')).collect()
}

fn instance(name: &str) -> Instance {
    let found = catalogue().select(Some(name), &Overrides::default());
    let mut found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

/// Each row: the incident, the variants in which it happens, and those in which it does not.
fn rows(text: &str) -> Vec<(&str, Vec<&str>, Vec<&str>)> {
    let lines = text.lines().filter(|line| line.starts_with("| "));
    let cells = lines.map(|line| line.trim_matches('|').split('|').collect::<Vec<_>>());
    let rows = cells.skip(1).map(|cells| {
        let [incident, broken, repaired] = cells[..] else {
            panic!("a row has three cells: {cells:?}")
        };
        (incident.trim(), named(broken), named(repaired))
    });
    rows.collect()
}

#[test]
fn every_incident_is_broken_as_reported_and_repaired() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/incidents.md");
    let text = fs::read_to_string(file).unwrap();
    let rows = rows(&text);
    assert!(rows.len() >= 29, "only {} incidents", rows.len());
    let mut incidents = BTreeSet::new();
    for (incident, broken, repaired) in rows {
        assert!(incidents.insert(incident), "{incident} is there twice");
        assert!(!broken.is_empty() && !repaired.is_empty(), "{incident}");
        for name in broken {
            let variant = instance(name).variant;
            assert!(!variant.right, "{incident}: {name} is a right way");
            let mut broken = variant.breaks.iter();
            let claimed = broken.any(|(guarantee, _)| variant.claims.contains(guarantee));
            assert!(claimed, "{incident}: {name} breaks nothing that it claims");
        }
        for name in repaired {
            let right = instance(name).variant.right;
            assert!(right, "{incident}: {name} is not a right way");
        }
    }
}
