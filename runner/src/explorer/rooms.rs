//! Rooms: one drives, everybody else in the room sees the same step, in a browser of their own.
//!
//! A room knows a place, which is what stands after `#` in the driver's address, and who drives. Who
//! joins gets a secret; the driver's own is the wheel. Nothing is kept on disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::problem::Problem;
use super::wire::{Follower, Joined, Room, RoomState};

/// Rooms at a time; the one that nothing has happened in for longest makes room.
const ROOMS: usize = 16;

/// People in one room.
const MEMBERS: usize = 100;

/// The longest place, in bytes: that of a path of 500 steps fits.
const PLACE: usize = 8 << 10;

/// The longest name, in characters.
const NAME: usize = 40;

/// The longest timer.
const TIMER: u32 = 2 * 60 * 60;

/// Letters and digits that nobody mistakes for others when a code is read aloud.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// All rooms, by code.
#[derive(Default)]
pub(crate) struct Rooms(Mutex<BTreeMap<String, Open>>);

/// A room that is open.
struct Open {
    members: Vec<Member>,
    /// The driver's place among the members.
    driver: usize,
    place: String,
    timer: Option<Instant>,
    used: Instant,
    version: watch::Sender<u64>,
}

struct Member {
    id: String,
    secret: String,
    name: String,
}

impl Rooms {
    /// Opens a room, driven by whoever asks.
    ///
    /// # Errors
    /// When the name is none, or the system has no random numbers.
    pub(crate) fn open(&self, name: Option<&str>) -> Result<Room, Problem> {
        let driver = Member::new(name.unwrap_or("The first driver"), 0)?;
        let (code, id, wheel) = (code()?, driver.id.clone(), driver.secret.clone());
        let room = Open {
            members: vec![driver],
            driver: 0,
            place: String::new(),
            timer: None,
            used: Instant::now(),
            version: watch::Sender::new(0),
        };
        let state = room.state(&code);
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rooms.len() >= ROOMS {
            let oldest = rooms.iter().min_by_key(|(_, room)| room.used);
            if let Some(oldest) = oldest.map(|(code, _)| code.clone()) {
                rooms.remove(&oldest);
            }
        }
        rooms.insert(code.clone(), room);
        Ok(Room {
            code,
            id,
            wheel,
            state,
        })
    }

    /// Joins a room.
    ///
    /// # Errors
    /// When there is no such room, or it is full, or the name is none.
    pub(crate) fn join(&self, code: &str, name: &str) -> Result<Joined, Problem> {
        self.change(code, |room| {
            if room.members.len() >= MEMBERS {
                let full = format!("the room is full: it has {MEMBERS} people");
                return Err(Problem::conflict("room-full", full));
            }
            let member = Member::new(name, room.members.len())?;
            let (id, secret) = (member.id.clone(), member.secret.clone());
            room.members.push(member);
            Ok((id, secret))
        })
        .map(|((id, secret), state)| Joined { id, secret, state })
    }

    /// The driver is somewhere else.
    ///
    /// # Errors
    /// When whoever says so does not drive, or the place is none.
    pub(crate) fn drive(&self, code: &str, wheel: &str, place: &str) -> Result<RoomState, Problem> {
        if place.len() > PLACE {
            return Err(Problem::too_large("a place has at most 8 KiB"));
        }
        self.driven(code, wheel, |room| {
            place.clone_into(&mut room.place);
            Ok(())
        })
    }

    /// Somebody else drives from now on.
    ///
    /// # Errors
    /// When whoever says so does not drive, or there is no such person.
    pub(crate) fn hand_over(
        &self,
        code: &str,
        wheel: &str,
        to: &str,
    ) -> Result<RoomState, Problem> {
        self.driven(code, wheel, |room| {
            let next = room.members.iter().position(|member| member.id == to);
            let nobody = || Problem::missing("unknown-member", "there is nobody of that id here");
            room.driver = next.ok_or_else(nobody)?;
            Ok(())
        })
    }

    /// Starts the timer, or stops it.
    ///
    /// # Errors
    /// When whoever says so does not drive, or it would be too long.
    pub(crate) fn time(
        &self,
        code: &str,
        wheel: &str,
        seconds: Option<u32>,
    ) -> Result<RoomState, Problem> {
        if seconds.is_some_and(|seconds| seconds > TIMER) {
            return Err(Problem::bad(
                "bad-timer",
                "a timer runs for two hours at most",
            ));
        }
        self.driven(code, wheel, |room| {
            let length = seconds.map(|seconds| Duration::from_secs(seconds.into()));
            room.timer = length.map(|length| Instant::now() + length);
            Ok(())
        })
    }

    /// What everybody in a room sees.
    ///
    /// # Errors
    /// When there is no such room.
    pub(crate) fn state(&self, code: &str) -> Result<RoomState, Problem> {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = rooms.get(code).ok_or_else(closed)?;
        Ok(room.state(code))
    }

