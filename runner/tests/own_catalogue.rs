//! The command with a user's catalogue, whose handler loops or exits: it ends, says where, and is never a
//! pass. The program runs itself as that command.

use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tandem_models::catalogue::{Catalogue, Description, Instance, Protocol, Variant};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::System;
use tandem_models::protocols;
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

/// Which handler the command runs.
const CASE: &str = "TANDEM_TEST_CASE";
/// The text of the file that pins its counts.
const PINS: &str = "TANDEM_TEST_PINS";

struct Own(Handler);

impl Own {
    fn base() -> Arc<dyn Protocol> {
        Arc::clone(protocols::catalogue().find("outbox").unwrap())
    }
}

impl Protocol for Own {
    fn describe(&self) -> Description {
        let base = Own::base().describe();
        let wanted = |name: &&str| *name == "save-then-publish";
        let variants = base.variants.iter().filter(|variant| wanted(&variant.name));
        Description {
            name: "own",
            part: 9,
            variants: variants
                .map(|variant| Variant {
                    right: true,
                    claims: &["NoGhostEver"],
                    ..variant.clone()
                })
                .collect(),
            default_variant: "save-then-publish",
            larger: Vec::new(),
            ..base
        }
    }

    fn system(&self, instance: &Instance) -> System {
        Own::base().system(instance).with_handler(self.0.clone())
    }
}

fn quiet(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    io.ack("Ack")
}

fn loops(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    loop {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn exits(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    std::process::exit(0)
}

fn loops_with_calls(io: &mut dyn Io, _: &AddLine) -> Flow {
    loop {
        io.load::<Order>("Load", ORDER)?;
    }
}

fn main() -> ExitCode {
    if let Ok(case) = std::env::var(CASE) {
        let handler = match case.as_str() {
            "loops" => Handler::new(loops),
            "exits" => Handler::new(exits),
            "loops-with-calls" => Handler::new(loops_with_calls),
            _ => Handler::new(quiet),
        };
        let mut catalogue = Catalogue::new().with(Own(handler));
        if let Ok(pins) = std::env::var(PINS) {
            catalogue = catalogue.pinned("own.toml", pins.leak());
        }
        return tandem_runner::main_with(&catalogue);
    }
    one_that_ends_is_judged();
    one_that_loops_is_stopped_and_told_where();
    one_that_exits_is_no_pass();
    one_that_loops_with_calls_tells_its_steps_once();
    a_mistake_on_the_command_line_is_told_once();
    its_counts_are_those_that_it_pins_itself();
    ExitCode::SUCCESS
}

/// The exit code, standard output and standard error of a command.
fn run(case: &str, arguments: &[&str]) -> (i32, String, String) {
    run_pinned(case, None, arguments)
}

fn run_pinned(case: &str, pins: Option<&str>, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments).env(CASE, case);
    if let Some(pins) = pins {
        command.env(PINS, pins);
    }
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn one_that_ends_is_judged() {
    let (code, out, err) = run("quiet", &["check", "own"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("NoGhostEver"), "{out}");
    let (code, out, _) = run("quiet", &["list"]);
    assert!(code == 0 && out.contains("own"), "{out}");
}

fn one_that_loops_is_stopped_and_told_where() {
    let started = Instant::now();
    let (code, _, err) = run("loops", &["check", "own", "--time-limit", "1"]);
    assert_eq!(code, 2, "{err}");
    let told = ["did not return for ", " s after Load, its call 1"];
    assert!(told.iter().all(|told| err.contains(told)), "{err}");
    assert!(started.elapsed() < Duration::from_secs(60));
}

fn one_that_exits_is_no_pass() {
    let (code, _, err) = run("exits", &["check", "own"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("exit status 0 after Load"), "{err}");
}

fn one_that_loops_with_calls_tells_its_steps_once() {
    let (code, _, err) = run("loops-with-calls", &["check", "own"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("made 64 calls"), "{err}");
    assert_eq!(err.matches("loads the order").count(), 1, "{err}");
}

fn a_mistake_on_the_command_line_is_told_once() {
    let (code, _, err) = run("quiet", &["chekc"]);
    assert_eq!(code, 2, "{err}");
    assert_eq!(err.matches("unrecognized subcommand").count(), 1, "{err}");
    assert!(!err.contains("the process ended"), "{err}");
}

fn its_counts_are_those_that_it_pins_itself() {
    let (code, pins, err) = run("quiet", &["manifest"]);
    assert_eq!(code, 0, "{err}");
    assert!(pins.contains("name = \"own:save-then-publish\""), "{pins}");
    assert!(
        !pins.contains("outbox:"),
        "Tandem's own are not its: {pins}"
    );
    let check = |pins: &str| run_pinned("quiet", Some(pins), &["check", "own"]);
    let (code, out, err) = check(&pins);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, _) = check(&pins.replace("\nstates = ", "\nstates = 1"));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("own.toml pins"), "{out}");
    let (code, _, err) = check("states = none");
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("own.toml"), "{err}");
    let (code, _, err) = run_pinned("quiet", Some("states = none"), &["manifest"]);
    assert_eq!(code, 0, "a broken file can be written again: {err}");
    let (_, out, _) = run_pinned("quiet", Some(&pins), &["list", "own"]);
    assert!(out.contains("part 9"), "{out}");
    assert!(out.contains("survives"), "what is pinned is listed: {out}");
}
