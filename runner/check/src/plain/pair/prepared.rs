//! Prepares a comparison before the TLA+ side is run: enumerates the Rust side, matches the names, and
//! selects the properties to compare.

use tandem_search::limits::Run;
use tandem_tla_rs::{BUILT_IN, Evaluator};

use super::Pair;
use crate::fairness;
use crate::plain::names::{differences_from_tlc, matched};
use crate::plain::side::Side;
use crate::plain::{Mismatch, PlainError};

/// The Rust side, and the properties to compare.
pub(super) struct Prepared<'a> {
    pub(super) side: Side<'a>,
    pub(super) notes: Vec<String>,
    /// The index of each property, with the operator of the spec.
    pub(super) asked: Vec<(usize, String)>,
    pub(super) fairness: Option<fairness::Declared>,
}

impl<'a> Pair<'a> {
    pub(super) fn prepare(&self, run: &Run<'_>) -> Result<Prepared<'a>, PlainError> {
        let side = (self.explore)(&self.names, run)?;
        let notes = matched(&side.vocabulary(), self.spec, &self.names);
        let notes = notes.map_err(PlainError::Mismatch)?;
        Ok(self.prepared(side, notes))
    }

    /// Like [`Self::prepare`], but the names of actions may differ between the two sides.
    pub(super) fn prepare_loosely(&self, run: &Run<'_>) -> Result<Prepared<'a>, PlainError> {
        let side = (self.explore)(&self.names, run)?;
        let notes = match matched(&side.vocabulary(), self.spec, &self.names) {
            Ok(_) => Vec::new(),
            Err(mut mismatches) => {
                mismatches
                    .all
                    .retain(|one| !matches!(one, Mismatch::RustAction(_)));
                if !mismatches.all.is_empty() {
                    return Err(PlainError::Mismatch(mismatches));
                }
                Vec::new()
            }
        };
        Ok(self.prepared(side, notes))
    }

    fn prepared(&self, side: Side<'a>, mut notes: Vec<String>) -> Prepared<'a> {
        let spec = self.spec;
        let mut asked = Vec::new();
        for (place, truths) in side.truths.iter().enumerate() {
            match self.names.operator(&truths.name, truths.of_states, spec) {
                Ok(operator) => asked.push((place, operator)),
                Err(why) => notes.push(why),
            }
        }
        for name in spec.constraints() {
            notes.push(format!(
                "{name} bounds the spec; the Rust model needs the same bound to be equal"
            ));
        }
        for keyword in spec.merging() {
            notes.push(format!(
                "{keyword} of the configuration was left out, since it merges states"
            ));
        }
        let declared = Evaluator::new(&spec.to_run().files);
        let declared = declared.map(|spec| fairness::in_tla(spec.fairness()));
        if let (true, Err(error)) = (BUILT_IN, &declared) {
            notes.push(format!("fairness was not compared: {error}"));
        }
        if self.in_process {
            notes.extend(differences_from_tlc());
        }
        Prepared {
            side,
            notes,
            asked,
            fairness: declared.ok(),
        }
    }
}
