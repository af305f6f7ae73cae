//! Finds the Java that runs TLC: the one in `JAVA_HOME`, else the first on the search path. It must
//! be version 11 or newer.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::child::{self, Exit, Limits, last_lines};
use super::env::{Env, absolute};
use tandem_search::cancel::Cancel;

/// The oldest Java that TLC's releases run on.
pub const OLDEST_MAJOR: u32 = 11;
/// About twenty times the duration of a first start on a busy machine.
const TIME_LIMIT: Duration = Duration::from_secs(15);
const INSTALL: &str = "install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install \
                       default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget \
                       install EclipseAdoptium.Temurin.21.JRE`)";

/// A Java whose version is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Java {
    /// The program, as an absolute path.
    pub path: PathBuf,
    /// 11, 17, 21, …
    pub major: u32,
    /// The version as Java prints it, such as `17.0.15`.
    pub version: String,
}

/// Why no usable Java was found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JavaError {
    /// There is none on the search path, and `JAVA_HOME` is not set.
    #[error(
        "java was not found: JAVA_HOME is not set and no folder of PATH has it; TLC needs it: {INSTALL}"
    )]
    Missing,
    /// `JAVA_HOME` names a folder without Java.
    #[error(
        "JAVA_HOME is set to {}, which has no bin/java: correct the variable or unset it, so that \
         PATH is searched", home.display()
    )]
    BadHome {
        /// The value of `JAVA_HOME`.
        home: PathBuf,
    },
    /// It could not be run, or did not print a version.
    #[error(
        "{} was found but `java -version` did not work: {reason}; {INSTALL}, or set JAVA_HOME to one \
         that works", path.display()
    )]
    Unusable {
        /// The program that was tried.
        path: PathBuf,
        /// What happened.
        reason: String,
    },
    /// It is older than [`OLDEST_MAJOR`].
    #[error(
        "{} is Java {version}, but TLC needs version {OLDEST_MAJOR} or newer: {INSTALL}, or set \
         JAVA_HOME to a newer one", path.display()
    )]
    TooOld {
        /// The program that was asked.
        path: PathBuf,
        /// The version that it printed.
        version: String,
    },
    /// Tandem was asked to stop.
    #[error("interrupted while asking java for its version")]
    Interrupted,
}

impl Java {
    /// Finds Java and its version.
    ///
    /// # Errors
    ///
    /// If there is no Java, it does not run, or it is too old. A `JAVA_HOME` without a Java is also
    /// an error, because the user asked for that one.
    pub fn find(env: &Env, cancel: &Cancel) -> Result<Self, JavaError> {
        Self::find_within(TIME_LIMIT, env, cancel)
    }

    fn find_within(time: Duration, env: &Env, cancel: &Cancel) -> Result<Self, JavaError> {
        let path = match &env.java_home {
            Some(home) => Self::of_home(home)?,
            None => env.find("java").ok_or(JavaError::Missing)?,
        };
        let unusable = |reason: String| JavaError::Unusable {
            path: path.clone(),
            reason,
        };
        let mut command = env.command(&path);
        // Without the first option, Java writes into the shared temporary folder.
        command.args(["-XX:-UsePerfData", "-version"]);
        let limits = Limits {
            time,
            output_bytes: 1_000_000,
            cancel,
        };
        let mut finished =
            child::run(command, limits).map_err(|error| unusable(error.to_string()))?;
        finished.stderr.append(&mut finished.stdout);
        match finished.exit {
            Exit::Code(0) => {}
            Exit::Interrupted => return Err(JavaError::Interrupted),
            Exit::TimedOut => {
                let seconds = time.as_secs_f32();
                return Err(unusable(format!("it did not answer within {seconds} s")));
            }
            Exit::Code(_) | Exit::Signal(_) => {
                return Err(unusable(last_lines(&finished.stderr, 3)));
            }
        }
        let text = String::from_utf8_lossy(&finished.stderr);
        let (major, version) = parse_version(&text)
            .ok_or_else(|| unusable(format!("no version in {:?}", text.trim())))?;
        if major < OLDEST_MAJOR {
            return Err(JavaError::TooOld { path, version });
        }
        Ok(Self {
            path,
            major,
            version,
        })
    }

    fn of_home(home: &Path) -> Result<PathBuf, JavaError> {
        let path = absolute(home).join("bin").join(format!("java{EXE_SUFFIX}"));
        if path.is_file() {
            Ok(path)
        } else {
            Err(JavaError::BadHome {
                home: home.to_path_buf(),
            })
        }
    }
}

