//! Faults that are aimed at one target.

use super::endpoints::{ORDERED, shop_with};
use super::toy::{self, SEEN};
use super::{after, enabled, initial};
use crate::kit::fault::{Aim, Budget, Fault};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::Value;

fn budget(faults: &[(Aim, u8)]) -> Budget {
    faults.iter().copied().collect()
}

#[test]
fn a_name_says_whom_a_fault_is_aimed_at() {
    let aimed = Fault::Crash.at("Shop");
    assert_eq!(
        (aimed.name(), aimed.witness()),
        ("crash_Shop", "CrashHappens_Shop")
    );
    assert_eq!("crash_Shop".parse(), Ok(aimed));
    assert_eq!("crash".parse(), Ok(Aim::from(Fault::Crash)));
    for wrong in ["crash_", "fire_Shop", "Shop", ""] {
        let error = wrong.parse::<Aim>().unwrap_err().to_string();
        assert_eq!(error, format!("there is no fault named '{wrong}'"));
    }
}

#[test]
fn an_endpoint_with_a_budget_of_its_own_is_not_hit_by_the_budget_of_all() {
    let crashes = |budget: Budget| {
        let system = shop_with(budget);
        let steps = enabled(&system, &initial(&system)).into_iter();
        steps
            .filter(|step| step.ends_with("Crashes"))
            .collect::<Vec<_>>()
    };
    let store = Fault::Crash.at("Store");
    assert_eq!(crashes(budget(&[(store, 1)])), ["StoreCrashes"]);
    assert_eq!(
        crashes(budget(&[(store, 0), (Fault::Crash.into(), 1)])),
        ["ShopCrashes", "CopyCrashes"]
    );
}

#[test]
fn what_is_spent_and_why_a_fault_is_not_possible_names_the_target() {
    let faults = [
        (Fault::Duplicate.at("Store"), 1),
        (Fault::Crash.at("Store"), 0),
    ];
    let system = shop_with(budget(&faults));
    let state = after(&system, &initial(&system), &ORDERED);
    assert!(!enabled(&system, &state).contains(&"CopyMessageDuplicated"));
    let state = after(&system, &state, &["StoreMessageDuplicated"]);
    let spent = system.view(&state);
    assert_eq!(spent.at("budget.duplicate_Store").unwrap().to_string(), "0");
    let disabled = system.disabled(&state).into_iter();
    let told = disabled.filter(|one| one.fault.is_some());
    let told: Vec<_> = told
        .map(|one| format!("{}: {}", one.action, one.reason))
        .collect();
    assert_eq!(
        told,
        [
            "StoreCrashes: the budget allows no crashes at Store",
            "StoreMessageDuplicated: the budget of duplicates at Store is used up: 0 of 1 left"
        ]
    );
}

#[test]
fn a_store_forgets_if_the_fault_is_aimed_at_it() {
    let forgotten = |target| {
        let stores = Stores::default()
            .one(&toy::Count::default())
            .set(SEEN, [Value::from(1)])
            .set("paid", [Value::from(2)])
            .forgetful(SEEN)
            .forgetful("paid");
        let budget = budget(&[(Fault::Forget.at(target), 1)]);
        let handler = Handler::new(toy::count);
        let system = System::new(Spec::new("Till", vec![], budget, handler, stores));
        let state = after(&system, &initial(&system), &["Evict"]);
        assert!(!enabled(&system, &state).contains(&"Evict"));
        [SEEN, "paid"].map(|set| state.world.members(set).len())
    };
    assert_eq!(forgotten(SEEN), [0, 1]);
    assert_eq!(forgotten("paid"), [1, 0]);
}
