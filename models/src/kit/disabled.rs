//! Steps that a reader would expect in a state and that are not possible, each with its reason.
//!
//! There is one entry for each kind of step: it says that no step of that kind is possible. Steps
//! that follow only after a fault are left out while that fault has not happened, such as a restart
//! if nothing crashed.

use stateright::Model;
use stateright::actor::Id;

use super::actors::{Slot, Volatile};
use super::fault::{Aim, Fault};
use super::happening::Happening;
use super::step::{Kind, Step, Target};
use super::system::{ENDPOINT, Intake, State, System};

/// A kind of step that is not possible in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disabled {
    /// The name of the action.
    pub action: &'static str,
    /// The participant that would act.
    pub actor: &'static str,
    /// The fault, if it is one: no step that would use its budget is possible.
    pub fault: Option<Fault>,
    /// The reason, a sentence without its full stop.
    pub reason: String,
}

impl System {
    /// The kinds of steps that are not possible now, with the reason: first steps of participants,
    /// then faults in the order of the budget. Every fault that is not listed is possible, and every
    /// listed one is not.
    pub fn disabled(&self, state: &State) -> Vec<Disabled> {
        let mut steps = Vec::new();
        self.actions(state, &mut steps);
        let mut disabled = Vec::new();
        let mut put = |action, actor, fault, why: String| {
            let reason = match self.breach(state) {
                Some(_) => "a handler broke the rules, and nothing happens any more".to_owned(),
                None => why,
            };
            disabled.push(Disabled {
                action,
                actor,
                fault,
                reason,
            });
        };
        let possible = |action: &str| steps.iter().any(|step| step.action == action);
        for (number, host) in self.hosts.iter().enumerate() {
            let (kind, why) = match host.wakes {
                Some(_) => (Happening::Wake, self.why_not_awake(number, state)),
                None => (Happening::Receive, self.why_not_received(number, state)),
            };
            let action = host.action(kind);
            if !possible(action) {
                put(action, host.name, None, why);
            }
        }
        if let Some(consumer) = self.downstream
            && !possible("DownstreamReceives")
        {
            let consumer = self.name(consumer);
            let why = format!("no message waits for {consumer}");
            put("DownstreamReceives", consumer, None, why);
        }
        if self.spec.intake == Intake::Requests {
            let browser = self.name(self.sender);
            if !possible("ReplyArrives") {
                let why = "no reply is on its way".to_owned();
                put("ReplyArrives", browser, None, why);
            }
            if !possible("AskAgain") {
                put("AskAgain", browser, None, self.why_not_asked_again(state));
            }
            if !self.spec.script.is_empty() && !possible("GiveUp") {
                put("GiveUp", browser, None, self.why_not_given_up(state));
            }
        }
        for (aim, left) in state.world.budget.iter() {
            let fault = aim.fault;
            for (kind, number) in self.impossible(aim, state, &steps) {
                let why = match left {
                    0 => self.why_not_allowed(aim),
                    _ => self.why_nothing_to_hit(fault, number),
                };
                let actor = self.who(fault, number);
                put(self.hosts[number].action(kind), actor, Some(fault), why);
            }
        }
        disabled
    }

    /// The kinds of steps of an impossible fault: one for most faults, but for a crash one for each
    /// endpoint.
    fn impossible(&self, aim: Aim, state: &State, steps: &[Step]) -> Vec<(Happening, usize)> {
        let (fault, budget) = (aim.fault, &state.world.budget);
        let mut kinds = Happening::ALL.into_iter();
        let Some(kind) = kinds.find(|kind| kind.spends() == Some(fault)) else {
            return Vec::new();
        };
        if fault == Fault::Crash {
            let crashes = |number| {
                move |step: &Step| step.kind == Kind::Fault(fault, Target::Endpoint(number))
            };
            let up = |number: &usize| !steps.iter().any(crashes(*number));
            let down = (0..self.hosts.len()).filter(up);
            let down = down.filter(|number| budget.of(fault, &[self.hosts[*number].name]) == aim);
            return down.map(|number| (kind, number)).collect();
        }
        let happens = steps.iter().any(|step| match &step.kind {
            Kind::Fault(other, target) => *other == fault && self.aim(state, fault, target) == aim,
            _ => false,
        });
        let forgets = self.third_parties.is_empty() && kind == Happening::Forget;
        let kind = if forgets { Happening::Evict } else { kind };
        match happens {
            true => Vec::new(),
            false => vec![(
                kind,
                aim.at
                    .and_then(|at| self.host_named(at))
                    .unwrap_or(ENDPOINT),
            )],
        }
    }