/// Parses `… version "17.0.15" …`. Up to Java 8 the major version is the second number, as in
/// `1.8.0_392`.
fn parse_version(text: &str) -> Option<(u32, String)> {
    let (_, rest) = text.split_once("version \"")?;
    let (version, _) = rest.split_once('"')?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit());
    let major = match numbers.next()?.parse().ok()? {
        1 => numbers.next()?.parse().ok()?,
        major => major,
    };
    Some((major, version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_all_ages_are_read() {
        for (text, expected) in [
            ("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK", 17),
            ("java version \"1.8.0_392\"", 8),
            ("openjdk version \"21\" 2023-09-19 LTS", 21),
            ("openjdk version \"22-ea\" 2024-03-19", 22),
            (
                "Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"11.0.2\"",
                11,
            ),
        ] {
            assert_eq!(parse_version(text).map(|found| found.0), Some(expected));
        }
        for text in [
            "",
            "version \"",
            "version \"\"",
            "version \"x\"",
            "version \"1\"",
        ] {
            assert_eq!(parse_version(text), None, "{text}");
        }
    }
}

#[cfg(all(test, unix))]
mod fake_java_tests {
    use super::super::fakes::{Fakes, scrub};
    use super::*;

    fn find(fakes: &Fakes) -> Result<Java, JavaError> {
        Java::find(&fakes.env(), &Cancel::new())
    }

    fn error(fakes: &Fakes) -> String {
        scrub(&find(fakes).unwrap_err().to_string(), fakes)
    }

    #[test]
    fn java_on_the_path_is_found() {
        let fakes = Fakes::new();
        fakes.program("java", r#"echo 'openjdk version "21.0.1" 2023' >&2"#);
        let java = find(&fakes).unwrap();
        assert_eq!((java.major, java.version.as_str()), (21, "21.0.1"));
    }

    #[test]
    fn java_home_comes_before_the_path() {
        let fakes = Fakes::new();
        fakes.program("java", r#"echo 'openjdk version "21"' >&2"#);
        fakes.program("home/bin/java", r#"echo 'openjdk version "17"' >&2"#);
        let mut env = fakes.env();
        env.java_home = Some(fakes.path("home"));
        let java = Java::find(&env, &Cancel::new()).unwrap();
        assert_eq!(java.major, 17);
    }

    #[test]
    fn a_missing_java_says_what_to_install() {
        insta::assert_snapshot!(error(&Fakes::new()), @"java was not found: JAVA_HOME is not set and no folder of PATH has it; TLC needs it: install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`)");
    }

    #[test]
    fn a_java_home_without_java_is_an_error() {
        let fakes = Fakes::new();
        let mut env = fakes.env();
        env.java_home = Some(fakes.path("nowhere"));
        let error = Java::find(&env, &Cancel::new()).unwrap_err().to_string();
        insta::assert_snapshot!(scrub(&error, &fakes), @"JAVA_HOME is set to [DIR]/nowhere, which has no bin/java: correct the variable or unset it, so that PATH is searched");
    }

    #[test]
    fn an_old_java_is_refused() {
        let fakes = Fakes::new();
        fakes.program("java", r#"echo 'java version "1.8.0_392"' >&2"#);
        insta::assert_snapshot!(error(&fakes), @"[DIR]/bin/java is Java 1.8.0_392, but TLC needs version 11 or newer: install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`), or set JAVA_HOME to a newer one");
    }

    #[test]
    fn a_java_that_fails_is_quoted() {
        let fakes = Fakes::new();
        fakes.program("java", "echo 'No Java runtime present' >&2; exit 1");
        insta::assert_snapshot!(error(&fakes), @"[DIR]/bin/java was found but `java -version` did not work: No Java runtime present; install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`), or set JAVA_HOME to one that works");
    }

    /// The fake program starts a process that would keep the pipes open.
    #[test]
    fn a_java_that_hangs_is_given_up() {
        let fakes = Fakes::new();
        fakes.program("java", "sleep 60 & sleep 60");
        let limit = Duration::from_millis(250);
        let started = std::time::Instant::now();
        let error = Java::find_within(limit, &fakes.env(), &Cancel::new()).unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(20));
        let error = error.to_string();
        assert!(
            error.contains("it did not answer within 0.25 s; install"),
            "{error}"
        );
    }

    #[test]
    fn a_java_that_says_nothing_is_refused() {
        let fakes = Fakes::new();
        fakes.program("java", "exit 0");
        insta::assert_snapshot!(error(&fakes), @r#"[DIR]/bin/java was found but `java -version` did not work: no version in ""; install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`), or set JAVA_HOME to one that works"#);
    }
}
