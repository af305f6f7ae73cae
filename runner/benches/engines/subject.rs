//! What is searched, and by whom.

use std::hash::Hash;

use stateright::actor::Actor;
use stateright::actor::ActorModel;
use stateright::actor::register::RegisterActor;
use stateright::{Checker, HasDiscoveries, Model, Property};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::enumerate::{decide, explore};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::search::actors::{About, Interned, Participant};
use tandem_runner::search::fingerprint::Fingerprints;
use tandem_runner::search::plain::Plain;
use tandem_runner::search::space::Space;
use tandem_runner::search::{Keep, search};
use tandem_runner::spec::render;
use tandem_runner::tlc::env::Env;
use tandem_runner::tlc::jar;
use tandem_runner::tlc::java::Java;
use tandem_runner::tlc::outcome::{Verdict, interpret};

use super::endless;
use super::published::register::RegisterModel;
use super::published::two_phase_commit::TwoPhaseCommit;
use super::published::two_phase_commit::packed::Packed;
use super::published::{paxos, single_copy_register};

/// Who searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Stateright's breadth-first checker, on one thread, to the end.
    Stateright,
    /// TLC with one worker, on the rendered spec, without properties.
    Tlc,
    /// Tandem on one thread.
    Tandem,
    /// Tandem on two.
    TwoThreads,
    /// Tandem on one thread, through the view, as TLC sees a protocol.
    Views,
}

impl Side {
    const ALL: [Side; 5] = [
        Side::Stateright,
        Side::Tlc,
        Side::Tandem,
        Side::TwoThreads,
        Side::Views,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Side::Stateright => "Stateright",
            Side::Tlc => "TLC",
            Side::Tandem => "Tandem",
            Side::TwoThreads => "Tandem, two threads",
            Side::Views => "Tandem, views",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        let side = Self::ALL.into_iter().find(|side| side.name() == name);
        side.expect("a side by its name")
    }
}

/// What is searched.
#[derive(Clone)]
pub(crate) enum Subject {
    /// An instance of the catalogue, with its bounds.
    Protocol(Box<Instance>),
    /// Paxos with three servers and so many clients.
    Paxos(usize),
    /// One server with so many clients.
    SingleCopy(usize),
    /// Two-phase commit with so many participants, as a model is written.
    Commit(usize),
    /// The same with its state packed into 64 bits.
    PackedCommit(usize),
    /// Counters with ten to the power of so many states.
    Counters(u32),
    /// Registers of three nodes that never stop writing, to a depth.
    Registers(usize),
    /// A replicated log of three nodes that never ends, over a network that duplicates, to a depth.
    Log(usize),
}

/// How deep the models without an end are searched.
const REGISTERS: usize = 11;
const LOG: usize = 14;

impl Subject {
    /// Actor models as Stateright publishes them, and the three largest instances of the catalogue.
    pub(crate) fn actors() -> Vec<[Self; 2]> {
        let published = [Subject::Paxos(3), Subject::SingleCopy(4)];
        let endless = [Subject::Registers(REGISTERS), Subject::Log(LOG)];
        let all = published.into_iter().chain(endless).chain(largest(3));
        all.map(alike).collect()
    }

    /// Models that are not made of actors.
    pub(crate) fn plain() -> Vec<[Self; 2]> {
        let (plain, packed) = (Subject::Commit(8), Subject::PackedCommit(8));
        vec![alike(plain.clone()), [plain, packed.clone()], alike(packed)]
    }

    /// The three largest instances that TLC enumerates in reasonable time.
    pub(crate) fn protocols() -> Vec<[Self; 2]> {
        largest(3).into_iter().map(alike).collect()
    }

