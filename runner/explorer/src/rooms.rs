//! Rooms: one drives, everybody else in the room sees the same step, in a browser of their own.
//!
//! A room knows a place, which is what stands after `#` in the driver's address, and who drives. Who
//! joins gets an id that all may know, and a secret that proves it, so a page that is loaded again
//! is still who it was. Somebody is there while they follow the room's events. Once the driver has
//! been away for a while, anybody may take the wheel, and the person who opened the room always may.
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

/// Rooms at a time; the one that nothing has happened in for longest makes room.
const ROOMS: usize = 16;

/// The longest place, in bytes: that of a path of 500 steps fits.
const PLACE: usize = 8 << 10;

/// The longest timer.
const TIMER: u32 = 2 * 60 * 60;

/// All rooms.
pub(crate) struct Rooms {
    /// What others open to come here, with the token that it takes.
    pub(crate) address: String,
    by_code: Mutex<BTreeMap<String, Room>>,
    /// Where they are kept, if they are.
    file: Option<PathBuf>,
    wrong_codes: WrongCodes,
}

impl Rooms {
    /// No room so far, on a server that others find at this address.
    #[cfg(test)]
    pub(crate) fn new(address: String) -> Self {
        Self::kept_in(address, None)
    }

    /// The rooms that a file keeps, on a server that others find at this address; without a file, none.
    pub(crate) fn kept_in(address: String, file: Option<PathBuf>) -> Self {
        let by_code = file.as_deref().map(kept::read).unwrap_or_default();
        Rooms {
            address,
            by_code: Mutex::new(by_code),
            file,
            wrong_codes: WrongCodes::default(),
        }
    }

    /// Opens a room, driven by whoever asks.
    ///
    /// # Errors
    /// When the name is none, or the system has no random numbers.
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
    /// When there is no such room, or it is full, or the name is none.
    pub(crate) fn join(&self, code: &str, name: &str) -> Result<Joined, Problem> {
        let ((id, secret), state) = self.change(code, |room| room.join(name))?;
        Ok(Joined { id, secret, state })
    }

    /// Whether a code alone lets somebody in: beyond loopback it stands for the token.
    ///
    /// # Errors
    /// When there is no such room, or wrong codes were tried too often.
    pub(crate) fn invites(&self, code: &str) -> Result<(), Problem> {
        self.wrong_codes.check(|| self.lock().contains_key(code))
    }

    /// Leaves a room; with the last of them it is closed.
    ///
    /// # Errors
    /// When there is no such room, or nobody of that secret in it.
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

    /// The driver is somewhere else.
    ///
    /// # Errors
    /// When whoever says so does not drive, or the place is none.
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

    /// Somebody else drives from now on: the driver says who. The person who opened the room may take
    /// the wheel at any time, and anybody if nobody has driven for a while.
    ///
    /// # Errors
    /// When whoever says so may not, or there is no such person.
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

    /// Starts the timer, or stops it.
    ///
    /// # Errors
    /// When whoever says so does not drive, or it would be too long.
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

    /// What everybody in a room sees.
    ///
    /// # Errors
    /// When there is no such room.
    pub(crate) fn state(&self, code: &str) -> Result<RoomState, Problem> {
        let rooms = self.lock();
        let room = rooms.get(code).ok_or_else(closed)?;
        Ok(room.state(code))
    }

    /// Somebody follows the room from now on, until [`Rooms::turn_away`]: they are there. Told whenever
    /// something changes; at its end the room is closed.
    ///
    /// # Errors
    /// When there is no such room, or nobody of that id in it.
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

    /// A page of theirs follows no more. It may have been closed, or be on its way back.
    pub(crate) fn turn_away(&self, code: &str, id: &str) {
        // Where the room is closed or they have left it, nobody needs to know.
        let _ = self.change(code, |room| {
            let mut members = room.members.iter_mut();
            let member = members.find(|member| member.id == id).ok_or_else(nobody)?;
            member.pages = member.pages.saturating_sub(1);
            member.heard = Instant::now();
            Ok(())
        });
    }

    /// Writes all rooms to their file. A disk that is full costs only what a restart would have saved.
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
