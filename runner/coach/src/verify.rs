//! The test of the course itself.
//!
//! For each exercise this checks the following. The shipped handler violates the stated guarantees in the
//! stated numbers of steps. The solution is accepted. Every wrong answer is refused by the stated check, and
//! so is an answer that does nothing. Texts and hints exist, and generated files are up to date.

pub mod definition;

use std::path::Path;
use std::process::{Command, Stdio};
use std::{fmt, fs};

use anyhow::{Context, ensure};

use crate::cargo::{Built, build};
use crate::coach::{Coach, Outcome};
use crate::course::{Course, Exercise};
use crate::generate::{generated, numbers};
use crate::program::{Attempt, attempt};
use crate::tla;

/// Answers that are tried in every exercise and have no file. A check that accepts one of them is useless.
pub const IDLE: [&str; 2] = ["does-nothing", "only-acknowledges"];

/// The largest number of lines in a file that a learner edits.
const SCREEN: usize = 45;

/// The smallest number of wrong answers.
const WRONG: usize = 4;

/// A fault of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the exercise.
    pub exercise: String,
    /// The fault.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.exercise, self.what)
    }
}

/// Tests all exercises. `answers` is the program that contains all their answers.
///
/// # Errors
///
/// If an answer could not be run.
pub fn verify(course: &Course, answers: &Path) -> anyhow::Result<Vec<Problem>> {
    let (problems, _) = verify_counting(course, answers)?;
    Ok(problems)
}

/// Tests all exercises, and also returns the handbook's page of numbers.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_counting(course: &Course, answers: &Path) -> anyhow::Result<(Vec<Problem>, String)> {
    let mut problems = Vec::new();
    let mut solutions = Vec::new();
    for exercise in &course.exercises {
        let mut report = |what: String| {
            problems.push(Problem {
                exercise: exercise.name.clone(),
                what,
            });
        };
        files(exercise, &mut report);
        for answer in exercise.answers().iter().map(String::as_str).chain(IDLE) {
            let attempt = run(exercise, answers, answer)?;
            if let Attempt::Stopped(why) = &attempt {
                ensure!(
                    !why.interrupted(),
                    "interrupted: not all answers were tried"
                );
            }
            judged(exercise, answer, &attempt, &mut report);
            if let ("solution", Attempt::Judged(judgement)) = (answer, attempt) {
                solutions.push((exercise.name.clone(), judgement));
            }
        }
    }
    if tla::IN_PROCESS {
        for exercise in &course.exercises {
            definition::verify(exercise, &mut problems)?;
        }
    }
    let numbers = numbers(course, &solutions);
    let mut files = generated(course);
    files.push((NUMBERS.to_owned(), numbers.clone()));
    for (file, text) in files {
        if fs::read_to_string(course.folder.join(&file))
            .ok()
            .as_deref()
            != Some(text.as_str())
        {
            problems.push(Problem {
                exercise: "all".to_owned(),
                what: format!(
                    "{file} is not up to date: `tandem exercise verify --write` writes it"
                ),
            });
        }
    }
    Ok((problems, numbers))
}

/// The path of the page of numbers, in the folder of the course.
pub const NUMBERS: &str = "handbook/src/numbers.md";

/// Runs one answer of an exercise.
///
/// # Errors
///
/// If it could not be run.
pub fn run(exercise: &Exercise, answers: &Path, answer: &str) -> anyhow::Result<Attempt> {
    attempt(&|| {
        let mut command = Command::new(answers);
        command.arg(&exercise.name).arg(answer);
        command.arg(exercise.folder.join("exercise.toml"));
        command.stdout(Stdio::null());
        command
    })
}

fn judged(exercise: &Exercise, answer: &str, attempt: &Attempt, report: &mut impl FnMut(String)) {
    let definition = &exercise.definition;
    let refused = attempt.refused();
    let found = refused.as_deref().unwrap_or("nothing");
    match answer {
        "shipped" => {
            let Attempt::Judged(judgement) = attempt else {
                return report(format!("as shipped it is stopped: {found}"));
            };
            if refused.is_none() {
                report("it is shipped solved".to_owned());
            } else if judgement.violated != definition.shipped {
                let (stated, violated) = (&definition.shipped, &judgement.violated);
                report(format!(
                    "as shipped it violates {violated:?}, and exercise.toml says {stated:?}"
                ));
            }
        }
        "solution" => match attempt {
            Attempt::Judged(judgement) if refused.is_none() => {
                let done_in = judgement.done_in.unwrap_or(0);
                if done_in > definition.demands.done_in {
                    report(format!(
                        "the solution is done in {done_in} steps, more than it may"
                    ));
                }
            }
            _ => report(format!("the solution is refused by {found}")),
        },
        idle if IDLE.contains(&idle) => {
            if refused.is_none() {
                report(format!(
                    "an answer that {} is accepted",
                    idle.replace('-', " ")
                ));
            }
        }
        answer => match definition.wrong.get(answer) {
            Some(check) if found != check => {
                report(format!(
                    "the wrong answer {answer} is refused by {found}, not by {check}"
                ));
            }
            None if refused.is_some() => report(format!("{answer} is refused by {found}")),
            _ => {}
        },
    }
}