    /// Those that are large enough for two threads.
    pub(crate) fn threaded() -> Vec<Self> {
        let mut subjects = vec![
            Subject::Commit(8),
            Subject::PackedCommit(8),
            Subject::Counters(6),
        ];
        subjects.extend(largest(1));
        subjects
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Subject::Protocol(instance) => instance.to_string(),
            Subject::Paxos(clients) => format!("paxos, {clients} clients"),
            Subject::SingleCopy(clients) => format!("single-copy register, {clients} clients"),
            Subject::Commit(participants) => format!("two-phase commit {participants}"),
            Subject::PackedCommit(participants) => {
                format!("two-phase commit {participants}, packed")
            }
            Subject::Counters(digits) => format!("counters {digits}"),
            Subject::Registers(depth) => format!("last writer wins, to depth {depth}"),
            Subject::Log(depth) => format!("replicated log, to depth {depth}"),
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        let mut all = vec![Subject::Commit(8), Subject::PackedCommit(8)];
        all.extend(
            (1..=4).flat_map(|clients| [Subject::Paxos(clients), Subject::SingleCopy(clients)]),
        );
        all.extend((1..=9).map(Subject::Counters));
        all.extend([Subject::Registers(REGISTERS), Subject::Log(LOG)]);
        all.extend(every_protocol());
        all.retain(|subject| subject.name() == name);
        let [subject] = &all[..] else {
            panic!("{} subjects have the name {name}", all.len());
        };
        subject.clone()
    }

    /// Searches it to the end; how many states there are.
    pub(crate) fn search(&self, side: Side) -> u64 {
        match self {
            Subject::Protocol(instance) => protocol(instance, side),
            Subject::Paxos(clients) => register(&paxos::model(3, *clients), side),
            Subject::SingleCopy(clients) => {
                register(&single_copy_register::model(1, *clients), side)
            }
            Subject::Commit(participants) => plain(
                &TwoPhaseCommit {
                    participants: *participants,
                },
                side,
            ),
            Subject::PackedCommit(participants) => plain(&Packed::new(*participants), side),
            Subject::Counters(digits) => plain(&Counters::new(*digits), side),
            Subject::Registers(depth) => actors(&endless::registers(3), *depth, side),
            Subject::Log(depth) => actors(&endless::logs(3), *depth, side),
        }
    }
}

/// All instances of the catalogue, those at larger settings only as far as TLC can enumerate them.
fn every_protocol() -> Vec<Subject> {
    let catalogue = catalogue();
    let named = catalogue.select(None, &Overrides::default());
    let larger = catalogue.select_larger(None).unwrap_or_default();
    let larger = larger
        .into_iter()
        .filter_map(|(instance, tlc)| tlc.then_some(instance));
    let mut all = named.unwrap_or_default();
    all.extend(larger);
    all.into_iter()
        .map(Box::new)
        .map(Subject::Protocol)
        .collect()
}

/// The same form on both sides.
fn alike(subject: Subject) -> [Subject; 2] {
    [subject.clone(), subject]
}

fn largest(count: usize) -> Vec<Subject> {
    let size = |subject: &Subject| std::cmp::Reverse(subject.search(Side::Tandem));
    let mut all = every_protocol();
    all.sort_by_cached_key(size);
    all.truncate(count);
    all
}

fn threads(side: Side) -> usize {
    if side == Side::TwoThreads { 2 } else { 1 }
}

/// TLC with one worker.
pub(crate) fn tlc(cancel: &Cancel) -> Tlc {
    let env = Env::from_process();
    let java = Java::find(&env, cancel).expect("Java");
    let jar = jar::locate_or_install(&env, None, cancel, &mut |_| {}).expect("TLC");
    Tlc {
        texts: tandem_runner::spec::SpecTexts::built_in(),
        env,
        java,
        jar,
        workers: 1,
        heap_mb: None,
        time_limit: None,
        long: true,
    }
}

