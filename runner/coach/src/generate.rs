//! Generates files from the exercises: programs, and the handbook's pages about all exercises.

use std::collections::BTreeMap;
use std::fs;

use crate::course::{Course, Exercise};
use crate::judge::Judgement;

/// The generated files, by their path in the folder of the course.
pub fn generated(course: &Course) -> Vec<(String, String)> {
    let mut files = vec![
        ("answers.rs".to_owned(), answers(course)),
        ("handbook/src/mistakes.md".to_owned(), mistakes(course)),
    ];
    for exercise in &course.exercises {
        let folder = folder_name(exercise);
        files.push((format!("{folder}/main.rs"), main(exercise)));
    }
    let manifest = fs::read_to_string(course.folder.join("Cargo.toml")).unwrap_or_default();
    let (kept, _) = manifest.split_once(BINS).unwrap_or((&manifest, ""));
    files.push(("Cargo.toml".to_owned(), format!("{kept}{}", bins(course))));
    files
}

const BINS: &str =
    "# One program for each exercise, written by `tandem exercise verify --write`.\n";

fn bins(course: &Course) -> String {
    let bin = |exercise: &Exercise| {
        let (name, folder) = (&exercise.name, folder_name(exercise));
        format!("\n[[bin]]\nname = \"{name}\"\npath = \"{folder}/main.rs\"\n")
    };
    let bins: String = course.exercises.iter().map(bin).collect();
    format!("{BINS}{bins}")
}

fn folder_name(exercise: &Exercise) -> String {
    let name = exercise.folder.file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn main(exercise: &Exercise) -> String {
    let title = &exercise.texts.title;
    let answer = expression(exercise);
    let uses = uses(exercise, "");
    format!(
        "//! {title}: judges the handler beside this file. Written by `tandem exercise verify --write`.\n\n\
         {ALLOWED}mod handler;\n\n\
         use std::process::ExitCode;\n\n{uses}\n\
         #[rustfmt::skip]\nfn main() -> ExitCode {{\n    \
         let answer = {answer};\n    \
         tandem_coach::program::main(include_str!(\"exercise.toml\"), &answer)\n}}\n"
    )
}

/// The Rust expression that makes an answer from the learner's module.
fn expression(exercise: &Exercise) -> String {
    let definition = &exercise.definition;
    let mut answer = format!("Answer::new({})", definition.handler);
    if let Some(schedules) = &definition.schedules {
        answer.push_str(&format!(".by_hand({})", schedules.by_hand));
    }
    if let Some(property) = &definition.property {
        answer.push_str(&format!(".property({})", property.holds));
    }
    answer
}

/// A handler is `pub`, although only its own program uses it, and a correct answer often leaves an import or
/// an argument unused. Warnings about that would look like a mistake.
const ALLOWED: &str = "#[allow(unreachable_pub, reason = \"a learner's file is no library\")]\n\
     #[allow(unused_imports, reason = \"a right answer may need less\")]\n\
     #[allow(unused_variables, reason = \"a right answer may need less\")]\n";

/// The imports that the expression needs, in rustfmt's order.
fn uses(exercise: &Exercise, indent: &str) -> String {
    let mut uses = exercise.definition.uses.clone();
    if expression(exercise).contains("Handler::") {
        uses.push("tandem_models::kit::replay::Handler".to_owned());
    }
    uses.push("tandem_coach::answer::Answer".to_owned());
    uses.sort();
    uses.iter()
        .map(|path| format!("{indent}use {path};\n"))
        .collect()
}

fn answers(course: &Course) -> String {
    let (mut arms, mut functions) = (String::new(), String::new());
    let mut modules = BTreeMap::new();
    for exercise in &course.exercises {
        let (name, folder) = (&exercise.name, folder_name(exercise));
        for answer in exercise.answers() {
            let module = format!("{}_{answer}", name.replace('-', "_"));
            let file = exercise.answer_file(&answer);
            let uses = uses(exercise, "    ");
            let made = expression(exercise);
            let declared = format!("#[path = \"{folder}/{file}\"]\nmod {module};\n");
            modules.insert(module.clone(), declared);
            arms.push_str(&format!(
                "        (\"{name}\", \"{answer}\") => make_{module}(),\n"
            ));
            functions.push_str(&format!(
                "\n#[rustfmt::skip]\nfn make_{module}() -> Answer {{\n    \
                 use crate::{module} as handler;\n{uses}    {made}\n}}\n"
            ));
        }
    }
    // In rustfmt's order.
    let modules: String = modules.into_values().collect();
    format!("{HEAD}\n{modules}{MAIN}{arms}{TAIL}{functions}")
}

const HEAD: &str = "\
//! All answers that come with the exercises, right and wrong, in one program: what
//! `tandem exercise verify` runs. Written by `tandem exercise verify --write`.
//!
//! Arguments: the exercise, the answer, and the path of its `exercise.toml`. Wrong answers are wrong in
//! many ways, so no lint applies.
#![allow(unused, clippy::all)]
#![allow(missing_docs, unreachable_pub, clippy::needless_pass_by_value)]
";

const MAIN: &str = r#"
use std::process::ExitCode;

use tandem_coach::answer::Answer;
use tandem_models::kit::replay::Handler;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, exercise, answer, definition] = &arguments[..] else {
        panic!("usage: answers EXERCISE ANSWER DEFINITION");
    };
    let definition = std::fs::read_to_string(definition).expect("exercise.toml can be read");
    let answer = answer_of(exercise, answer);
    tandem_coach::program::main(&definition, &answer)
}

