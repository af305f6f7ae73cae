//! A question of liveness as text: a drawn graph, a formula, the fairness.

use std::collections::BTreeSet;
use std::fmt::{Debug, Formatter, Result};

use tandem_runner::search::liveness::{Fairness, Formula, Lasso, Strength, violation};
use tandem_runner::search::{Bits, Label, Node, Step, Transitions};

/// A set of states, as a predicate.
pub(crate) type States = BTreeSet<Node>;

#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) states: usize,
    pub(crate) edges: Vec<(Node, Label, Node)>,
    pub(crate) initial: Vec<Node>,
    pub(crate) formula: Formula<States>,
    pub(crate) fairness: Vec<Fairness>,
    /// The name of each label.
    pub(crate) names: Vec<String>,
}

impl Case {
    /// The graph is drawn as `0 -A-> 1 -B-> 0, 1 -C-> 2`; it starts in 0, or where it says, as in
    /// `start 0 2: 0 -A-> 1`. The predicates of the formula are sets of states: `[]<>{0, 2}`. The
    /// fairness is a list of words such as `WF(A)`, or `SF(A|B)` for that of a disjunction.
    pub(crate) fn new(drawing: &str, formula: &str, fairness: &str) -> Self {
        let (start, chains) = drawing.split_once(':').unwrap_or(("start 0", drawing));
        let mut case = Case {
            states: 0,
            edges: Vec::new(),
            initial: start.split(' ').skip(1).map(number).collect(),
            formula: parse_formula(formula),
            fairness: Vec::new(),
            names: Vec::new(),
        };
        for chain in chains.split(',') {
            case.draw(chain);
        }
        for word in fairness.split_whitespace() {
            let (strength, labels) = word.split_at(2);
            let labels = labels.trim_matches(['(', ')']).split('|');
            let labels = labels.map(|name| case.label(name)).collect();
            case.fairness.push(Fairness {
                strength: match strength {
                    "WF" => Strength::Weak,
                    "SF" => Strength::Strong,
                    _ => panic!("neither WF nor SF: {word}"),
                },
                labels,
            });
        }
        let named = case.edges.iter().flat_map(|(from, _, to)| [from, to]);
        let named = named.chain(&case.initial).max().expect("a state");
        case.states = *named as usize + 1;
        case
    }

    fn draw(&mut self, chain: &str) {
        let mut words = chain.split_whitespace();
        let mut from = number(words.next().expect("a state"));
        while let Some(arrow) = words.next() {
            let name = arrow.strip_prefix('-').and_then(|s| s.strip_suffix("->"));
            let label = self.label(name.expect("an arrow such as -A->"));
            let to = number(words.next().expect("a state after an arrow"));
            self.edges.push((from, label, to));
            from = to;
        }
    }

    fn label(&mut self, name: &str) -> Label {
        let known = self.names.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        Label::try_from(place).unwrap()
    }

    pub(crate) fn graph(&self) -> Transitions {
        let mut graph = Transitions::default();
        for state in (0..).take(self.states) {
            let steps = self.edges.iter().filter(|(from, ..)| *from == state);
            graph.push(steps.map(|(_, label, to)| Step {
                label: *label,
                to: *to,
            }));
        }
        graph
    }

    /// What Tandem finds.
    pub(crate) fn violation(&self) -> Option<Lasso> {
        let bits = |states: States| Bits::of(self.states, states);
        let formula = self.formula.clone().map(bits);
        violation(&self.graph(), &self.initial, &formula, &self.fairness).unwrap()
    }

    /// A lasso as it is drawn, a bar where its cycle begins: `0 -A-> 1 | -B-> 2 -C-> 1`. One with
    /// nothing after the bar ends there.
    pub(crate) fn draw_lasso(&self, lasso: &Lasso) -> String {
        let step = |step: &Step| format!(" -{}-> {}", self.names[step.label as usize], step.to);
        let steps = |steps: &[Step]| steps.iter().map(step).collect::<String>();
        format!(
            "{}{} |{}",
            lasso.start,
            steps(&lasso.stem),
            steps(&lasso.cycle)
        )
    }
}

impl Debug for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let names = |labels: &BTreeSet<Label>| {
            let names = labels.iter().map(|label| &*self.names[*label as usize]);
            names.collect::<Vec<_>>().join("|")
        };
        write!(f, "start {:?}:", self.initial)?;
        for (from, label, to) in &self.edges {
            write!(f, " {from} -{}-> {to},", self.names[*label as usize])?;
        }
        write!(
            f,
            " {}",
            self.formula.clone().map(|states| format!("{states:?}"))
        )?;
        for Fairness { strength, labels } in &self.fairness {
            write!(f, " {strength:?}({})", names(labels))?;
        }
        Ok(())
    }
}

fn parse_formula(text: &str) -> Formula<States> {
    if let Some((p, q)) = text.split_once(" ~> ") {
        Formula::LeadsTo(set(p), set(q))
    } else if let Some(p) = text.strip_prefix("[]<>") {
        Formula::AlwaysEventually(set(p))
    } else if let Some(p) = text.strip_prefix("<>[]") {
        Formula::EventuallyAlways(set(p))
    } else {
        Formula::Eventually(set(text.strip_prefix("<>").expect("a formula")))
    }
}

fn set(text: &str) -> States {
    let inner = text.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
    let numbers = inner.expect("a set").split(", ");
    numbers
        .filter(|word| !word.is_empty())
        .map(number)
        .collect()
}

fn number(word: &str) -> Node {
    word.parse()
        .unwrap_or_else(|_| panic!("not a number: {word}"))
}
