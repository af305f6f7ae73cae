use super::super::{Description, Module, Protocol, Setting, Variant};
use crate::kit::fault::Fault;
use crate::protocols::catalogue;
use crate::protocols::outbox::Outbox;

/// The mistakes that are found in the description of the outbox after a change.
fn after(change: impl FnOnce(&mut Description)) -> Vec<String> {
    let mut description = Outbox.describe();
    change(&mut description);
    description.mistakes()
}

fn after_in_variant(name: &str, change: impl FnOnce(&mut Variant)) -> Vec<String> {
    after(|outbox| {
        let mut variants = outbox.variants.iter_mut();
        change(variants.find(|variant| variant.name == name).unwrap());
    })
}

fn after_in_module(that: &str, this: &str) -> Vec<String> {
    after(|outbox| {
        let Module { name, text } = outbox.module;
        assert_eq!(text.matches(that).count(), 1, "{that}");
        let text = text.replace(that, this).leak();
        outbox.module = Module { name, text };
    })
}

#[test]
fn our_own_catalogue_has_no_mistakes() {
    assert_eq!(catalogue().mistakes(), Vec::<String>::new());
}

#[test]
fn two_protocols_of_one_name_are_a_mistake() {
    let mistakes = catalogue().with(Outbox).mistakes();
    assert_eq!(mistakes, ["two protocols are called 'outbox'"]);
}

#[test]
fn no_guarantees_although_variants_break_some_is_a_mistake() {
    let mistakes = after(|outbox| outbox.guarantees.clear());
    let none = "outbox: it lists no guarantees, so nothing that a variant does can be wrong; \
                fill in `guarantees`";
    assert_eq!(mistakes[0], none);
    let broken = "outbox: transactional: `breaks` names DedupBounded, which is not among the \
                  protocol's `guarantees`";
    assert!(mistakes.iter().any(|m| m == broken), "{mistakes:#?}");
}

#[test]
fn a_misspelt_name_is_a_mistake_in_each_list() {
    let misspelt = |list: &str| {
        format!(
            "outbox: transactional: `{list}` names NoLostEfect, which is not among the protocol's \
             `guarantees`"
        )
    };
    let mistakes = after_in_variant("transactional", |v| v.claims = &["NoLostEfect"]);
    assert_eq!(mistakes, [misspelt("claims")]);
    let mistakes = after_in_variant("transactional", |v| v.breaks = &[("NoLostEfect", "why")]);
    assert_eq!(mistakes, [misspelt("breaks")]);
    let mistakes = after_in_variant("transactional", |v| v.not_applicable = &["NoLostEfect"]);
    assert_eq!(mistakes, [misspelt("not_applicable")]);
}

#[test]
fn a_guarantee_named_twice_or_in_two_lists_is_a_mistake() {
    let mistakes = after_in_variant("transactional", |v| v.claims = &["Settles", "Settles"]);
    assert_eq!(
        mistakes,
        ["outbox: transactional: `claims` names Settles twice"]
    );
    let mistakes = after_in_variant("transactional", |v| v.not_applicable = &["Settles"]);
    let both = "outbox: transactional: Settles is in `claims` and in `not_applicable` too";
    assert_eq!(mistakes, [both]);
}

#[test]
fn a_right_variant_keeps_its_claims_and_a_wrong_one_breaks_one() {
    let said = |right: bool, claims: &'static [&'static str]| {
        let change = |v: &mut Variant| (v.right, v.claims) = (right, claims);
        after_in_variant("blind-write", change)
    };
    assert_eq!(
        said(true, &["ConsistentOutput"]),
        ["outbox: blind-write: it is `right` and breaks ConsistentOutput, which it claims"]
    );
    assert_eq!(
        said(false, &["NoDoubleEffect"]),
        [
            "outbox: blind-write: it is not `right` and breaks none of its claims; claim what its \
          author believed"
        ]
    );
    assert_eq!(
        said(true, &[]),
        ["outbox: blind-write: it claims no guarantee, so it cannot fail; fill in `claims`"]
    );
}

