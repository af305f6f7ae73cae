//! Checks a jar: its checksum, whether it contains TLC, and whether a file beside it breaks it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

const TLC_CLASS: &str = "tlc2/TLC.class";
const NEIGHBOUR: &str = "CommunityModules.jar";

/// The SHA-256 of a file, in lower-case hexadecimal digits.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut chunk = [0; 64 * 1024];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => hasher.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let digits = hasher.finalize();
    Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether the file is a jar that contains TLC; the error completes "it is named, but …".
pub(super) fn contains_tlc(path: &Path) -> Result<(), String> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err("there is no such file".to_owned());
        }
        Err(error) => return Err(format!("it cannot be read: {error}")),
    };
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err("that is a folder".to_owned());
    }
    let mut archive =
        ZipArchive::new(file).map_err(|error| format!("that is not a readable jar ({error})"))?;
    match archive.by_name(TLC_CLASS) {
        Ok(_) => Ok(()),
        Err(ZipError::FileNotFound) => Err(format!("that jar has no {TLC_CLASS}")),
        Err(error) => Err(format!("its {TLC_CLASS} cannot be read ({error})")),
    }
}

/// The CommunityModules.jar beside a jar, if there is one.
pub(super) fn community_modules(jar: &Path) -> Option<PathBuf> {
    let neighbour = jar.with_file_name(NEIGHBOUR);
    neighbour.exists().then_some(neighbour)
}
