//! The commands of the course.

use std::net::IpAddr;

use clap::Subcommand;

/// `tandem exercise`. An exercise has a name and a number; without one, the first that is not solved is
/// meant.
#[derive(Debug, Subcommand)]
pub enum ExerciseCommand {
    /// Lists the exercises and which of them are solved.
    List,
    /// Tells the story and the task of an exercise, and shows how its handler fails now.
    Start {
        /// Its name or number.
        name: Option<String>,
    },
    /// Starts the first exercise that is not solved.
    Next,
    /// Builds your handler and judges it.
    Check {
        /// The name or number of the exercise.
        name: Option<String>,
    },
    /// Compares your handler with the TLA+ specification, step for step. Needs Java.
    Compare {
        /// The name or number of the exercise.
        name: Option<String>,
    },
    /// The TLA+ side of an exercise: tells its task and checks your definition. Without a name, the first
    /// exercise that is not solved.
    Tla {
        /// The name or number of the exercise.
        name: Option<String>,
        /// Checks whenever you save the file.
        #[arg(long)]
        watch: bool,
        /// Shows the definition as the specification has it, after you have solved it.
        #[arg(long, conflicts_with = "watch")]
        solution: bool,
        /// With `--solution`: also if it is not solved yet.
        #[arg(long, requires = "solution")]
        anyway: bool,
        /// Brings the file back to what it was at the start.
        #[arg(long, conflicts_with_all = ["watch", "solution"])]
        reset: bool,
    },
    /// Opens your handler in the explorer, with the line of each step, and again whenever you save it, until
    /// Ctrl-C. The first time takes a while to build.
    Explore {
        /// The name or number of the exercise.
        name: Option<String>,
        /// The port, 0 for any that is free. [default: 3000, or any that is free]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Opens the page in the browser.
        #[arg(long)]
        open: bool,
    },
    /// The second phase of an exercise: opens a room in which the group looks at your handler together. It
    /// is shown as in `explore`, with the exercise's texts, a timer and a short address to join.
    Group {
        /// The name or number of the exercise.
        name: Option<String>,
        /// The port, 0 for any that is free. [default: 3000, or any that is free]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Opens the page in the browser.
        #[arg(long)]
        open: bool,
        /// The address to listen at, as in `--bind 192.168.1.7`; 0.0.0.0 is every address of this machine.
        #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
        bind: IpAddr,
    },
    /// Checks again whenever you save the file, or press Enter.
    Watch {
        /// The name or number of the exercise.
        name: Option<String>,
        /// Checks only when you press Enter, for file systems that do not report changes.
        #[arg(long)]
        by_hand: bool,
        /// The first phase of an exercise, alone: starts a timer of its ten minutes, whose end is seen and
        /// heard.
        #[arg(long)]
        timer: bool,
    },
    /// Gives a hint.
    Hint {
        /// The name or number of the exercise.
        name: String,
        /// Which of the three.
        #[arg(default_value_t = 1)]
        number: usize,
    },
    /// Shows the solution, why it is right, and the lecture.
    Solution {
        /// The name or number of the exercise.
        name: String,
        /// Also if the exercise is not solved yet.
        #[arg(long)]
        anyway: bool,
    },
    /// Brings the handler back to what it was at the start; your version is kept beside it.
    Reset {
        /// The name or number of the exercise.
        name: String,
    },
    /// Checks that this machine is ready for the course, and makes it ready: Rust, a linker, Java if you want
    /// it, every crate, the first build, and one exercise. After it no network is needed. Exit code 2: something
    /// is missing, and what, and how to get it.
    Setup,
    /// Tests the exercises themselves: for authors.
    Verify {
        /// The name or number of the only exercise to test; without one, all are tested.
        name: Option<String>,
        /// First writes the files that are made of the exercises' definitions.
        #[arg(long, conflicts_with = "name")]
        write: bool,
    },
}
