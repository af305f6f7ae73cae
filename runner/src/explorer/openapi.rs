//! The API's description of itself.

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use super::{rooms_api, routes, tlc, wire};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tandem's explorer",
        description = "Models, searches and paths as the explorer's page asks for them. Bounds and \
            faults of a model are given in the query by name, as in `?messages=2&crash=1`; any \
            other answer than 200 has a Problem as its body."
    ),
    paths(
        routes::catalogue,
        routes::model,
        routes::search,
        routes::trace,
        routes::next,
        routes::fixed,
        routes::graph,
        routes::spec,
        routes::import,
        tlc::run,
        rooms_api::open,
        rooms_api::join,
        rooms_api::leave,
        rooms_api::drive,
        rooms_api::hand_over,
        rooms_api::time,
        rooms_api::events
    ),
    components(schemas(wire::Progress, wire::Report, wire::Problem, wire::TlcReport))
)]
struct Api;

/// `GET /api/v1/openapi.json`.
pub(crate) async fn document() -> Json<Document> {
    Json(Api::openapi())
}
