//! Evaluates a spec: its initial states, the steps of a state, and the truth of an operator in a
//! state.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use tandem_models::value::StateView;
use tla_checker::ast::{self, Env, Expr, Value};
use tla_checker::checker::{format_eval_error, prepare_spec};
use tla_checker::config::parse_cfg;
use tla_checker::eval::{
    Definitions as Parsed, EvalContext, EvalError, eval_with_context, init_states,
    make_primed_names, next_states, set_symbolic_integers,
};
use tla_checker::load::{PrepareError, Prepared, prepare_from_path};
use tla_checker::parser::parse_expr;

use super::actions::{Splitter, labelled};
use super::behaviour::Behaviour;
use super::comments::without_comments;
use super::convert::value;
use super::definitions::Definitions;
use super::files::Files;
use super::instantiated::spelled_out;
use crate::DeclaredFairness;
use crate::error::{Place, SpecError};

/// A state of a spec. Equal states are the same state of the spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SpecState(ast::State);

impl From<ast::State> for SpecState {
    fn from(state: ast::State) -> Self {
        SpecState(state)
    }
}

/// A predicate on the states of a spec.
#[derive(Debug, Clone)]
pub struct Predicate {
    text: String,
    body: Arc<Expr>,
}

/// A spec that can be evaluated. It must stay on its thread, because `tla-checker` stores settings in
/// thread-local variables.
pub struct Evaluator {
    variables: Vec<Arc<str>>,
    primed: Vec<Arc<str>>,
    init: Expr,
    actions: Vec<(Arc<str>, Expr)>,
    next: Expr,
    constants: Env,
    operators: Parsed,
    context: EvalContext,
    places: BTreeMap<Arc<str>, Place>,
    texts: BTreeMap<Arc<str>, String>,
    fairness: Vec<DeclaredFairness>,
    here: PhantomData<*const ()>,
}

impl Evaluator {
    /// Reads a spec: files by name. The first is the module to run; the second is its configuration,
    /// which names a `SPECIFICATION`.
    ///
    /// # Errors
    ///
    /// If `tla-checker` cannot evaluate the text, with the location if it is known.
    pub fn new(files: &[(String, String)]) -> Result<Self, SpecError> {
        set_symbolic_integers(true);
        let told = Files(files);
        let (spec, constants, operators) = parsed(files)?;
        let written = Definitions::of(files);
        well_formed(&told, &spec, &operators, &written)?;
        let mut splitter = Splitter::new(&written, &operators, &spec.vars);
        let behaviour = specification(files)
            .map(|name| Behaviour::of(&name, &written, &mut splitter))
            .unwrap_or_default();
        let (Some(init), Some(next)) = (spec.init, behaviour.next) else {
            return Err(SpecError::new(
                "the specification is not of the form Init /\\ [][Next]_vars with an operator as \
                 its next-state relation; give that relation a name",
            ));
        };
        let actions = splitter.actions(&next);
        let Some(labelled) = labelled(&actions) else {
            return Err(SpecError::new(format!("{next} has no disjunct")));
        };
        let places = written
            .all()
            .filter_map(|(name, at)| Some((name.clone(), told.at_byte(at.file, at.name_at)?)));
        let texts = written.all().filter(|(_, at)| at.parameters.is_empty());
        let texts = texts.map(|(name, at)| (name.clone(), written.text(at)));
        Ok(Evaluator {
            primed: make_primed_names(&spec.vars),
            context: EvalContext {
                state_vars: spec.vars.clone(),
            },
            init,
            next: labelled,
            variables: spec.vars,
            constants,
            fairness: behaviour.fairness.into_iter().collect(),
            places: places.collect(),
            texts: texts.collect(),
            actions,
            operators,
            here: PhantomData,
        })
    }

    /// The fairness that the specification declares.
    pub fn fairness(&self) -> &[DeclaredFairness] {
        &self.fairness
    }

    /// The initial states.
    ///
    /// # Errors
    ///
    /// If `tla-checker` cannot evaluate the initial predicate.
    pub fn initial(&self) -> Result<Vec<SpecState>, SpecError> {
        let states = init_states(
            &self.init,
            &self.variables,
            &self.constants,
            &self.operators,
        );
        let states = states.map_err(|error| self.blame("Init", &error))?;
        Ok(states.into_iter().map(SpecState).collect())
    }

