//! Runs of the current TLC, recorded on Tandem's own specs: see `tlc-runs/README.md`. Its labels carry
//! arguments, and its dump repeats each state in a tooltip.

use std::fs;
use std::path::PathBuf;

use tandem_models::catalogue::{Instance, SHARED_MODULES};
use tandem_runner::cancel::Cancel;
use tandem_runner::divergence::{Side, compare};
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph as GraphEngine;
use tandem_runner::engine::tlc::{graph_of_dump, replay};
use tandem_runner::enumerate::explore_with;
use tandem_runner::graph::Graph;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::spec::Spec;
use tandem_runner::tlc::dot;
use tandem_runner::tlc::outcome::{Exit, Outcome, Verdict, interpret};

/// The recorded runs: the folder, which is the name of the variant, and what is violated there.
const RUNS: [(&str, &str); 3] = [
    ("outbox_save-then-publish", "NoDoubleEffect"),
    ("outbox_reject-duplicates", "Settles"),
    ("double-submit_naive", "AtMostOneOrder"),
];

struct Recorded {
    folder: PathBuf,
    instance: Instance,
}

impl Recorded {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let variant = name.replacen('_', ":", 1);
        Self {
            folder: folder.join("tests/tlc-runs").join(name),
            instance: crate::common::select(Some(&variant), &[]).remove(0),
        }
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).expect("a recorded file")
    }

    fn outcome(&self, run: &str) -> Outcome {
        let exit = self.text(&format!("{run}.exit"));
        let code = exit.trim().strip_prefix("exit ").expect("an exit code");
        let code = code.parse().expect("a number");
        interpret(Exit::Code(code), &self.text(&format!("{run}.log")), "")
    }

    /// The graph of TLC, as Tandem reads it.
    fn graph(&self) -> Graph {
        let dump = dot::read(self.text("graph.dot").as_bytes()).expect("a whole dump");
        let counts = self.outcome("graph").counts.expect("counts");
        assert_eq!(dump.states.len() as u64, counts.distinct);
        graph_of_dump(&dump).expect("finite values")
    }

    /// Whether the recorded text is still that of the catalogue.
    fn is_of_this_text(&self) -> bool {
        let module = self.instance.description.module;
        let modules = SHARED_MODULES.iter().chain([&module]);
        let recorded =
            |name: &str| fs::read_to_string(self.folder.join(format!("{name}.tla"))).ok();
        modules
            .filter_map(|module| Some((recorded(module.name)?, module.text)))
            .all(|(recorded, text)| recorded == text)
    }

    /// The graph of the Rust model, as long as the recording is of it: the text that was checked is that
    /// of the catalogue, or says the same in other words.
    fn of_rust(&self) -> Option<Graph> {
        let (limits, cancel) = (Limits::NONE, Cancel::new());
        let run = Run::new(&limits, &cancel);
        let rust = explore_with(&self.instance.system(), false, &run).graph();
        let is_of_it = self.is_of_this_text() || compare(&rust, &self.graph()).is_none();
        is_of_it.then_some(rust)
    }

    /// What the graph has to be: that of the Rust model, or where the protocol has changed since, that
    /// of the TLC at hand on the recorded text.
    fn expected(&self) -> Graph {
        if let Some(rust) = self.of_rust() {
            return rust;
        }
        let (limits, cancel) = (Limits::NONE, Cancel::new());
        let run = Run::new(&limits, &cancel);
        let name = format!("MC{}", self.instance.description.module.name);
        let files = fs::read_dir(&self.folder).expect("a folder").flatten();
        let modules = files
            .map(|file| file.file_name().into_string().expect("a plain name"))
            .filter(|file| file.ends_with(".tla"))
            .map(|file| (file.clone(), self.text(&file)));
        let mut files: Vec<_> = modules.collect();
        files.push((format!("{name}.cfg"), self.text("graph.cfg")));
        let spec = Spec { name, files };
        let graph = crate::common::tlc().graph_of(&self.instance, &spec, &run);
        graph.expect("a graph")
    }
}

#[test]
fn a_graph_of_the_current_tlc_equals_the_rust_model() {
    for (name, _) in RUNS {
        let recorded = Recorded::new(name);
        assert_eq!(recorded.outcome("graph").verdict, Verdict::Passed, "{name}");
        let (expected, tla) = (recorded.expected(), recorded.graph());
        let difference = compare(&expected, &tla);
        assert!(difference.is_none(), "{name}: {difference:?}");
        // The same actions are taken equally often, so none is reported as never taken.
        assert_eq!(expected.fired(), tla.fired(), "{name}");
        assert_eq!(expected.depth(), tla.depth(), "{name}");
    }
}

/// Else equality would say nothing. The edge is left out of the text, as if TLC had not written it.
#[test]
fn a_graph_without_one_edge_does_not() {
    for (name, _) in RUNS {
        let recorded = Recorded::new(name);
        let text = recorded.text("graph.dot");
        let is_edge = |line: &&str| {
            let mut words = line.split(' ');
            let (from, arrow, to) = (words.next(), words.next(), words.next());
            arrow == Some("->") && from != to && line.contains("(1)\",color=")
        };
        let edge = text.lines().rfind(is_edge).expect("an edge");
        let action = edge.split('"').nth(1).expect("a label");
        let less = text.replacen(&format!("{edge}\n"), "", 1);
        let dump = dot::read(less.as_bytes()).expect("a whole dump");
        let tla = graph_of_dump(&dump).expect("finite values");
        let difference = compare(&recorded.expected(), &tla).expect("a difference");
        assert_eq!(difference.only, Side::Rust, "{name}");
        let missed = difference.action.expect("an action");
        assert_eq!(action.strip_suffix("(1)"), Some(missed.as_str()), "{name}");
    }
}

#[test]
fn a_counterexample_of_the_current_tlc_has_words_and_for_an_invariant_the_shortest_length() {
    for (name, property) in RUNS {
        let recorded = Recorded::new(name);
        if recorded.of_rust().is_none() {
            continue;
        }
        let outcome = recorded.outcome("violation");
        let (named, trace, is_shortest) = match &outcome.verdict {
            Verdict::InvariantViolated { name, trace } => (Some(name), trace, true),
            Verdict::PropertyViolated { name, trace, .. } => (name.as_ref(), trace, false),
            other => panic!("{name}: {other}"),
        };
        assert_eq!(named.map(String::as_str), Some(property), "{name}");
        let (instance, system) = (&recorded.instance, recorded.instance.system());
        let trace = replay(instance, &system, trace).expect("a readable trace");
        assert!(trace.replayed, "{name}");
        for step in &trace.steps {
            assert_ne!(
                step.words, step.action,
                "{name}: a step without its sentence"
            );
            assert!(step.actor.is_some(), "{name}");
        }
        let (limits, cancel) = (Limits::NONE, Cancel::new());
        let report = GraphEngine.check(instance, &Run::new(&limits, &cancel));
        let report = report.expect("a report");
        let mut properties = report.properties.iter();
        let own = properties.find(|p| p.name == property).expect("the same");
        let (shortest, here) = (own.steps().expect("a counterexample"), trace.steps.len());
        assert!(
            shortest <= here,
            "{name}: {here} steps, but {shortest} in Rust"
        );
        assert!(shortest == here || !is_shortest, "{name}: {here} steps");
    }
}
