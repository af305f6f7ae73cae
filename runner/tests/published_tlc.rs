//! Models that nobody here designed, once more in TLA+: TLC sees as many states and steps as
//! Tandem's engine, as deep, decides every property alike, and needs as many steps for it.

use std::hash::Hash;
use std::num::NonZero;
use std::thread::available_parallelism;

use stateright::actor::{LossyNetwork, Network};
use stateright::semantics::ConsistencyTester;
use stateright::{Expectation, Model};
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::search::actors::Interned;
use tandem_runner::search::liveness::{Fairness, Formula, violation};
use tandem_runner::search::plain::{Exact, Plain};
use tandem_runner::search::space::Space;
use tandem_runner::search::{Bits, Explored, Keep, search};
use tandem_runner::tlc::outcome::{Counts, Outcome, Verdict, interpret};
use tandem_runner::tlc::process::TlcRun;

mod common;
#[path = "../search/tests/published/mod.rs"]
mod published;

use published::increment::Increment;
use published::increment_lock::IncrementLock;
use published::two_phase_commit::TwoPhaseCommit;
use published::{
    crashes, linearizable_register, networks, paxos, ping_pong, random_choices,
    single_copy_register, timers,
};

macro_rules! modules {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../search/tests/published/", $name, ".tla")))),*]
    };
}

/// The modules beside the models, some of which extend others.
const MODULES: &[(&str, &str)] = modules!(
    "Crashes" "Increment" "IncrementLock" "LinearizableRegister" "Network" "Networks" "Paxos"
    "PingPong" "RandomChoices" "Register" "SingleCopyRegister" "Timers" "TwoPhaseCommit"
);

/// A module and its constants.
struct Spec {
    module: &'static str,
    constants: String,
    /// Whether TLC needs minutes, and is given more of the machine.
    large: bool,
}

fn spec(module: &'static str, constants: String) -> Spec {
    Spec {
        module,
        constants,
        large: false,
    }
}

impl Spec {
    fn large(self) -> Self {
        Spec {
            large: true,
            ..self
        }
    }

    fn run(&self, asked: &str, workers: usize) -> Outcome {
        let Tlc { env, java, jar, .. } = common::tlc();
        let Spec {
            module,
            constants,
            large,
        } = self;
        let modules = MODULES.iter();
        let mut files: Vec<_> = modules
            .map(|(name, text)| (format!("{name}.tla"), (*text).to_owned()))
            .collect();
        let cfg = format!("CONSTANTS {constants}\n{asked}\n");
        files.push((format!("{module}.cfg"), cfg));
        let mut run = TlcRun::new(java, jar, module, files);
        run.heap_mb = Some(if *large { 4096 } else { 256 });
        run.long = *large;
        run.workers = workers;
        run.deadlock_check = false;
        let output = run.run(&env, &Cancel::new()).unwrap();
        interpret(output.exit, &output.stdout, &output.stderr)
    }

    fn invariants(&self, invariants: &[&str], workers: usize) -> Outcome {
        let each = invariants.iter();
        let each: String = each.map(|name| format!("INVARIANT {name}\n")).collect();
        self.run(&format!("INIT Init\nNEXT Next\n{each}"), workers)
    }

    /// What TLC counts in the whole graph, in which these invariants hold.
    #[track_caller]
    fn counts(&self, invariants: &[&str]) -> Counts {
        let workers = match available_parallelism() {
            Ok(all) if self.large => all,
            _ => NonZero::<usize>::MIN,
        };
        let outcome = self.invariants(invariants, workers.get());
        let asked = format!("{} {invariants:?}", self.module);
        assert_eq!(outcome.verdict, Verdict::Passed, "{asked}");
        outcome.counts.unwrap()
    }

    /// How many steps TLC needs to violate an invariant; with one worker, as few as there can be.
    #[track_caller]
    fn steps(&self, invariant: &str) -> usize {
        match self.invariants(&[invariant], 1).verdict {
            Verdict::InvariantViolated { trace, .. } => trace.states.len() - 1,
            verdict => panic!("{} {invariant}: {verdict}", self.module),
        }
    }

    /// Whether a temporal property holds if something happens whenever it can.
    #[track_caller]
    fn holds(&self, property: &str) -> bool {
        let outcome = self.run(&format!("SPECIFICATION Fair\nPROPERTY {property}"), 1);
        match outcome.verdict {
            Verdict::Passed => true,
            Verdict::PropertyViolated { .. } => false,
            verdict => panic!("{} {property}: {verdict}", self.module),
        }
    }
}

