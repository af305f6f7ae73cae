//! `tandem list`.

use super::Desk;
use crate::cli::{Format, ListArgs};
use tandem_check::output::{json, text};
use tandem_check::report::Standing;

pub(super) fn list(args: &ListArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let descriptions: Vec<_> = match &args.protocol {
        Some(name) => vec![desk.catalogue.find(name)?.describe()],
        None => desk
            .catalogue
            .protocols()
            .map(|protocol| protocol.describe())
            .collect(),
    };
    match args.format {
        Format::Text => text::list(desk.out, &descriptions)?,
        Format::Json => json::list(desk.out, &descriptions)?,
    }
    Ok(Standing::Pass)
}
