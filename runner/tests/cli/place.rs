//! The environment of a command, and its result.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value as Json;
use tempfile::TempDir;

/// A search path, a cache, a temporary folder, and a jar that passes for TLC's.
pub(crate) struct Place(TempDir);

/// The result of a run.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Place(tempfile::tempdir().unwrap());
        for folder in ["bin", "cache", "tmp"] {
            fs::create_dir(place.path(folder)).unwrap();
        }
        let mut jar = zip::ZipWriter::new(fs::File::create(place.path("fake.jar")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        jar.start_file("tlc2/TLC.class", options).unwrap();
        jar.finish().unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A place whose Java tells its version, and does this when it is asked to run TLC.
    pub(crate) fn with_java(script: &str) -> Self {
        let place = Self::new();
        let java = place.path("bin/java");
        let text = format!(
            "#!/bin/sh\nPATH=/usr/bin:/bin\ncase \"$*\" in *-version*) \
             echo 'openjdk version \"21\"' >&2; exit 0;; esac\n{script}\n"
        );
        fs::write(&java, text).unwrap();
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&java, executable).unwrap();
        place
    }

    /// A Java that prints a recorded log of TLC 2.15 and ends with its code.
    pub(crate) fn replaying(log: &str, code: u8) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tlc-logs/2.15");
        Self::with_java(&format!(
            "cat '{}/{log}.log'; exit {code}",
            folder.display()
        ))
    }

    /// `tandem`, which sees nothing but this place.
    pub(crate) fn tandem(&self, arguments: &str) -> Command {
        let mut command = Command::new(cargo_bin("tandem"));
        command
            .args(arguments.split_whitespace())
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("TMPDIR", self.path("tmp"))
            .env("TANDEM_CACHE_DIR", self.path("cache"))
            .env("TANDEM_TLC_JAR", self.path("fake.jar"))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn ended(&self, output: &Output) -> Ended {
        let scrub = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            text.replace(self.0.path().to_str().unwrap(), "[DIR]")
        };
        assert_eq!(self.left_behind(), Vec::<PathBuf>::new());
        Ended {
            code: output.status.code(),
            stdout: scrub(&output.stdout),
            stderr: scrub(&output.stderr),
        }
    }

    pub(crate) fn left_behind(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("tmp")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    pub(crate) fn run(&self, arguments: &str) -> Ended {
        self.ended(&self.tandem(arguments).output().unwrap())
    }

    /// What is said about a run that could not be made: on stderr, with exit code 2.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &str) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(2), "{}{}", ended.stdout, ended.stderr);
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
        ended.stderr
    }
}

pub(crate) fn run(arguments: &str) -> Ended {
    Place::new().run(arguments)
}

#[track_caller]
pub(crate) fn refused(arguments: &str) -> String {
    Place::new().refused(arguments)
}

pub(crate) fn json(ended: &Ended) -> Json {
    serde_json::from_str(&ended.stdout).unwrap()
}
