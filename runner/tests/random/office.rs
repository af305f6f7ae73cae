//! Walks of which most steps do not matter.

use stateright::{Model, Property};
use tandem_runner::cancel::Cancel;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::search::plain::{Exact, Plain};
use tandem_runner::search::random::{self, Plan, Way};

use super::SEED;

/// Work towards a goal, errands of three steps that hold it up, and much else that does not matter.
pub(crate) struct Office;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Day {
    goal: u8,
    errand: usize,
    errands: u32,
    others: [u8; 30],
}

impl Model for Office {
    type State = Day;
    type Action = usize;

    fn init_states(&self) -> Vec<Day> {
        vec![Day {
            goal: 0,
            errand: 0,
            errands: 0,
            others: [0; 30],
        }]
    }

    fn actions(&self, _: &Day, actions: &mut Vec<usize>) {
        actions.extend(0..34);
    }

    fn next_state(&self, day: &Day, action: usize) -> Option<Day> {
        let mut after = day.clone();
        match action {
            0 if day.errand == 0 => after.goal += 1,
            1..=3 if day.errand == action - 1 => {
                after.errand = action % 3;
                after.errands += u32::from(action == 3);
            }
            4.. => after.others[action - 4] += 1,
            _ => return None,
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("far", |_, day: &Day| day.goal < 5),
            Property::sometimes("busy", |_, day: &Day| {
                day.others.iter().all(|count| *count > 0)
            }),
            Property::sometimes("never", |_, _| false),
        ]
    }
}

#[test]
fn what_does_not_matter_is_left_out_step_by_step_and_in_runs() {
    let space = Plain::new(&Office, Exact::new());
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let found = random::walk(&space, &Plan::new(&space, SEED, 50, 2_000), &run);
    let far = found.decided[0].as_ref().expect("it gets there");
    assert!(far.taken > 50, "{}", far.taken);
    let labels = |way: &Way<Day>| way.steps.iter().map(|step| step.0).collect::<Vec<_>>();
    assert_eq!(labels(&far.way), [0; 5]);
    // A witness does not end the run; a violation does, even if other predicates are undecided.
    let busy = found.decided[1].as_ref().expect("it comes by there");
    assert!(busy.taken > 30, "{}", busy.taken);
    let mut labels = labels(&busy.way);
    labels.sort_unstable();
    assert_eq!(labels, (4..34).collect::<Vec<_>>());
    assert_eq!(found.walks, far.walk + 1);
    assert_eq!(found.decided[2], None);
}
