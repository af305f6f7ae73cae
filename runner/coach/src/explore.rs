//! Opens a learner's handler in the explorer. The server is the contained child itself: if the handler
//! loops, the watchdog ends it.

use std::io::Write;
use std::net::Ipv4Addr;

use anyhow::Context;
use tandem_explorer::{Options, serve};
use tandem_models::kit::replay::Handler;
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;

use crate::definition::Definition;
use crate::judge::Judgement;
use crate::learner::{attempts, catalogue};

/// Serves until Ctrl-C, on this machine alone.
///
/// # Errors
/// When the server cannot listen.
pub fn explore(
    definition: &Definition,
    handler: &Handler,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let attempt = attempts(definition, handler)?.into_iter().next();
    let attempt = attempt.context("the exercise has no run")?;
    let options = Options {
        port: None,
        bind: Ipv4Addr::LOCALHOST.into(),
        share: false,
        open: false,
        limits: Limits {
            max_states: Some(definition.demands.max_states),
            ..Limits::NONE
        },
        threads: 1,
        folder: None,
    };
    let cancel = Cancel::on_signals()?;
    let catalogue = catalogue(definition, handler)?;
    serve(catalogue, Some(&attempt.instance), &options, &cancel, out)?;
    Ok(Judgement::default())
}
