//! Rooms: one person drives, and all others in the room see the same step in their own browsers.
//!
//! A room stores its place (the part of the driver's address after `#`) and who drives. A person who
//! joins gets a public id and a secret that proves the identity, so the person is recognised when the
//! page is reloaded. A person is present while a page of theirs follows the room's events. If the
//! driver has been away for a while, anybody may take over; the person who opened the room always may.
//! Rooms are kept in a file, so that they survive a restart of the server at the same port ([`kept`]).

mod codes;
mod kept;
mod room;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

pub(crate) use codes::code_in;
pub(crate) use kept::write_privately;

use self::codes::{WrongCodes, code};
use self::room::Room;
use super::problem::Problem;
use super::wire::{Joined, RoomState};

/// The largest number of rooms. If one more is opened, the room that was unused for longest is closed.
const ROOMS: usize = 16;

/// The longest place, in bytes. A path of 500 steps fits.
const PLACE: usize = 8 << 10;

/// The longest timer, in seconds.
const TIMER: u32 = 2 * 60 * 60;

/// All rooms.
pub(crate) struct Rooms {
    /// The address that others open, with the token.
    pub(crate) address: String,
    by_code: Mutex<BTreeMap<String, Room>>,
    /// The file that keeps the rooms, if there is one.
    file: Option<PathBuf>,
    wrong_codes: WrongCodes,
}

impl Rooms {
    /// No rooms yet, on a server with this address for others.
    #[cfg(test)]
    pub(crate) fn new(address: String) -> Self {
        Self::kept_in(address, None)
    }

    /// The rooms from a file, on a server with this address for others; no rooms without a file.
    pub(crate) fn kept_in(address: String, file: Option<PathBuf>) -> Self {
        let by_code = file.as_deref().map(kept::read).unwrap_or_default();
        Rooms {
            address,
            by_code: Mutex::new(by_code),
            file,
            wrong_codes: WrongCodes::default(),
        }
    }

    /// Opens a room. The caller drives.
    ///
    /// # Errors
    ///
    /// If the name is invalid, or the system has no random numbers.
    pub(crate) fn open(&self, name: Option<&str>) -> Result<Joined, Problem> {
        let (code, mut room) = (code()?, Room::new());
        let (id, secret) = room.join(name.unwrap_or("Host"))?;
        room.driver = Some(id.clone());
        room.host.clone_from(&id);
        let state = room.state(&code);
        let mut rooms = self.lock();
        if rooms.len() >= ROOMS {
            let oldest = rooms
                .iter()
                .min_by_key(|(_, room)| (room.anybody(), room.used));
            if let Some(oldest) = oldest.map(|(code, _)| code.clone()) {
                rooms.remove(&oldest);
            }
        }
        rooms.insert(code, room);
        self.keep(&rooms);
        Ok(Joined { id, secret, state })
    }

    /// Joins a room.
    ///
    /// # Errors
    ///
    /// If there is no such room, it is full, or the name is invalid.
    pub(crate) fn join(&self, code: &str, name: &str) -> Result<Joined, Problem> {
        let ((id, secret), state) = self.change(code, |room| room.join(name))?;
        Ok(Joined { id, secret, state })
    }

    /// Checks a code that is shown in place of the token.
    ///
    /// # Errors
    ///
    /// If there is no such room, or too many wrong codes were tried.
    pub(crate) fn invites(&self, code: &str) -> Result<(), Problem> {
        self.wrong_codes.check(|| self.lock().contains_key(code))
    }

    /// Leaves a room. The room is closed when its last member leaves.
    ///
    /// # Errors
    ///
    /// If there is no such room, or no member has that secret.
    pub(crate) fn leave(&self, code: &str, secret: &str) -> Result<RoomState, Problem> {
        let left = self.change(code, |room| {
            let id = room.known(secret)?;
            room.members.retain(|member| member.id != id);
            room.driver.take_if(|driver| *driver == id);
            Ok(())
        });
        let ((), state) = left?;
        let mut rooms = self.lock();
        if rooms.get(code).is_some_and(|room| room.members.is_empty()) {
            rooms.remove(code);
            self.keep(&rooms);
        }
        Ok(state)
    }

    /// Moves the room to the driver's new place.
    ///
    /// # Errors
    ///
    /// If the caller is not the driver, or the place is invalid.
    pub(crate) fn drive(
        &self,
        code: &str,
        secret: &str,
        place: &str,
    ) -> Result<RoomState, Problem> {
        if place.len() > PLACE {
            return Err(Problem::too_large("a place has at most 8 KiB"));
        }
        self.driven(code, secret, |room| place.clone_into(&mut room.place))
    }