fn files(exercise: &Exercise, report: &mut impl FnMut(String)) {
    let read = |file: &str| fs::read_to_string(exercise.folder.join(file)).unwrap_or_default();
    let shipped = read("shipped.rs");
    if !shipped.contains("TODO") {
        report("shipped.rs has no TODO".to_owned());
    }
    if shipped.lines().count() > SCREEN {
        report(format!("shipped.rs has more than {SCREEN} lines"));
    }
    if read("handler.rs") != shipped {
        report(
            "handler.rs is not as it is shipped: `tandem exercise reset` brings it back".to_owned(),
        );
    }
    let look = exercise.texts.section("Look first").replace('\n', " ");
    for name in &exercise.definition.turns {
        let steps = exercise.definition.shipped.get(name);
        if let Some(steps) = steps.filter(|steps| !look.contains(&format!("in {steps} steps"))) {
            report(format!(
                "`Look first` does not say that {name} is violated in {steps} steps"
            ));
        }
    }
    match exercise.texts.question() {
        Some(question) if question.starts_with(char::is_uppercase) => {}
        found => report(format!(
            "the first question of `Look first` is told after a refusal and must be a whole sentence, not \
             {found:?}"
        )),
    }
    let told = format!("{shipped}{}", exercise.texts.section("Your task"));
    let solution = read("solution.rs");
    for step in &exercise.definition.demands.taken {
        let names = [format!("\"{step}\""), format!("`{step}`")];
        if solution.contains(&names[0]) && !names.iter().any(|name| told.contains(name)) {
            report(format!(
                "the step {step} is demanded, and neither shipped.rs nor `Your task` has its name"
            ));
        }
    }
    if solution.contains("TODO") {
        report("solution.rs has a TODO".to_owned());
    }
    let wrong = exercise.definition.wrong.len();
    if wrong < WRONG {
        report(format!(
            "there are {wrong} wrong answers, and {WRONG} are needed"
        ));
    }
    for answer in exercise.answers() {
        let file = exercise.answer_file(&answer);
        if !exercise.folder.join(&file).is_file() {
            report(format!("{file} is missing"));
        }
    }
    for (folder, listed) in [
        ("wrong", &exercise.definition.wrong),
        ("accepted", &exercise.definition.accepted),
    ] {
        for name in names_in(&exercise.folder.join(folder)) {
            if !listed.contains_key(&name) {
                report(format!("{folder}/{name}.rs is not listed in exercise.toml"));
            }
        }
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let stem = |path: std::path::PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
    let mut names: Vec<_> = paths.filter_map(stem).collect();
    names.sort();
    names
}

/// Writes the files that are generated from the exercises' definitions.
///
/// # Errors
///
/// If one cannot be written.
pub fn write(course: &Course) -> std::io::Result<()> {
    for (file, text) in generated(course) {
        let path = course.folder.join(file);
        if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

impl Coach<'_> {
    /// Tests all exercises, or the one with that name. With `write`, first writes the generated files.
    ///
    /// # Errors
    ///
    /// If cargo or an answer cannot be run.
    pub fn verify(&mut self, only: Option<&str>, write: bool) -> anyhow::Result<Outcome> {
        if write {
            self::write(&self.course)?;
        }
        let Built::Program(answers) = build(&self.course.folder, "answers", "")? else {
            writeln!(
                self.out,
                "✗ The answers do not compile: the compiler's message stands above."
            )?;
            return Ok(Outcome::NoVerdict);
        };
        if let Some(name) = only {
            let one = self.course.exercise(name)?.clone();
            self.course.exercises = vec![one];
        }
        let (mut problems, numbers) = verify_counting(&self.course, &answers)?;
        if only.is_some() {
            // The files that are generated from all exercises cannot be judged from one.
            problems.retain(|problem| problem.exercise != "all");
        }
        if write && only.is_none() {
            let path = self.course.folder.join(NUMBERS);
            fs::write(&path, numbers).with_context(|| path.display().to_string())?;
            problems.retain(|problem| !problem.what.starts_with(NUMBERS));
        }
        for problem in &problems {
            writeln!(self.out, "✗ {problem}")?;
        }
        let exercises = &self.course.exercises;
        let answers: usize = exercises
            .iter()
            .map(|exercise| exercise.answers().len() + exercise.tla_answers() + IDLE.len())
            .sum();
        let (exercises, problems) = (exercises.len(), problems.len());
        writeln!(
            self.out,
            "{exercises} exercises, {answers} answers, {problems} problems"
        )?;
        if !tla::IN_PROCESS {
            writeln!(
                self.out,
                "The definitions in TLA+ were not tried: build Tandem without `--no-default-features`."
            )?;
        }
        Ok(if problems == 0 {
            Outcome::Accepted
        } else {
            Outcome::Refused
        })
    }
}
