//! One run of TLC: a private folder with the module files, one child process, and its output as text.
//!
//! TLC names its working folder by the time in seconds, and unpacks its modules into the shared
//! temporary folder. So two runs disturb each other unless each has its own folder. A run here gets
//! one, which is removed with the [`RunOutput`]. All names on the command line are relative to it, so
//! [`TlcRun::command_line`] can be shown before the folder exists. The meaning of TLC's exit codes
//! and messages is decided elsewhere.

mod memory;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::child::{self, ChildError, Limits};
use super::env::Env;
use super::jar::Jar;
use super::java::Java;
use tandem_search::cancel::Cancel;

pub use super::child::Exit;
pub use super::folder::{RunFolder, free_megabytes};

/// The folder for TLC's states, inside the run's folder.
const STATES: &str = "states";
/// The folder into which it unpacks its own modules. It must exist.
pub const SCRATCH: &str = "tmp";
/// The dumped graph; TLC appends `.dot` to the name it is given.
const GRAPH: &str = "graph";
/// The default time limit of a run. No child process runs without a limit.
pub const TIME_LIMIT: Duration = Duration::from_secs(3600);
const OUTPUT_LIMIT_BYTES: usize = 256_000_000;

/// A run to start. Build it with [`TlcRun::new`], and set what differs from the defaults.
#[derive(Clone, Debug)]
pub struct TlcRun {
    /// The Java to run.
    pub java: Java,
    /// The jar of TLC.
    pub jar: Jar,
    /// The module to check: `X` for the files `X.tla` and `X.cfg`.
    pub module: String,
    /// Every file that TLC needs, as plain name and content.
    pub files: Vec<(String, String)>,
    /// TLC's worker threads; 1 by default, which makes its counts and traces reproducible.
    pub workers: usize,
    /// The Java heap. The default is 2 GB, or half of the memory if that is less.
    pub heap_mb: Option<u32>,
    /// The time limit. The default is [`TIME_LIMIT`].
    pub time_limit: Option<Duration>,
    /// Whether a state without a successor is an error. The default is true.
    pub deadlock_check: bool,
    /// Whether to write the state graph as a dot file.
    pub dump: bool,
    /// For runs of more than a few seconds: Java compiles for speed instead of starting quickly.
    pub long: bool,
    /// The limit on TLC's output, stdout and stderr together.
    pub output_limit_bytes: usize,
    /// Further options of TLC, placed before the module.
    pub extra: Vec<String>,
}

/// A run that has ended, with any verdict.
#[derive(Debug)]
pub struct RunOutput {
    /// How it ended.
    pub exit: Exit,
    /// What TLC printed; bytes that are not UTF-8 are replaced.
    pub stdout: String,
    /// What TLC printed as errors; most of it comes from Java.
    pub stderr: String,
    /// The dumped graph, if it was requested and written. It is removed with the folder.
    pub dump: Option<PathBuf>,
    /// The duration.
    pub elapsed: Duration,
    /// The private folder, removed when this is dropped.
    pub folder: RunFolder,
}

/// Why TLC could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessError {
    /// The name of a file or of the module could leave the folder or be mistaken for an option.
    #[error(
        "{name:?} cannot name a file of a TLC run: use letters, digits, `_`, `-` and `.`, starting \
         with a letter, a digit or `_`"
    )]
    BadName {
        /// The name.
        name: String,
    },
    /// The private folder cannot be created.
    #[error(
        "cannot create a folder for TLC in {}: {source}; free some space there or set TMPDIR to \
         another folder", temp_dir.display()
    )]
    NoFolder {
        /// The temporary folder.
        temp_dir: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// A module file cannot be written.
    #[error(
        "cannot write {} for TLC: {source}; free some space there or set TMPDIR to another folder",
        path.display()
    )]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// Java does not start, or waiting for it failed.
    #[error("cannot run {}: {source}; check that `java -version` works", java.display())]
    NotRun {
        /// The program.
        java: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// TLC printed more than the limit.
    #[error(
        "TLC printed more than {} MB while checking {module} and was stopped: remove Print and \
         PrintT from the spec, or check a smaller model", limit_bytes / 1_000_000
    )]
    TooMuchOutput {
        /// The module.
        module: String,
        /// The limit.
        limit_bytes: usize,
    },
}

impl TlcRun {
    /// A run with one worker, deadlock check, no dump and the default time limit.
    pub fn new(java: Java, jar: Jar, module: &str, files: Vec<(String, String)>) -> Self {
        Self {
            java,
            jar,
            module: module.to_owned(),
            files,
            workers: 1,
            heap_mb: None,
            time_limit: None,
            deadlock_check: true,
            dump: false,
            long: false,
            output_limit_bytes: OUTPUT_LIMIT_BYTES,
            extra: Vec::new(),
        }
    }

    /// The exact command. It must be run in a folder that contains the files and an empty folder
    /// `tmp`.
    pub fn command_line(&self) -> CommandLine {
        let mut words = vec![self.java.path.clone().into_os_string()];
        words.extend(self.arguments());
        CommandLine(words)
    }