/// Both see the same of a model, each of whose properties but `true` has this name in TLA+.
#[track_caller]
fn agree<M>(model: &M, spec: &Spec, names: &[&str])
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let found = search(Plain::new(model, Exact::new()), Keep::Graph, &run);
    let properties = model.properties().into_iter().enumerate();
    let asked: Vec<_> = properties
        .filter(|(_, property)| property.name != "true")
        .collect();
    assert_eq!(asked.len(), names.len());
    let mut holding = Vec::new();
    for ((number, property), name) in asked.iter().zip(names) {
        match (&property.expectation, found.decided[*number]) {
            (Expectation::Eventually, _) => {
                assert_eq!(spec.holds(name), comes_true(&found, *number), "{name}");
            }
            (_, None) => holding.push(*name),
            (_, Some(node)) => {
                assert_eq!(spec.steps(name), found.way(node).len() - 1, "{name}");
            }
        }
    }
    let counts = spec.counts(&holding);
    assert_eq!(counts.distinct, u64::from(found.states()));
    assert_eq!(counts.generated, u64::from(found.initial) + found.generated);
    if !spec.large {
        // With several workers, TLC may take a longer way to a state.
        assert_eq!(counts.depth, Some(found.levels().len() as u64));
    }
}

/// Whether this predicate comes true some day, if something happens whenever it can.
fn comes_true(found: &Explored<impl Space>, predicate: usize) -> bool {
    let truths = (0..).zip(&found.truths[predicate]);
    let where_true = truths.filter(|(_, is_true)| **is_true);
    let where_true = where_true.map(|(node, _)| node);
    let formula = Formula::Eventually(Bits::of(found.states() as usize, where_true));
    let initial: Vec<_> = (0..found.initial).collect();
    let anything = Fairness::weak(found.transitions.iter().map(|(_, step)| step.label));
    violation(&found.transitions, &initial, &formula, &[anything]) == Ok(None)
}

const TWO_PHASES: &[&str] = &["AbortAgreement", "CommitAgreement", "Consistent"];

fn two_phase_commit(participants: usize) -> (TwoPhaseCommit, Spec) {
    let constants = format!("Participants = {}", set(participants));
    (
        TwoPhaseCommit { participants },
        spec("TwoPhaseCommit", constants),
    )
}

#[test]
fn two_phases_of_commitment() {
    for participants in [3, 5] {
        let (model, spec) = two_phase_commit(participants);
        agree(&model, &spec, TWO_PHASES);
    }
}

#[test]
#[ignore = "TLC takes minutes"]
fn two_phases_of_commitment_with_eight_participants() {
    let (model, spec) = two_phase_commit(8);
    agree(&model, &spec.large(), TWO_PHASES);
}

#[test]
fn increments_with_and_without_a_lock() {
    for threads in [2, 3] {
        let constants = || format!("Threads = {}", set(threads));
        let module = spec("Increment", constants());
        agree(&Increment { threads }, &module, &["Fin"]);
        let module = spec("IncrementLock", constants());
        agree(&IncrementLock { threads }, &module, &["Fin", "Mutex"]);
    }
}

const PING_PONG: &[&str] = &[
    "DeltaWithinOne",
    "CanReachMax",
    "MustReachMax",
    "MustExceedMax",
];

#[test]
fn a_game_of_ping_pong() {
    let games = [
        (1, DUPLICATING, LossyNetwork::Yes),
        (5, DUPLICATING, LossyNetwork::Yes),
        (5, DUPLICATING, LossyNetwork::No),
        (5, NONDUPLICATING, LossyNetwork::No),
    ];
    for (max, network, lossy) in games {
        let constants = format!("Max = {max} {}", on(network, lossy));
        let model = ping_pong::model(max, kind(network), lossy);
        agree(&model, &spec("PingPong", constants), PING_PONG);
    }
}

const REGISTER: &[&str] = &["Linearizable", "ValueChosen"];

/// A register's module for so many servers and clients.
fn register(module: &'static str, servers: usize, clients: usize, network: &str) -> Spec {
    let constants =
        format!("ServerCount = {servers} ClientCount = {clients} NetworkKind = \"{network}\"");
    spec(module, constants)
}

#[test]
fn a_single_copy_register_and_two_of_them() {
    for servers in [1, 2] {
        let model = single_copy_register::model(servers, 2);
        let spec = register("SingleCopyRegister", servers, 2, NONDUPLICATING);
        agree(&model, &spec, REGISTER);
    }
}

#[test]
#[ignore = "TLC takes minutes"]
fn a_single_copy_register_with_four_clients() {
    let spec = register("SingleCopyRegister", 1, 4, NONDUPLICATING).large();
    agree(&single_copy_register::model(1, 4), &spec, REGISTER);
}

