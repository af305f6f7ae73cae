//! Error responses. Each says where, why, and what to do next.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tandem_models::catalogue::CatalogueError;

use super::wire;

/// An error response.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Problem {
    /// The request makes no sense here.
    pub(crate) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// The requested thing does not exist.
    pub(crate) fn missing(code: &'static str, message: impl Into<String>) -> Self {
        Problem::new(StatusCode::NOT_FOUND, code, message)
    }

    /// The address exists, but not with this method or content type.
    pub(crate) fn not_so(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "bad-method", message)
    }

    /// The request is not allowed.
    pub(crate) fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Problem::new(StatusCode::FORBIDDEN, code, message)
    }

    /// The request is too large.
    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message)
    }

    /// The request conflicts with the current state; it may succeed later.
    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Problem::new(StatusCode::CONFLICT, code, message)
    }

    /// Too much other work is in progress.
    pub(crate) fn busy(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
    }

    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Problem {
            status,
            code,
            message,
        }
    }

    /// The body of the response.
    pub(crate) fn body(&self) -> wire::Problem {
        wire::Problem {
            error: wire::ProblemBody {
                code: self.code.to_owned(),
                message: self.message.clone(),
            },
        }
    }
}

impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        let code = match error {
            CatalogueError::UnknownProtocol { .. } => "unknown-protocol",
            CatalogueError::UnknownVariant { .. } => "unknown-variant",
            CatalogueError::UnknownParameter { .. } | CatalogueError::UnknownFault { .. } => {
                return Problem::bad("unknown-parameter", error.to_string());
            }
            CatalogueError::OutOfRange { .. } => {
                return Problem::bad("out-of-range", error.to_string());
            }
        };
        Problem::missing(code, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(self.body())).into_response()
    }
}