/// How many states there are: raw ones, but for TLC and what is compared with it.
fn protocol(instance: &Instance, side: Side) -> u64 {
    let cancel = Cancel::new();
    let run = Run {
        threads: threads(side),
        ..Run::new(&Limits::NONE, &cancel)
    };
    match side {
        Side::Stateright => checked(&instance.system()),
        Side::Tlc => {
            let tlc = tlc(&cancel);
            let spec = render(instance, &[]).expect("the spec is rendered");
            let output = tlc.command(&spec).run(&tlc.env, &cancel);
            let output = output.expect("TLC runs");
            let outcome = interpret(output.exit, &output.stdout, &output.stderr);
            assert_eq!(outcome.verdict, Verdict::Passed);
            outcome.counts.expect("TLC counts").distinct
        }
        Side::Views => explore(&instance.system(), &run).size().states as u64,
        Side::Tandem | Side::TwoThreads => decide(&instance.system(), &run).0 as u64,
    }
}

fn plain<M>(model: &M, side: Side) -> u64
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    if side == Side::Stateright {
        return checked(model);
    }
    searched(Plain::new(model, Fingerprints::default()), side)
}

/// A register and its clients, in numbers.
fn register<A>(model: &RegisterModel<A>, side: Side) -> u64
where
    A: Actor + Clone + Send + 'static,
    RegisterActor<A>: Participant,
{
    if side == Side::Stateright {
        return checked(model);
    }
    let space = Interned::new(model).bounded(About::NOTHING);
    let space = space.about("linearizable", About::HISTORY);
    searched(space.expect("a property of every register"), side)
}

/// Actors of which nothing is declared, to a depth on which both sides agree: they count the states on
/// the path to a state, with the initial one.
fn actors<A>(model: &ActorModel<A>, depth: usize, side: Side) -> u64
where
    A: Participant + Clone + Send + 'static,
{
    if side == Side::Stateright {
        let never = HasDiscoveries::AllOf(["not the name of a property"].into());
        let checker = model.clone().checker().target_max_depth(depth);
        let checker = checker.finish_when(never).spawn_bfs().join();
        return checker.unique_state_count() as u64;
    }
    let limits = Limits {
        max_depth: Some(depth),
        ..Limits::NONE
    };
    within(Interned::new(model), &limits, side)
}

fn searched(space: impl Space, side: Side) -> u64 {
    within(space, &Limits::NONE, side)
}

fn within(space: impl Space, limits: &Limits, side: Side) -> u64 {
    let cancel = Cancel::new();
    let run = Run {
        threads: threads(side),
        ..Run::new(limits, &cancel)
    };
    u64::from(search(space, Keep::Paths, &run).states())
}

/// Stateright's checker, which must not stop before the end.
fn checked<M>(model: &M) -> u64
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    // It would stop as soon as every property is decided.
    let never = HasDiscoveries::AllOf(["not the name of a property"].into());
    let checker = model.clone().checker().finish_when(never).spawn_bfs();
    checker.join().unique_state_count() as u64
}

/// Four counters that only go up, in 64 bits. From 10^4 states on each has 3.6 to 4 steps on average,
/// and a step costs the same: so what grows with them is the cost of the search.
#[derive(Clone)]
struct Counters([u64; 4]);

impl Counters {
    /// How many bits a counter has.
    const WIDTH: u32 = 16;

    /// 10^n states: each counter has a power of ten of them.
    fn new(digits: u32) -> Self {
        Counters([3, 2, 1, 0].map(|more| 10_u64.pow((digits + more) / 4)))
    }
}

impl Model for Counters {
    type State = u64;
    type Action = u32;

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, state: &u64, actions: &mut Vec<u32>) {
        let shifts = (0..).step_by(Counters::WIDTH as usize).zip(self.0);
        let value = |shift: u32| state >> shift & u64::from(u16::MAX);
        actions
            .extend(shifts.filter_map(|(shift, size)| (value(shift) + 1 < size).then_some(shift)));
    }

    fn next_state(&self, state: &u64, shift: u32) -> Option<u64> {
        Some(state + (1 << shift))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let within = |model: &Counters, state: &u64| state & u64::from(u16::MAX) < model.0[0];
        vec![Property::always("the first one is within bounds", within)]
    }
}
