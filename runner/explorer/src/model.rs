//! An open model: one variant with its bounds and faults, and the paths through it.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use stateright::{Expectation as Kind, Model as _};
use tandem_models::catalogue::{Expected, Instance};
use tandem_models::kit::guarantees::{Guarantee, When, shown};
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};

use super::diagram::lifelines;
use super::problem::Problem;
use super::wire;
use tandem_check::enumerate::{End, Path};
use tandem_check::report::Expectation;

/// The largest number of steps in a path: more than any counterexample has, and few enough to take again
/// for every answer.
pub(crate) const LONGEST: usize = 500;

/// How many states the digest of a model covers.
const DIGESTED: usize = 100;

/// An open model.
pub(crate) struct Model {
    /// The instance of the catalogue.
    pub(crate) instance: Instance,
    /// The system that the instance describes.
    pub(crate) system: Arc<System>,
    /// A digest that changes when the model does.
    pub(crate) digest: String,
}

/// A path that was taken, and its indices.
pub(crate) struct Walked {
    /// The path.
    pub(crate) path: Path,
    /// For each step its index among the actions of the state before it.
    pub(crate) indices: Vec<usize>,
}

impl Model {
    /// Opens an instance.
    pub(crate) fn open(instance: Instance) -> Self {
        let system = Arc::new(instance.system());
        Model {
            digest: digest(&instance, &system),
            system,
            instance,
        }
    }

    /// Identifies the model: variant, bounds and faults.
    pub(crate) fn key(&self) -> String {
        self.instance.to_string()
    }

    /// The description of the model that is sent to the page.
    pub(crate) fn wire(&self) -> wire::Model {
        let description = &self.instance.description;
        let right = self.instance.variant.right;
        wire::Model {
            protocol: description.name.to_owned(),
            variant: self.instance.variant.name.to_owned(),
            parameters: parameters(&self.instance),
            named: self.instance.named,
            digest: self.digest.clone(),
            lifelines: lifelines(&self.instance, &self.system),
            properties: self.properties(),
            repaired: (!right).then(|| description.default_variant.to_owned()),
        }
    }

    fn properties(&self) -> Vec<wire::Property> {
        let guarantees = self.instance.guarantees();
        let guarantees = guarantees.iter().map(|guarantee| wire::Property {
            name: guarantee.name,
            called: guarantee.promise,
            expectation: match guarantee.when {
                When::Always => Expectation::Always,
                _ => Expectation::Eventually,
            },
            formula: formula(guarantee),
            claimed: self.instance.claims(guarantee.name),
            expected: self.instance.expected(guarantee.name),
            why: self.instance.why_broken(guarantee.name),
        });
        let asked = self.system.asked().into_iter().map(|(asked, _)| asked);
        let witnesses = asked.filter(|asked| matches!(asked.expectation, Kind::Sometimes));
        let witnesses = witnesses.map(|witness| wire::Property {
            name: witness.name,
            called: shown(witness.name),
            expectation: Expectation::Sometimes,
            formula: format!("some state: {}", witness.name),
            claimed: false,
            expected: self.instance.named.then_some(Expected::Holds),
            why: None,
        });
        guarantees.chain(witnesses).collect()
    }

    /// The initial state. Each model of the catalogue has exactly one.
    pub(crate) fn start(&self) -> State {
        self.system.init_states().remove(0)
    }

    /// The possible steps in a state, in the model's order.
    pub(crate) fn actions(&self, state: &State) -> Vec<Step> {
        let mut steps = Vec::new();
        self.system.actions(state, &mut steps);
        steps
    }

    /// Takes a path.
    ///
    /// # Errors
    ///
    /// If `steps` is not a list of indices, is too long, or is not possible in this model.
    pub(crate) fn walk(&self, steps: &str, end: End) -> Result<Walked, Problem> {
        let indices = parse(steps)?;
        let start = self.start();
        let mut at = start.clone();
        let mut taken = Vec::with_capacity(indices.len());
        for (place, index) in indices.iter().enumerate() {
            let (step, after) = self.take(&at, *index).map_err(|actions| {
                Problem::bad(
                    "bad-path",
                    format!(
                        "step {} of the path is action {index}, but the state before it has {actions} \
                         (counted from 0) that change anything; the link may be of another version",
                        place + 1
                    ),
                )
            })?;
            taken.push((step, after.clone()));
            at = after;
        }
        let path = Path {
            start,
            steps: taken,
            end: within(end, indices.len())?,
        };
        Ok(Walked { path, indices })
    }

