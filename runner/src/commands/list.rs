//! `tandem list`.

use super::Desk;
use crate::cli::{Format, ListArgs};
use tandem_check::output::listing::Protocol;
use tandem_check::output::{json, text};
use tandem_check::report::Standing;

pub(super) fn list(args: &ListArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let protocols: Vec<_> = match &args.protocol {
        Some(name) => vec![desk.catalogue.find(name)?],
        None => desk.catalogue.protocols().collect(),
    };
    let protocols: Vec<_> = protocols
        .into_iter()
        .map(|protocol| Protocol::of(protocol, &desk.manifest))
        .collect();
    match args.format {
        Format::Text => text::list(desk.out, &protocols)?,
        Format::Json => json::list(desk.out, &protocols)?,
    }
    Ok(Standing::Pass)
}