    /// Told whenever something changes; at its end the room is closed.
    ///
    /// # Errors
    /// When there is no such room.
    pub(crate) fn follow(&self, code: &str) -> Result<watch::Receiver<u64>, Problem> {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = rooms.get(code).ok_or_else(closed)?;
        Ok(room.version.subscribe())
    }

    fn driven(
        &self,
        code: &str,
        wheel: &str,
        change: impl FnOnce(&mut Open) -> Result<(), Problem>,
    ) -> Result<RoomState, Problem> {
        let changed = self.change(code, |room| {
            if room.members[room.driver].secret != wheel {
                let hint = "only who drives may do that; ask for the wheel";
                return Err(Problem::forbidden("not-driving", hint));
            }
            change(room)
        });
        changed.map(|((), state)| state)
    }

    fn change<T>(
        &self,
        code: &str,
        change: impl FnOnce(&mut Open) -> Result<T, Problem>,
    ) -> Result<(T, RoomState), Problem> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = rooms.get_mut(code).ok_or_else(closed)?;
        let done = change(room)?;
        room.used = Instant::now();
        room.version.send_modify(|version| *version += 1);
        Ok((done, room.state(code)))
    }
}

impl Open {
    fn state(&self, code: &str) -> RoomState {
        let others = self.members.iter().enumerate();
        let others = others.filter(|(place, _)| *place != self.driver);
        let left = |end: Instant| end.saturating_duration_since(Instant::now());
        RoomState {
            code: code.to_owned(),
            place: self.place.clone(),
            driver: self.members[self.driver].id.clone(),
            followers: others
                .map(|(_, member)| Follower {
                    id: member.id.clone(),
                    name: member.name.clone(),
                })
                .collect(),
            timer: self.timer.map(|end| left(end).as_secs_f64()),
            version: *self.version.borrow(),
        }
    }
}

impl Member {
    fn new(name: &str, number: usize) -> Result<Self, Problem> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            let hint = format!("a name has 1 to {NAME} characters");
            return Err(Problem::bad("bad-name", hint));
        }
        Ok(Member {
            id: format!("m{}", number + 1),
            secret: random::<24>()?,
            name: name.to_owned(),
        })
    }
}

fn closed() -> Problem {
    let hint = "there is no room of that code any more; ask for the code again";
    Problem::missing("no-room", hint)
}

/// About a million codes: enough that nobody guesses one of at most 16 rooms by chance.
fn code() -> Result<String, Problem> {
    random::<4>()
}

fn random<const LENGTH: usize>() -> Result<String, Problem> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::busy(format!("the system has no random numbers: {error}")))?;
    let letters = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]);
    Ok(letters.map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wheel_is_with_one_and_goes_to_another_when_it_is_handed_over() {
        let rooms = Rooms::default();
        let room = rooms.open(None).unwrap();
        let ada = rooms.join(&room.code, "Ada").unwrap();
        assert!(rooms.drive(&room.code, &ada.secret, "/a").is_err());
        let state = rooms.drive(&room.code, &room.wheel, "/a").unwrap();
        assert_eq!((&*state.place, &*state.driver), ("/a", &*room.id));
        assert!(rooms.hand_over(&room.code, &ada.secret, &ada.id).is_err());
        let state = rooms.hand_over(&room.code, &room.wheel, &ada.id).unwrap();
        assert_eq!(state.driver, ada.id);
        assert_eq!(state.followers[0].id, room.id);
        assert!(rooms.drive(&room.code, &room.wheel, "/b").is_err());
        let state = rooms.drive(&room.code, &ada.secret, "/b").unwrap();
        assert_eq!(state.place, "/b");
    }

    #[test]
    fn each_change_is_told_and_a_room_that_makes_way_is_closed() {
        let rooms = Rooms::default();
        let first = rooms.open(Some("Ada")).unwrap();
        let told = rooms.follow(&first.code).unwrap();
        rooms.time(&first.code, &first.wheel, Some(600)).unwrap();
        assert!(told.has_changed().unwrap());
        let left = rooms.state(&first.code).unwrap().timer.unwrap();
        assert!((0.0..=600.0).contains(&left));
        for _ in 0..ROOMS {
            rooms.open(None).unwrap();
        }
        assert!(rooms.state(&first.code).is_err());
        assert!(
            told.has_changed().is_err(),
            "whoever followed hears that it is closed"
        );
    }

    #[test]
    fn nothing_too_large_comes_in() {
        let rooms = Rooms::default();
        let room = rooms.open(None).unwrap();
        for name in ["", "  ", "a\nb", &"x".repeat(NAME + 1)] {
            assert!(rooms.join(&room.code, name).is_err(), "{name:?}");
        }
        let long = "x".repeat(PLACE + 1);
        assert!(rooms.drive(&room.code, &room.wheel, &long).is_err());
        assert!(
            rooms
                .time(&room.code, &room.wheel, Some(TIMER + 1))
                .is_err()
        );
        assert!(rooms.join("NONE", "Ada").is_err());
        for number in 1..MEMBERS {
            rooms.join(&room.code, &number.to_string()).unwrap();
        }
        assert!(rooms.join(&room.code, "one more").is_err());
    }
}