/// Not only the first state that is not linearizable is the same: all are. Three clients of two
/// registers can see what is out of order in real time only.
#[test]
fn what_is_linearizable() {
    for clients in [2, 3] {
        let model = single_copy_register::model(2, clients);
        let linearizable = model.within_boundary(|_, state| state.history.is_consistent());
        let cancel = Cancel::new();
        let run = Run::new(&Limits::NONE, &cancel);
        let found = search(Interned::new(&linearizable), Keep::Paths, &run);
        let mut spec = register("SingleCopyRegister", 2, clients, NONDUPLICATING);
        spec.constants += "\nCONSTRAINT Linearizable";
        assert_eq!(spec.counts(&[]).distinct, u64::from(found.states()));
    }
}

#[test]
fn a_linearizable_register_on_two_networks() {
    for (clients, network) in [(2, NONDUPLICATING), (3, NONDUPLICATING), (2, ORDERED)] {
        let model = linearizable_register::model(2, clients, kind(network));
        let spec = register("LinearizableRegister", 2, clients, network);
        agree(&model, &spec, REGISTER);
    }
}

#[test]
fn paxos_with_one_client_and_with_two() {
    for clients in [1, 2] {
        let spec = register("Paxos", 3, clients, NONDUPLICATING);
        agree(&paxos::model(3, clients), &spec, REGISTER);
    }
}

#[test]
#[ignore = "TLC takes minutes"]
fn paxos_with_three_clients() {
    let spec = register("Paxos", 3, 3, NONDUPLICATING).large();
    agree(&paxos::model(3, 3), &spec, REGISTER);
}

#[test]
fn timers_that_are_set_again() {
    for network in [NONDUPLICATING, ORDERED] {
        let constants = format!("ActorCount = 3 MaxSent = 2 NetworkKind = \"{network}\"");
        let model = timers::pingers(3, 2, kind(network));
        agree(&model, &spec("Timers", constants), &[]);
    }
}

#[test]
fn random_choices_of_both_kinds() {
    let one = spec("RandomChoices", "Questions <- OneQuestion".to_owned());
    agree(&random_choices::one_question(), &one, &[]);
    let two = spec("RandomChoices", "Questions <- AQuestionReplaced".to_owned());
    agree(&random_choices::a_question_replaced(), &two, &[]);
}

#[test]
fn crashes_of_a_worker() {
    let module = spec("Crashes", "Goal = 3".to_owned());
    agree(&crashes::worker(3), &module, &["Recovered"]);
}

#[test]
fn networks_of_every_kind() {
    for network in [ORDERED, NONDUPLICATING, DUPLICATING] {
        let on = on(network, LossyNetwork::No);
        let constants = format!("Numbers <- NoughtThenOne Records = FALSE {on}");
        let model = networks::ignored(kind(network));
        agree(&model, &spec("Networks", constants), &[]);
    }
    let two_then_one: (&[u8], _) = (&[2, 1], "TwoThenOne");
    let twice_the_same: (&[u8], _) = (&[1, 1], "TwiceTheSame");
    for ((numbers, name), network, lossy) in [
        (two_then_one, ORDERED, LossyNetwork::No),
        (two_then_one, NONDUPLICATING, LossyNetwork::No),
        (twice_the_same, ORDERED, LossyNetwork::Yes),
        (twice_the_same, NONDUPLICATING, LossyNetwork::Yes),
        (twice_the_same, DUPLICATING, LossyNetwork::Yes),
    ] {
        let on = on(network, lossy);
        let constants = format!("Numbers <- {name} Records = TRUE {on}");
        let model = networks::recorded(numbers, kind(network), lossy);
        agree(&model, &spec("Networks", constants), &[]);
    }
}

// The kinds of network, as Network.tla calls them.
const ORDERED: &str = "ordered";
const NONDUPLICATING: &str = "nonduplicating";
const DUPLICATING: &str = "duplicating";

/// The same kind in Stateright, with nothing on its way.
fn kind<Message: Eq + Hash>(network: &str) -> Network<Message> {
    match network {
        ORDERED => Network::new_ordered([]),
        NONDUPLICATING => Network::new_unordered_nonduplicating([]),
        DUPLICATING => Network::new_unordered_duplicating([]),
        other => panic!("there is no network that is {other}"),
    }
}

/// The constants of a module whose network may lose what it carries.
fn on(network: &str, lossy: LossyNetwork) -> String {
    let loses = match lossy {
        LossyNetwork::Yes => "TRUE",
        LossyNetwork::No => "FALSE",
    };
    format!("NetworkKind = \"{network}\" Lossy = {loses}")
}

fn set(size: usize) -> String {
    let all: Vec<_> = (1..=size).map(|n| n.to_string()).collect();
    format!("{{{}}}", all.join(", "))
}
