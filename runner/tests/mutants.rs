//! What finds each mutant of two small protocols: a guarantee that grows weaker loses its mutants here.

use std::collections::BTreeMap;

use tandem_models::catalogue::Overrides;
use tandem_models::kit::mutant::Recording;
use tandem_models::kit::system::State;
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::enumerate::explore;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::mutate::accepted::Accepted;
use tandem_runner::mutate::{Finding, Original, OriginalError, is_original};

fn original(name: &str) -> Result<Original, OriginalError> {
    let selected = catalogue().select(Some(name), &Overrides::default());
    let instance = selected.unwrap().remove(0);
    let cancel = Cancel::new();
    Original::new(&instance, &Run::new(&Limits::NONE, &cancel))
}

/// Each mutant, without the variant's name, by what finds it.
fn found(name: &str) -> BTreeMap<String, Vec<String>> {
    let original = original(name).unwrap_or_else(|error| panic!("{error}"));
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for mutant in &original.mutants {
        let trial = original.try_out(mutant, &Limits::NONE);
        let by = match trial.finding {
            Finding::Guarantee(name, steps) => format!("{name} ({steps})"),
            Finding::Check(what) => what,
            Finding::Price => "price".to_owned(),
            Finding::Comparison => "comparison".to_owned(),
            Finding::Equivalent => "equivalent".to_owned(),
            Finding::Open(cut_off) => panic!("{cut_off}"),
        };
        let prefix = format!("{name}/");
        let mutant = trial.name.strip_prefix(&prefix).unwrap().to_owned();
        found.entry(by).or_default().push(mutant);
    }
    found
}

/// One line for each that finds mutants.
fn lines(found: &BTreeMap<String, Vec<String>>) -> String {
    let lines = found
        .iter()
        .map(|(by, mutants)| format!("{by}: {}", mutants.join(" ")));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn double_submit() {
    insta::assert_snapshot!(lines(&found("double-submit:optimistic")), @r"
    Answered (6): ReplySubmitted/skip Submit/give-back
    AtMostOneOrder (6): Load/see-nothing Load/see-submitted-false Submit/blind Submit/drop-submitted
    IntentHonoured (4): Load/give-back
    ToldTheTruth (2): Load/reply-early-AlreadySubmitted Load/reply-early-Submitted
    ToldTheTruth (3): Load/see-submitted-true Submit/skip Submit/put-off Submit/reply-early-Submitted
    ToldTheTruth (4): Submit/drop-cart
    ToldTheTruth (8): Submit/ignore-conflict
    comparison: Submit/derive
    price: Load/skip Load/twice ReplyAlreadySubmitted/skip Submit/twice
    ");
}

#[test]
fn charge_once() {
    insta::assert_snapshot!(lines(&found("charge-once:query-first")), @r"
    AllDone is not reached: Ack/skip Load/give-back Query/give-back
    Charged (3): Load/see-paid-true Load/ack-early
    Charged (4): Query/ack-early
    Charged (6): Charge/skip Charge/ack-early
    Charged (8): Charge/ignore-failure
    DuplicateHappens is not reached: Load/skip
    NoDoubleCharge (12): Query/ignore-failure
    NoDoubleCharge (8): Charge/twice Query/skip
    PaidRecorded (7): Save/skip
    PaidRecorded (8): Save/put-off Save/drop-paid Save/ack-early
    equivalent: Save/blind
    price: Charge/give-back Load/twice Load/see-nothing Load/see-paid-false Query/twice Save/twice Save/give-back
    ");
}

/// Whether some mutant of a variant reaches a state that breaks the clause of a guarantee.
fn some_mutant_breaks(variant: &str, guarantee: &str, clause: &str) -> bool {
    let selected = catalogue().select(Some(variant), &Overrides::default());
    let instance = selected.unwrap().remove(0);
    let system = instance.system();
    let place = system
        .asked()
        .iter()
        .position(|(asked, _)| asked.name == guarantee);
    let place = place.unwrap_or_else(|| panic!("{variant} does not ask for {guarantee}"));
    let mut guarantees = instance.guarantees().into_iter();
    let guarantee = guarantees.find(|one| one.name == guarantee).unwrap();
    let cancel = Cancel::new();
    // Some mutants go on without end.
    let limits = Limits {
        max_states: Some(10_000),
        ..Limits::NONE
    };
    let recording = Recording::default();
    explore(
        &system.recording(&recording),
        &Run::new(&Limits::NONE, &cancel),
    );
    recording.mutants().iter().any(|mutant| {
        let mutant = system.mutant(mutant);
        let found = explore(&mutant, &Run::new(&limits, &cancel));
        // The state that was found first may break another clause.
        let first = found.decided[place];
        let more = u32::try_from(found.size().raw_states.min(3_000)).unwrap();
        let states = first.into_iter().chain(0..more);
        let mut states = states.map(|raw| found.state(raw));
        let broken = |state: &State| {
            let clauses = guarantee.why(&mutant, state);
            let mut broken = clauses.iter().filter(|one| !one.holds);
            broken.any(|one| one.expected.contains(clause))
        };
        first.is_some() && states.any(|state| broken(&state))
    })
}

#[test]
fn clauses_that_no_variant_breaks_are_broken_by_mistakes_in_a_handler() {
    let cases = [
        (
            "outbox:transactional",
            "CleanAtRest",
            "no event is left in the outbox",
        ),
        ("charge-once:saved-key", "CleanAtRest", "keeps no key"),
        (
            "double-submit:optimistic",
            "NoLostEffect",
            "so it has changed business state",
        ),
        (
            "double-submit:save-then-send",
            "NoLostOutput",
            "is published for it",
        ),
        (
            "double-submit:optimistic",
            "ToldTheTruth",
            "before a request is answered",
        ),
        (
            "double-submit:optimistic",
            "ToldTheTruth",
            "is about an order of its own",
        ),
        (
            "double-submit:optimistic",
            "ToldTheTruth",
            "about which a request was answered",
        ),
        (
            "accept-send-complete:guarded",
            "ToldTheTruth",
            "the answer is Added",
        ),
        (
            "accept-send-complete:guarded",
            "ToldTheTruth",
            "the answer is Refused",
        ),
    ];
    let unbroken = cases
        .into_iter()
        .filter(|(variant, guarantee, clause)| !some_mutant_breaks(variant, guarantee, clause));
    assert_eq!(unbroken.collect::<Vec<_>>(), []);
}

#[test]
fn what_survives_there_is_accepted() {
    let accepted = Accepted::built_in().unwrap();
    for name in ["double-submit:optimistic", "immutable-data:newer-wins"] {
        let found = found(name);
        let survivors = found.get("comparison").into_iter().flatten();
        let mut survivors: Vec<_> = survivors.map(|mutant| format!("{name}/{mutant}")).collect();
        survivors.sort();
        assert_eq!(accepted.of(name).collect::<Vec<_>>(), survivors);
        assert!(survivors.iter().all(|one| accepted.reason(one).is_some()));
    }
}

#[test]
fn no_mutants_are_made_of_a_variant_that_breaks_what_it_claims() {
    let selected = catalogue().select(Some("double-submit:flag"), &Overrides::default());
    assert!(!is_original(&selected.unwrap()[0]));
    let Err(OriginalError::Wrong(_, what, _)) = original("double-submit:flag") else {
        panic!("its mutants would all be found by the guarantee that it breaks");
    };
    assert_eq!(what, "AtMostOneOrder");
}
