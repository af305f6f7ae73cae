//! Fake programs, jars and caches for the tests of this module. None of them needs Java.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::env::Env;

/// A folder with a search path of its own, a cache and a temporary folder.
pub(crate) struct Fakes(TempDir);

impl Fakes {
    pub(crate) fn new() -> Self {
        let fakes = Self(tempfile::tempdir().unwrap());
        for folder in ["bin", "cache", "temp"] {
            fs::create_dir(fakes.path(folder)).unwrap();
        }
        fakes
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn env(&self) -> Env {
        Env {
            search_path: Some(self.path("bin").into()),
            cache_dir: Some(self.path("cache")),
            temp_dir: self.path("temp"),
            ..Env::default()
        }
    }

    /// Writes a shell script that can use the ordinary programs. A plain file name is created on
    /// the search path.
    ///
    /// Another process writes the file. If this process had it open for writing, a child that a
    /// parallel test is just starting could inherit the open file, and the script would not run
    /// ("text file busy").
    pub(crate) fn program(&self, name: &str, script: &str) {
        let path = if name.contains('/') {
            self.path(name)
        } else {
            self.path("bin").join(name)
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut writer = Command::new("/bin/sh")
            .args(["-c", r#"cat > "$1" && chmod +x "$1""#, "sh"])
            .arg(&path)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = writer.stdin.take().unwrap();
        write!(input, "#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n").unwrap();
        drop(input);
        assert!(writer.wait().unwrap().success());
    }

    /// The names in a folder, sorted.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Replaces the parts that differ from run to run, for a snapshot.
pub(crate) fn scrub(text: &str, fakes: &Fakes) -> String {
    text.replace(fakes.0.path().to_str().unwrap(), "[DIR]")
}

/// A zip archive with these members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file that is accepted as TLC's jar, apart from its checksum.
pub(crate) fn jar() -> Vec<u8> {
    zip(&[("tlc2/TLC.class", b"\xCA\xFE\xBA\xBE")])
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
