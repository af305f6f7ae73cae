//! Serves a learner's handler in the explorer. The server runs in the contained child process, so the
//! watchdog ends it if the handler loops.

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::Context;
use tandem_explorer::{Options, serve};
use tandem_lessons::CourseAt;
use tandem_models::kit::replay::Handler;
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;

use crate::course::Course;
use crate::definition::Definition;
use crate::judge::Judgement;
use crate::learner::{attempts, catalogue};
use crate::order::Order;

/// Serves with the options from the coach, until it is interrupted.
///
/// # Errors
///
/// If the options cannot be read, or the server cannot listen.
pub(crate) fn explore(
    definition: &Definition,
    handler: &Handler,
    order: Option<String>,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let order = order.context("`tandem exercise explore` starts this, with an order")?;
    let order: Order = serde_json::from_str(&order)?;
    let attempt = attempts(definition, handler)?.into_iter().next();
    let attempt = attempt.context("the exercise has no run")?;
    let course = Course::read(&order.folder)?;
    let own = course.own_handler(course.exercise(&order.exercise)?, order.serving.group);
    let serving = &order.serving;
    let options = Options {
        port: Some(serving.port),
        bind: serving.bind,
        share: serving.group,
        open: serving.open && !order.again,
        limits: Limits {
            max_states: Some(definition.demands.max_states),
            ..Limits::NONE
        },
        threads: 1,
        folder: serving.cache.clone(),
        course: Some(CourseAt {
            lessons: Arc::new(course),
            own: Some(own),
        }),
    };
    let cancel = Cancel::on_signals()?;
    let catalogue = catalogue(definition, handler)?;
    let silent: &mut dyn Write = &mut io::sink();
    let out = if order.again { silent } else { out };
    serve(catalogue, Some(&attempt.instance), &options, &cancel, out)?;
    Ok(Judgement::default())
}
