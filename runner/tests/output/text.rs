//! Output as text.

use tandem_models::catalogue::{Catalogue, Expected};
use tandem_models::protocols::catalogue;
use tandem_runner::compare::Comparison;
use tandem_runner::output::listing::Protocol;
use tandem_runner::output::text;
use tandem_runner::report::{Report, Verdict};

use super::made::{comparison, cut_short, manifest, redirect, report};

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    text::report(&mut out, report, &manifest(), false).unwrap();
    String::from_utf8(out).unwrap()
}

fn lines(reports: &[Report], failed: usize) -> String {
    let mut out = Vec::new();
    for report in reports {
        text::report(&mut out, report, &manifest(), true).unwrap();
    }
    text::summary(&mut out, reports, &manifest(), failed).unwrap();
    String::from_utf8(out).unwrap()
}

fn compared(comparisons: &[Comparison], failed: usize) -> String {
    let mut out = Vec::new();
    for comparison in comparisons {
        text::comparison(&mut out, comparison).unwrap();
    }
    text::comparisons(&mut out, comparisons, failed).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_right_variant() {
    // Without the path to what is not promised, which is long.
    let page = page(&report("outbox"));
    let verdicts = page.split("\n  DedupBounded –").next().unwrap();
    insta::assert_snapshot!(verdicts, @"
    outbox:transactional · stores the event with the change, and sends the stored one
      copies=2 messages=2 slots=2 crash=1
      stateright: 21,139 states, 48,924 transitions, depth 30, 1.2 s

      ✓ NoDoubleEffect         holds
      ✓ NoGhostEver            holds
      ✓ NoGhostAtRest          holds
      ✓ ConsistentOutput       holds
      ✓ NoLostEffect           holds
      ✓ NoLostOutput           holds
      ✓ ExactlyOnceEquivalent  holds
      – DedupBounded           not promised: violated in 12 steps
      ✓ CleanAtRest            holds
      ✓ Settles                holds
      · AllSlotsBusy           reached in 2 steps
      · AllDone                reached in 18 steps
      · CrashHappens           reached in 19 steps
      · never taken here: CheckInbox, Mark
    ");
}

#[test]
fn a_handler_that_sends_a_message_to_itself_gives_nothing_back() {
    let page = page(&report("exactly-once-http:post-on-receipt"));
    assert!(
        page.contains("Shop sends the follow-up to itself\n"),
        "{page}"
    );
    assert!(!page.contains("for an error"), "{page}");
}

#[test]
fn a_wrong_variant_with_its_counterexample() {
    insta::assert_snapshot!(page(&report("outbox:check-and-return")), @r#"
    outbox:check-and-return · returns at once if the order already has the line
      copies=1 messages=1 slots=1 crash=1
      stateright: 22 states, 25 transitions, depth 9, 1.2 s

      ✓ NoDoubleEffect         holds
      ✓ NoGhostEver            holds
      ✓ NoGhostAtRest          holds (not promised)
      ✓ ConsistentOutput       holds (not promised)
      ✓ NoLostEffect           holds (not promised)
      ✗ NoLostOutput           violated in 8 steps
      ✓ ExactlyOnceEquivalent  holds (not promised)
      ✓ DedupBounded           holds (not promised)
      ✓ CleanAtRest            holds (not promised)
      ✓ Settles                holds (not promised)
      · AllSlotsBusy           reached in 1 step
      · AllDone                reached in 5 steps
      · CrashHappens           reached in 6 steps
      · never taken here: CheckInbox, Mark, MarkDispatched

      NoLostOutput – a message that is settled and has had its effect has had its outputs published – is violated:
      the attempt after a crash sees the line and returns before it publishes.

        1. Receive            Orders starts on message 1
             − incoming[1]: 1
             + leases: 1
             ~ slots[1].at: "Idle" → "Load"
             + slots[1].message: 1
        2. Load               Orders loads the order
             ~ slots[1].at: "Load" → "Save"
             + slots[1].order: [lines |-> <<>>, outbox |-> <<>>, processed |-> {}, version |-> 0]
        3. Save               Orders saves the order
             + hist[1]: 1
             + order.lines[1]: 1
             ~ order.version: 0 → 1
             ~ slots[1].at: "Save" → "Publish"
             + slots[1].order.lines[1]: 1
             ~ slots[1].order.version: 0 → 1
        4. Crash              Orders crashes: what it was doing is lost, and message 1 goes back to the queue
             ~ budget.crash: 1 → 0
             + incoming[1]: 1
             − leases: 1
             ~ slots[1].at: "Publish" → "Idle"
             − slots[1].message: 1
             − slots[1].order: [lines |-> <<1>>, outbox |-> <<>>, processed |-> {}, version |-> 1]
             ~ up: TRUE → FALSE
        5. Recover            Orders starts again
             ~ up: FALSE → TRUE
        6. Receive            Orders starts on message 1
             − incoming[1]: 1
             + leases: 1
             ~ slots[1].at: "Idle" → "Load"
             + slots[1].message: 1
        7. Load               Orders loads the order
             ~ slots[1].at: "Load" → "Ack"
             + slots[1].order: [lines |-> <<1>>, outbox |-> <<>>, processed |-> {}, version |-> 1]
        8. Ack                Orders acknowledges
             + acked: 1
             − leases: 1
             ~ slots[1].at: "Ack" → "Idle"
             − slots[1].message: 1
             − slots[1].order: [lines |-> <<1>>, outbox |-> <<>>, processed |-> {}, version |-> 1]
    "#);
}

#[test]
fn a_run_that_was_cut_short() {
    insta::assert_snapshot!(page(&cut_short("outbox:check-and-return", 10)), @"
    outbox:check-and-return · returns at once if the order already has the line
      copies=1 messages=1 slots=1 crash=1
      stateright: 10 states, 11 transitions, depth 5, 1.2 s
      ! NOT COMPLETE: stopped at 10 raw states; raise --max-states or lower the bounds (of 10 raw states the steps of 7 were taken, on 5 levels)

      ? NoDoubleEffect         unknown: the run was not complete
      ? NoGhostEver            unknown: the run was not complete
      ? NoGhostAtRest          unknown: the run was not complete
      ? ConsistentOutput       unknown: the run was not complete
      ? NoLostEffect           unknown: the run was not complete
      ? NoLostOutput           unknown: the run was not complete
      ? ExactlyOnceEquivalent  unknown: the run was not complete
      ? DedupBounded           unknown: the run was not complete
      ? CleanAtRest            unknown: the run was not complete
      ? Settles                unknown: the run was not complete
      · AllSlotsBusy           reached in 1 step
      ? AllDone                unknown
      ? CrashHappens           unknown
    ");
}

#[test]
fn several_variants() {
    let reports = [
        report("outbox:publish-then-save"),
        report("outbox:marked-before"),
        cut_short("outbox:marked-after", 10),
    ];
    insta::assert_snapshot!(lines(&reports, 1), @"
    ✓ outbox:publish-then-save                          57 states  broken, as expected: NoGhostEver 3 · not promised: NoDoubleEffect 9, ConsistentOutput 8, ExactlyOnceEquivalent 9
    ✓ outbox:marked-before                              32 states  broken, as expected: NoLostEffect 8 · not promised: NoLostOutput 10, ExactlyOnceEquivalent 8, DedupBounded 7
    ! outbox:marked-after                               10 states  nothing broken so far
      ! NOT COMPLETE: stopped at 10 raw states; raise --max-states or lower the bounds (of 10 raw states the steps of 7 were taken, on 6 levels)

    (the number behind a guarantee: steps of the shortest counterexample; `tandem check NAME` shows it)
    2 variants as expected, 0 not, 2 not checked completely
    ");
}

#[test]
fn a_verdict_that_nobody_expected() {
    let mut surprised = report("outbox:check-and-return");
    for property in &mut surprised.properties {
        match property.name {
            "NoLostOutput" => property.expected = Some(Expected::Holds),
            "NoGhostEver" => property.expected = Some(Expected::Violated),
            "AllDone" => (property.verdict, property.trace) = (Verdict::Violated, None),
            _ => {}
        }
        // The path is that of the other snapshot.
        property.trace = None;
    }
    surprised.states += 1;
    insta::assert_snapshot!(lines(&[surprised], 0), @"
    ✗ outbox:check-and-return                           23 states  broken: NoLostOutput 0
      ✗ specs/manifest.toml pins 22 states and 25 transitions: if the change is intended, update the file with `tandem manifest`
      ✗ NoGhostEver holds, but the catalogue expects it to be violated
      ✗ NoLostOutput is violated (or never reached), but the catalogue expects it to hold
      ✗ AllDone is violated (or never reached), but the catalogue expects it to hold

    (the number behind a guarantee: steps of the shortest counterexample; `tandem check NAME` shows it)
    0 variants as expected, 1 not, 0 not checked completely
    ");
}

#[test]
fn equal_graphs() {
    let equal = comparison("outbox:check-and-return", |_| {});
    insta::assert_snapshot!(compared(&[equal], 0), @"
    = outbox:check-and-return                           22 states        25 transitions   8 predicates  tlc

    =: the Rust model and the TLA+ spec have the same initial states and the same steps; in every state
    the same guarantees and witnesses are true; the same actions are fair
    TLA+ text: specs
    ");
}

#[test]
fn equal_graphs_up_to_symmetry() {
    let equal = Comparison {
        symmetry: Some("each of 7 raw states stands for all orders of its slots".to_owned()),
        ..comparison("outbox:check-and-return", |_| {})
    };
    insta::assert_snapshot!(compared(&[equal], 0), @"
    = outbox:check-and-return                           22 states        25 transitions   8 predicates  tlc
      symmetry: each of 7 raw states stands for all orders of its slots

    =: the Rust model and the TLA+ spec have the same initial states and the same steps; in every state
    the same guarantees and witnesses are true; the same actions are fair
    TLA+ text: specs
    symmetry: one state of each symmetric group was explored in Rust; the whole graph was reconstructed and compared
    ");
}

#[test]
fn a_divergence() {
    let different = comparison("outbox:check-and-return", redirect);
    insta::assert_snapshot!(compared(&[different], 1), @r#"
    ≠ outbox:check-and-return (copies=1 messages=1 slots=1 crash=1)
      Rust: 22 states, 25 transitions · TLA+, by tlc: 22 states, 25 transitions

      Both sides can do this:
        1. Receive            Orders starts on message 1
             − incoming[1]: 1
             + leases: 1
             ~ slots[1].at: "Idle" → "Load"
             + slots[1].message: 1

      Then Load leads to different states:
        incoming   Rust  <<>>
                   TLA+  <<1>>
        leases     Rust  {1}
                   TLA+  {}
        slots      Rust  <<[at |-> "Save", message |-> 1, order |-> [lines |-> <<>>, outbox |-> <<>>, processed |-> {}, version |-> 0]]>>
                   TLA+  <<[at |-> "Idle"]>>
        the same on both sides: acked, budget, fresh, hist, inbox, order, sent, up

    TLA+ text: specs
    0 equal, 1 different, 1 not compared
    "#);
}

/// A sentence of success at the end would be read as the verdict.
#[test]
fn the_last_lines_do_not_speak_of_success_where_one_variant_differs() {
    let equal = comparison("outbox:check-and-return", |_| {});
    let different = comparison("outbox:check-and-return", redirect);
    let all = compared(&[equal, different], 0);
    let last: Vec<_> = all.lines().rev().take(4).collect();
    assert_eq!(
        last[..2],
        ["1 equal, 1 different, 0 not compared", "TLA+ text: specs"]
    );
    assert!(last[3].starts_with("(= means "), "{all}");
}

#[test]
fn a_step_that_one_side_lacks() {
    let different = comparison("outbox:check-and-return", |graph| graph.steps[1].clear());
    insta::assert_snapshot!(compared(&[different], 0), @r#"
≠ outbox:check-and-return (copies=1 messages=1 slots=1 crash=1)
  Rust: 22 states, 25 transitions · TLA+, by tlc: 22 states, 23 transitions

  Both sides can do this:
    1. Receive            Orders starts on message 1
         − incoming[1]: 1
         + leases: 1
         ~ slots[1].at: "Idle" → "Load"
         + slots[1].message: 1

  Then only Rust can do Crash, to:
    /\ acked = {}
    /\ budget = [crash |-> 0, duplicate |-> 0, lease |-> 0]
    /\ fresh = <<0>>
    /\ hist = <<>>
    /\ inbox = {}
    /\ incoming = <<1>>
    /\ leases = {}
    /\ order = [lines |-> <<>>, outbox |-> <<>>, processed |-> {}, version |-> 0]
    /\ sent = {}
    /\ slots = <<[at |-> "Idle"]>>
    /\ up = FALSE
  TLA+ can do nothing at all

TLA+ text: specs
"#);
}

#[test]
fn the_catalogue() {
    let all: Catalogue = catalogue();
    let outbox = Protocol::of(all.find("outbox").unwrap(), &manifest());
    let mut out = Vec::new();
    text::list(&mut out, &[outbox]).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
    ✓ a correct variant, ✗ an incorrect one, with the bounds for which its verdicts are valid.
    `tandem list NAME` shows what each does to every guarantee, `tandem check NAME:VARIANT` how.
    Prices are the calls for each additional message, in runs without faults; answers and
    acknowledgements are not counted.

    outbox – part 2: change an order and publish its event, exactly once in effect
      ✗  1. publish-then-save          publishes the event, then saves the order
                                       copies=2 messages=1 slots=1 crash=1
                                       1 read, 1 write, 1 send each; keeps 0 for 3 messages
      ✗  2. save-then-publish          saves the order, then publishes the event
                                       copies=2 messages=1 slots=1 crash=1
                                       1 read, 1 write, 1 send each; keeps 0 for 3 messages
      ✗  3. check-and-return           returns at once if the order already has the line
                                       copies=1 messages=1 slots=1 crash=1
                                       1 read, 1 write, 1 send each; keeps 0 for 3 messages
      ✗  4. marked-before              keeps processed ids in a store of their own, marked before the change
                                       copies=1 messages=1 slots=1 crash=1
                                       2 reads, 2 writes, 1 send each; keeps 3 for 3 messages
      ✗  5. marked-after               keeps processed ids in a store of their own, marked after the change
                                       copies=1 messages=1 slots=1 crash=1
                                       2 reads, 2 writes, 1 send each; keeps 3 for 3 messages
      ✗  6. marked-after-concurrent    the same with two slots: both look before either has marked, without a crash
                                       copies=2 messages=1 slots=2
                                       2 reads, 2 writes, 1 send each; keeps 3 for 3 messages
      ✗  7. ids-with-state             keeps processed ids in the order; every attempt draws a new event id
                                       copies=2 messages=1 slots=1 crash=1
                                       1 read, 1 write, 1 send each; keeps 3 for 3 messages
      ✗  8. derived-ids                derives the event's id from the command's; the content is read now
                                       copies=1 messages=2 slots=1 crash=1
                                       1 read, 1 write, 1 send each; keeps 3 for 3 messages
      ✗  9. reject-duplicates          the outbox, but a command that it is done with is an error
                                       copies=1 messages=1 slots=1 crash=1
                                       1 read, 2 writes, 1 send each; keeps 3 for 3 messages
      ✗ 10. blind-write                the outbox without optimistic concurrency
                                       copies=2 messages=1 slots=2
                                       1 read, 2 writes, 1 send each; keeps 3 for 3 messages
      ✓ 11. transactional              stores the event with the change, and sends the stored one (default)
                                       copies=2 messages=2 slots=2 crash=1
                                       1 read, 2 writes, 1 send each; keeps 3 for 3 messages
                                       survives crash, duplicate, lease

      guarantee                 1  2  3  4  5  6  7  8  9 10 11
      NoDoubleEffect            –  ✗  ✓  ✓  ✗  ✗  ✓  ✓  ✓  ✓  ✓   no message changes business state twice
      NoGhostEver               ✗  ✓  ✓  ·  ·  ·  ✓  –  ·  ✓  ✓   nothing is published about a change that has not happened
      NoGhostAtRest             ·  ·  ·  ·  ·  ·  ·  –  ·  ·  ✓   once all is done, every published change has happened
      ConsistentOutput          –  –  ·  ·  ·  –  ✗  ✗  ✓  ✗  ✓   all copies of one output are the same message
      NoLostEffect              ✓  ·  ·  ✗  ✓  ✓  ·  ·  ✓  ·  ✓   a message that is settled has had its effect
      NoLostOutput              ✓  ·  ✗  –  –  ·  ✓  ✓  ✓  ✓  ✓   a message that is settled and has had its effect has had its outputs published
      ExactlyOnceEquivalent     –  –  ·  –  –  –  ·  ·  ·  ·  ✓   business state is as if every message had been processed exactly once
      DedupBounded              ·  ·  ·  –  –  –  –  –  –  –  –   what is remembered for deduplication is bounded by what is in flight
      CleanAtRest               ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ✓   once all is done, nothing is left behind that only work in progress needs
      Settles                   ·  ·  ·  ·  ·  ·  ·  ·  ✗  ·  ✓   once faults have stopped, all work comes to an end
      ✓ promised, holds   ✗ promised, broken   · holds, not promised   – broken, not promised
      (blank: does not apply)

      parameters, with --set NAME=VALUE:
        messages   1–4 (default 1): commands; two let one change the order between another's attempts
        slots      1–3 (default 1): handlers that run at a time; two let them race
        copies     1–3 (default 2): copies of every command at the start; two make each a duplicate
      faults, with --fault KIND=N:
        crash      0–3: one lets any attempt stop half-way and be repeated
        duplicate  0–2: one lets a copy arrive when all seemed done
        lease      0–2: one lets a command be handled while it is being handled
      larger settings, with --large:
        transactional              copies=1 duplicate=1 lease=1, not for TLC
        transactional              copies=1 messages=1 crash=2 duplicate=2 lease=2
    ");
}
