//! The API: every address with the function that answers it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use futures_util::stream::{Stream, unfold};

use tower_http::compression::CompressionLayer;

use super::answer::{Answer, Named, Shared, event, on_model};
use super::app::App;
use super::export::{Form, Told};
use super::fix::fix;
use super::graph::{DRAWN, graph as draw};
use super::guard::{Guard, guard};
use super::imports;
use super::model::LONGEST;
use super::problem::Problem;
use super::searches::{Status, progress};
use super::{course_api, handbook, page, spec_text, wire};

/// All routes of the server.
pub(crate) fn router(app: Arc<App>, guard_of: Guard) -> Router {
    let model = Router::new()
        .route("/", get(model))
        .route("/search", get(search))
        .route("/trace", get(trace))
        .route("/next", get(next))
        .route("/fix", get(fixed))
        .route("/graph", get(graph))
        .route("/spec", get(spec))
        .route("/export/{form}", get(export))
        .route("/tlc", get(super::tlc::run))
        .route(
            "/import",
            post(import).layer(DefaultBodyLimit::max(LARGEST)),
        );
    let api = Router::new()
        .route("/catalogue", get(catalogue))
        .route("/openapi.json", get(description))
        .nest("/models/{protocol}/{variant}", model)
        .route("/course", get(course_api::course))
        .route("/course/build", get(course_api::build))
        .route("/course/{name}", get(course_api::exercise))
        .route("/course/{name}/solution", get(course_api::solution))
        .nest("/rooms", super::rooms_api::router())
        .fallback(nowhere)
        .method_not_allowed_fallback(not_so);
    Router::new()
        .nest("/api/v1", api)
        .route("/handbook", get(handbook::beginning))
        .route("/handbook/", get(handbook::first))
        .route("/handbook/{page}", get(handbook::page))
        .fallback(get(page::page))
        .method_not_allowed_fallback(not_so)
        .with_state(app)
        .layer(DefaultBodyLimit::max(64 << 10))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(Arc::new(guard_of), guard))
}

