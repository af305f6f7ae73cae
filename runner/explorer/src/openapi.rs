//! The OpenAPI description, generated from the server's types. A test compares it with
//! `docs/openapi.json`, which is the file that the server sends, so only the test uses this module.

use utoipa::openapi::schema::{AllOf, Object, Schema};
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa::{Modify, OpenApi};

use super::{course_api, rooms_api, routes, tlc, wire};

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
        routes::export,
        tlc::run,
        course_api::course,
        course_api::exercise,
        course_api::solution,
        course_api::build,
        rooms_api::open,
        rooms_api::join,
        rooms_api::leave,
        rooms_api::drive,
        rooms_api::hand_over,
        rooms_api::time,
        rooms_api::events
    ),
    components(schemas(wire::Progress, wire::Report, wire::Problem, wire::TlcReport)),
    modifiers(&NothingLeftOut)
)]
struct Api;

/// Marks all fields of sent bodies as required: the server sends `null` for a missing value. Only
/// received bodies may leave out optional fields.
struct NothingLeftOut;

/// The types that are received.
const RECEIVED: [&str; 5] = ["Drive", "HandOver", "Join", "Leave", "Timer"];

impl Modify for NothingLeftOut {
    fn modify(&self, document: &mut Document) {
        let schemas = document
            .components
            .iter_mut()
            .flat_map(|all| &mut all.schemas);
        for (name, schema) in schemas {
            if let RefOr::T(schema) = schema
                && !RECEIVED.contains(&name.as_str())
            {
                require_all(schema);
            }
        }
    }
}

fn require_all(schema: &mut Schema) {
    match schema {
        Schema::Object(Object {
            required,
            properties,
            ..
        }) => {
            *required = properties.keys().cloned().collect();
        }
        Schema::AllOf(AllOf { items, .. }) => {
            for item in items {
                if let RefOr::T(item) = item {
                    require_all(item);
                }
            }
        }
        _ => {}
    }
}

/// Builds the description.
pub fn document() -> Document {
    Api::openapi()
}
