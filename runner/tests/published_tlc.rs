//! Models that nobody here designed, once more in TLA+: TLC sees as many states as Tandem's engine,
//! decides every property alike, and needs as many steps for it.

use std::hash::Hash;

use stateright::actor::{LossyNetwork, Network};
use stateright::{Expectation, Model};
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::search::plain::{Exact, Plain};
use tandem_runner::search::{Keep, search};
use tandem_runner::tlc::cancel::Cancel;
use tandem_runner::tlc::outcome::{Outcome, Verdict, interpret};
use tandem_runner::tlc::process::TlcRun;

mod common;
mod published;

use published::increment::Increment;
use published::increment_lock::IncrementLock;
use published::ping_pong;
use published::two_phase_commit::TwoPhaseCommit;

/// A module beside the models, with its constants.
struct Spec {
    name: &'static str,
    text: &'static str,
    constants: String,
}

macro_rules! spec {
    ($name:literal, $($constants:tt)*) => {
        Spec {
            name: $name,
            text: include_str!(concat!("published/", $name, ".tla")),
            constants: format!($($constants)*),
        }
    };
}

impl Spec {
    fn run(&self, invariant: Option<&str>) -> Outcome {
        let Tlc { env, java, jar, .. } = common::tlc();
        let asked = invariant.map(|name| format!("INVARIANT {name}\n"));
        let (constants, asked) = (&self.constants, asked.unwrap_or_default());
        let cfg = format!("INIT Init\nNEXT Next\nCONSTANTS {constants}\n{asked}");
        let name = self.name;
        let files = vec![
            (format!("{name}.tla"), self.text.to_owned()),
            (format!("{name}.cfg"), cfg),
        ];
        let mut run = TlcRun::new(java, jar, name, files);
        run.heap_mb = Some(256);
        run.deadlock_check = false;
        let output = run.run(&env, &Cancel::new()).unwrap();
        interpret(output.exit, &output.stdout, &output.stderr)
    }

    fn states(&self) -> u64 {
        let outcome = self.run(None);
        assert_eq!(outcome.verdict, Verdict::Passed, "{}", self.name);
        outcome.counts.unwrap().distinct
    }

    /// How many steps TLC needs to violate an invariant.
    fn steps(&self, invariant: &str) -> Option<usize> {
        match self.run(Some(invariant)).verdict {
            Verdict::Passed => None,
            Verdict::InvariantViolated { trace, .. } => Some(trace.states.len() - 1),
            verdict => panic!("{} {invariant}: {verdict}", self.name),
        }
    }
}

/// Both see the same of a model; an invariant stands for each of its properties that is not about
/// liveness, in their order.
#[track_caller]
fn agree<M>(model: &M, spec: &Spec, invariants: &[&str])
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq,
{
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let found = search(Plain::new(model, Exact::new()), Keep::Paths, &run);
    assert_eq!(spec.states(), u64::from(found.states()), "{}", spec.name);
    let properties = model.properties().into_iter().zip(&found.decided);
    let asked = properties.filter(|(p, _)| p.expectation != Expectation::Eventually);
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked.len(), invariants.len());
    for ((property, decided), invariant) in asked.iter().zip(invariants) {
        let steps = decided.map(|node| found.way(node).len() - 1);
        assert_eq!(
            spec.steps(invariant),
            steps,
            "{}: {}",
            spec.name,
            property.name
        );
    }
}

#[test]
fn two_phase_commit() {
    for participants in [3, 5] {
        let spec = spec!("TwoPhaseCommit", "Participants = {}", set(participants));
        let invariants = ["AbortAgreement", "CommitAgreement", "Consistent"];
        agree(&TwoPhaseCommit { participants }, &spec, &invariants);
    }
}

#[test]
fn increments_with_and_without_a_lock() {
    for threads in [2, 3] {
        let spec = spec!("Increment", "Threads = {}", set(threads));
        agree(&Increment { threads }, &spec, &["Fin"]);
        let spec = spec!("IncrementLock", "Threads = {}", set(threads));
        agree(&IncrementLock { threads }, &spec, &["Fin", "Mutex"]);
    }
}

#[test]
fn a_game_of_ping_pong() {
    let games = [
        (1, true, true),
        (5, true, true),
        (5, false, true),
        (5, false, false),
    ];
    for (max, lossy, repeated) in games {
        let (says_lossy, says_repeated) = (tla(lossy), tla(repeated));
        let spec = spec!(
            "PingPong",
            "Max = {max} Lossy = {says_lossy} Repeated = {says_repeated}"
        );
        let network = match repeated {
            true => Network::new_unordered_duplicating([]),
            false => Network::new_unordered_nonduplicating([]),
        };
        let lossy = if lossy {
            LossyNetwork::Yes
        } else {
            LossyNetwork::No
        };
        let model = ping_pong::model(max, network, lossy);
        agree(&model, &spec, &["DeltaWithinOne", "CanReachMax"]);
    }
}

fn set(size: usize) -> String {
    let all: Vec<_> = (1..=size).map(|n| n.to_string()).collect();
    format!("{{{}}}", all.join(", "))
}

fn tla(truth: bool) -> &'static str {
    if truth { "TRUE" } else { "FALSE" }
}
