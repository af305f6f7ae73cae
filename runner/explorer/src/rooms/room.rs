//! One room: its members, its driver, and its place.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::codes::random;
use crate::problem::Problem;
use crate::wire::{Member as Shown, RoomState};

/// The largest number of members.
pub(super) const MEMBERS: usize = 100;

/// The longest name, in characters.
pub(super) const NAME: usize = 40;

/// How long the driver must be away before others may take over: longer than reloading a page takes.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How long a member may be away before they are removed. A telephone that was put away for a while
/// stays a member.
pub(super) const FORGOTTEN: Duration = Duration::from_secs(10 * 60);

/// A room that is open.
pub(super) struct Room {
    pub(super) members: Vec<Member>,
    /// How many members have ever joined.
    pub(super) joined: usize,
    /// The id of the member who opened the room.
    pub(super) host: String,
    /// The id of the driver; `None` if the driver has left.
    pub(super) driver: Option<String>,
    pub(super) place: String,
    pub(super) timer: Option<Instant>,
    pub(super) used: Instant,
    pub(super) version: watch::Sender<u64>,
}

/// A member of a room.
pub(super) struct Member {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) name: String,
    /// How many pages of the member follow the room.
    pub(super) pages: usize,
    /// When the member last sent a request, other than by following.
    pub(super) heard: Instant,
}

impl Room {
    pub(super) fn new() -> Self {
        Room {
            members: Vec::new(),
            joined: 0,
            host: String::new(),
            driver: None,
            place: String::new(),
            timer: None,
            used: Instant::now(),
            version: watch::Sender::new(0),
        }
    }

    /// Adds a member. Returns their id and their secret.
    pub(super) fn join(&mut self, name: &str) -> Result<(String, String), Problem> {
        if self.members.len() >= MEMBERS {
            let full = format!("the room is full: it has {MEMBERS} people");
            return Err(Problem::conflict("room-full", full));
        }
        let member = Member::new(name, self.joined + 1)?;
        let both = (member.id.clone(), member.secret.clone());
        self.joined += 1;
        self.members.push(member);
        Ok(both)
    }

    /// Finds the member with a secret and records that they were active now.
    pub(super) fn known(&mut self, secret: &str) -> Result<String, Problem> {
        let hint = "you are not in this room any more; join it again";
        let mut members = self.members.iter_mut();
        let member = members.find(|member| member.secret == secret);
        let member = member.ok_or_else(|| Problem::forbidden("not-in-room", hint))?;
        member.heard = Instant::now();
        Ok(member.id.clone())
    }

    pub(super) fn forget(&mut self) {
        let driver = &self.driver;
        self.members.retain(|member| {
            let away = member.away().is_some_and(|away| away > FORGOTTEN);
            !away || driver.as_ref() == Some(&member.id) || self.host == member.id
        });
    }

    pub(super) fn anybody(&self) -> bool {
        self.members.iter().any(|member| member.away().is_none())
    }

    /// How long until anybody may take over; `None` while the driver is present.
    pub(super) fn free_in(&self) -> Option<Duration> {
        let drives = |member: &&Member| self.driver.as_ref() == Some(&member.id);
        match self.members.iter().find(drives) {
            None => Some(Duration::ZERO),
            Some(driver) => driver.away().map(|away| PATIENCE.saturating_sub(away)),
        }
    }

    pub(super) fn state(&self, code: &str) -> RoomState {
        let left = |end: Instant| end.saturating_duration_since(Instant::now());
        let members = self.members.iter().map(|member| Shown {
            id: member.id.clone(),
            name: member.name.clone(),
            away: member.away().map(|away| away.as_secs_f64()),
        });
        RoomState {
            code: code.to_owned(),
            place: self.place.clone(),
            members: members.collect(),
            driver: self.driver.clone(),
            host: self.host.clone(),
            free: self.free_in().map(|free| free.as_secs_f64()),
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
            id: format!("m{number}"),
            secret: random::<24>()?,
            name: name.to_owned(),
            pages: 0,
            heard: Instant::now(),
        })
    }

    pub(super) fn away(&self) -> Option<Duration> {
        (self.pages == 0).then(|| self.heard.elapsed())
    }
}