#[test]
fn a_name_that_nobody_can_type_is_a_mistake() {
    let mistakes = after(|outbox| {
        outbox.variants[0].name = "all";
        outbox.variants[1].name = "Save_Then";
        outbox.variants[2].name = "marked-before";
        outbox.default_variant = "transaktional";
    });
    assert_eq!(
        mistakes,
        [
            "outbox: the variant 'Save_Then' is not in kebab case (a-z, 0-9, and - between words)",
            "outbox: the variant 'marked-before' is listed twice",
            "outbox: a variant is called 'all', but `:all` stands for every variant; choose \
             another name",
            "outbox: the default variant 'transaktional' is not among its variants",
        ]
    );
    let mistakes = after(|outbox| outbox.default_variant = "blind-write");
    let wrong = "outbox: the default variant 'blind-write' is not marked as `right`";
    assert_eq!(mistakes, [wrong]);
}

#[test]
fn a_size_out_of_range_is_a_mistake() {
    let mistakes = after(|outbox| {
        outbox.parameters[0].default = 9;
        outbox.parameters[1].allows = "";
        outbox.larger.push(Setting::of(
            "transactional",
            &[("slots", 9), ("tabs", 1)],
            &[(Fault::Crash, 9), (Fault::Forget, 1)],
        ));
    });
    assert_eq!(
        mistakes,
        [
            "outbox: the default of 'messages' is 9, and it may be 1 to 4",
            "outbox: 'slots' does not say what it must allow; fill in its `allows`",
            "outbox: transactional: slots=9 is out of range: it may be 1 to 3",
            "outbox: transactional: 'tabs' is not a parameter of the protocol",
            "outbox: transactional: crash=9 is out of range: it may be 0 to 3",
            "outbox: transactional: 'forget' is not a fault of the protocol",
        ]
    );
}

#[test]
fn an_action_renamed_on_one_side_is_a_mistake() {
    let mistakes = after_in_module("\\E s \\in Slots : Mark(s)", "\\E s \\in Slots : Marks(s)");
    assert_eq!(
        mistakes,
        [
            "outbox: `steps` has Mark, which is not an action in `Next` of Outbox.tla",
            "outbox: Outbox.tla has the action Marks, which `steps` does not say in words",
            "outbox: Marks is fair in Rust, but `Fairness` of Outbox.tla has no WF_vars for it",
            "outbox: `Fairness` of Outbox.tla names Mark, which is not fair in Rust",
        ]
    );
}

#[test]
fn a_module_without_what_is_asked_is_a_mistake() {
    let mistakes = after_in_module("\nCleanAtRest ==", "\nCleanAtTheEnd ==");
    let missing = "outbox: Outbox.tla and the modules that it extends do not define CleanAtRest";
    assert_eq!(mistakes, [missing]);
    let mistakes = after_in_module("WF_vars(Recover)", "SF_vars(Recover)");
    let unfair =
        "outbox: Recover is fair in Rust, but `Fairness` of Outbox.tla has no WF_vars for it";
    assert_eq!(mistakes[0], unfair);
    assert!(mistakes[1].contains("strong fairness"), "{mistakes:?}");
    let mistakes = after_in_module("Next ==\n", "Steps ==\n");
    assert!(mistakes[0].contains("has no actions"), "{mistakes:?}");
}

#[test]
fn what_nobody_explains_is_a_mistake() {
    let mistakes = after_in_variant("transactional", |v| {
        v.summary = "";
        v.breaks = &[("DedupBounded", "")];
    });
    assert_eq!(
        mistakes,
        [
            "outbox: transactional: it has no summary; say in a sentence what it does",
            "outbox: transactional: it does not say why it breaks DedupBounded",
        ]
    );
}
