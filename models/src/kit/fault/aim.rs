//! Faults that are aimed at one target, and the budget of all faults.
//!
//! A protocol sets how often each fault may happen in the whole system, or at one target: an endpoint with
//! its queue, a store, or a third party. The general budget does not apply to a target with its own budget.
//! The name of a budget contains its target: `crash`, `crash_Shop`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use super::{Fault, UnknownFault};

/// A fault, and its target, if it is aimed at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Aim {
    /// The fault.
    pub fault: Fault,
    /// The name of the endpoint, store or third party that it is aimed at; `None` if it is not aimed.
    pub at: Option<&'static str>,
}

impl Fault {
    /// The fault aimed at one target: the name of an endpoint, a store or a third party.
    pub const fn at(self, target: &'static str) -> Aim {
        Aim {
            fault: self,
            at: Some(target),
        }
    }
}

impl Aim {
    fn named(self, name: &'static str) -> &'static str {
        match self.at {
            None => name,
            Some(target) => kept(format!("{name}_{target}")),
        }
    }

    /// The name on the command line, and the field of `budget` in TLA+.
    pub fn name(self) -> &'static str {
        self.named(self.fault.name())
    }

    /// The name of the witness that shows that it happens.
    pub fn witness(self) -> &'static str {
        self.named(self.fault.witness())
    }

    /// A description of the fault, in a sentence.
    pub fn summary(self) -> String {
        match self.at {
            None => self.fault.summary().to_owned(),
            Some(target) => format!("at {target} alone: {}", self.fault.summary()),
        }
    }
}

impl From<Fault> for Aim {
    fn from(fault: Fault) -> Self {
        Aim { fault, at: None }
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Aim {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        let unknown = |_| UnknownFault(name.to_owned());
        match name.split_once('_') {
            None => name.parse().map(Fault::into).map_err(unknown),
            Some((_, "")) => Err(UnknownFault(name.to_owned())),
            Some((fault, target)) => {
                let fault: Fault = fault.parse().map_err(unknown)?;
                Ok(fault.at(kept(target.to_owned())))
            }
        }
    }
}

/// How often each fault may still happen. Faults that a protocol does not have are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Budget(BTreeMap<Aim, u8>);

impl Budget {
    /// How often a fault may still happen, in the whole system or at its target.
    pub fn left(&self, aim: impl Into<Aim>) -> u8 {
        self.0.get(&aim.into()).copied().unwrap_or(0)
    }

    /// Uses one of the budget. Returns false if none is left.
    pub fn spend(&mut self, aim: impl Into<Aim>) -> bool {
        match self.0.get_mut(&aim.into()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// The budget that a fault uses when its target has these names: the budget of the first name that has
    /// one, or else the general budget.
    pub fn of(&self, fault: Fault, names: &[&'static str]) -> Aim {
        let mut aimed = names.iter().map(|name| fault.at(name));
        let found = aimed.find(|aim| self.0.contains_key(aim));
        found.unwrap_or(fault.into())
    }

    /// Whether a fault is aimed.
    pub fn is_aimed(&self) -> bool {
        self.0.keys().any(|aim| aim.at.is_some())
    }

    /// The faults of the protocol, with how often each may still happen.
    pub fn iter(&self) -> impl Iterator<Item = (Aim, u8)> + '_ {
        self.0.iter().map(|(aim, left)| (*aim, *left))
    }
}

impl<A: Into<Aim>> FromIterator<(A, u8)> for Budget {
    fn from_iter<I: IntoIterator<Item = (A, u8)>>(faults: I) -> Self {
        let faults = faults.into_iter();
        Budget(faults.map(|(aim, left)| (aim.into(), left)).collect())
    }
}

/// Keeps a name for the lifetime of the program. There are only as many as participants, stores and kinds
/// of steps in the catalogues.
pub(in crate::kit) fn kept(name: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(name.as_str()) {
        return known;
    }
    let name: &'static str = Box::leak(name.into_boxed_str());
    kept.insert(name);
    name
}
