//! The handbook of the course, which is built into the binary. Each page is rendered when it is
//! requested, which takes less than a millisecond.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use tandem_handbook::Handbook;

use super::problem::Problem;

/// Redirects to an address that ends with a slash, because links between the pages are relative.
pub(crate) async fn beginning() -> Redirect {
    Redirect::permanent("/handbook/")
}

/// The first page.
pub(crate) async fn first() -> Response {
    answer("index.html")
}

/// A page, or the style sheet.
pub(crate) async fn page(Path(page): Path<String>) -> Response {
    answer(&page)
}

fn answer(name: &str) -> Response {
    let text = Handbook::built_in().and_then(|handbook| handbook.file(name));
    let Ok(Some(text)) = text else {
        let hint = "the handbook has no such page; it begins at /handbook/";
        return Problem::missing("not-found", hint).into_response();
    };
    let kind = match name.ends_with(".css") {
        true => "text/css; charset=utf-8",
        false => "text/html; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, text).into_response()
}
