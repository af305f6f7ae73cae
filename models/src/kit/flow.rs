//! How a handler goes on or ends: the result of every call, and of the handler itself.

use serde::{Serialize, de::DeserializeOwned};

use crate::value::{Value, from_value, to_value};

/// Why a handler ends before its last line. Passed on with `?`, never built by a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Nothing after this call happens in this run: its outcome is not known yet and the handler
    /// will be run again, or its endpoint has crashed.
    Suspended(Suspended),
    /// The handler gives its message back: it will be delivered again. A request, which nobody
    /// leased to it, ends without an answer.
    GivenBack,
    /// The handler did something that no handler may do.
    Misuse(String),
}

/// Proof that an `Io` stopped the handler: nothing else can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspended(pub(super) ());

/// The result of a call, and of a handler.
pub type Flow<T = ()> = Result<T, Stop>;

/// Ends the handler and gives its message back, to be delivered again.
///
/// # Errors
/// Always: that is how a handler ends before its last line.
pub fn give_back<T>() -> Flow<T> {
    Err(Stop::GivenBack)
}

pub(super) fn value_of(source: &impl Serialize) -> Flow<Value> {
    to_value(source).map_err(|error| Stop::Misuse(error.to_string()))
}

pub(super) fn typed<T: DeserializeOwned>(value: &Value) -> Flow<T> {
    from_value(value).map_err(|error| Stop::Misuse(error.to_string()))
}