    fn why_not_received(&self, number: usize, state: &State) -> String {
        let host = &self.hosts[number];
        if self.queue(number, state).is_empty() {
            format!("no {} waits for {}", self.noun(), host.name)
        } else if state.actors.crashed[host.actor()] {
            format!("{} is down until it starts again", host.name)
        } else if self.slots_at(number, state).contains(&Slot::Idle) {
            "every message that waits is behind a leased one of its partition".to_owned()
        } else {
            "all slots are busy".to_owned()
        }
    }

    fn why_not_awake(&self, number: usize, state: &State) -> String {
        let host = &self.hosts[number];
        if state.actors.crashed[host.actor()] {
            format!("{} is down until it starts again", host.name)
        } else if host.wakes_up(&state.world) {
            "all slots are busy".to_owned()
        } else {
            super::explain::nothing_to_do(host.name)
        }
    }

    fn why_not_asked_again(&self, state: &State) -> String {
        let clicks = match &*state.actors.actor_states[usize::from(self.sender)] {
            Volatile::Browser { clicks, .. } => *clicks,
            Volatile::Client(_) => {
                return match self.unanswered(state) {
                    0 => "the script is done".to_owned(),
                    _ => "the client sends this request no more".to_owned(),
                };
            }
            _ => 0,
        };
        match (clicks, self.spec.clicks) {
            (0, 0) => "the user clicks once in each tab, and never again".to_owned(),
            (0, all) => format!("the user's patience is used up: 0 of {all} more clicks left"),
            _ => "every tab has its answer".to_owned(),
        }
    }

    fn why_not_given_up(&self, state: &State) -> String {
        match self.unanswered(state) {
            0 => "the script is done".to_owned(),
            _ => "the client waits for this answer as long as it takes".to_owned(),
        }
    }

    fn why_not_allowed(&self, aim: Aim) -> String {
        let name = match aim.at {
            None => many(aim.fault).to_owned(),
            Some(target) => format!("{} at {target}", many(aim.fault)),
        };
        match self.spec.world.budget.left(aim) {
            0 => format!("the budget allows no {name}"),
            all => format!("the budget of {name} is used up: 0 of {all} left"),
        }
    }

    fn why_nothing_to_hit(&self, fault: Fault, number: usize) -> String {
        let writes_late = !self.spec.schema.landing_late.is_empty();
        let reason = match fault {
            Fault::Crash => {
                return format!("{} is down until it starts again", self.hosts[number].name);
            }
            Fault::Duplicate => "no message waits that could be duplicated",
            Fault::Lease => "no slot has a lease that could expire",
            Fault::Lose if self.spec.intake == Intake::Requests => {
                "no request or reply is on its way that could be lost"
            }
            Fault::Lose => "no request is on its way that could be lost",
            Fault::Fail => "no slot is about to make a call that could fail",
            Fault::Unknown => "no answer is on its way that could be lost",
            Fault::Late if writes_late => "no slot is about to make a write that could be delayed",
            Fault::Late => "no request is on its way that could be delayed",
            Fault::Forget => "nothing is remembered that could be forgotten",
            Fault::Stale => "no slot is about to read a store that lags behind",
            Fault::Expire => "no message waits that could expire",
        };
        reason.to_owned()
    }

    /// The participant that takes the first step of a fault.
    fn who(&self, fault: Fault, number: usize) -> &'static str {
        match fault {
            Fault::Duplicate | Fault::Expire => "Broker",
            Fault::Lease => self.name(self.sender),
            Fault::Lose if self.spec.intake == Intake::Requests => self.name(self.sender),
            Fault::Forget => {
                let party = self.third_parties.first().copied();
                self.name(party.unwrap_or(Id::from(ENDPOINT)))
            }
            _ => self.hosts[number].name,
        }
    }
}

/// The plural of a fault's name.
fn many(fault: Fault) -> &'static str {
    match fault {
        Fault::Crash => "crashes",
        Fault::Duplicate => "duplicates",
        Fault::Lease => "expired leases",
        Fault::Lose => "losses",
        Fault::Fail => "failed calls",
        Fault::Unknown => "unknown outcomes",
        Fault::Late => "late arrivals",
        Fault::Forget => "forgotten promises",
        Fault::Stale => "stale reads",
        Fault::Expire => "expired messages",
    }
}
