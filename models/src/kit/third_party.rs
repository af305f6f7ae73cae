//! A third party: a service outside the system.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

use crate::value::{ConversionError, Value, from_value, to_value};

type Respond = dyn Fn(&Value, &Value) -> Result<(Value, Value), String> + Send + Sync;
type Forget = dyn Fn(&Value) -> Vec<Value> + Send + Sync;
type Say = dyn Fn(&Value, &Value) -> Option<String> + Send + Sync;

/// A service outside the system, which answers requests from its own memory.
#[derive(Clone)]
pub struct ThirdParty {
    pub(super) memory: Value,
    respond: Arc<Respond>,
    forget: Arc<Forget>,
    say: Arc<Say>,
}

impl fmt::Debug for ThirdParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ThirdParty({})", self.memory)
    }
}

impl ThirdParty {
    /// A third party with its initial memory, its reaction to a request, and its possible memories
    /// after it has lost data.
    ///
    /// # Errors
    ///
    /// If the memory cannot be a TLA+ value.
    pub fn new<S, R, A>(
        memory: &S,
        respond: fn(&mut S, R) -> A,
        forget: fn(&S) -> Vec<S>,
    ) -> Result<Self, String>
    where
        S: Serialize + DeserializeOwned + 'static,
        R: DeserializeOwned + 'static,
        A: Serialize + 'static,
    {
        Ok(ThirdParty {
            memory: to_value(memory).map_err(|e| e.to_string())?,
            respond: Arc::new(move |memory, request| {
                let mut memory: S = from_value(memory).map_err(|e| e.to_string())?;
                let answer = respond(&mut memory, from_value(request).map_err(|e| e.to_string())?);
                let value = |e: ConversionError| e.to_string();
                Ok((
                    to_value(&memory).map_err(value)?,
                    to_value(&answer).map_err(value)?,
                ))
            }),
            forget: Arc::new(move |memory| {
                let Ok(memory) = from_value::<S>(memory) else {
                    return Vec::new();
                };
                forget(&memory)
                    .iter()
                    .filter_map(|memory| to_value(memory).ok())
                    .collect()
            }),
            say: Arc::new(|_, _| None),
        })
    }

    /// Sets a description of its reaction to a request, given its memory before: "charges payment
    /// 1". Without it, the answer is shown.
    #[must_use]
    pub fn saying<S, R>(mut self, say: fn(&S, &R) -> String) -> Self
    where
        S: DeserializeOwned + 'static,
        R: DeserializeOwned + 'static,
    {
        self.say = Arc::new(move |memory, request| {
            let (memory, request) = (from_value(memory).ok()?, from_value(request).ok()?);
            Some(say(&memory, &request))
        });
        self
    }

    /// Its memory after a request, and its answer.
    ///
    /// # Errors
    ///
    /// If the request has another type than it expects.
    pub fn respond(&self, memory: &Value, request: &Value) -> Result<(Value, Value), String> {
        (self.respond)(memory, request)
    }

    /// The description of its reaction to a request, if there is one.
    pub(super) fn says(&self, memory: &Value, request: &Value) -> Option<String> {
        (self.say)(memory, request)
    }

    /// Its possible memories after it has lost data.
    pub fn forget(&self, memory: &Value) -> Vec<Value> {
        (self.forget)(memory)
    }
}
