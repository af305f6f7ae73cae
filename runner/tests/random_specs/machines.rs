//! Random machines: a few variables, an initial state, actions with guards, and an invariant. Each is a TLA+
//! module and a Stateright model.

use std::collections::BTreeSet;

use stateright::{Model, Property};
use tandem_runner::plain::{UserSpec, Viewed};
use tandem_runner::search::random::Generator;

use crate::terms::{Held, Kind, LONGEST, Of, Op, Quantifier, TOP, Term, variable};

const KINDS: [Kind; 6] = [
    Kind::Number,
    Kind::Word,
    Kind::Numbers,
    Kind::Sequence,
    Kind::Function,
    Kind::Record,
];
const WORDS: [&str; 3] = ["idle", "busy", "done"];

/// What an action does with a variable.
#[derive(Debug, Clone)]
enum Change {
    /// `v' = term`.
    To(Term),
    /// `v' \in set`, of a variable with a number.
    OneOf(Term),
    /// `UNCHANGED v`.
    None,
}

/// An action: its parameter is one of 1 and 2, or it has none.
#[derive(Debug, Clone)]
struct Action {
    parameter: bool,
    guard: Term,
    /// A term that changes use by name, below the guard.
    local: Option<Term>,
    changes: Vec<Change>,
}

/// The bound variable that is the parameter, and the one that is the local name.
const PARAMETER: usize = 8;
const LOCAL: usize = 9;

/// A machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    start: Vec<Held>,
    actions: Vec<Action>,
    invariant: Term,
}

/// A source of random machines.
struct Maker {
    choices: Generator,
    kinds: Vec<Kind>,
}

