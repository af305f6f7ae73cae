//! Decides which faults of a run happen, and when.

use super::shared::{Job, Shared};
use crate::kit::change::Fate;
use crate::kit::fault::Fault;
use crate::kit::step::{Kind, Target};

impl Shared<'_> {
    /// How a call ends: if a fault is due and fits the call, it happens.
    pub(super) fn fate(&mut self, job: &Job, fits: impl Fn(Fault) -> Option<Fate>) -> Fate {
        let target = Target::Slot(self.number_of(job));
        for at in 0..self.due.len() {
            let (turn, fault) = self.due[at];
            if turn <= self.turn
                && let Some(fate) = fits(fault)
                && {
                    let aim = self.change.system.aim(self.state(), fault, &target);
                    self.change.state.world.budget.spend(aim)
                }
            {
                self.due.remove(at);
                return fate;
            }
        }
        Fate::Answered
    }

    /// Applies the faults that are due, except those that hit a call.
    pub(super) fn strike(&mut self) {
        self.turn += 1;
        let mut due = std::mem::take(&mut self.due);
        due.retain(|(turn, fault)| *turn > self.turn || !self.strikes(*fault));
        self.due = due;
    }

    fn strikes(&mut self, fault: Fault) -> bool {
        let mut steps = Vec::new();
        self.change.system.faults(self.state(), &mut steps);
        let targets = steps.into_iter().filter_map(|step| match step.kind {
            Kind::Fault(_, Target::Write(_)) => None,
            Kind::Fault(kind, Target::Slot(_)) if kind != Fault::Lease => None,
            Kind::Fault(kind, target) if kind == fault => Some(target),
            _ => None,
        });
        let Some(target) = self.dice.pick(targets.collect()) else {
            return false;
        };
        let struck = self.change.fault(fault, &target).is_some();
        if let (true, Target::Endpoint(number)) = (struck, target) {
            self.crashes[number] += 1;
        }
        self.judge();
        struck
    }
}
