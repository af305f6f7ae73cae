//! The addresses of rooms. They exist only if the explorer was started with `--share`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use futures_util::stream::{Stream, unfold};
use tokio::time::timeout;

use super::answer::{Answer, Shared, event};
use super::app::App;
use super::problem::Problem;
use super::wire::{Drive, HandOver, Join, Joined, Leave, RoomState, Timer};

/// How often a page gets an event from a room in which nothing changes.
const ALIVE: Duration = Duration::from_secs(1);

type Body<T> = Result<Json<T>, JsonRejection>;

/// All routes under `/api/v1/rooms`.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", post(open))
        .route("/{code}/join", post(join))
        .route("/{code}/leave", post(leave))
        .route("/{code}/place", put(drive))
        .route("/{code}/wheel", post(hand_over))
        .route("/{code}/timer", put(time))
        .route("/{code}/events/{id}", get(events))
}

fn said<T>(body: Body<T>) -> Result<T, Problem> {
    let said = body.map_err(|error| Problem::bad("bad-body", error.body_text()));
    said.map(|Json(said)| said)
}

/// Opens a room. The caller drives.
#[cfg_attr(feature = "openapi", utoipa::path(post, path = "/api/v1/rooms", request_body = Join,
    responses((status = 200, body = Joined), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn open(State(app): Shared, body: Body<Join>) -> Answer<Joined> {
    let join = said(body)?;
    app.rooms()?.open(join.name.as_deref()).map(Json)
}

/// Joins a room.
#[cfg_attr(feature = "openapi", utoipa::path(post, path = "/api/v1/rooms/{code}/join", params(("code" = String, Path)),
    request_body = Join,
    responses((status = 200, body = Joined), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn join(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Join>,
) -> Answer<Joined> {
    let join = said(body)?;
    let name = join.name.unwrap_or_default();
    app.rooms()?.join(&code, &name).map(Json)
}

/// Leaves a room.
#[cfg_attr(feature = "openapi", utoipa::path(post, path = "/api/v1/rooms/{code}/leave", params(("code" = String, Path)),
    request_body = Leave,
    responses((status = 200, body = RoomState), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn leave(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Leave>,
) -> Answer<RoomState> {
    let Leave { secret } = said(body)?;
    app.rooms()?.leave(&code, &secret).map(Json)
}

/// Tells the room the driver's new place.
#[cfg_attr(feature = "openapi", utoipa::path(put, path = "/api/v1/rooms/{code}/place", params(("code" = String, Path)),
    request_body = Drive,
    responses((status = 200, body = RoomState), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn drive(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Drive>,
) -> Answer<RoomState> {
    let Drive { secret, place } = said(body)?;
    app.rooms()?.drive(&code, &secret, &place).map(Json)
}

/// Makes another member the driver.
#[cfg_attr(feature = "openapi", utoipa::path(post, path = "/api/v1/rooms/{code}/wheel", params(("code" = String, Path)),
    request_body = HandOver,
    responses((status = 200, body = RoomState), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn hand_over(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<HandOver>,
) -> Answer<RoomState> {
    let HandOver { secret, to } = said(body)?;
    app.rooms()?.hand_over(&code, &secret, &to).map(Json)
}

/// Starts or stops the timer.
#[cfg_attr(feature = "openapi", utoipa::path(put, path = "/api/v1/rooms/{code}/timer", params(("code" = String, Path)),
    request_body = Timer,
    responses((status = 200, body = RoomState), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn time(
    State(app): Shared,
    Path(code): Path<String>,
    body: Body<Timer>,
) -> Answer<RoomState> {
    let Timer { secret, seconds } = said(body)?;
    app.rooms()?.time(&code, &secret, seconds).map(Json)
}

/// Keeps a member present until it is dropped.
struct Here {
    app: Arc<App>,
    code: String,
    id: String,
}

impl Drop for Here {
    fn drop(&mut self) {
        if let Ok(rooms) = self.app.rooms() {
            rooms.turn_away(&self.code, &self.id);
        }
    }
}

/// Follows a room. Sends an event `room` now and with each change until the room is closed, and
/// `alive` in every second without a change, so that a page notices when the server is gone. The
/// member counts as present while they listen. The path contains the public id, so that no secret
/// is in an address.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/rooms/{code}/events/{id}",
    params(("code" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = RoomState, content_type = "text/event-stream",
        description = "`room` → RoomState, `alive` → null"), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn events(
    State(app): Shared,
    Path((code, id)): Path<(String, String)>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let version = app.rooms()?.follow(&code, &id)?;
    let here = Here { app, code, id };
    let told = unfold(
        (here, version, true),
        |(here, mut version, first)| async move {
            if !first {
                match timeout(ALIVE, version.changed()).await {
                    Ok(changed) => changed.ok()?,
                    Err(_) => return Some((Ok(event("alive", &())), (here, version, false))),
                }
            }
            version.borrow_and_update();
            let state = here.app.rooms().ok()?.state(&here.code).ok()?;
            Some((Ok(event("room", &state)), (here, version, false)))
        },
    );
    Ok(Sse::new(told))
}