#[rustfmt::skip]
fn answer_of(exercise: &str, answer: &str) -> Answer {
    match (exercise, answer) {
        (_, "does-nothing") => Answer::new(Handler::new(|_, _: &serde::de::IgnoredAny| Ok(()))),
        (_, "only-acknowledges") => Answer::new(Handler::new(|io, _: &serde::de::IgnoredAny| io.ack("Ack"))),
"#;

const TAIL: &str = r#"        (exercise, answer) => panic!("{exercise} has no answer {answer}"),
    }
}
"#;

/// The handbook's page about likely mistakes: every recorded wrong answer, with the check that refuses it.
fn mistakes(course: &Course) -> String {
    let mut text = String::from(
        "# Likely mistakes\n\nEvery answer on this page is recorded in its exercise's folder. The table names \
         the check that refuses it, and a test confirms this.\n",
    );
    for exercise in &course.exercises {
        text.push_str(&format!(
            "\n## {}\n\n| answer | what it does | refused by |\n|---|---|---|\n",
            exercise.texts.title
        ));
        for (answer, check) in &exercise.definition.wrong {
            let file = exercise.folder.join(exercise.answer_file(answer));
            let code = fs::read_to_string(file).unwrap_or_default();
            let does = code.lines().next().unwrap_or_default();
            let does = does.trim_start_matches("//!").trim();
            text.push_str(&format!("| `{answer}` | {does} | {} |\n", in_words(check)));
        }
    }
    text
}

/// The name of a check as a phrase.
fn in_words(check: &str) -> String {
    match check.split_once('.') {
        Some(("reached", witness)) => format!("`{witness}` is never reached"),
        Some(("taken", step)) => format!("the step `{step}` is never taken"),
        Some(("refusals", step)) => format!("a run in which one `{step}` is refused"),
        Some(("property", "misses")) => "a property that is true where it should not be".to_owned(),
        Some(("property", "accuses")) => {
            "a property that is false where nothing is wrong".to_owned()
        }
        Some(("property", _)) => "a property that panics".to_owned(),
        Some(("price", guarantee)) => format!("`{guarantee}` holds, and cannot"),
        Some(("stopped", _)) => "the watchdog".to_owned(),
        _ => match check {
            "rules" => "a rule for handlers, at once".to_owned(),
            "done_in" => "a finished run that takes more steps than it needs".to_owned(),
            "schedules" => "no schedule by hand that violates the guarantee".to_owned(),
            "effects" => "a message that never has an effect".to_owned(),
            "limit" => "the limit of states".to_owned(),
            guarantee => format!("`{guarantee}`"),
        },
    }
}

/// The handbook's page of numbers, from the judgements of the solutions.
pub fn numbers(course: &Course, solutions: &[(String, Judgement)]) -> String {
    let mut text = String::from(
        "# The exercises in numbers\n\nThese numbers are counted by `tandem exercise verify`, which fails if one \
         is not true any more.\n\n| | exercise | as shipped, violated in steps | states of the solution | of all \
         its runs | finished in steps |\n|---|---|---|---|---|---|\n",
    );
    for exercise in &course.exercises {
        let mut solutions = solutions.iter();
        let Some((_, judgement)) = solutions.find(|(name, _)| *name == exercise.name) else {
            continue;
        };
        let shipped = exercise.definition.shipped.iter();
        let shipped: Vec<_> = shipped
            .map(|(name, steps)| format!("`{name}` {steps}"))
            .collect();
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            exercise.definition.place,
            exercise.texts.title,
            shipped.join(", "),
            judgement.states,
            judgement.all_states,
            judgement.done_in.unwrap_or(0)
        ));
    }
    for (name, judgement) in solutions {
        if let Some(table) = &judgement.schedules {
            let mut exercises = course.exercises.iter();
            let title = exercises.find(|exercise| exercise.name == *name);
            let title = title.map_or("", |exercise| &exercise.texts.title);
            text.push_str(&format!("\n## {title}\n\n```text\n{table}```\n"));
        }
    }
    text
}
