//! The types of rooms.

use serde::{Deserialize, Serialize};

/// The answer to a request that opens or joins a room.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Joined {
    /// Your id.
    pub id: String,
    /// The secret that proves your identity.
    pub secret: String,
    /// The state that all members see.
    pub state: RoomState,
}

/// The state of a room that all members see.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomState {
    /// The code of the room.
    pub code: String,
    /// The part of the driver's address after `#`.
    pub place: String,
    /// The members, in the order in which they joined.
    pub members: Vec<Member>,
    /// The id of the driver; `null` if the driver has left.
    pub driver: Option<String>,
    /// The id of the member who opened the room. They may take over at any time.
    pub host: String,
    /// Seconds until anybody may take over; `null` while the driver is present.
    pub free: Option<f64>,
    /// Seconds until the timer ends; `null` if it is not running.
    pub timer: Option<f64>,
    /// A number that grows with each change.
    pub version: u64,
}

/// A member of a room.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// The member's id.
    pub id: String,
    /// The member's name.
    pub name: String,
    /// For how many seconds no page of the member has followed the room; `null` while one does.
    pub away: Option<f64>,
}

/// A request to join or open a room.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The name that others see. It is optional when opening a room.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: Option<String>,
}

/// A request to leave.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// The secret of the member who leaves.
    pub secret: String,
}

/// A request that moves the room to a new place.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Drive {
    /// The driver's secret.
    pub secret: String,
    /// The part of the address after `#`.
    #[cfg_attr(feature = "openapi", schema(max_length = 8192))]
    pub place: String,
}

/// A request that changes the driver.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The driver's secret, or the secret of the member who takes over: the one who opened the room at
    /// any time, anybody while nobody drives.
    pub secret: String,
    /// The next driver's id.
    pub to: String,
}

/// A request that starts or stops the timer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Timer {
    /// The driver's secret.
    pub secret: String,
    /// Seconds from now, at most two hours; `null` stops the timer.
    #[cfg_attr(feature = "openapi", schema(maximum = 7200))]
    pub seconds: Option<u32>,
}
