//! Keeps the rooms of a server in a file while the server restarts. Only the owner may read the file,
//! because it contains the members' secrets.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::room::{Member, Room};

/// A room that was unused for longer than this is not restored.
const OLD: Duration = Duration::from_secs(12 * 60 * 60);

#[derive(Serialize, Deserialize)]
struct Kept {
    members: Vec<KeptMember>,
    joined: usize,
    host: String,
    driver: Option<String>,
    place: String,
    /// When the timer ends, in seconds since 1970.
    timer: Option<u64>,
    /// When the room was last used, in seconds since 1970.
    used: u64,
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct KeptMember {
    id: String,
    secret: String,
    name: String,
}

/// The rooms in a file, without those that are too old; no rooms if the file is missing or invalid.
pub(super) fn read(file: &Path) -> BTreeMap<String, Room> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let kept: BTreeMap<String, Kept> = serde_json::from_str(&text).unwrap_or_default();
    let fresh = kept
        .into_iter()
        .filter(|(_, room)| since(room.used) < OLD.as_secs());
    fresh.map(|(code, room)| (code, room.open())).collect()
}

/// Writes the rooms to a temporary file and renames it, so that a reader never sees a partial file.
pub(super) fn write(file: &Path, rooms: &BTreeMap<String, Room>) -> io::Result<()> {
    let kept: BTreeMap<_, _> = rooms
        .iter()
        .map(|(code, room)| (code, Kept::of(room)))
        .collect();
    write_privately(file, &serde_json::to_vec(&kept)?)
}

/// Writes a file that only its owner may read.
pub(crate) fn write_privately(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = file.with_extension("new");
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&beside)?.write_all(bytes)?;
    fs::rename(&beside, file)
}

impl Kept {
    fn of(room: &Room) -> Self {
        let member = |member: &Member| KeptMember {
            id: member.id.clone(),
            secret: member.secret.clone(),
            name: member.name.clone(),
        };
        let left = |end: Instant| end.saturating_duration_since(Instant::now()).as_secs();
        Kept {
            members: room.members.iter().map(member).collect(),
            joined: room.joined,
            host: room.host.clone(),
            driver: room.driver.clone(),
            place: room.place.clone(),
            timer: room.timer.map(|end| now() + left(end)),
            used: now().saturating_sub(room.used.elapsed().as_secs()),
            version: *room.version.borrow(),
        }
    }

    /// Restores the room. Every member is away until their page follows the room again.
    fn open(self) -> Room {
        let member = |member: KeptMember| Member {
            id: member.id,
            secret: member.secret,
            name: member.name,
            pages: 0,
            heard: Instant::now(),
        };
        let left = |end: u64| Duration::from_secs(end.saturating_sub(now()));
        Room {
            members: self.members.into_iter().map(member).collect(),
            joined: self.joined,
            host: self.host,
            driver: self.driver,
            place: self.place,
            timer: self.timer.map(|end| Instant::now() + left(end)),
            used: Instant::now(),
            // Pages ignore versions that they have seen, so the restored room starts with the next
            // one.
            version: watch::Sender::new(self.version + 1),
        }
    }
}

fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs())
}

fn since(moment: u64) -> u64 {
    now().saturating_sub(moment)
}
