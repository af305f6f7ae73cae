//! Judges liveness where `tla-checker` cannot. Tandem's own engine judges it on the Rust graph, after
//! checking that this graph equals the graph of the spec and has the same fairness and state
//! predicates.

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

/// The name of `tla-checker` as the judge of liveness.
pub const BY_TLA_CHECKER: &str = "tla-checker";
/// The name of Tandem's own engine as the judge of liveness.
pub const BY_TANDEM: &str = "graph";

/// For each temporal guarantee, the behaviour that violates it, if there is one.
pub(super) type Lassos = BTreeMap<&'static str, Option<Trace>>;

/// Judges every temporal guarantee of an instance whose spec was enumerated completely. `found` has the
/// truth of the predicates in `asked`, in that order.
///
/// # Errors
///
/// A sentence why one graph cannot replace the other.
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
