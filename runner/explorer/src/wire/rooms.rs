//! What is said about rooms.

use serde::{Deserialize, Serialize};

/// A room, to whoever opened or joined it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Joined {
    /// Who you are.
    pub id: String,
    /// What proves that you are it.
    pub secret: String,
    /// What everybody sees.
    pub state: RoomState,
}

/// What everybody in a room sees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomState {
    /// Its code.
    pub code: String,
    /// What stands after `#` in the driver's address.
    pub place: String,
    /// Who is in it, in the order in which they came.
    pub members: Vec<Member>,
    /// The id of who drives; none if they have left.
    pub driver: Option<String>,
    /// The id of who opened the room: they may take the wheel at any time.
    pub host: String,
    /// Seconds until anybody may take the wheel; none while the driver is there.
    pub free: Option<f64>,
    /// Seconds until the timer ends; none if it does not run.
    pub timer: Option<f64>,
    /// Grows with each change.
    pub version: u64,
}

/// Somebody in a room.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Who that is.
    pub id: String,
    /// The name that was given.
    pub name: String,
    /// For how many seconds no page of theirs has followed the room; none while one does.
    pub away: Option<f64>,
}

/// How one joins, or opens a room.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The name that others see; who opens a room need not have one.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: Option<String>,
}

/// Who leaves.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Proves who that is.
    pub secret: String,
}

/// Where the driver is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Drive {
    /// The driver's secret.
    pub secret: String,
    /// What stands after `#` in the address.
    #[cfg_attr(feature = "openapi", schema(max_length = 8192))]
    pub place: String,
}

/// Who drives from now on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The driver's secret; or that of who takes the wheel: the person who opened the room at any time,
    /// anybody while nobody drives.
    pub secret: String,
    /// The next driver's id.
    pub to: String,
}

/// When the timer ends.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Timer {
    /// The driver's secret.
    pub secret: String,
    /// Seconds from now, at most two hours; none stops it.
    #[cfg_attr(feature = "openapi", schema(maximum = 7200))]
    pub seconds: Option<u32>,
}
