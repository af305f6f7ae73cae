//! The addresses of rooms; there only if the explorer was started with `--share`.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use futures_util::stream::{Stream, unfold};

use super::app::App;
use super::problem::Problem;
use super::routes::{Answer, Shared, event};
use super::wire::{self, Drive, HandOver, Join, Joined, Room, RoomState, Timer};

type Body<T> = Result<Json<T>, JsonRejection>;

/// Everything under `/api/v1/rooms`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", post(open))
        .route("/{code}/join", post(join))
        .route("/{code}/place", put(drive))
        .route("/{code}/wheel", post(hand_over))
        .route("/{code}/timer", put(time))
        .route("/{code}/events", get(events))
}

fn said<T>(body: Body<T>) -> Result<T, Problem> {
    let said = body.map_err(|error| Problem::bad("bad-body", error.body_text()));
    said.map(|Json(said)| said)
}

/// Opens a room; whoever opens it drives.
#[utoipa::path(post, path = "/api/v1/rooms", request_body = Join,
    responses((status = 200, body = Room), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn open(State(app): Shared, body: Body<Join>) -> Answer<Room> {
    let join = said(body)?;
    app.rooms()?.open(join.name.as_deref()).map(Json)
}

/// Joins a room.
#[utoipa::path(post, path = "/api/v1/rooms/{code}/join", params(("code" = String, Path)),
    request_body = Join,
    responses((status = 200, body = Joined), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn join(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Join>,
) -> Answer<Joined> {
    let join = said(body)?;
    let name = join.name.unwrap_or_default();
    app.rooms()?.join(&code, &name).map(Json)
}

/// The driver is somewhere else.
#[utoipa::path(put, path = "/api/v1/rooms/{code}/place", params(("code" = String, Path)),
    request_body = Drive,
    responses((status = 200, body = RoomState), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn drive(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Drive>,
) -> Answer<RoomState> {
    let Drive { wheel, place } = said(body)?;
    app.rooms()?.drive(&code, &wheel, &place).map(Json)
}

/// Somebody else drives from now on.
#[utoipa::path(post, path = "/api/v1/rooms/{code}/wheel", params(("code" = String, Path)),
    request_body = HandOver,
    responses((status = 200, body = RoomState), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn hand_over(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<HandOver>,
) -> Answer<RoomState> {
    let HandOver { wheel, to } = said(body)?;
    app.rooms()?.hand_over(&code, &wheel, &to).map(Json)
}

/// Starts the timer, or stops it.
#[utoipa::path(put, path = "/api/v1/rooms/{code}/timer", params(("code" = String, Path)),
    request_body = Timer,
    responses((status = 200, body = RoomState), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn time(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Timer>,
) -> Answer<RoomState> {
    let Timer { wheel, seconds } = said(body)?;
    app.rooms()?.time(&code, &wheel, seconds).map(Json)
}

/// What everybody sees, now and whenever it changes: events `room`, until the room is closed.
#[utoipa::path(get, path = "/api/v1/rooms/{code}/events", params(("code" = String, Path)),
    responses((status = 200, body = RoomState, content_type = "text/event-stream",
        description = "`room` → RoomState"), (status = "4XX", body = wire::Problem)))]
pub(crate) async fn events(
    State(app): Shared,
    Path(code): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let version = app.rooms()?.follow(&code)?;
    let told = unfold((version, true), move |(mut version, first)| {
        let (app, code) = (Arc::clone(&app), code.clone());
        async move {
            if !first {
                version.changed().await.ok()?;
            }
            version.borrow_and_update();
            let state = app.rooms().ok()?.state(&code).ok()?;
            Some((Ok(event("room", &state)), (version, false)))
        }
    });
    Ok(Sse::new(told).keep_alive(KeepAlive::default()))
}
