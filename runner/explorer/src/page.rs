//! The files of the page, which are built into the binary. No file is read from disk.

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../explorer-ui/dist"]
struct Built;

/// Sends a file of the page; `/` sends `index.html`.
pub(crate) async fn page(uri: Uri) -> Response {
    let path = match uri.path() {
        "/" => "index.html",
        path => path.trim_start_matches('/'),
    };
    let Some(file) = Built::get(path) else {
        let hint = "there is no such page; the explorer begins at /";
        return Problem::missing("not-found", hint).into_response();
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = HeaderValue::from_str(kind.as_ref());
    // Only a file with a digest in its name can be cached without a time limit. Browsers request the
    // icon again with each step, because the address changes with each step.
    let cache = match path {
        "favicon.svg" => "public, max-age=3600",
        _ if path.starts_with("assets/") => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
    ];
    (headers, file.data).into_response()
}
