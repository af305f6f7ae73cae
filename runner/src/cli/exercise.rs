//! The commands of the course.

use std::net::IpAddr;

use clap::Subcommand;

/// `tandem exercise`. An exercise has a name and a number. If none is given, the first unsolved exercise is
/// used.
#[derive(Debug, Subcommand)]
pub enum ExerciseCommand {
    /// Lists the exercises and which of them are solved.
    List,
    /// Shows the story and the task of an exercise, and how its handler fails now.
    Start {
        /// The name or number of the exercise.
        name: Option<String>,
    },
    /// Starts the first unsolved exercise.
    Next,
    /// Builds your handler and judges it.
    Check {
        /// The name or number of the exercise.
        name: Option<String>,
    },
    /// Compares your handler with the TLA+ specification, step by step. Needs Java.
    Compare {
        /// The name or number of the exercise.
        name: Option<String>,
    },
    /// The TLA+ part of an exercise: shows its task and checks your definition. Without a name, uses the first
    /// unsolved exercise.
    Tla {
        /// The name or number of the exercise.
        name: Option<String>,
        /// Checks again whenever you save the file.
        #[arg(long)]
        watch: bool,
        /// Shows the definition from the specification, after you have solved the exercise.
        #[arg(long, conflicts_with = "watch")]
        solution: bool,
        /// With `--solution`: also if the exercise is not solved yet.
        #[arg(long, requires = "solution")]
        anyway: bool,
        /// Restores the original file.
        #[arg(long, conflicts_with_all = ["watch", "solution"])]
        reset: bool,
    },
    /// Opens your handler in the explorer, with the source line of each step, and reloads it whenever you save
    /// it, until Ctrl-C. The first build takes a while.
    Explore {
        /// The name or number of the exercise.
        name: Option<String>,
        /// The port; 0 means any free port. [default: 3000, or any free port if it is taken]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Opens the page in the browser.
        #[arg(long)]
        open: bool,
    },
    /// Opens a room in which the group looks at your handler together, after each has worked alone. The page
    /// shows the handler as `explore` does, with the exercise's texts, a timer, and a short address for
    /// joining.
    Group {
        /// The name or number of the exercise.
        name: Option<String>,
        /// The port; 0 means any free port. [default: 3000, or any free port if it is taken]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// Opens the page in the browser.
        #[arg(long)]
        open: bool,
        /// The address to listen at, as in `--bind 192.168.1.7`. 0.0.0.0 means all addresses of this machine.
        #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
        bind: IpAddr,
    },
    /// Checks your handler again whenever you save its file or press Enter.
    Watch {
        /// The name or number of the exercise.
        name: Option<String>,
        /// Checks only when you press Enter, for file systems that do not report changes.
        #[arg(long)]
        by_hand: bool,
        /// The first phase of an exercise, in which you work alone: starts a timer of ten minutes. Its end is
        /// shown, and rings the terminal's bell.
        #[arg(long)]
        timer: bool,
    },
    /// Gives a hint.
    Hint {
        /// The name or number of the exercise.
        name: String,
        /// The number of the hint, from 1 to 3.
        #[arg(default_value_t = 1)]
        number: usize,
    },
    /// Shows the solution, why it is correct, and the lecture.
    Solution {
        /// The name or number of the exercise.
        name: String,
        /// Shows it even if the exercise is not solved yet.
        #[arg(long)]
        anyway: bool,
    },
    /// Restores the original handler. Your version is kept in a file beside it.
    Reset {
        /// The name or number of the exercise.
        name: String,
    },
    /// Prepares this machine for the course and checks it: Rust, a linker, Java if you want it, every crate,
    /// the first build, and one exercise. Afterwards no network is needed. Exit code 2 means that something is
    /// missing; the output says what, and how to install it.
    Setup,
    /// Tests the exercises themselves. For authors of exercises.
    Verify {
        /// The name or number of the only exercise to test. Without it, all are tested.
        name: Option<String>,
        /// First writes the files that are generated from the exercises' definitions.
        #[arg(long, conflicts_with = "name")]
        write: bool,
    },
}
