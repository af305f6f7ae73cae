//! Checks the TLA+ module from the page with the same bounds: with TLC, or in this process where TLC cannot be
//! run or the page asks for it. One run at a time. A run is stopped when no page waits for it, or at a limit of
//! time or memory.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use axum::extract::RawQuery;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::Stream;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::answer::{Named, Shared, event, on_model};
use super::imports;
use super::model::Model;
use super::problem::Problem;
use super::wire;
use tandem_check::engine::tla_rs::{self, TlaRs};
use tandem_check::engine::tlc::Tlc;
use tandem_check::engine::{Engine, EngineError};
use tandem_check::report::Report;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::spec::SpecTexts;
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar;
use tandem_tla::tlc::java::Java;
use tandem_tla_rs::BUILT_IN;

/// Locked while a run is in progress.
static RUNNING: Mutex<()> = Mutex::new(());

/// The longest time of a run, unless the explorer was started with another limit.
const TIME: Duration = Duration::from_secs(5 * 60);

/// The memory of a run in megabytes, unless the explorer was started with another limit.
const MEMORY: u32 = 2_048;

/// The limits of a run from the page.
fn limits(of_searches: &Limits) -> (Duration, u32) {
    let megabytes = of_searches.memory_limit.map(|bytes| bytes >> 20);
    let megabytes = megabytes.map(|megabytes| u32::try_from(megabytes).unwrap_or(u32::MAX));
    (
        of_searches.time_limit.unwrap_or(TIME),
        megabytes.unwrap_or(MEMORY),
    )
}

/// The status that is sent to the page; `None` while the run is in progress.
type Status = Option<Result<wire::TlcReport, Problem>>;

/// Stops a run when no page listens any more.
struct StopOnDrop(Cancel);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The engine that checks the module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// TLC, or the engine in this process if TLC cannot be run.
    TlcIfThere,
    /// The engine in this process.
    InProcess,
}

impl Side {
    /// The engine named in a query.
    fn named(engine: Option<&str>) -> Result<Self, Problem> {
        match engine {
            None | Some("tlc") => Ok(Side::TlcIfThere),
            Some(tla_rs::NAME) => Ok(Side::InProcess),
            Some(other) => Err(Problem::bad(
                "bad-parameter",
                format!("engine={other}: the engines of the TLA+ side are tlc and tla-rs"),
            )),
        }
    }
}

/// Checks the spec, with TLC if it is installed and `engine` is not `tla-rs`. Sends an event `done` or `failed`
/// at the end.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/tlc",
    params(("protocol" = String, Path), ("variant" = String, Path)),
    responses((status = 200, body = wire::TlcReport, content_type = "text/event-stream",
        description = "`done` → TlcReport, `failed` → Problem"),
        (status = "4XX", body = wire::Problem))))]
pub(crate) async fn run(
    app: Shared,
    named: Named,
    query: RawQuery,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let limits = limits(app.searches.limits());
    let asked = on_model(app, named, query, |_, model, asked| {
        Ok((Arc::clone(model), Side::named(asked.engine.as_deref())?))
    });
    let (model, side) = asked.await?.0;
    let (status, heard) = watch::channel(None);
    let stop = StopOnDrop(Cancel::new());
    let cancel = stop.0.clone();
    thread::Builder::new()
        .name("tlc".to_owned())
        .spawn(move || status.send_replace(Some(attempt(&model, side, limits, &cancel))))
        .map_err(|error| Problem::busy(format!("no thread for a run on the TLA+ side: {error}")))?;
    let told = WatchStream::new(heard).map(move |status: Status| {
        // Dropped with the stream, when the last event was sent or the page has gone.
        let _listens = &stop;
        Ok(match status {
            None => Event::default().comment("started"),
            Some(Ok(report)) => event("done", &report),
            Some(Err(problem)) => event("failed", &problem.body()),
        })
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

fn attempt(
    model: &Model,
    side: Side,
    limits: (Duration, u32),
    cancel: &Cancel,
) -> Result<wire::TlcReport, Problem> {
    let _running = RUNNING.try_lock().map_err(|_| {
        Problem::busy(
            "the TLA+ side is running for another page; wait until it is done, or close that page",
        )
    })?;
    catch_unwind(AssertUnwindSafe(|| check(model, side, limits, cancel))).unwrap_or_else(|_| {
        Err(Problem::conflict(
            "bug",
            "the run panicked; please report it",
        ))
    })
}

fn check(
    model: &Model,
    side: Side,
    limits: (Duration, u32),
    cancel: &Cancel,
) -> Result<wire::TlcReport, Problem> {
    let tlc = match side {
        Side::TlcIfThere => tlc(limits, cancel),
        Side::InProcess => Err("the engine in this process was asked for".to_owned()),
    };
    let (report, without_tlc) = match tlc {
        Ok(tlc) => (
            tlc.check(&model.instance, &Run::new(&Limits::NONE, cancel)),
            None,
        ),
        Err(why) if BUILT_IN => (in_process(model, limits, cancel), Some(why)),
        Err(why) => return Err(Problem::conflict("no-tlc", why)),
    };
    let report = report.map_err(|error| Problem::conflict("tlc", error.to_string()))?;
    let properties = report.properties.iter().map(|property| wire::TlcResult {
        name: property.name,
        verdict: property.verdict,
        imported: property
            .trace
            .as_ref()
            .map(|trace| imports::of_trace(property.name, trace, model, report.engine)),
    });
    Ok(wire::TlcReport {
        engine: report.engine,
        without_tlc,
        states: report.states,
        properties: properties.collect(),
        incomplete: report.incomplete,
    })
}

/// The installed TLC, or the reason why it cannot be run.
fn tlc((time, megabytes): (Duration, u32), cancel: &Cancel) -> Result<Tlc, String> {
    let env = Env::from_process();
    let java = Java::find(&env, cancel).map_err(|error| error.to_string())?;
    let jar = jar::locate(&env, None).map_err(|error| error.to_string())?;
    Ok(Tlc {
        texts: SpecTexts::built_in(),
        env,
        java,
        jar,
        workers: 1,
        heap_mb: Some(megabytes),
        time_limit: Some(time),
        long: false,
    })
}

/// Checks the spec without TLC. The memory limit is that of the whole server.
fn in_process(
    model: &Model,
    (time, megabytes): (Duration, u32),
    cancel: &Cancel,
) -> Result<Report, EngineError> {
    let limits = Limits {
        time_limit: Some(time),
        memory_limit: Some((megabytes as usize) << 20),
        ..Limits::NONE
    };
    TlaRs::default().check(&model.instance, &Run::new(&limits, cancel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_from_the_page_has_limits_and_takes_those_of_the_explorer() {
        assert_eq!(limits(&Limits::NONE), (TIME, MEMORY));
        let limited = Limits {
            time_limit: Some(Duration::from_secs(7)),
            memory_limit: Some(500 << 20),
            ..Limits::NONE
        };
        assert_eq!(limits(&limited), (Duration::from_secs(7), 500));
    }
}
