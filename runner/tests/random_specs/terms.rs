//! Terms over a few kinds of values: as TLA+ text, and evaluated in Rust. The two are written apart, so
//! that neither vouches for the other.
//!
//! The text has brackets everywhere, and every term has a value in every state: what the engines refuse
//! or treat differently is in `runner/tla-rs/tests/differences.rs`, and not here.

use std::collections::BTreeSet;

use serde::Serialize;

/// The largest number in a state.
pub(crate) const TOP: i64 = 4;
/// The longest sequence.
pub(crate) const LONGEST: usize = 2;
/// The domain of the functions, which are sequences too.
pub(crate) const DOMAIN: i64 = 3;

/// A value of a variable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub(crate) enum Held {
    Truth(bool),
    Number(i64),
    Word(&'static str),
    Numbers(#[serde(serialize_with = "as_set")] BTreeSet<i64>),
    Sequence(Vec<i64>),
    Record { n: i64, w: &'static str },
}

fn as_set<S: serde::Serializer>(set: &BTreeSet<i64>, to: S) -> Result<S::Ok, S::Error> {
    tandem_models::value::Set(set.clone()).serialize(to)
}

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Word,
    Numbers,
    Sequence,
    Function,
    Record,
}

/// A term of some kind.
#[derive(Debug, Clone)]
pub(crate) enum Term {
    Held(Held),
    Variable(usize),
    Bound(usize),
    Both(Op, Box<Term>, Box<Term>),
    One(Of, Box<Term>),
    If(Box<Term>, Box<Term>, Box<Term>),
    /// Over a set, with a bound variable.
    Over(Quantifier, usize, Box<Term>, Box<Term>),
    Record(Box<Term>, Box<Term>),
    /// A function with another value at one place.
    Except(Box<Term>, Box<Term>, Box<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Plus,
    Minus,
    Times,
    Equal,
    Less,
    AtMost,
    In,
    Subset,
    And,
    Or,
    Implies,
    Cup,
    Cap,
    Without,
    Interval,
    Append,
    Apply,
    Put,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Not,
    Cut,
    Place,
    Size,
    Length,
    Elements,
    Singleton,
    Rest,
    Number,
    Word,
    Most,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    All,
    Some,
    Filter,
    Image,
    Function,
}

impl Term {
    /// In TLA+.
    pub(crate) fn tla(&self) -> String {
        match self {
            Term::Held(held) => held.tla(),
            Term::Variable(place) => variable(*place),
            Term::Bound(place) => format!("x{place}"),
            Term::Both(op, left, right) => {
                let (left, right) = (left.tla(), right.tla());
                match op {
                    Op::Append => format!("Append({left}, {right})"),
                    Op::Apply => format!("{left}[{right}]"),
                    Op::Put => format!("[{left} EXCEPT !.n = {right}]"),
                    _ => format!("({left} {} {right})", op.sign()),
                }
            }
            Term::One(of, term) => of.tla(&term.tla()),
            Term::If(condition, yes, no) => format!(
                "(IF {} THEN {} ELSE {})",
                condition.tla(),
                yes.tla(),
                no.tla()
            ),
            Term::Over(quantifier, bound, set, body) => {
                let (x, set, body) = (format!("x{bound}"), set.tla(), body.tla());
                match quantifier {
                    Quantifier::All => format!("(\\A {x} \\in {set} : {body})"),
                    Quantifier::Some => format!("(\\E {x} \\in {set} : {body})"),
                    Quantifier::Filter => format!("{{{x} \\in {set} : {body}}}"),
                    Quantifier::Image => format!("{{{body} : {x} \\in {set}}}"),
                    Quantifier::Function => format!("[{x} \\in 1..{DOMAIN} |-> {body}]"),
                }
            }
            Term::Record(number, word) => format!("[n |-> {}, w |-> {}]", number.tla(), word.tla()),
            Term::Except(function, place, value) => {
                let (function, place, value) = (function.tla(), place.tla(), value.tla());
                format!("[{function} EXCEPT ![{place}] = {value}]")
            }
        }
    }

    /// Its value in a state.
    pub(crate) fn value(&self, state: &[Held], bound: &mut Vec<(usize, i64)>) -> Held {
        match self {
            Term::Held(held) => held.clone(),
            Term::Variable(place) => state[*place].clone(),
            Term::Bound(place) => {
                let mut inner = bound.iter().rev();
                let (_, value) = inner.find(|(name, _)| name == place).expect("it is bound");
                Held::Number(*value)
            }
            Term::Both(op, left, right) => {
                let left = left.value(state, bound);
                op.value(left, &right.value(state, bound))
            }
            Term::One(of, term) => of.value(term.value(state, bound)),
            Term::If(condition, yes, no) => match condition.value(state, bound).truth() {
                true => yes.value(state, bound),
                false => no.value(state, bound),
            },
            Term::Over(quantifier, name, set, body) => {
                let domain = match quantifier {
                    Quantifier::Function => (1..=DOMAIN).collect(),
                    _ => set.value(state, bound).numbers(),
                };
                let values = domain.into_iter().map(|value| {
                    bound.push((*name, value));
                    let found = body.value(state, bound);
                    bound.pop();
                    (value, found)
                });
                quantifier.value(values.collect())
            }
            Term::Record(number, word) => Held::Record {
                n: number.value(state, bound).number(),
                w: word.value(state, bound).word(),
            },
            Term::Except(function, place, value) => {
                let mut function = function.value(state, bound).sequence();
                let place = place.value(state, bound).number();
                function[place as usize - 1] = value.value(state, bound).number();
                Held::Sequence(function)
            }
        }
    }
}

/// The name of a variable.
pub(crate) fn variable(place: usize) -> String {
    format!("v{place}")
}

impl Held {
    fn tla(&self) -> String {
        let listed = |numbers: Vec<i64>| {
            let texts = numbers.iter().map(ToString::to_string);
            texts.collect::<Vec<_>>().join(", ")
        };
        match self {
            Held::Truth(true) => "TRUE".to_owned(),
            Held::Truth(false) => "FALSE".to_owned(),
            Held::Number(number) => number.to_string(),
            Held::Word(word) => format!("\"{word}\""),
            Held::Numbers(set) => format!("{{{}}}", listed(set.iter().copied().collect())),
            Held::Sequence(all) => format!("<<{}>>", listed(all.clone())),
            Held::Record { n, w } => format!("[n |-> {n}, w |-> \"{w}\"]"),
        }
    }

    pub(crate) fn truth(&self) -> bool {
        match self {
            Held::Truth(truth) => *truth,
            other => panic!("{other:?} is no truth value"),
        }
    }

    fn number(&self) -> i64 {
        match self {
            Held::Number(number) => *number,
            other => panic!("{other:?} is no number"),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Held::Word(word) => word,
            other => panic!("{other:?} is no word"),
        }
    }

    pub(crate) fn numbers(&self) -> BTreeSet<i64> {
        match self {
            Held::Numbers(set) => set.clone(),
            other => panic!("{other:?} is no set"),
        }
    }

    fn sequence(&self) -> Vec<i64> {
        match self {
            Held::Sequence(all) => all.clone(),
            other => panic!("{other:?} is no sequence"),
        }
    }
}

impl Op {
    fn sign(self) -> &'static str {
        match self {
            Op::Plus => "+",
            Op::Minus => "-",
            Op::Times => "*",
            Op::Equal => "=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::In => "\\in",
            Op::Subset => "\\subseteq",
            Op::And => "/\\",
            Op::Or => "\\/",
            Op::Implies => "=>",
            Op::Cup => "\\cup",
            Op::Cap => "\\cap",
            Op::Without => "\\",
            Op::Interval => "..",
            Op::Append | Op::Apply | Op::Put => unreachable!("it is no infix operator"),
        }
    }

    fn value(self, left: Held, right: &Held) -> Held {
        match self {
            Op::Plus => Held::Number(left.number() + right.number()),
            Op::Minus => Held::Number(left.number() - right.number()),
            Op::Times => Held::Number(left.number() * right.number()),
            Op::Equal => Held::Truth(left == *right),
            Op::Less => Held::Truth(left.number() < right.number()),
            Op::AtMost => Held::Truth(left.number() <= right.number()),
            Op::In => Held::Truth(right.numbers().contains(&left.number())),
            Op::Subset => Held::Truth(left.numbers().is_subset(&right.numbers())),
            Op::And => Held::Truth(left.truth() && right.truth()),
            Op::Or => Held::Truth(left.truth() || right.truth()),
            Op::Implies => Held::Truth(!left.truth() || right.truth()),
            Op::Cup => Held::Numbers(&left.numbers() | &right.numbers()),
            Op::Cap => Held::Numbers(&left.numbers() & &right.numbers()),
            Op::Without => Held::Numbers(&left.numbers() - &right.numbers()),
            Op::Interval => Held::Numbers((left.number()..=right.number()).collect()),
            Op::Append => {
                let mut all = left.sequence();
                all.push(right.number());
                Held::Sequence(all)
            }
            Op::Apply => Held::Number(left.sequence()[right.number() as usize - 1]),
            Op::Put => match left {
                Held::Record { w, .. } => Held::Record {
                    n: right.number(),
                    w,
                },
                other => panic!("{other:?} is no record"),
            },
        }
    }
}

impl Of {
    fn tla(self, of: &str) -> String {
        match self {
            Of::Not => format!("(~{of})"),
            // The remainder is never negative in TLA+.
            Of::Cut => format!("({of} % {})", TOP + 1),
            Of::Place => format!("(({of} % {DOMAIN}) + 1)"),
            Of::Size => format!("Cardinality({of})"),
            Of::Length => format!("Len({of})"),
            Of::Elements => format!("{{({of})[i] : i \\in DOMAIN {of}}}"),
            Of::Singleton => format!("{{{of}}}"),
            Of::Rest => format!("(IF {of} = <<>> THEN <<>> ELSE Tail({of}))"),
            Of::Number => format!("{of}.n"),
            Of::Word => format!("{of}.w"),
            Of::Most => format!(
                "(CHOOSE m \\in ({of} \\cup {{0}}) : \\A o \\in ({of} \\cup {{0}}) : o <= m)"
            ),
        }
    }

    fn value(self, of: Held) -> Held {
        match self {
            Of::Not => Held::Truth(!of.truth()),
            Of::Cut => Held::Number(of.number().rem_euclid(TOP + 1)),
            Of::Place => Held::Number(of.number().rem_euclid(DOMAIN) + 1),
            Of::Size => Held::Number(of.numbers().len() as i64),
            Of::Length => Held::Number(of.sequence().len() as i64),
            Of::Elements => Held::Numbers(of.sequence().into_iter().collect()),
            Of::Singleton => Held::Numbers(BTreeSet::from([of.number()])),
            Of::Rest => Held::Sequence(of.sequence().into_iter().skip(1).collect()),
            Of::Number | Of::Word => match (self, of) {
                (Of::Number, Held::Record { n, .. }) => Held::Number(n),
                (_, Held::Record { w, .. }) => Held::Word(w),
                (_, other) => panic!("{other:?} is no record"),
            },
            Of::Most => Held::Number(of.numbers().last().copied().unwrap_or(0).max(0)),
        }
    }
}

impl Quantifier {
    fn value(self, found: Vec<(i64, Held)>) -> Held {
        let mut found = found.into_iter();
        match self {
            Quantifier::All => Held::Truth(found.all(|(_, held)| held.truth())),
            Quantifier::Some => Held::Truth(found.any(|(_, held)| held.truth())),
            Quantifier::Filter => {
                let kept = found.filter(|(_, held)| held.truth());
                Held::Numbers(kept.map(|(value, _)| value).collect())
            }
            Quantifier::Image => Held::Numbers(found.map(|(_, held)| held.number()).collect()),
            Quantifier::Function => Held::Sequence(found.map(|(_, held)| held.number()).collect()),
        }
    }
}
