//! Many machines in one, which begins as any of them: one run of TLC, which takes a second to start, is
//! enough for all.

use stateright::{Model, Property};
use tandem_runner::plain::{UserSpec, Viewed};

use crate::random_specs::machines::Machine;
use crate::random_specs::terms::{Held, variable};

/// The most variables of a machine.
const VARIABLES: usize = 3;

/// Machines that have nothing to do with each other.
pub(crate) struct Packed(pub(crate) Vec<Machine>);

impl Packed {
    /// Their module.
    pub(crate) fn spec(&self) -> UserSpec {
        let all: Vec<_> = (0..VARIABLES).map(variable).collect();
        let all = all.join(", ");
        let (mut starts, mut definitions) = (String::new(), String::new());
        let (mut disjuncts, mut invariants) = (Vec::new(), Vec::new());
        for (which, machine) in self.0.iter().enumerate() {
            let unused: Vec<_> = (machine.variables()..VARIABLES).map(variable).collect();
            let idle: String = unused
                .iter()
                .map(|name| format!(" /\\ {name} = 0"))
                .collect();
            let first = format!("which = {which}");
            starts += &format!("    \\/ ({first} /\\ {}{idle})\n", machine.initial());
            let end = format!("_{which}");
            let mut others = vec!["which".to_owned()];
            others.extend(unused);
            definitions += &machine.definitions(&end, &first, &others);
            disjuncts.extend(machine.disjuncts(&end));
            invariants.push(format!("{first} -> Inv{end}"));
        }
        let text = format!(
            "---- MODULE Packed ----\nEXTENDS Integers, Sequences, FiniteSets\nVARIABLES which, {all}\n\
             Init ==\n{starts}{definitions}Next ==\n    \\/ {}\nInv == CASE {}\n\
             Spec == Init /\\ [][Next]_<<which, {all}>>\n====\n",
            disjuncts.join("\n    \\/ "),
            invariants.join("\n         [] "),
        );
        UserSpec::of_texts(&[("Packed.tla", &text)], "SPECIFICATION Spec\n")
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    }
}

impl Model for Packed {
    type State = (usize, Vec<Held>);
    type Action = (usize, usize, Vec<Held>);

    fn init_states(&self) -> Vec<Self::State> {
        let starts = self.0.iter().map(Machine::init_states);
        let starts = starts.enumerate();
        starts
            .flat_map(|(which, starts)| starts.into_iter().map(move |start| (which, start)))
            .collect()
    }

    fn actions(&self, (which, state): &Self::State, actions: &mut Vec<Self::Action>) {
        let after = self.0[*which].after(state).into_iter();
        actions.extend(after.map(|(number, after)| (*which, number, after)));
    }

    fn next_state(&self, _: &Self::State, (which, _, after): Self::Action) -> Option<Self::State> {
        Some((which, after))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let holds =
            |packed: &Packed, (which, state): &(usize, Vec<Held>)| packed.0[*which].holds(state);
        vec![Property::always("Inv", holds)]
    }
}

impl Viewed for Packed {
    type View = Vec<(String, Held)>;

    fn view(&self, (which, state): &Self::State) -> Self::View {
        let held = |place: usize| state.get(place).cloned().unwrap_or(Held::Number(0));
        let own = (0..VARIABLES).map(|place| (variable(place), held(place)));
        std::iter::once(("which".to_owned(), Held::Number(*which as i64)))
            .chain(own)
            .collect()
    }

    fn action_name((which, number, _): &Self::Action) -> String {
        format!("A{number}_{which}")
    }
}
