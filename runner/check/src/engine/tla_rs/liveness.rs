//! Liveness where `tla-checker` cannot judge it: Tandem's own engine judges it on the Rust graph, once
//! that is shown to be the graph of the spec, with the same fairness and the same state predicates.

use std::collections::BTreeMap;

use tandem_models::catalogue::Instance;
use tandem_tla_rs::Evaluator;

use super::enumerate::Enumerated;
use crate::enumerate::explore;
use crate::fairness;
use crate::guarantees::{Asked, differences};
use crate::trace::Trace;
use tandem_search::limits::Run;
use tandem_tla::divergence::compare;
use tandem_tla::spec::Spec;

/// Who judged liveness.
pub const BY_TLA_CHECKER: &str = "tla-checker";
/// The same, where `tla-checker` could not.
pub const BY_TANDEM: &str = "graph";

/// The behaviours that violate temporal guarantees, by the names of those.
pub(super) type Lassos = BTreeMap<&'static str, Option<Trace>>;

/// Judges every temporal guarantee of an instance whose spec was enumerated completely. `asked` is what
/// `found` has the truth of, in that order.
///
/// # Errors
/// A sentence why the two sides cannot stand for each other.
pub(super) fn on_the_equal_graph(
    instance: &Instance,
    (spec, read): (&Spec, &Evaluator),
    found: &Enumerated,
    (asked, without_form): (&[Asked], &[&'static str]),
    run: &Run<'_>,
) -> Result<Lassos, String> {
    let rust = explore(&instance.system(), run);
    if let Some(cut_off) = rust.cut_off {
        return Err(format!(
            "the Rust model was not enumerated completely: {cut_off}"
        ));
    }
    if rust.clash().is_some() || compare(&rust.graph(), &found.graph).is_some() {
        return Err("the Rust model has another graph".to_owned());
    }
    if let Some(name) = without_form.first() {
        return Err(format!(
            "its formula for {name} has another form than the Rust model's"
        ));
    }
    let both = (&found.graph, &*found.truths);
    if let Some(one) = differences(instance, &rust, asked, both, spec).first() {
        return Err(format!("{} differs between the two sides", one.name));
    }
    let declared = fairness::in_tla(read.fairness());
    let unfair = fairness::differences(&fairness::in_rust(instance, &rust), &declared);
    if let Some(one) = unfair.first() {
        return Err(format!(
            "the fairness of {} differs between the two sides",
            one.action
        ));
    }
    let lassos = rust.liveness().into_iter().map(|(name, lasso)| {
        let trace = lasso.map(|path| Trace::new(instance, rust.system(), &path));
        (name, trace)
    });
    Ok(lassos.collect())
}
