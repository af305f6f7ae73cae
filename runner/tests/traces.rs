//! Counterexamples cross from one side to the other without loss: from Rust through ITF and JSON back to
//! Rust, for every broken variant of the catalogue; from the engine `tla-rs` to Rust, from Rust through a
//! TLA+ module to TLC, and from TLC to Rust, for some, and with `TANDEM_LONG=yes` for all.

mod forms;

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::Value as Json;
use tandem_models::catalogue::Instance;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::engine::tla_rs::TlaRs;
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::enumerate::End;
use tandem_runner::explorer::export::{Exported, Form};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::recording::{self, Behaviour, Ending};
use tandem_runner::replay::{on_spec, recorded, replay};
use tandem_runner::report::{Expectation, PropertyReport, Report, Verdict};
use tandem_runner::spec::{SpecTexts, render};
use tandem_runner::trace::Trace;

/// The reports of every variant that breaks a promise, as the engine `graph` finds it.
fn broken() -> &'static [Report] {
    static BROKEN: OnceLock<Vec<Report>> = OnceLock::new();
    BROKEN.get_or_init(|| {
        let cancel = Cancel::new();
        let run = Run::new(&Limits::NONE, &cancel);
        let wrong = crate::common::select(None, &[]).into_iter();
        let wrong = wrong.filter(|instance| !instance.variant.right);
        let reports = wrong.map(|instance| Graph.check(&instance, &run).unwrap());
        let broken: Vec<_> = reports
            .filter(|report| violated(report).count() > 0)
            .collect();
        assert!(broken.len() >= 20, "{} variants", broken.len());
        broken
    })
}

fn violated(report: &Report) -> impl Iterator<Item = (&PropertyReport, &Trace)> {
    let violated = report.properties.iter();
    let violated = violated.filter(|property| property.verdict == Verdict::Violated);
    violated.filter_map(|property| Some((property, property.trace.as_ref()?)))
}

fn exported(report: &Report, (property, trace): (&PropertyReport, &Trace), form: Form) -> String {
    let indices = trace.steps.iter().map(|step| step.index.unwrap());
    let exported = Exported {
        instance: &report.instance,
        indices: indices.collect(),
        end: trace.end,
        property: Some(property.name),
        catalogue: tandem_models::protocols::catalogue().path(),
    };
    let mut files = exported.files(form, "Trace").unwrap();
    files.remove(0).1
}

fn only(behaviours: Vec<Behaviour>, what: &str) -> Behaviour {
    let [behaviour]: [Behaviour; 1] = behaviours.try_into().unwrap_or_else(|all: Vec<_>| {
        panic!("{what}: {} behaviours", all.len());
    });
    behaviour
}

/// The behaviour is the trace, and the Rust model takes it as the same path.
fn is_the_same(instance: &Instance, behaviour: &Behaviour, trace: &Trace, what: &str) {
    let replayed = replay(&instance.system(), behaviour);
    assert_eq!(replayed.parts, None, "{what}");
    let back = Trace::new(instance, &instance.system(), &replayed.path);
    let told = |trace: &Trace| {
        let steps = trace.steps.iter();
        let steps = steps.map(|step| (step.action.clone(), step.state.clone()));
        (trace.start.clone(), steps.collect::<Vec<_>>(), trace.end)
    };
    assert_eq!(told(&back), told(trace), "{what}");
}

#[test]
fn rust_to_itf_and_json_and_back() {
    for report in broken() {
        for (property, trace) in violated(report) {
            for form in [Form::Itf, Form::Json] {
                let what = format!("{} {} as {form}", report.instance, property.name);
                let text = exported(report, (property, trace), form);
                let behaviours = recording::read(text.as_bytes());
                let behaviour = only(
                    behaviours.unwrap_or_else(|error| panic!("{what}: {error}")),
                    &what,
                );
                assert_eq!(behaviour.property.as_deref(), Some(property.name), "{what}");
                is_the_same(&report.instance, &behaviour, trace, &what);
                let home =
                    tandem_runner::replay::home(&tandem_models::protocols::catalogue(), &behaviour);
                assert_eq!(
                    home.unwrap().to_string(),
                    report.instance.to_string(),
                    "{what}"
                );
            }
        }
    }
}

#[test]
fn rust_to_the_spec_in_this_process() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    for report in broken() {
        let Some((property, trace)) = violated(report).next() else {
            continue;
        };
        let behaviour = recorded(property.name, trace);
        let found = on_spec::in_process(&SpecTexts::built_in(), &report.instance, &behaviour);
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found.parts, None, "{} {}", report.instance, property.name);
        assert_eq!(found.taken, trace.steps.len());
    }
}

/// One broken variant of every third protocol: a run of TLC for each of them all takes minutes.
fn some() -> Vec<&'static Report> {
    let mut first: Vec<_> = broken().iter().collect();
    first.dedup_by_key(|report| report.instance.description.name);
    first.into_iter().step_by(3).collect()
}

#[test]
fn rust_to_a_module_that_tlc_runs() {
    taken_by_tlc(&some());
}

