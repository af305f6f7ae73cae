//! `tandem list`.

use super::Context;
use crate::cli::{Format, ListArgs};
use tandem_check::output::listing::Protocol;
use tandem_check::output::{json, text};
use tandem_check::report::Standing;

pub(super) fn list(args: &ListArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let protocols: Vec<_> = match &args.protocol {
        Some(name) => vec![context.catalogue.find(name)?],
        None => context.catalogue.protocols().collect(),
    };
    let protocols: Vec<_> = protocols
        .into_iter()
        .map(|protocol| Protocol::of(protocol, &context.manifest))
        .collect();
    match args.format {
        Format::Text => text::list(context.out, &protocols)?,
        Format::Json => json::list(context.out, &protocols)?,
    }
    Ok(Standing::Pass)
}
