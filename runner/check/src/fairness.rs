//! Compares the fairness that both sides declare, by the names of actions.
//!
//! The graph does not show fairness, but verdicts about liveness depend on it.

use std::collections::{BTreeMap, BTreeSet};

use tandem_models::catalogue::Instance;
use tandem_tla_rs::DeclaredFairness;

use crate::enumerate::Exploration;

/// The fairness of one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fair {
    /// Whether it is strong fairness; otherwise weak.
    pub strong: bool,
    /// Whether it is declared for each slot separately; otherwise for all slots together.
    pub each: bool,
}

/// An action with different fairness on the two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairnessDifference {
    /// Its name.
    pub action: String,
    /// What the Rust model declares.
    pub rust: BTreeSet<Fair>,
    /// What the spec declares.
    pub tla: BTreeSet<Fair>,
}

/// The declared fairness, by the name of the action.
pub type Declared = BTreeMap<String, BTreeSet<Fair>>;

/// The fairness that the Rust model declares, for the actions of the protocol's module and those
/// that were taken. `each` is true where several slots can take the action.
pub fn in_rust(instance: &Instance, found: &Exploration) -> Declared {
    let taken = found.fired();
    let known = instance.description.actions().into_iter();
    let known = known.chain(taken.keys().copied());
    let fair = known.filter(|name| found.system().is_fair(name));
    let declared = fair.map(|name| {
        let labels = found
            .actions()
            .iter()
            .filter(|action| &*action.name == name);
        let each = labels.count() > 1;
        let strong = false;
        (name.to_owned(), BTreeSet::from([Fair { strong, each }]))
    });
    declared.collect()
}

/// The fairness that the spec declares.
pub fn in_tla(declared: &[DeclaredFairness]) -> Declared {
    let mut found = Declared::new();
    for DeclaredFairness {
        action,
        strong,
        each,
    } in declared
    {
        let (strong, each) = (*strong, *each);
        let fair = found.entry(action.to_string()).or_default();
        fair.insert(Fair { strong, each });
    }
    found
}

/// The actions whose fairness differs. If only one slot can take an action, fairness for each slot
/// is the same as fairness for all together. So `each` counts only where the Rust model sets it.
pub fn differences(rust: &Declared, tla: &Declared) -> Vec<FairnessDifference> {
    let none = BTreeSet::new();
    let names: BTreeSet<_> = rust.keys().chain(tla.keys()).collect();
    let both = names.into_iter().map(|action| FairnessDifference {
        action: action.clone(),
        rust: rust.get(action).unwrap_or(&none).clone(),
        tla: tla.get(action).unwrap_or(&none).clone(),
    });
    both.filter(|both| !same(&both.rust, &both.tla)).collect()
}

fn same(rust: &BTreeSet<Fair>, tla: &BTreeSet<Fair>) -> bool {
    let strengths =
        |fair: &BTreeSet<Fair>| -> BTreeSet<bool> { fair.iter().map(|fair| fair.strong).collect() };
    let each = |fair: &BTreeSet<Fair>| fair.iter().any(|fair| fair.each);
    strengths(rust) == strengths(tla) && (each(tla) || !each(rust))
}

/// The fairness as a phrase.
pub fn said(fair: &BTreeSet<Fair>) -> String {
    let one = |fair: &Fair| {
        let strength = if fair.strong { "strong" } else { "weak" };
        let each = if fair.each { " for each slot" } else { "" };
        format!("{strength} fairness{each}")
    };
    match fair.iter().map(one).collect::<Vec<_>>() {
        none if none.is_empty() => "no fairness".to_owned(),
        some => some.join(" and "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(all: &[(&str, bool, bool)]) -> Declared {
        let all = all.iter().map(|(action, strong, each)| {
            let fair = Fair {
                strong: *strong,
                each: *each,
            };
            ((*action).to_owned(), BTreeSet::from([fair]))
        });
        all.collect()
    }

    fn differing(rust: &[(&str, bool, bool)], tla: &[(&str, bool, bool)]) -> Vec<String> {
        let found = differences(&declared(rust), &declared(tla));
        let said = found
            .iter()
            .map(|one| format!("{}: {} / {}", one.action, said(&one.rust), said(&one.tla)));
        said.collect()
    }

    #[test]
    fn what_one_side_alone_declares_is_found() {
        let both = [("Load", false, true), ("Ack", false, true)];
        assert!(differing(&both, &both).is_empty());
        let found = differing(&both, &both[..1]);
        assert_eq!(found, ["Ack: weak fairness for each slot / no fairness"]);
        let found = differing(&both[1..], &both);
        assert_eq!(found, ["Load: no fairness / weak fairness for each slot"]);
    }

    #[test]
    fn strength_and_slots_count() {
        let weak = [("Load", false, false)];
        let found = differing(&weak, &[("Load", true, false)]);
        assert_eq!(found, ["Load: weak fairness / strong fairness"]);
        let each = [("Load", false, true)];
        let found = differing(&each, &weak);
        assert_eq!(found, ["Load: weak fairness for each slot / weak fairness"]);
        // With a single slot there is no difference.
        assert!(differing(&weak, &each).is_empty());
    }
}