#[test]
#[ignore = "a run of TLC for every broken variant takes minutes"]
fn rust_to_a_module_that_tlc_runs_for_every_broken_variant() {
    taken_by_tlc(&broken().iter().collect::<Vec<_>>());
}

fn taken_by_tlc(reports: &[&Report]) {
    let (tlc, cancel) = (crate::common::tlc(), Cancel::new());
    let run = Run::new(&Limits::NONE, &cancel);
    for report in reports {
        let Some((property, trace)) = violated(report).next() else {
            continue;
        };
        let behaviour = recorded(property.name, trace);
        let found = on_spec::on_tlc(&tlc, &report.instance, &behaviour, &run);
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found.parts, None, "{} {}", report.instance, property.name);
    }
}

#[test]
fn where_a_behaviour_leaves_the_spec_is_said_by_both_engines() {
    let report = broken()
        .iter()
        .find(|report| report.instance.label() == "outbox:save-then-publish");
    let report = report.unwrap();
    let (property, trace) = violated(report).next().unwrap();
    let mut behaviour = recorded(property.name, trace);
    let step = behaviour
        .steps
        .iter()
        .position(|step| step.action.as_deref() == Some("Save"))
        .unwrap();
    behaviour.steps[step].action = Some("Publish".to_owned());
    let (tlc, cancel) = (crate::common::tlc(), Cancel::new());
    let run = Run::new(&Limits::NONE, &cancel);
    let mut found = vec![on_spec::on_tlc(&tlc, &report.instance, &behaviour, &run).unwrap()];
    if tandem_tla_rs::BUILT_IN {
        let texts = SpecTexts::built_in();
        found.push(on_spec::in_process(&texts, &report.instance, &behaviour).unwrap());
        assert!(found[1].others.contains(&"Save".to_owned()), "{found:?}");
    }
    for found in found {
        let parts = found.parts.as_deref().unwrap_or_default();
        assert_eq!(found.taken, step, "{parts}");
        assert!(
            parts.starts_with(&format!("at step {}: Publish", step + 1)),
            "{parts}"
        );
    }
}

#[test]
fn tlc_to_rust() {
    replayed_from_tlc(&some());
}

#[test]
#[ignore = "a run of TLC for every broken variant takes minutes"]
fn tlc_to_rust_for_every_broken_variant() {
    replayed_from_tlc(&broken().iter().collect::<Vec<_>>());
}

fn replayed_from_tlc(reports: &[&Report]) {
    let (tlc, cancel) = (crate::common::tlc(), Cancel::new());
    for report in reports {
        let Some((property, trace)) = violated(report).next() else {
            continue;
        };
        let what = format!("{} {}", report.instance, property.name);
        let log = log_of(&tlc, &report.instance, property.name, &cancel);
        let behaviour = only(recording::read(log.as_bytes()).unwrap(), &what);
        let replayed = replay(&report.instance.system(), &behaviour);
        assert_eq!(replayed.parts, None, "{what}");
        // Both are shortest, though not always the same; a lasso of TLC may be longer.
        if trace.end == End::Open {
            assert_eq!(replayed.path.steps.len(), trace.steps.len(), "{what}");
            assert_eq!(behaviour.ending, Ending::Open, "{what}");
        }
    }
}

/// What TLC prints about a property that is violated.
fn log_of(tlc: &Tlc, instance: &Instance, property: &str, cancel: &Cancel) -> String {
    let spec = render(instance, &[property.to_owned()]).unwrap();
    let output = tlc.command(&spec).run(&tlc.env, cancel).unwrap();
    output.stdout
}

#[test]
fn tla_rs_to_rust() {
    let small = broken().iter().filter(|report| report.states <= 100);
    replayed_from_tla_rs(small.collect());
}

#[test]
#[ignore = "to evaluate the spec of every broken variant takes minutes"]
fn tla_rs_to_rust_for_every_broken_variant() {
    replayed_from_tla_rs(broken().iter().collect());
}

fn replayed_from_tla_rs(reports: Vec<&Report>) {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    assert!(reports.len() > 40, "{} variants", reports.len());
    let cancel = Cancel::new();
    let engine = TlaRs::default();
    for report in reports {
        // The engine enumerates the spec, which takes its time: the larger ones only as far as is needed.
        let always = violated(report).filter(|(one, _)| one.expectation == Expectation::Always);
        let nearest = always.map(|(_, trace)| trace.steps.len().max(1)).min();
        let limits = Limits {
            max_depth: nearest.filter(|_| report.states >= 300),
            ..Limits::NONE
        };
        let run = Run::new(&limits, &cancel);
        let other = engine.check(&report.instance, &run);
        let other = other.unwrap_or_else(|error| panic!("{error}"));
        let mut seen = 0;
        for (property, trace) in violated(&other) {
            let what = format!("{} {}", report.instance, property.name);
            assert!(trace.replayed, "{what}");
            let behaviour = recorded(property.name, trace);
            is_the_same(&report.instance, &behaviour, trace, &what);
            seen += 1;
        }
        assert!(seen > 0, "{}: nothing was found", report.instance);
    }
}