    /// Takes a path of any length. Returns the number of the first step that is not possible as an
    /// error.
    pub(crate) fn retake(&self, indices: &[usize], end: End) -> Result<Walked, usize> {
        let start = self.start();
        let mut at = start.clone();
        let mut steps = Vec::with_capacity(indices.len());
        for (place, index) in indices.iter().enumerate() {
            let (step, after) = self.take(&at, *index).map_err(|_| place + 1)?;
            steps.push((step, after.clone()));
            at = after;
        }
        let end = within(end, indices.len()).map_err(|_| indices.len())?;
        Ok(Walked {
            path: Path { start, steps, end },
            indices: indices.to_vec(),
        })
    }

    /// Takes the step with that index. Returns the number of possible steps as an error if there is no
    /// such step.
    fn take(&self, at: &State, index: usize) -> Result<(Step, State), usize> {
        let mut actions = self.actions(at);
        let count = actions.len();
        if index >= count {
            return Err(count);
        }
        let step = actions.swap_remove(index);
        let after = self.system.next_state(at, step.clone()).ok_or(count)?;
        Ok((step, after))
    }

    /// The indices of a path of the model.
    pub(crate) fn name(&self, path: &Path) -> wire::Path {
        let mut before = &path.start;
        let mut indices = Vec::with_capacity(path.steps.len());
        for (step, after) in &path.steps {
            let index = self.actions(before).iter().position(|other| other == step);
            // Every step of the model is one of its actions.
            indices.push(index.unwrap_or(usize::MAX));
            before = after;
        }
        wire::Path {
            steps: join(&indices),
            end: path.end,
        }
    }
}

impl Walked {
    /// The state that the path leads to.
    pub(crate) fn last(&self) -> &State {
        self.path
            .steps
            .last()
            .map_or(&self.path.start, |(_, state)| state)
    }
}

/// Joins indices with dots.
pub(crate) fn join(indices: &[usize]) -> String {
    let indices: Vec<String> = indices.iter().map(usize::to_string).collect();
    indices.join(".")
}

fn parse(steps: &str) -> Result<Vec<usize>, Problem> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let long = || Problem::bad("bad-path", format!("a path has at most {LONGEST} steps"));
    if steps.len() > 6 * LONGEST {
        return Err(long());
    }
    let index = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let index = text.parse::<u16>().ok().filter(|_| digits);
        index.map(usize::from).ok_or_else(|| {
            let hint = "a path is the indices of its steps joined by dots, as in 0.3.1";
            Problem::bad("bad-path", hint)
        })
    };
    let indices: Vec<usize> = steps.split('.').map(index).collect::<Result<_, _>>()?;
    (indices.len() <= LONGEST)
        .then_some(indices)
        .ok_or_else(long)
}

fn within(end: End, steps: usize) -> Result<End, Problem> {
    match end {
        End::Repeats(from) if from >= steps => Err(Problem::bad(
            "bad-end",
            format!("a path of {steps} steps cannot go back to the state that {from} lead to"),
        )),
        end => Ok(end),
    }
}

/// Every bound and fault with its value.
pub(crate) fn parameters(instance: &Instance) -> BTreeMap<String, u8> {
    let bounds = instance.parameters.iter().map(|(name, n)| (*name, *n));
    let faults = instance.faults.iter().map(|(fault, n)| (fault.name(), *n));
    bounds
        .chain(faults)
        .map(|(name, n)| (name.to_owned(), n))
        .collect()
}

fn formula(guarantee: &Guarantee) -> String {
    let name = guarantee.name;
    match guarantee.when {
        When::Always => format!("[]{name}"),
        When::Eventually => format!("<>{name}"),
        When::AlwaysEventually => format!("[]<>{name}"),
        When::EventuallyAlways => format!("<>[]{name}"),
        When::After(_) => format!("… ~> {name}"),
    }
}

/// A digest of the module's text, the bounds, and the first states in breadth-first order with their
/// steps. Any change to the meaning of a path changes the digest.
fn digest(instance: &Instance, system: &System) -> String {
    let mut text = format!("{instance}\n{}\n", instance.description.module.text);
    let mut queue = VecDeque::from(system.init_states());
    for state in &queue {
        let _ = writeln!(text, "{}", system.view(state));
    }
    let mut seen = queue.len();
    while let Some(state) = queue.pop_front() {
        let mut steps = Vec::new();
        system.actions(&state, &mut steps);
        for step in steps {
            let action = (step.action, step.actor);
            let Some(after) = system.next_state(&state, step) else {
                continue;
            };
            let _ = writeln!(text, "{action:?} {}", system.view(&after));
            if seen < DIGESTED {
                seen += 1;
                queue.push_back(after);
            }
        }
    }
    let mut digest = String::new();
    for byte in &Sha256::digest(text)[..8] {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
