//! Random walks of TLC, and the steps of states that it is given.

use std::fs;
use std::path::Path;

use tandem_models::value::{ParseError, StateView, parse_state};
use tandem_search::limits::Run;
use tandem_tla::tlc::outcome::Exit;
use tandem_tla::tlc::process::TlcRun;
use tandem_tla::user_spec::UserSpec;

use super::Tlc;
use super::failures::{failure, unreadable};
use crate::engine::EngineError;
use crate::lockstep::WalkPlan;
use crate::lockstep::batched::{Around, Batched};

/// How the files begin that TLC writes its walks to.
const FILES: &str = "walk_";

/// A spec of which TLC is asked.
pub(crate) struct TlcMachine<'a> {
    pub(crate) tlc: &'a Tlc,
    pub(crate) spec: &'a UserSpec,
    /// What is asked of a state: each a TLA+ expression on one line.
    pub(crate) asked: Vec<String>,
    pub(crate) run: &'a Run<'a>,
}

impl TlcMachine<'_> {
    fn answers(&self, states: &[&StateView]) -> Result<Vec<Option<Around>>, EngineError> {
        let subject = &self.spec.module;
        let shown = self.spec.to_show_steps(states).ok_or_else(|| EngineError::Tlc {
            instance: subject.clone(),
            what: "its specification does not name its next-state relation, as in `Init /\\ [][Next]_vars`; \
                   walks beside TLC need that name"
                .to_owned(),
        })?;
        let question = (&*self.asked, self.spec.variables());
        let (graph, mut truths) = self
            .tlc
            .graph_with_truths(subject, &shown, question, self.run)?;
        let index = graph.index();
        let around = states.iter().map(|state| {
            let at = *index.get(*state)?;
            let steps = graph.steps[at].iter();
            let steps = steps.map(|(name, to)| (name.clone(), graph.states[*to].clone()));
            Some(Around {
                steps: steps.collect(),
                truths: std::mem::take(&mut truths[at]),
            })
        });
        Ok(around.collect())
    }
}

impl Batched for TlcMachine<'_> {
    type Error = EngineError;

    fn initial(&mut self) -> Result<Vec<StateView>, EngineError> {
        let shown = self.spec.to_show_initial();
        let question = (&[][..], self.spec.variables());
        let (graph, _) =
            self.tlc
                .graph_with_truths(&self.spec.module, &shown, question, self.run)?;
        let initial = graph.initial.iter();
        Ok(initial.map(|at| graph.states[*at].clone()).collect())
    }

    fn walks(&mut self, plan: WalkPlan) -> Result<Vec<Vec<StateView>>, EngineError> {
        let subject = &self.spec.module;
        let spec = self.spec.to_run();
        let options = [
            "-simulate".to_owned(),
            format!("file={},num={}", FILES.trim_end_matches('_'), plan.walks),
            "-depth".to_owned(),
            // TLC counts states.
            plan.steps.saturating_add(1).to_string(),
            "-seed".to_owned(),
            // Its seeds are positive numbers of Java.
            (plan.seed >> 1).to_string(),
        ];
        let command = TlcRun {
            workers: 1,
            extra: options.into(),
            ..self.tlc.command(&spec)
        };
        let (outcome, output) = self.tlc.perform(&command, self.run)?;
        if output.exit != Exit::Code(0) {
            return Err(failure(subject, &spec, &outcome));
        }
        let walks = written(output.folder.path()).map_err(|error| unreadable(subject, error))?;
        let walks = walks.iter().map(|text| states(text));
        walks
            .collect::<Result<_, _>>()
            .map_err(|error| unreadable(subject, error))
    }

    fn around(&mut self, states: &[&StateView]) -> Result<Vec<Option<Around>>, EngineError> {
        match self.answers(states) {
            // A state behind a difference may be one that the spec cannot evaluate.
            Err(EngineError::Tlc { .. }) if states.len() > 1 => {
                self.around(&states[..states.len() / 2])
            }
            answers => answers,
        }
    }
}

/// The texts of the walks, in the order in which TLC took them.
fn written(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // The worker, and how many walks it had taken.
        let numbers = name.strip_prefix(FILES).map(|rest| {
            let numbers = rest.split('_').map(str::parse::<u64>);
            numbers.collect::<Result<Vec<_>, _>>()
        });
        if let Some(Ok(numbers)) = numbers {
            files.push((numbers, entry.path()));
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|(_, path)| fs::read_to_string(path))
        .collect()
}

/// The states of a walk, which TLC writes as definitions.
fn states(text: &str) -> Result<Vec<StateView>, ParseError> {
    let mut states: Vec<String> = Vec::new();
    for line in text.lines() {
        let definition = line
            .strip_prefix("STATE_")
            .and_then(|rest| rest.split_once("=="));
        if let Some((_, rest)) = definition {
            states.push(rest.to_owned());
        } else if let Some(last) = states.last_mut()
            && !line.starts_with("====")
            && !line.trim_start().starts_with("\\*")
        {
            last.push('\n');
            last.push_str(line);
        }
    }
    states.iter().map(|text| parse_state(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::states;

    #[test]
    fn walks_of_old_and_new_versions_are_read() {
        let old = "---------------- MODULE walk_0_0 -----------------\nSTATE_1 == \n/\\ x = 0\n/\\ y = << 1,\n  2 \
                   >>\n\n\nSTATE_2 == \n/\\ x = 1\n/\\ y = <<>>\n\n=====================\n";
        let new = "---------------- MODULE walk_0_0 -----------------\n\\* <Init line 1>\nSTATE_1 == \n/\\ x = 0\n\
                   /\\ y = <<1, 2>>\n\n\\* <Go line 2, col 1>\nSTATE_2 == \n/\\ x = 1\n/\\ y = << >>\n======\n";
        let [old, new] = [old, new].map(|text| states(text).unwrap());
        assert_eq!(old.len(), 2);
        assert_eq!(old, new);
        let one = states("STATE_1 == \nh = 1\n").unwrap();
        assert_eq!(one, ["h = 1".parse().unwrap()]);
    }
}