    fn arguments(&self) -> Vec<OsString> {
        let heap = self.heap_mb.unwrap_or_else(memory::default_heap_mb);
        let mut words: Vec<OsString> = vec!["-XX:+UseSerialGC".into()];
        if !self.long {
            words.push("-XX:TieredStopAtLevel=1".into());
        }
        // Without the first option, a killed Java leaves a file in the shared temporary folder.
        // Without the others, the numbers and letters that TLC prints depend on the user's locale.
        words.extend(
            [
                "-XX:-UsePerfData",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
            ]
            .map(OsString::from),
        );
        words.push(format!("-Xmx{heap}m").into());
        words.push(format!("-Djava.io.tmpdir={SCRATCH}").into());
        words.extend(["-cp".into(), self.jar.path.clone().into_os_string()]);
        words.extend(["tlc2.TLC", "-tool"].map(OsString::from));
        if !self.deadlock_check {
            words.push("-deadlock".into()); // TLC's option switches the check off.
        }
        words.extend(["-workers".into(), self.workers.max(1).to_string().into()]);
        words.extend(["-metadir", STATES].map(OsString::from));
        if self.dump {
            words.extend(["-dump", "dot,actionlabels", GRAPH].map(OsString::from));
        }
        words.extend(self.extra.iter().map(OsString::from));
        words.extend(["-config".into(), format!("{}.cfg", self.module).into()]);
        words.push(format!("{}.tla", self.module).into());
        words
    }

    /// Runs TLC to its end, its time limit or the cancellation, whichever comes first. In the latter
    /// cases it is killed, and the output is what it had printed until then.
    ///
    /// This blocks the calling thread, which must not end earlier: on Linux, `setpriv` makes the
    /// kernel kill TLC together with that thread. So no Java is left behind even if Tandem is killed.
    ///
    /// # Errors
    ///
    /// If TLC could not be run at all. Neither its findings nor its exit code are an error.
    pub fn run(&self, env: &Env, cancel: &Cancel) -> Result<RunOutput, ProcessError> {
        let folder = self.prepare(env)?;
        let mut command = tied_to_parent(env, &self.java.path, cancel);
        command.args(self.arguments()).current_dir(folder.path());
        let limits = Limits {
            time: self.time_limit.unwrap_or(TIME_LIMIT),
            output_bytes: self.output_limit_bytes,
            cancel,
        };
        let finished = child::run(command, limits).map_err(|error| self.explain(error))?;
        let graph = folder.path().join(format!("{GRAPH}.dot"));
        Ok(RunOutput {
            exit: finished.exit,
            stdout: text(finished.stdout),
            stderr: text(finished.stderr),
            dump: (self.dump && graph.is_file()).then_some(graph),
            elapsed: finished.elapsed,
            folder,
        })
    }

    /// The private folder with all files.
    fn prepare(&self, env: &Env) -> Result<RunFolder, ProcessError> {
        let names = self.files.iter().map(|(name, _)| name);
        for name in names.chain([&self.module]) {
            if !is_plain(name) {
                return Err(ProcessError::BadName { name: name.clone() });
            }
        }
        let no_folder = |source| ProcessError::NoFolder {
            temp_dir: env.temp_dir.clone(),
            source,
        };
        let folder = RunFolder::create(&env.temp_dir).map_err(no_folder)?;
        std::fs::create_dir(folder.path().join(SCRATCH)).map_err(no_folder)?;
        for (name, content) in &self.files {
            let path = folder.path().join(name);
            std::fs::write(&path, content)
                .map_err(|source| ProcessError::NotWritten { path, source })?;
        }
        Ok(folder)
    }

    fn explain(&self, error: ChildError) -> ProcessError {
        match error {
            ChildError::Start(source) | ChildError::Wait(source) => ProcessError::NotRun {
                java: self.java.path.clone(),
                source,
            },
            ChildError::TooMuchOutput { limit } => ProcessError::TooMuchOutput {
                module: self.module.clone(),
                limit_bytes: limit,
            },
        }
    }
}

/// A command line. Its text is quoted for a POSIX shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine(Vec<OsString>);

impl CommandLine {
    /// The program and its arguments.
    pub fn words(&self) -> &[OsString] {
        &self.0
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.0.iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            write!(f, "{space}{}", quoted(&word.to_string_lossy()))?;
        }
        Ok(())
    }
}

fn quoted(word: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || "-_./:=+,@%".contains(c);
    if !word.is_empty() && word.chars().all(is_safe) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn is_plain(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(is_word) && name.chars().all(|c| is_word(c) || "-.".contains(c))
}

/// Converts bytes to text. Valid UTF-8 is not copied.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A command for the program. If possible, the kernel kills the program when Tandem ends.
///
/// Linux's `setpriv` sets this up and then becomes the program. The `setpriv` of BusyBox does not
/// have the option, so the option is tried first. On other systems, if Tandem is killed with SIGKILL,
/// TLC runs to its end.
fn tied_to_parent(env: &Env, program: &Path, cancel: &Cancel) -> Command {
    const OPTION: [&str; 2] = ["--pdeathsig", "KILL"];
    let setpriv = if cfg!(target_os = "linux") {
        env.find("setpriv")
    } else {
        None
    };
    let Some(setpriv) = setpriv else {
        return env.command(program);
    };
    let mut trial = env.command(&setpriv);
    trial.args(OPTION).arg(&setpriv).arg("--version");
    let limits = Limits {
        time: Duration::from_secs(10),
        output_bytes: 100_000,
        cancel,
    };
    match child::run(trial, limits) {
        Ok(finished) if finished.exit == Exit::Code(0) => {
            let mut command = env.command(setpriv);
            command.args(OPTION).arg(program);
            command
        }
        _ => env.command(program),
    }
}

#[cfg(all(test, unix))]
mod tests;
