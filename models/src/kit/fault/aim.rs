//! Faults that are aimed at one target, and the budget of all faults.
//!
//! A protocol says for each fault how often it may happen, to anybody; or how often to one target alone: an
//! endpoint with its queue, a store, a third party. A target with a budget of its own is not hit by the
//! budget of all. The name says which one it is: `crash`, `crash_Shop`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use super::{Fault, UnknownFault};

/// A fault, and whom it hits: anybody, or one target alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Aim {
    /// The fault.
    pub fault: Fault,
    /// The name of the endpoint, the store or the third party that it is aimed at; none if it is not
    /// aimed.
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

    /// The name of the witness that it really happens.
    pub fn witness(self) -> &'static str {
        self.named(self.fault.witness())
    }

    /// What happens, in a sentence.
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
    /// How often a fault may still happen: to anybody, or where it is aimed.
    pub fn left(&self, aim: impl Into<Aim>) -> u8 {
        self.0.get(&aim.into()).copied().unwrap_or(0)
    }

    /// Spends one, if there is one.
    pub fn spend(&mut self, aim: impl Into<Aim>) -> bool {
        match self.0.get_mut(&aim.into()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// What a fault spends that hits something of these names: what is aimed at one of them, the first
    /// first, or else what is not aimed.
    pub fn of(&self, fault: Fault, names: &[&'static str]) -> Aim {
        let mut aimed = names.iter().map(|name| fault.at(name));
        let found = aimed.find(|aim| self.0.contains_key(aim));
        found.unwrap_or(fault.into())
    }

    /// Whether a fault is aimed.
    pub fn is_aimed(&self) -> bool {
        self.0.keys().any(|aim| aim.at.is_some())
    }

    /// The faults of the protocol and what is left of each.
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

/// A name that lives as long as the program: there are as many as the catalogues have participants,
/// stores and kinds of steps.
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