    /// Makes another member the driver. The driver may do this. The person who opened the room may take
    /// over at any time, and anybody may if nobody has driven for a while.
    ///
    /// # Errors
    ///
    /// If the caller is not allowed to, or there is no such member.
    pub(crate) fn hand_over(
        &self,
        code: &str,
        secret: &str,
        to: &str,
    ) -> Result<RoomState, Problem> {
        let handed = self.change(code, |room| {
            let asks = room.known(secret)?;
            let free = room.free_in() == Some(Duration::ZERO);
            let takes = asks == to && (free || room.host == asks);
            if !takes && room.driver.as_ref() != Some(&asks) {
                return Err(not_driving());
            }
            if !room.members.iter().any(|member| member.id == to) {
                return Err(nobody());
            }
            room.driver = Some(to.to_owned());
            Ok(())
        });
        handed.map(|((), state)| state)
    }

    /// Starts or stops the timer.
    ///
    /// # Errors
    ///
    /// If the caller is not the driver, or the time is too long.
    pub(crate) fn time(
        &self,
        code: &str,
        secret: &str,
        seconds: Option<u32>,
    ) -> Result<RoomState, Problem> {
        if seconds.is_some_and(|seconds| seconds > TIMER) {
            return Err(Problem::bad(
                "bad-timer",
                "a timer runs for two hours at most",
            ));
        }
        self.driven(code, secret, |room| {
            let length = seconds.map(|seconds| Duration::from_secs(seconds.into()));
            room.timer = length.map(|length| Instant::now() + length);
        })
    }

    /// The state that all members see.
    ///
    /// # Errors
    ///
    /// If there is no such room.
    pub(crate) fn state(&self, code: &str) -> Result<RoomState, Problem> {
        let rooms = self.lock();
        let room = rooms.get(code).ok_or_else(closed)?;
        Ok(room.state(code))
    }

    /// Marks a member as present until [`Rooms::turn_away`]. The receiver changes with each change of
    /// the room, and ends when the room is closed.
    ///
    /// # Errors
    ///
    /// If there is no such room, or no member has that id.
    pub(crate) fn follow(&self, code: &str, id: &str) -> Result<watch::Receiver<u64>, Problem> {
        let followed = self.change(code, |room| {
            let version = room.version.subscribe();
            let mut members = room.members.iter_mut();
            let member = members.find(|member| member.id == id).ok_or_else(nobody)?;
            member.pages += 1;
            Ok(version)
        });
        followed.map(|(version, _)| version)
    }

    /// A page of the member no longer follows the room. It may have been closed, or it may be
    /// reconnecting.
    pub(crate) fn turn_away(&self, code: &str, id: &str) {
        // An error means that the room is closed or the member has left, and then there is nothing to
        // do.
        let _ = self.change(code, |room| {
            let mut members = room.members.iter_mut();
            let member = members.find(|member| member.id == id).ok_or_else(nobody)?;
            member.pages = member.pages.saturating_sub(1);
            member.heard = Instant::now();
            Ok(())
        });
    }

    /// Writes all rooms to the file. If the disk is full, only a restart loses the rooms.
    fn keep(&self, rooms: &BTreeMap<String, Room>) {
        if let Some(file) = &self.file {
            let _ = kept::write(file, rooms);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Room>> {
        self.by_code.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn driven(
        &self,
        code: &str,
        secret: &str,
        change: impl FnOnce(&mut Room),
    ) -> Result<RoomState, Problem> {
        let changed = self.change(code, |room| {
            let asks = room.known(secret)?;
            if room.driver.as_ref() != Some(&asks) {
                return Err(not_driving());
            }
            change(room);
            Ok(())
        });
        changed.map(|((), state)| state)
    }

    fn change<T>(
        &self,
        code: &str,
        change: impl FnOnce(&mut Room) -> Result<T, Problem>,
    ) -> Result<(T, RoomState), Problem> {
        let mut rooms = self.lock();
        let room = rooms.get_mut(code).ok_or_else(closed)?;
        room.forget();
        let done = change(room)?;
        room.used = Instant::now();
        room.version.send_modify(|version| *version += 1);
        let state = room.state(code);
        self.keep(&rooms);
        Ok((done, state))
    }
}

fn closed() -> Problem {
    let hint = "there is no room of that code any more; ask for the code again";
    Problem::missing("no-room", hint)
}

fn nobody() -> Problem {
    Problem::missing("unknown-member", "there is nobody of that id in the room")
}

fn not_driving() -> Problem {
    let hint = "only who drives may do that; ask for the wheel";
    Problem::forbidden("not-driving", hint)
}

#[cfg(test)]
mod tests;
