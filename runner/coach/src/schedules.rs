//! Compares kinds of schedules of two handler slots: written by the learner, random, all of one length,
//! and all complete ones.
//!
//! A schedule is a word of the letters A and B. A is one step of the first slot, B one step of the second:
//! its next call, or if the slot is free, the start on a waiting copy. A letter whose slot has nothing to
//! do is skipped. A test that stops every call at a barrier can enumerate the words of one length. A
//! search visits each state once and so covers all complete schedules.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, bail};
use tandem_models::catalogue::Instance;
use tandem_models::kit::step::{Kind, Step};
use tandem_search::numerals::thousands;
use tandem_search::random::Generator;

use crate::states::States;

/// The seed of the random schedules: they are the same in every run.
const SEED: u64 = 1;

/// The number of schedules of each kind, and how many violate the guarantee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The learner's schedules, each with whether it violates the guarantee.
    pub by_hand: Vec<Played>,
    /// Random schedules: as many as there are words of the given length.
    pub at_random: Count,
    /// The number of the first random schedule that violates it, from 1.
    pub first_at_random: Option<u128>,
    /// All words of the given length.
    pub words: Count,
    /// All complete schedules.
    pub all: Count,
    /// The number of states that were visited to count the schedules.
    pub states: usize,
}

/// A number of schedules, and how many of them violate the guarantee.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many were tried.
    pub tried: u128,
    /// How many violate it.
    pub violating: u128,
}

/// A schedule that was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// Its steps, each with its letter.
    pub steps: Vec<(char, &'static str)>,
    /// Whether it violates the guarantee.
    pub violating: bool,
}

/// Tries the schedules of an instance.
///
/// # Errors
///
/// If a schedule that the learner wrote contains another letter, there is no such guarantee, or there are
/// too many states.
pub fn try_all(
    instance: &Instance,
    guarantee: &str,
    by_hand: &[&str],
    (letters, most): (u32, usize),
) -> anyhow::Result<Tried> {
    let system = instance.system().remembering();
    let mut guarantees = system.spec().guarantees.iter();
    let wanted = guarantees.find(|known| known.name == guarantee);
    let wanted = *wanted.with_context(|| format!("there is no guarantee '{guarantee}'"))?;
    let states = States::of(&system, most)?;
    let holds = states
        .all
        .iter()
        .map(|state| (wanted.holds)(&system, state));
    let player = Player {
        states: &states,
        holds: holds.collect(),
    };
    let words = 1_u32 << letters;
    let word = |bits: u32| (0..letters).map(move |place| usize::from(bits >> place & 1 == 1));
    let views: BTreeSet<_> = states.all.iter().map(|state| system.view(state)).collect();
    let mut tried = Tried {
        by_hand: Vec::new(),
        at_random: Count::default(),
        first_at_random: None,
        words: Count::default(),
        all: player.to_the_end()?,
        states: views.len(),
    };
    for schedule in by_hand {
        let slots = slots(schedule)?;
        tried.by_hand.push(player.play(slots.into_iter()));
    }
    for bits in 0..words {
        tried.words.add(player.play(word(bits)).violating);
    }
    for number in 1..=u64::from(words) {
        let violating = player.walk(Generator::of_walk(SEED, number));
        tried.at_random.add(violating);
        if violating && tried.first_at_random.is_none() {
            tried.first_at_random = Some(u128::from(number));
        }
    }
    Ok(tried)
}

impl Count {
    fn add(&mut self, violating: bool) {
        self.tried += 1;
        self.violating += u128::from(violating);
    }
}

/// The slots in a schedule that the learner wrote. Spaces are ignored.
fn slots(schedule: &str) -> anyhow::Result<Vec<usize>> {
    let letters = schedule.chars().filter(|letter| !letter.is_whitespace());
    letters
        .map(|letter| match letter {
            'A' => Ok(0),
            'B' => Ok(1),
            other => bail!(
                "the schedule \"{schedule}\" has the letter {other}; only A and B have a slot"
            ),
        })
        .collect()
}

/// Plays schedules on the states of a system. The first state is the initial state.
struct Player<'a> {
    states: &'a States,
    /// Whether the guarantee is true in each state.
    holds: Vec<bool>,
}

