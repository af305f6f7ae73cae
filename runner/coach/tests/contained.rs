//! Handlers that loop, exit, abort, panic, or break a rule: none of them hangs, none passes, and each is
//! explained in words that its author understands. The program runs itself as the contained child.

use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use tandem_coach::answer::Answer;
use tandem_coach::program::{self, Attempt, attempt};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::protocols::outbox::{AddLine, ORDER, Order};

const DEFINITION: &str = r#"
part = 2
place = 9
minutes = 10
protocol = "outbox"
like = "ids-with-state"
handler = ""
claims = ["NoLostEffect"]
turns = ["NoLostEffect"]
bounds = { messages = 1, slots = 1, copies = 1 }
faults = { crash = 1 }
shipped = {}
wrong = {}
[demands]
reached = ["AllDone"]
taken = []
done_in = 9
"#;

/// Which handler the child runs.
const BAD: &str = "TANDEM_TEST_BAD";

type Handle = fn(&mut dyn Io, &AddLine) -> Flow;

fn good(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.add(command);
        order.processed.insert(command.id);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn loops(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    let mut turns = 0_u64;
    loop {
        turns = std::hint::black_box(turns.wrapping_add(1));
    }
}

fn loops_at_once(_: &mut dyn Io, _: &AddLine) -> Flow {
    loop {
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn exits(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    std::process::exit(0)
}

fn aborts(io: &mut dyn Io, command: &AddLine) -> Flow {
    good(io, command)?;
    std::process::abort()
}

fn recurses(io: &mut dyn Io, _: &AddLine) -> Flow {
    #[expect(unconditional_recursion, reason = "the stack must overflow")]
    fn deeper(depth: u64) -> u64 {
        let page = std::hint::black_box([depth; 512]);
        page[1].wrapping_add(deeper(std::hint::black_box(depth + 1)))
    }
    io.load::<Order>("Load", ORDER)?;
    std::hint::black_box(deeper(0));
    Ok(())
}

fn allocates(io: &mut dyn Io, _: &AddLine) -> Flow {
    io.load::<Order>("Load", ORDER)?;
    let mut all = Vec::new();
    loop {
        all.push(std::hint::black_box(vec![1_u8; 1 << 20]));
    }
}

fn starts_threads(io: &mut dyn Io, command: &AddLine) -> Flow {
    for _ in 0..400 {
        std::thread::spawn(|| std::thread::sleep(Duration::from_secs(60)));
    }
    std::thread::sleep(Duration::from_millis(300));
    good(io, command)
}

fn panics(io: &mut dyn Io, _: &AddLine) -> Flow {
    let order = io.load::<Order>("Load", ORDER)?;
    assert!(!order.lines.is_empty(), "no line");
    io.ack("Ack")
}

fn misspells(io: &mut dyn Io, command: &AddLine) -> Flow {
    io.load::<Order>("Laod", ORDER)?;
    good(io, command)
}

fn swallows(io: &mut dyn Io, _: &AddLine) -> Flow {
    let _ = io.load::<Order>("Load", ORDER);
    io.ack("Ack")
}

fn unwraps(io: &mut dyn Io, _: &AddLine) -> Flow {
    let order = io.load::<Order>("Load", ORDER).unwrap();
    assert!(order.lines.is_empty());
    io.ack("Ack")
}

fn loops_with_calls(io: &mut dyn Io, _: &AddLine) -> Flow {
    loop {
        io.load::<Order>("Load", ORDER)?;
    }
}

fn wavers(io: &mut dyn Io, command: &AddLine) -> Flow {
    static RUNS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let runs = RUNS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    if runs % 3 == 2 {
        return io.ack("Ack");
    }
    good(io, command)
}

/// Name, handler, the check that refuses it, and what its author reads.
const CASES: &[(&str, Handle, &str, &[&str])] = &[
    (
        "loops",
        loops,
        "stopped.silent",
        &[
            "did not return for ",
            " s after Load, its call 1, for message 1",
        ],
    ),
    (
        "loops-at-once",
        loops_at_once,
        "stopped.silent",
        &["before its first call, for message 1"],
    ),
    (
        "exits",
        exits,
        "stopped.exit",
        &["exit status 0 after Load", "std::process::exit"],
    ),
    (
        "aborts",
        aborts,
        "stopped.abort",
        &["signal 6", "std::process::abort"],
    ),
    (
        "recurses",
        recurses,
        "stopped.stack",
        &["overflowed the stack after Load", "call itself"],
    ),
    (
        "allocates",
        allocates,
        "stopped.memory",
        &["MB of memory after Load"],
    ),
    (
        "starts-threads",
        starts_threads,
        "stopped.threads",
        &["threads"],
    ),
    (
        "panics",
        panics,
        "rules",
        &["no line, at ", "tests/contained.rs:"],
    ),
    (
        "misspells",
        misspells,
        "rules",
        &["`Laod` is not a step of this protocol; did you mean `Load`?"],
    ),
    (
        "swallows",
        swallows,
        "rules",
        &["goes on after Load was interrupted", "`?`"],
    ),
    (
        "unwraps",
        unwraps,
        "rules",
        &["when Load is interrupted", "tests/contained.rs:"],
    ),
    (
        "loops-with-calls",
        loops_with_calls,
        "rules",
        &["made 64 calls for one message", "again and again"],
    ),
    ("wavers", wavers, "rules", &["not deterministic"]),
];

fn main() -> ExitCode {
    if let Ok(name) = std::env::var(BAD) {
        let known = CASES.iter().find(|(case, ..)| *case == name);
        let handle = known.map_or(good as Handle, |(_, handle, ..)| *handle);
        return program::main(DEFINITION, &Answer::new(Handler::new(handle)));
    }
    // `cargo test -- NAME` runs other tests by name: this one has none.
    accepts_a_good_handler();
    for case in CASES {
        refuses(case);
    }
    ExitCode::SUCCESS
}

/// Runs this program with a handler; the attempt, and what it said.
fn judge(name: &str) -> (Attempt, String) {
    let program = std::env::current_exe().unwrap();
    let said = tempfile::NamedTempFile::new().unwrap();
    let attempt = attempt(&|| {
        let mut command = Command::new(&program);
        command
            .env(BAD, name)
            .stdout(Stdio::from(said.reopen().unwrap()));
        command
    });
    let text = std::fs::read_to_string(said.path()).unwrap();
    (attempt.unwrap(), text)
}

fn accepts_a_good_handler() {
    let (attempt, said) = judge("good");
    assert_eq!(attempt.refused(), None, "{said}");
    assert!(said.contains("NoLostEffect holds"), "{said}");
}

fn refuses((name, _, check, words): &(&str, Handle, &str, &[&str])) {
    let started = Instant::now();
    let (attempt, mut said) = judge(name);
    if let Attempt::Stopped(why) = &attempt {
        said.push_str(&why.to_string());
    }
    assert_eq!(attempt.refused().as_deref(), Some(*check), "{name}: {said}");
    for words in *words {
        assert!(said.contains(words), "{name}: {words:?} is not in: {said}");
    }
    assert!(said.len() < 4_000, "{name} says {} bytes", said.len());
    assert!(started.elapsed() < Duration::from_secs(60), "{name}");
}