impl Machine {
    /// The machine of a number.
    pub(crate) fn random(seed: u64, number: u64) -> Self {
        let mut choices = Generator::of_walk(seed, number);
        let kinds = (0..2 + choices.below(2)).map(|_| KINDS[choices.below(KINDS.len())]);
        let kinds: Vec<_> = kinds.collect();
        let mut maker = Maker { choices, kinds };
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

impl Maker {
    fn held(&mut self, kind: Kind) -> Held {
        let below = |choices: &mut Generator| choices.below(TOP as usize + 1) as i64;
        let choices = &mut self.choices;
        match kind {
            Kind::Number => Held::Number(below(choices)),
            Kind::Word => Held::Word(WORDS[choices.below(WORDS.len())]),
            Kind::Numbers => Held::Numbers((0..choices.below(3)).map(|_| below(choices)).collect()),
            Kind::Sequence => Held::Sequence(
                (0..choices.below(LONGEST + 1))
                    .map(|_| below(choices))
                    .collect(),
            ),
            Kind::Function => Held::Sequence((0..3).map(|_| below(choices)).collect()),
            Kind::Record => Held::Record {
                n: below(choices),
                w: WORDS[choices.below(WORDS.len())],
            },
        }
    }

    /// A variable of this kind, if there is one.
    fn variable(&mut self, kind: Kind) -> Option<Term> {
        let places = (0..self.kinds.len()).filter(|place| self.kinds[*place] == kind);
        let places: Vec<_> = places.collect();
        let chosen = places.get(self.choices.below(places.len()))?;
        Some(Term::Variable(*chosen))
    }

    /// `bound`: how many variables are bound around it.
    fn truth(&mut self, depth: usize, bound: usize) -> Term {
        let below = depth.saturating_sub(1);
        if depth > 0 && self.choices.below(3) > 0 {
            return match self.choices.below(6) {
                0 => both(Op::And, self.truth(below, bound), self.truth(below, bound)),
                1 => both(Op::Or, self.truth(below, bound), self.truth(below, bound)),
                2 => both(
                    Op::Implies,
                    self.truth(below, bound),
                    self.truth(below, bound),
                ),
                3 => Term::One(Of::Not, Box::new(self.truth(below, bound))),
                which => {
                    let quantifier = [Quantifier::All, Quantifier::Some][which - 4];
                    let set = self.term(Kind::Numbers, below, bound);
                    over(quantifier, bound, set, self.truth(below, bound + 1))
                }
            };
        }
        match self.choices.below(6) {
            0 => both(
                Op::Less,
                self.number(depth, bound),
                self.number(depth, bound),
            ),
            1 => both(
                Op::AtMost,
                self.number(depth, bound),
                self.number(depth, bound),
            ),
            2 => both(
                Op::In,
                self.number(depth, bound),
                self.term(Kind::Numbers, depth, bound),
            ),
            3 => both(
                Op::Subset,
                self.term(Kind::Numbers, depth, bound),
                self.term(Kind::Numbers, depth, bound),
            ),
            _ => {
                let kind = self.kinds[self.choices.below(self.kinds.len())];
                both(
                    Op::Equal,
                    self.term(kind, depth, bound),
                    self.term(kind, 0, bound),
                )
            }
        }
    }

    fn number(&mut self, depth: usize, bound: usize) -> Term {
        self.term(Kind::Number, depth, bound)
    }

    /// A term whose value may be one of a variable of this kind.
    fn term(&mut self, kind: Kind, depth: usize, bound: usize) -> Term {
        if depth == 0 || self.choices.below(4) == 0 {
            if kind == Kind::Number && bound > 0 && self.choices.below(2) == 0 {
                return Term::Bound(self.choices.below(bound));
            }
            let variable = match self.choices.below(3) {
                0 => None,
                _ => self.variable(kind),
            };
            return variable.unwrap_or_else(|| Term::Held(self.held(kind)));
        }
        let below = depth - 1;
        if self.choices.below(6) == 0 {
            let condition = Box::new(self.truth(below, bound));
            let yes = Box::new(self.term(kind, below, bound));
            return Term::If(condition, yes, Box::new(self.term(kind, below, bound)));
        }
        match kind {
            Kind::Number => self.some_number(below, bound),
            Kind::Word => match self.variable(Kind::Record) {
                Some(record) => Term::One(Of::Word, Box::new(record)),
                None => Term::Held(self.held(Kind::Word)),
            },
            Kind::Numbers => self.some_numbers(below, bound),
            Kind::Sequence => {
                let rest = Term::One(Of::Rest, Box::new(self.term(Kind::Sequence, 0, bound)));
                match self.choices.below(3) {
                    0 => rest,
                    _ => {
                        let all = self.term(Kind::Sequence, 0, bound);
                        let length = Term::One(Of::Length, Box::new(all.clone()));
                        let fits = both(Op::Less, length, Term::Held(Held::Number(LONGEST as i64)));
                        let longer = both(Op::Append, all, self.number(below, bound));
                        Term::If(Box::new(fits), Box::new(longer), Box::new(rest))
                    }
                }
            }
            Kind::Function => match self.choices.below(2) {
                0 => {
                    let unused = Term::Held(Held::Truth(true));
                    over(
                        Quantifier::Function,
                        bound,
                        unused,
                        self.number(below, bound + 1),
                    )
                }
                _ => {
                    let function = Box::new(self.term(Kind::Function, 0, bound));
                    let place = Term::One(Of::Place, Box::new(self.number(below, bound)));
                    Term::Except(
                        function,
                        Box::new(place),
                        Box::new(self.number(below, bound)),
                    )
                }
            },
            Kind::Record => match (self.choices.below(2), self.variable(Kind::Record)) {
                (0, Some(record)) => both(Op::Put, record, self.number(below, bound)),
                _ => {
                    let number = Box::new(self.number(below, bound));
                    Term::Record(number, Box::new(self.term(Kind::Word, below, bound)))
                }
            },
        }
    }

    fn some_number(&mut self, depth: usize, bound: usize) -> Term {
        let of = |of, term| Term::One(of, Box::new(term));
        match self.choices.below(9) {
            0..=2 => {
                let op = [Op::Plus, Op::Minus, Op::Times][self.choices.below(3)];
                let number = both(op, self.number(depth, bound), self.number(depth, bound));
                of(Of::Cut, number)
            }
            3 => of(Of::Size, self.term(Kind::Numbers, depth, bound)),
            4 => of(Of::Length, self.term(Kind::Sequence, 0, bound)),
            // Its text has the set twice, once below a bound name, so that the set has none.
            5 => of(Of::Most, self.term(Kind::Numbers, 0, bound)),
            6 => match self.variable(Kind::Record) {
                Some(record) => of(Of::Number, record),
                None => self.number(0, bound),
            },
            _ => {
                let place = of(Of::Place, self.number(depth, bound));
                match self.variable(Kind::Function) {
                    Some(function) => both(Op::Apply, function, place),
                    None => place,
                }
            }
        }
    }

    fn some_numbers(&mut self, depth: usize, bound: usize) -> Term {
        let numbers = |maker: &mut Self| maker.term(Kind::Numbers, depth, bound);
        match self.choices.below(8) {
            0 => both(Op::Cup, numbers(self), numbers(self)),
            1 => both(Op::Cap, numbers(self), numbers(self)),
            2 => both(Op::Without, numbers(self), numbers(self)),
            3 => Term::One(Of::Singleton, Box::new(self.number(depth, bound))),
            4 => both(
                Op::Interval,
                self.number(depth, bound),
                self.number(depth, bound),
            ),
            5 => over(
                Quantifier::Filter,
                bound,
                numbers(self),
                self.truth(depth, bound + 1),
            ),
            6 => over(
                Quantifier::Image,
                bound,
                numbers(self),
                self.number(depth, bound + 1),
            ),
            _ => match self.variable(Kind::Sequence) {
                Some(all) => Term::One(Of::Elements, Box::new(all)),
                None => numbers(self),
            },
        }
    }

    fn action(&mut self) -> Action {
        let parameter = self.choices.below(2) == 0;
        let guard = self.truth(2, 0);
        let local = (self.choices.below(3) == 0).then(|| self.number(1, 0));
        let kinds = self.kinds.clone();
        let changes = kinds.into_iter().map(|kind| match self.choices.below(6) {
            0 | 1 => Change::None,
            2 if kind == Kind::Number => Change::OneOf(self.term(Kind::Numbers, 2, 0)),
            _ => {
                let term = self.term(kind, 2, 0);
                Change::To(self.with_names(term, kind, parameter, local.is_some()))
            }
        });
        Action {
            changes: changes.collect(),
            parameter,
            guard,
            local,
        }
    }

    /// A number that depends on the parameter or the local name too.
    fn with_names(&mut self, term: Term, kind: Kind, parameter: bool, local: bool) -> Term {
        let names = [(parameter, PARAMETER), (local, LOCAL)];
        let mut term = term;
        for (_, name) in names
            .into_iter()
            .filter(|(there, _)| *there && kind == Kind::Number)
        {
            let sum = both(Op::Plus, term, Term::Bound(name));
            term = Term::One(Of::Cut, Box::new(sum));
        }
        term
    }
}

fn both(op: Op, left: Term, right: Term) -> Term {
    Term::Both(op, Box::new(left), Box::new(right))
}

fn over(quantifier: Quantifier, bound: usize, set: Term, body: Term) -> Term {
    Term::Over(quantifier, bound, Box::new(set), Box::new(body))
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