impl Player<'_> {
    fn play(&self, slots: impl Iterator<Item = usize>) -> Played {
        let mut played = Played {
            steps: Vec::new(),
            violating: false,
        };
        let mut at = 0;
        for slot in slots {
            if let Some((step, after)) = self.step_of(at, slot) {
                let letter = if slot == 0 { 'A' } else { 'B' };
                played.steps.push((letter, step.action));
                played.violating |= !self.holds[*after];
                at = *after;
            }
        }
        played
    }

    /// The step that a slot takes: its call, or if it is free, the start on a waiting copy. A copy goes to
    /// the first free slot, so all slots before it must be busy.
    fn step_of(&self, state: usize, slot: usize) -> Option<&(Step, usize)> {
        let steps = &self.states.next[state];
        let call = |slot: usize| {
            let acts = move |(step, _): &&(Step, usize)| {
                step.fault().is_none() && step.slot() == Some(slot)
            };
            steps.iter().find(acts)
        };
        let starts = |(step, _): &&(Step, usize)| matches!(step.kind, Kind::Receive(..));
        match call(slot) {
            Some(call) => Some(call),
            None if (0..slot).all(|before| call(before).is_some()) => steps.iter().find(starts),
            None => None,
        }
    }

    /// Takes random steps with equal probabilities until no step is left.
    fn walk(&self, mut choices: Generator) -> bool {
        let mut at = 0;
        while self.holds[at] {
            let steps = &self.states.next[at];
            if steps.is_empty() {
                return false;
            }
            at = steps[choices.below(steps.len())].1;
        }
        true
    }

    /// The number of paths from the initial states to states without a step, and how many of them pass
    /// through a state in which the guarantee is violated.
    ///
    /// # Errors
    ///
    /// If there are cycles, because the number is then infinite.
    fn to_the_end(&self) -> anyhow::Result<Count> {
        let next = &self.states.next;
        let mut before: Vec<usize> = vec![0; next.len()];
        for (_, state) in next.iter().flatten() {
            before[*state] += 1;
        }
        let ready = (0..before.len()).filter(|state| before[*state] == 0);
        let mut ready: Vec<usize> = ready.collect();
        // For each state: the number of paths to it on which the guarantee holds, and of the others.
        let mut paths = vec![(0_u128, 0_u128); next.len()];
        for state in &ready {
            paths[*state] = (1, 0);
        }
        let (mut count, mut done) = (Count::default(), 0);
        while let Some(at) = ready.pop() {
            done += 1;
            let (mut well, mut ill) = paths[at];
            if !self.holds[at] {
                (well, ill) = (0, well + ill);
            }
            if next[at].is_empty() {
                count.tried += well + ill;
                count.violating += ill;
            }
            for (_, state) in &next[at] {
                paths[*state] = (paths[*state].0 + well, paths[*state].1 + ill);
                before[*state] -= 1;
                if before[*state] == 0 {
                    ready.push(*state);
                }
            }
        }
        if done < next.len() {
            bail!("the handler may start again forever, so its schedules cannot be counted");
        }
        Ok(count)
    }
}

/// The text in a row of the table for one handler.
type Cell<'a> = &'a dyn Fn(&Tried) -> String;

/// The table: the results with the shipped handler, and with the learner's.
pub fn table(guarantee: &str, letters: u32, shipped: &Tried, yours: &Tried) -> String {
    let of = |count: Count| format!("{} of {}", number(count.violating), number(count.tried));
    let hand = |tried: &Tried| {
        let violating = tried.by_hand.iter().filter(|played| played.violating);
        format!("{} of {}", violating.count(), tried.by_hand.len())
    };
    let random = |tried: &Tried| {
        let first = tried
            .first_at_random
            .map(|first| format!(", the first is number {}", number(first)));
        format!("{}{}", of(tried.at_random), first.unwrap_or_default())
    };
    let all = |tried: &Tried| {
        format!(
            "{}, in {} states",
            of(tried.all),
            number(tried.states as u128)
        )
    };
    let words = format!("all of {letters} letters");
    let rows: [(&str, Cell<'_>); 4] = [
        ("by hand", &hand),
        ("at random", &random),
        (&words, &|tried| of(tried.words)),
        ("all to the end", &all),
    ];
    let mut text = format!("Schedules that violate {guarantee}:\n");
    let _ = writeln!(text, "  {:<18} {:<38} yours", "", "as shipped");
    for (name, cell) in rows {
        let _ = writeln!(text, "  {name:<18} {:<38} {}", cell(shipped), cell(yours));
    }
    text
}

fn number(count: u128) -> String {
    usize::try_from(count).map_or_else(|_| count.to_string(), thousands)
}

/// The steps of a schedule, for the learner who wrote it.
pub fn told(played: &Played) -> String {
    let steps: Vec<_> = played
        .steps
        .iter()
        .map(|(slot, action)| format!("{slot} {action}"))
        .collect();
    steps.join(", ")
}