/// Sends the OpenAPI description, which `tests/openapi.rs` keeps equal to the server's types.
async fn description() -> ([(HeaderName, &'static str); 1], &'static str) {
    let json = [(header::CONTENT_TYPE, "application/json")];
    (json, include_str!("../../../docs/openapi.json"))
}

async fn nowhere() -> Problem {
    Problem::missing(
        "not-found",
        "there is no such address; /api/v1/openapi.json lists all",
    )
}

async fn not_so() -> Problem {
    Problem::not_so(
        "this address does not support such a request; /api/v1/openapi.json describes the ones that it supports",
    )
}

/// The catalogue.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/catalogue", responses((status = 200, body = wire::Catalogue))))]
pub(crate) async fn catalogue(State(app): Shared) -> Json<wire::Catalogue> {
    let parts = app.catalogue.parts().into_iter();
    Json(wire::Catalogue {
        version: wire::VERSION,
        tandem: env!("CARGO_PKG_VERSION"),
        start: app.start.clone(),
        share: app.shared.as_ref().map(|rooms| rooms.address.clone()),
        course: app.course_head(),
        path: app.catalogue.path(),
        parts: parts
            .map(|(number, title)| wire::Part { number, title })
            .collect(),
        protocols: app.listed(),
    })
}

/// One variant with its bounds and faults.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}",
    params(("protocol" = String, Path), ("variant" = String, Path)),
    responses((status = 200, body = wire::Model), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn model(app: Shared, named: Named, query: RawQuery) -> Answer<wire::Model> {
    on_model(app, named, query, |_, model, _| Ok(model.wire())).await
}

/// A path with all data that is shown about it. A caller that already has the first steps can skip
/// them.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/trace",
    params(("protocol" = String, Path), ("variant" = String, Path),
        ("steps" = Option<String>, Query, pattern = r"^([0-9]+(\.[0-9]+)*)?$", description = "indices of actions, joined by dots"),
        ("end" = Option<String>, Query, pattern = r"^(stutters|[0-9]+)$", description = "stutters, or the number of steps to the state to which the path returns"),
        ("offset" = Option<usize>, Query, description = "how many of its first steps are left out; by default none"),
        ("limit" = Option<usize>, Query, description = "the largest number of steps that are sent; by default all")),
    responses((status = 200, body = wire::Trace), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn trace(app: Shared, named: Named, query: RawQuery) -> Answer<wire::Trace> {
    on_model(app, named, query, |app, model, asked| {
        let limit = asked.limit.unwrap_or(LONGEST);
        let shown = asked.offset..asked.offset.saturating_add(limit);
        let nearest = app.searches.nearest(model);
        Ok(model.trace(&asked.walk(model)?, shown, nearest))
    })
    .await
}

/// The possible actions in the state that a path leads to.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/next",
    params(("protocol" = String, Path), ("variant" = String, Path),
        ("steps" = Option<String>, Query, pattern = r"^([0-9]+(\.[0-9]+)*)?$", description = "indices of actions, joined by dots")),
    responses((status = 200, body = wire::Next), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn next(app: Shared, named: Named, query: RawQuery) -> Answer<wire::Next> {
    on_model(app, named, query, |app, model, asked| {
        let nearest = app.searches.nearest(model);
        Ok(model.next(&asked.walk(model)?, nearest))
    })
    .await
}

/// Plays the same schedule on the correct variants, or on the named one.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/fix",
    params(("protocol" = String, Path), ("variant" = String, Path),
        ("steps" = Option<String>, Query, pattern = r"^([0-9]+(\.[0-9]+)*)?$", description = "indices of actions, joined by dots"),
        ("variant" = Option<String>, Query, description = "the variant whose run is shown; by default the first correct one that keeps the guarantee"),
        ("property" = Option<String>, Query, description = "the guarantee; by default the first claimed one that is false at the end of the path")),
    responses((status = 200, body = wire::Fix), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn fixed(app: Shared, named: Named, query: RawQuery) -> Answer<wire::Fix> {
    on_model(app, named, query, |app, model, asked| {
        let wanted = asked.variant.as_deref();
        let mut others = app.right_variants(model);
        let missing = |name: &&str| {
            !others
                .iter()
                .any(|other| other.instance.variant.name == *name)
        };
        if let Some(name) = wanted.filter(missing) {
            others.push(app.alike(model, name)?);
        }
        let walked = asked.walk(model)?;
        fix(model, &walked, others, wanted, asked.property.as_deref()).ok_or_else(|| {
            let none = "this protocol has no correct variant with these bounds and faults";
            Problem::conflict("no-right-variant", none)
        })
    })
    .await
}

/// The graph, or the part of it around the state that a path leads to. Available when the search is
/// done.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/graph",
    params(("protocol" = String, Path), ("variant" = String, Path),
        ("steps" = Option<String>, Query, pattern = r"^([0-9]+(\.[0-9]+)*)?$", description = "indices of actions, joined by dots"),
        ("limit" = Option<usize>, Query, description = "the limit on drawn nodes, from 60 (the default) to 480; a value outside this range is replaced by the nearer end; a larger limit shows states that are farther away")),
    responses((status = 200, body = wire::GraphView), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn graph(app: Shared, named: Named, query: RawQuery) -> Answer<wire::GraphView> {
    on_model(app, named, query, |app, model, asked| {
        let walked = asked.walk(model)?;
        let unknown = || {
            Problem::conflict(
                "not-searched",
                "the graph is drawn once the search has seen all of it",
            )
        };
        let found = app.searches.found(model).ok_or_else(unknown)?;
        let limit = asked.limit.unwrap_or(*DRAWN.start());
        let limit = limit.clamp(*DRAWN.start(), *DRAWN.end());
        draw(model, &found, walked.last(), limit).ok_or_else(unknown)
    })
    .await
}

/// The protocol's TLA+ module.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/spec",
    params(("protocol" = String, Path), ("variant" = String, Path)),
    responses((status = 200, body = wire::SpecText), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn spec(app: Shared, named: Named, query: RawQuery) -> Answer<wire::SpecText> {
    on_model(app, named, query, |_, model, _| {
        Ok(spec_text::spec_text(model.instance.description.module))
    })
    .await
}

/// A path in another format: for another checker, a test, a document, or a picture.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/export/{form}",
    params(("protocol" = String, Path), ("variant" = String, Path),
        ("form" = String, Path, description = "json, itf, tla, mermaid, svg, markdown or rust"),
        ("steps" = Option<String>, Query, pattern = r"^([0-9]+(\.[0-9]+)*)?$", description = "indices of actions, joined by dots"),
        ("end" = Option<String>, Query, pattern = r"^(stutters|[0-9]+)$", description = "stutters, or the number of steps to the state to which the path returns"),
        ("property" = Option<String>, Query, description = "the property that the path violates or witnesses; by default the first claimed guarantee that is false at its end")),
    responses((status = 200, body = wire::ExportedText), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn export(
    app: Shared,
    Path((protocol, variant, form)): Path<(String, String, String)>,
    query: RawQuery,
) -> Answer<wire::ExportedText> {
    let form: Form = form
        .parse()
        .map_err(|error: String| Problem::missing("no-such-form", error))?;
    on_model(
        app,
        Path((protocol, variant)),
        query,
        move |app, model, asked| {
            let walked = asked.walk(model)?;
            let told = Told::new(
                model,
                &walked,
                asked.property.as_deref(),
                app.catalogue.path(),
            );
            Ok(wire::ExportedText {
                form: form.name(),
                extension: form.extension(),
                text: told.text(form),
            })
        },
    )
    .await
}

/// The size limit of an imported file.
const LARGEST: usize = 4 << 20;

/// Imports a counterexample and shows it beside the same path in the Rust model.
#[cfg_attr(feature = "openapi", utoipa::path(post, path = "/api/v1/models/{protocol}/{variant}/import",
    params(("protocol" = String, Path), ("variant" = String, Path)),
    request_body(content = String, content_type = "text/plain",
        description = "the output of TLC, an ITF file, or the JSON of `tandem check`; at most 4 MiB. \
            `offset` chooses one of several behaviours, from 0"),
    responses((status = 200, body = wire::Imported), (status = "4XX", body = wire::Problem))))]
pub(crate) async fn import(
    app: Shared,
    named: Named,
    query: RawQuery,
    body: Result<Bytes, BytesRejection>,
) -> Answer<wire::Imported> {
    let body = body.map_err(|_| {
        Problem::too_large("a file of at most 4 MiB can be imported; send the counterexample alone")
    })?;
    on_model(app, named, query, move |app, model, asked| {
        imports::import(&body, asked.offset, model, &app.catalogue)
    })
    .await
}

/// Searches the model. Sends events `progress`, and at the end `done` or `failed`.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/models/{protocol}/{variant}/search",
    params(("protocol" = String, Path), ("variant" = String, Path)),
    responses((status = 200, body = wire::Report, content_type = "text/event-stream",
        description = "`progress` → Progress, `done` → Report, `failed` → Problem"),
        (status = "4XX", body = wire::Problem))))]
pub(crate) async fn search(
    app: Shared,
    named: Named,
    query: RawQuery,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let Json(status) = on_model(app, named, query, |app, model, _| {
        app.searches.follow(model)
    })
    .await?;
    let told = unfold(Some((status, true)), |listening| async {
        let (mut status, first) = listening?;
        if !first {
            status.changed().await.ok()?;
        }
        let now = status.borrow_and_update().clone();
        let goes_on = matches!(now, Status::Running(_));
        Some((Ok(told(&now)), goes_on.then_some((status, false))))
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}

fn told(status: &Status) -> Event {
    match status {
        Status::Running(so_far) => match progress(so_far) {
            Some(told) => event("progress", &told),
            None => Event::default().comment("started"),
        },
        Status::Done(found) => event("done", &found.report),
        Status::Failed(problem) => event("failed", &problem.body()),
    }
}
