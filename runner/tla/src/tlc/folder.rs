//! The private folder of one TLC run or download, and the removal of folders whose owner was killed.
//!
//! A folder is named `tandem-tlc-<pid>-<random>` and contains a lock file that its owner keeps locked.
//! Dropping the guard removes the folder. A Tandem that is killed with SIGKILL cannot do that. So each
//! run first removes old folders: only folders of the same user whose process has ended and whose lock
//! is free. (The lock is reliable even if two containers share a temporary folder but not their
//! process numbers.) This needs `/proc`, hence Linux; on other systems the cleaning of temporary files
//! removes them.

#[cfg(target_os = "linux")]
use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process;

use tempfile::TempDir;

const PREFIX: &str = "tandem-tlc-";
const LOCK: &str = "tandem.lock";

/// The folder of one run, removed when dropped.
#[derive(Debug)]
pub struct RunFolder {
    // Declared first, so that it is closed before the folder is removed (Windows cannot remove open
    // files).
    _lock: File,
    dir: TempDir,
}

impl RunFolder {
    /// Creates a folder that only the current user may enter, after removing old ones.
    pub(crate) fn create(temp_dir: &Path) -> io::Result<Self> {
        let prefix = format!("{PREFIX}{}-", process::id());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let dir = builder.tempdir_in(temp_dir)?;
        let lock = File::create(dir.path().join(LOCK))?;
        // Not every file system supports locks; the process number in the name still protects the
        // folder.
        let _ = lock.try_lock();
        let folder = Self { _lock: lock, dir };
        #[cfg(target_os = "linux")]
        sweep(temp_dir, folder.path());
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// The free space on the disk of a folder, if the system reports it.
pub fn free_megabytes(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::statvfs(folder).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize) / 1_000_000)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Removes the folders that killed runs of the same user have left; `own` is a folder of that user.
/// Failures are ignored, because the next run tries again.
#[cfg(target_os = "linux")]
fn sweep(temp_dir: &Path, own: &Path) {
    use std::os::unix::fs::MetadataExt;
    let Ok(user) = fs::metadata(own).map(|meta| meta.uid()) else {
        return;
    };
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in fs::read_dir(temp_dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(owner) else {
            continue;
        };
        // A symbolic link is not followed.
        let ours = entry
            .metadata()
            .is_ok_and(|meta| meta.is_dir() && meta.uid() == user);
        let alive = Path::new("/proc").join(pid.to_string()).exists();
        if ours && !alive && !is_locked(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The process number in a folder's name.
#[cfg(target_os = "linux")]
fn owner(name: &str) -> Option<u32> {
    let (pid, _) = name.strip_prefix(PREFIX)?.split_once('-')?;
    pid.parse().ok()
}

#[cfg(target_os = "linux")]
fn is_locked(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|file| file.try_lock().is_err())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// A number above the largest process number in Linux.
    const DEAD: u32 = 4_194_305;

    #[test]
    fn a_new_folder_is_private_and_goes_with_its_guard() {
        use std::os::unix::fs::PermissionsExt;
        let temp = tempfile::tempdir().unwrap();
        let folder = RunFolder::create(temp.path()).unwrap();
        let path = folder.path().to_path_buf();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o700
        );
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn a_sweep_takes_only_the_folders_of_dead_owners() {
        let temp = tempfile::tempdir().unwrap();
        let stale = temp.path().join(format!("{PREFIX}{DEAD}-aaaa"));
        fs::create_dir(&stale).unwrap();
        fs::write(stale.join("X.tla"), "").unwrap();
        let alive = temp.path().join(format!("{PREFIX}1-bbbb"));
        fs::create_dir(&alive).unwrap();
        let locked = temp.path().join(format!("{PREFIX}{DEAD}-cccc"));
        fs::create_dir(&locked).unwrap();
        let lock = File::create(locked.join(LOCK)).unwrap();
        lock.lock().unwrap();
        let unrelated = temp.path().join("tandem-tlc-notes");
        fs::create_dir(&unrelated).unwrap();
        let link = temp.path().join(format!("{PREFIX}{DEAD}-dddd"));
        std::os::unix::fs::symlink(&unrelated, &link).unwrap();

        let folder = RunFolder::create(temp.path()).unwrap();

        assert!(!stale.exists());
        assert!(alive.exists() && locked.exists() && unrelated.exists());
        assert!(link.is_symlink(), "a link is left alone");
        assert!(folder.path().exists());
    }
}
