//! Random machines: a few variables, an initial state, actions with guards, and an invariant. Each is a TLA+
//! module and a Stateright model.

use std::collections::BTreeSet;

use stateright::{Model, Property};
use tandem_runner::plain::{UserSpec, Viewed};

use crate::random_specs::maker::Maker;
use crate::random_specs::terms::{Held, Term, variable};

/// What an action does with a variable.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// `v' = term`.
    To(Term),
    /// `v' \in set`, of a variable with a number.
    OneOf(Term),
    /// `UNCHANGED v`.
    None,
}

/// An action: its parameter is one of 1 and 2, or it has none.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) parameter: bool,
    pub(crate) guard: Term,
    /// A term that changes use by name, below the guard.
    pub(crate) local: Option<Term>,
    pub(crate) changes: Vec<Change>,
}

/// The bound variable that is the parameter, and the one that is the local name.
pub(crate) const PARAMETER: usize = 8;
pub(crate) const LOCAL: usize = 9;

/// A machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    start: Vec<Held>,
    actions: Vec<Action>,
    invariant: Term,
}

impl Machine {
    /// The machine of a number.
    pub(crate) fn random(seed: u64, number: u64) -> Self {
        let mut maker = Maker::of(seed, number);
        let kinds = maker.kinds.clone();
        Machine {
            start: kinds.iter().map(|kind| maker.held(*kind)).collect(),
            actions: (0..2 + maker.choices.below(3))
                .map(|_| maker.action())
                .collect(),
            invariant: maker.truth(2, 0),
        }
    }

    /// The definitions of its operators, whose names end in this, as TLA+. `first` is a guard that comes
    /// before all others, and `others` are variables that belong to other machines.
    pub(crate) fn definitions(&self, end: &str, first: &str, others: &[String]) -> String {
        let mut text = String::new();
        for (number, action) in self.actions.iter().enumerate() {
            let parameter = if action.parameter {
                format!("(x{PARAMETER})")
            } else {
                String::new()
            };
            text += &format!(
                "A{number}{end}{parameter} ==\n    /\\ {first}\n    /\\ {}\n",
                action.guard.tla()
            );
            if let Some(local) = &action.local {
                text += &format!("    /\\ LET x{LOCAL} == {} IN\n", local.tla());
            }
            let mut kept = others.to_vec();
            let indent = if action.local.is_some() {
                "       "
            } else {
                "    "
            };
            for (place, change) in action.changes.iter().enumerate() {
                let name = variable(place);
                text += &match change {
                    Change::To(term) => format!("{indent}/\\ {name}' = {}\n", term.tla()),
                    Change::OneOf(set) => format!("{indent}/\\ {name}' \\in {}\n", set.tla()),
                    Change::None => {
                        kept.push(name);
                        continue;
                    }
                };
            }
            text += &format!("{indent}/\\ UNCHANGED <<{}>>\n", kept.join(", "));
        }
        text + &format!("Inv{end} == {}\n", self.invariant.tla())
    }

    /// Its initial state.
    pub(crate) fn initial(&self) -> String {
        let places = self.start.iter().enumerate();
        let equal = places.map(|(place, held)| {
            format!("{} = {}", variable(place), Term::Held(held.clone()).tla())
        });
        equal.collect::<Vec<_>>().join(" /\\ ")
    }

    /// Its actions, as disjuncts.
    pub(crate) fn disjuncts(&self, end: &str) -> Vec<String> {
        let actions = self.actions.iter().enumerate();
        let actions = actions.map(|(number, action)| match action.parameter {
            true => format!("\\E p \\in {{1, 2}} : A{number}{end}(p)"),
            false => format!("A{number}{end}"),
        });
        actions.collect()
    }

    /// How many variables it has.
    pub(crate) fn variables(&self) -> usize {
        self.start.len()
    }

    /// Its module.
    pub(crate) fn spec(&self) -> UserSpec {
        let variables: Vec<_> = (0..self.variables()).map(variable).collect();
        let variables = variables.join(", ");
        let text = format!(
            "---- MODULE Random ----\nEXTENDS Integers, Sequences, FiniteSets\nVARIABLES {variables}\n\
             Init == {}\n{}Next ==\n    \\/ {}\nSpec == Init /\\ [][Next]_<<{variables}>>\n====\n",
            self.initial(),
            self.definitions("", "TRUE", &[]),
            self.disjuncts("").join("\n    \\/ "),
        );
        UserSpec::of_texts(&[("Random.tla", &text)], "SPECIFICATION Spec\n")
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// How many states it has, if they are at most so many.
    pub(crate) fn states(&self, most: usize) -> Option<usize> {
        let mut known = BTreeSet::from([self.start.clone()]);
        let mut open = vec![self.start.clone()];
        while let Some(state) = open.pop() {
            for (_, after) in self.after(&state) {
                if known.insert(after.clone()) {
                    open.push(after);
                }
            }
            if known.len() > most {
                return None;
            }
        }
        Some(known.len())
    }

    /// The steps of a state, each with the number of its action.
    pub(crate) fn after(&self, state: &[Held]) -> Vec<(usize, Vec<Held>)> {
        let mut found = Vec::new();
        for (number, action) in self.actions.iter().enumerate() {
            let parameters: &[i64] = if action.parameter { &[1, 2] } else { &[0] };
            for parameter in parameters {
                let mut bound = vec![(PARAMETER, *parameter)];
                if !action.guard.value(state, &mut bound).truth() {
                    continue;
                }
                if let Some(local) = &action.local {
                    let Held::Number(local) = local.value(state, &mut bound) else {
                        panic!("a local name stands for a number")
                    };
                    bound.push((LOCAL, local));
                }
                let mut results = vec![Vec::new()];
                for (place, change) in action.changes.iter().enumerate() {
                    let next: Vec<Held> = match change {
                        Change::To(term) => vec![term.value(state, &mut bound)],
                        Change::OneOf(set) => {
                            let set = set.value(state, &mut bound).numbers();
                            set.into_iter().map(Held::Number).collect()
                        }
                        Change::None => vec![state[place].clone()],
                    };
                    let longer = results.iter().flat_map(|result: &Vec<Held>| {
                        next.iter().map(move |held| {
                            let mut longer = result.clone();
                            longer.push(held.clone());
                            longer
                        })
                    });
                    results = longer.collect();
                }
                found.extend(results.into_iter().map(|after| (number, after)));
            }
        }
        found
    }

    /// The truth of its invariant.
    pub(crate) fn holds(&self, state: &[Held]) -> bool {
        self.invariant.value(state, &mut Vec::new()).truth()
    }
}

impl Model for Machine {
    type State = Vec<Held>;
    type Action = (usize, Vec<Held>);

    fn init_states(&self) -> Vec<Vec<Held>> {
        vec![self.start.clone()]
    }

    fn actions(&self, state: &Vec<Held>, actions: &mut Vec<Self::Action>) {
        actions.extend(self.after(state));
    }

    fn next_state(&self, _: &Vec<Held>, (_, after): Self::Action) -> Option<Vec<Held>> {
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "Inv",
            |machine: &Machine, state: &Vec<Held>| machine.holds(state),
        )]
    }
}

impl Viewed for Machine {
    type View = Vec<(String, Held)>;

    fn view(&self, state: &Vec<Held>) -> Self::View {
        let held = state.iter().enumerate();
        held.map(|(place, held)| (variable(place), held.clone()))
            .collect()
    }

    fn action_name((number, _): &Self::Action) -> String {
        format!("A{number}")
    }
}
