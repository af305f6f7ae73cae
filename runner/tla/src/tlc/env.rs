//! The environment of the bridge to TLC: variables and folders, collected once in a plain value.
//!
//! The binary calls [`Env::from_process`]. Tests build an [`Env`] of their own with fake programs on
//! a private search path, because they run in parallel in one process and must not change its
//! environment.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use etcetera::BaseStrategy;

/// The variable that names a `tla2tools.jar` to use.
pub const JAR_VARIABLE: &str = "TANDEM_TLC_JAR";
/// The variable that moves Tandem's cache folder.
pub const CACHE_VARIABLE: &str = "TANDEM_CACHE_DIR";

/// The environment: search path, folders, and the variables that select a jar or a Java.
#[derive(Clone, Debug, Default)]
pub struct Env {
    /// `PATH`: the folders in which java, setpriv, curl and python3 are looked for. It is passed to
    /// children.
    pub search_path: Option<OsString>,
    /// `JAVA_HOME`.
    pub java_home: Option<PathBuf>,
    /// `TANDEM_TLC_JAR`.
    pub tlc_jar: Option<PathBuf>,
    /// `TANDEM_CACHE_DIR`, else `tandem` in the platform's cache folder; `None` without a home
    /// folder.
    pub cache_dir: Option<PathBuf>,
    /// Where the private folder of a run is created.
    pub temp_dir: PathBuf,
}

impl Env {
    /// Reads this process's environment. A variable that is set but empty counts as unset.
    pub fn from_process() -> Self {
        let path = |name| {
            env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        Self {
            search_path: env::var_os("PATH"),
            java_home: path("JAVA_HOME"),
            tlc_jar: path(JAR_VARIABLE),
            cache_dir: path(CACHE_VARIABLE).or_else(platform_cache),
            temp_dir: env::temp_dir(),
        }
    }

    /// The absolute path of a program on the search path.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let here = env::current_dir().unwrap_or_default();
        which::which_in(program, self.search_path.as_ref(), here).ok()
    }

    /// A command whose own children are looked for on the same search path.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        match &self.search_path {
            Some(path) => command.env("PATH", path),
            None => command.env_remove("PATH"),
        };
        command
    }
}

fn platform_cache() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("tandem"))
}

/// The path made absolute without file system access, because TLC runs in another folder.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