    /// The steps of a state, without repetition: the name of the action, and the state after it.
    ///
    /// # Errors
    ///
    /// If `tla-checker` cannot evaluate an action. The error names it.
    pub fn steps(&mut self, state: &SpecState) -> Result<Vec<(Arc<str>, SpecState)>, SpecError> {
        let (variables, primed, operators) = (&self.variables, &self.primed, &self.operators);
        let constants = &mut self.constants;
        let mut successors =
            |action| next_states(action, &state.0, variables, primed, constants, operators);
        let steps = match successors(&self.next) {
            Ok(steps) => steps,
            Err(error) => {
                let mut actions = self.actions.iter();
                let failing = actions.find(|(_, body)| successors(body).is_err());
                return Err(self.blame(failing.map_or("Next", |(name, _)| name), &error));
            }
        };
        let unnamed: Arc<str> = "Next".into();
        let steps = steps.into_iter().map(|step| {
            let name = step.action.unwrap_or_else(|| unnamed.clone());
            (name, SpecState(step.state))
        });
        Ok(steps.collect())
    }

    /// A predicate on states: the name of an operator without parameters, or an expression.
    ///
    /// # Errors
    ///
    /// If there is no such operator, or the expression does not parse.
    pub fn predicate(&self, text: &str) -> Result<Predicate, SpecError> {
        let is_name = text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_name = is_name && !self.variables.iter().any(|variable| **variable == *text);
        let body = match self.operators.get(text) {
            Some((_, body)) => Arc::clone(body),
            None if is_name => {
                return Err(SpecError::new(format!("the spec defines no {text}")));
            }
            None => Arc::new(
                parse_expr(text)
                    .map_err(|error| SpecError::new(format!("`{text}` does not parse: {error}")))?,
            ),
        };
        let text = text.to_owned();
        Ok(Predicate { text, body })
    }

    /// The truth of a predicate in a state.
    ///
    /// # Errors
    ///
    /// If it cannot be evaluated, or its value is not a boolean.
    pub fn holds(&mut self, predicate: &Predicate, state: &SpecState) -> Result<bool, SpecError> {
        let value = self.in_state(state, |env, operators, context| {
            eval_with_context(&predicate.body, env, operators, context)
        });
        match value {
            Ok(Value::Bool(truth)) => Ok(truth),
            Ok(_) => Err(SpecError::at(
                self.places.get(&*predicate.text).cloned(),
                format!("{} is neither TRUE nor FALSE in a state", predicate.text),
            )),
            Err(error) => Err(self.blame(&predicate.text, &error)),
        }
    }

    /// Evaluates something with the variables of a state.
    pub(crate) fn in_state<T>(
        &mut self,
        state: &SpecState,
        evaluate: impl FnOnce(&mut Env, &Parsed, &EvalContext) -> T,
    ) -> T {
        let variables = self.variables.iter().zip(&state.0.values);
        for (variable, value) in variables {
            self.constants.insert(variable.clone(), value.clone());
        }
        let value = evaluate(&mut self.constants, &self.operators, &self.context);
        for variable in &self.variables {
            self.constants.remove(variable);
        }
        value
    }

    /// The text of the definition of an operator without parameters.
    pub(crate) fn text(&self, operator: &str) -> Option<String> {
        self.texts.get(operator).cloned()
    }

    /// Where an operator is defined.
    pub fn place(&self, operator: &str) -> Option<&Place> {
        self.places.get(operator)
    }

    /// The view of a state.
    ///
    /// # Errors
    ///
    /// If a variable contains an infinite set.
    pub fn view(&self, state: &SpecState) -> Result<StateView, SpecError> {
        let variables = self.variables.iter().zip(&state.0.values);
        let seen = variables.map(|(variable, held)| {
            let held = value(held).ok_or_else(|| {
                SpecError::new(format!("the variable {variable} holds an infinite set"))
            })?;
            Ok((variable.clone(), held))
        });
        seen.collect::<Result<Vec<_>, _>>()
            .map(|variables| variables.into_iter().collect())
    }

    fn blame(&self, operator: &str, error: &EvalError) -> SpecError {
        SpecError::at(
            self.places.get(operator).cloned(),
            format!(
                "{operator} cannot be evaluated: {}",
                format_eval_error(error)
            ),
        )
    }
}

/// The spec as `tla-checker` parses it, with its constants and operators.
fn parsed(files: &[(String, String)]) -> Result<(ast::Spec, Env, Parsed), SpecError> {
    // If the prepared text fails, errors are reported for the text that the author wrote.
    parsed_as(&prepared(files)).or_else(|_| parsed_as(files))
}

/// The texts in the form in which `tla-checker` reads them. Lines are unchanged.
pub(crate) fn prepared(files: &[(String, String)]) -> Vec<(String, String)> {
    let texts = files
        .iter()
        .map(|(name, text)| match name.ends_with(".tla") {
            true => (name.clone(), without_comments(text)),
            false => (name.clone(), text.clone()),
        });
    let texts: Vec<_> = texts.collect();
    spelled_out(&texts).into_owned()
}

