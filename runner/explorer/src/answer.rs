//! Shared by the functions that answer requests: their arguments, their result type, and running work on
//! a model.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::sse::Event;
use serde::Serialize;

use super::app::{App, Asked};
use super::model::Model;
use super::problem::Problem;

pub(crate) type Answer<T> = Result<Json<T>, Problem>;
pub(crate) type Shared = State<Arc<App>>;
pub(crate) type Named = Path<(String, String)>;

/// A server-sent event whose data is a value in JSON.
pub(crate) fn event(name: &str, value: &impl Serialize) -> Event {
    let event = Event::default().event(name);
    event.json_data(value).unwrap_or_default()
}

pub(crate) async fn on_model<T: Send + 'static>(
    State(app): Shared,
    Path((protocol, variant)): Named,
    query: RawQuery,
    work: impl FnOnce(&App, &Arc<Model>, &Asked) -> Result<T, Problem> + Send + 'static,
) -> Answer<T> {
    let asked = Asked::read(query)?;
    let done = app.work(move |app| {
        let model = app.model(&protocol, &variant, &asked)?;
        work(app, &model, &asked)
    });
    done.await.map(Json)
}
