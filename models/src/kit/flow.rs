//! How a handler continues or ends: the result of every call, and of the handler itself.

use serde::{Serialize, de::DeserializeOwned};

use crate::value::{Value, from_value, to_value};

/// Why a handler ends early. It is passed on with `?`, and never created by a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Nothing after this call happens in this run: either its outcome is not known yet and the
    /// handler will be run again, or its endpoint has crashed.
    Suspended(Suspended),
    /// The handler gives its message back, so that it is delivered again. A request has no lease,
    /// so it ends without an answer.
    GivenBack,
    /// The handler violated a rule for handlers.
    Misuse(String),
}

/// Proof that an `Io` stopped the handler. Other code cannot create it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspended(pub(super) ());

/// The result of a call, and of a handler.
pub type Flow<T = ()> = Result<T, Stop>;

/// Ends the handler and gives its message back, to be delivered again.
///
/// # Errors
///
/// Always, because this is how a handler ends early.
pub fn give_back<T>() -> Flow<T> {
    Err(Stop::GivenBack)
}

pub(super) fn value_of(source: &impl Serialize) -> Flow<Value> {
    to_value(source).map_err(|error| Stop::Misuse(error.to_string()))
}

pub(super) fn typed<T: DeserializeOwned>(value: &Value) -> Flow<T> {
    from_value(value).map_err(|error| Stop::Misuse(error.to_string()))
}