fn parsed_as(files: &[(String, String)]) -> Result<(ast::Spec, Env, Parsed), SpecError> {
    let told = Files(files);
    let folder = written(files)?;
    let spec = read(files, folder.path())?;
    let path = folder.path().display().to_string();
    let (constants, operators) =
        prepare_spec(&spec.spec, &spec.domains, Some(&spec.spec_path), true)
            .map_err(|error| told.told(&unprepared(&error), &path))?;
    Ok((spec.spec, constants, operators))
}

/// A folder with the files of a spec, because `tla-checker` reads modules from a folder.
pub(crate) fn written(files: &[(String, String)]) -> Result<tempfile::TempDir, SpecError> {
    let folder = tempfile::tempdir()
        .map_err(|error| SpecError::new(format!("no temporary folder for the spec: {error}")))?;
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text)
            .map_err(|error| SpecError::new(format!("{name} cannot be written: {error}")))?;
    }
    Ok(folder)
}

/// Reads the spec from a folder that contains its files.
pub(crate) fn read(files: &[(String, String)], folder: &Path) -> Result<Prepared, SpecError> {
    let [(module, _), (configuration, _), ..] = files else {
        return Err(SpecError::new("a spec is a module and a configuration"));
    };
    let (module, configuration) = (folder.join(module), folder.join(configuration));
    prepare_from_path(&module, Some(&configuration), &[]).map_err(|error| {
        let files = Files(files);
        match error {
            PrepareError::Parse { message, span } => {
                let place = span.and_then(|span| files.at_byte(0, span.start as usize));
                match place {
                    Some(place) => SpecError::at(Some(place), message),
                    None => files.told(&message, &folder.display().to_string()),
                }
            }
            PrepareError::Io(message) | PrepareError::Config(message) => {
                files.told(&message, &folder.display().to_string())
            }
        }
    })
}

fn unprepared(error: &tla_checker::checker::PrepareSpecError) -> String {
    use tla_checker::checker::PrepareSpecError as Unprepared;
    match error {
        Unprepared::ModuleParse(message)
        | Unprepared::LivenessProperty(message)
        | Unprepared::ConstantSubstitution(message)
        | Unprepared::RefinementConfigError(message) => message.clone(),
        Unprepared::InstanceError(error) => format_eval_error(error),
        Unprepared::MissingConstants(names) => {
            format!("the configuration gives no value to {}", names.join(", "))
        }
        Unprepared::AssumeViolation(which) => format!("assumption {} is false", which + 1),
        Unprepared::AssumeError(which, error) => {
            format!("assumption {}: {}", which + 1, format_eval_error(error))
        }
        Unprepared::NonModelValueSymmetry(set, _) => {
            format!("{set} is no set of model values, so there is no symmetry of it")
        }
    }
}

/// The name of the specification formula in the configuration.
fn specification(files: &[(String, String)]) -> Option<String> {
    let (_, configuration) = files.get(1)?;
    let configuration = parse_cfg(configuration).ok()?;
    configuration.specification.map(|name| name.to_string())
}

/// Refuses what TLC would refuse and `tla-checker` ignores: an unused definition that does not parse,
/// and an operator that is defined twice.
fn well_formed(
    files: &Files<'_>,
    spec: &ast::Spec,
    operators: &Parsed,
    written: &Definitions<'_>,
) -> Result<(), SpecError> {
    let bodies = spec.definitions.iter().chain(operators);
    for (name, (_, body)) in bodies {
        if let Expr::Unparsed(unparsed) = &**body {
            let at = written.get(name);
            let place = at.and_then(|at| files.at_byte(at.file, at.name_at));
            let place = place.map(|place| Place {
                text: line(files, &place.file, unparsed.line).unwrap_or(place.text),
                line: unparsed.line,
                column: Some(unparsed.column),
                file: place.file,
            });
            let what = format!("{name} does not parse: {}", unparsed.message);
            return Err(SpecError::at(place, what));
        }
    }
    if let Some((name, first, second)) = written.twice().next() {
        let first = files.at_byte(first.file, first.name_at);
        let first = first.map(|first| format!(" in {}:{}", first.file, first.line));
        return Err(SpecError::at(
            files.at_byte(second.file, second.name_at),
            format!(
                "{name} is defined already{}; rename one of the two",
                first.unwrap_or_default()
            ),
        ));
    }
    Ok(())
}

fn line(files: &Files<'_>, file: &str, number: usize) -> Option<String> {
    let (_, text) = files.0.iter().find(|(name, _)| name == file)?;
    Some(text.lines().nth(number.checked_sub(1)?)?.to_owned())
}
