//! Where random machines come from: terms of each kind, and actions made of them.

use tandem_runner::search::random::Generator;

use crate::random_specs::machines::{Action, Change, LOCAL, PARAMETER};
use crate::random_specs::terms::{Held, Kind, LONGEST, Of, Op, Quantifier, TOP, Term};

const KINDS: [Kind; 6] = [
    Kind::Number,
    Kind::Word,
    Kind::Numbers,
    Kind::Sequence,
    Kind::Function,
    Kind::Record,
];
const WORDS: [&str; 3] = ["idle", "busy", "done"];

/// A source of random machines.
pub(crate) struct Maker {
    pub(crate) choices: Generator,
    /// The kind of each variable.
    pub(crate) kinds: Vec<Kind>,
}

impl Maker {
    /// The one of the machine of a number: two or three variables.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut choices = Generator::of_walk(seed, number);
        let kinds = (0..2 + choices.below(2)).map(|_| KINDS[choices.below(KINDS.len())]);
        let kinds = kinds.collect();
        Maker { choices, kinds }
    }

    pub(crate) fn held(&mut self, kind: Kind) -> Held {
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
    pub(crate) fn truth(&mut self, depth: usize, bound: usize) -> Term {
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

    pub(crate) fn action(&mut self) -> Action {
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
