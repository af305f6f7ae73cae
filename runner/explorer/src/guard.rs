//! Access control: only the page itself may send requests.
//!
//! Every page in the same browser can reach a server on loopback, by cross-site requests and by names that
//! are rebound to 127.0.0.1. So a request must name the server by one of its addresses and must not come
//! from another site. Beyond loopback it must also show the token from the address that the server
//! printed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::problem::Problem;
use super::rooms::code_in;

/// Decides which requests are answered.
pub(crate) struct Guard {
    /// The shared state, for the codes of rooms.
    app: Arc<App>,
    /// The address at which the server listens.
    address: SocketAddr,
    /// The token that requests from other machines must show.
    token: Option<String>,
}

/// The content security policy: the page loads and runs only files of this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const SAFE: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

impl Guard {
    /// The access control of a server at this address.
    pub(crate) fn new(app: Arc<App>, address: SocketAddr, token: Option<String>) -> Self {
        Guard {
            app,
            address,
            token,
        }
    }

    /// Checks a request. Returns `None` if the request may go on to the routes, and a response if the
    /// token was shown for the first time and the browser is to be redirected.
    ///
    /// # Errors
    ///
    /// If the request is refused.
    fn admit(&self, request: &Request) -> Result<Option<Response>, Problem> {
        let headers = request.headers();
        let host = text(headers, &header::HOST);
        if !host.is_some_and(|host| self.is_me(host)) {
            return Err(Problem::forbidden(
                "bad-host",
                "this address is not one of the server's; open the one that it printed",
            ));
        }
        self.same_site(request, host.unwrap_or_default())?;
        if let Some(welcome) = self.welcome(request.uri()) {
            return Ok(Some(welcome));
        }
        if let Some(code) = code_of(request) {
            return self.invited(&code).map(Some);
        }
        if self.token.is_none() || self.shown(headers) {
            return Ok(None);
        }
        Err(Problem::forbidden(
            "no-token",
            "open the address that the server printed, with its token",
        ))
    }

    /// Whether a `Host` header names an address of this server. Beyond loopback the token protects the
    /// server, because a name can be bound to any address.
    fn is_me(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let ours = match bare.parse::<IpAddr>() {
            Ok(ip) if self.address.ip().is_loopback() => ip.is_loopback(),
            Ok(_) => true,
            Err(_) => name.eq_ignore_ascii_case("localhost") || self.token.is_some(),
        };
        ours && port == Some(self.address.port())
    }

    /// Refuses requests from other sites, except links that open the page.
    fn same_site(&self, request: &Request, host: &str) -> Result<(), Problem> {
        let headers = request.headers();
        let elsewhere = |what| Err(Problem::forbidden("cross-site", what));
        if let Some(origin) = text(headers, &header::ORIGIN)
            && origin != format!("http://{host}")
        {
            return elsewhere("requests from other sites are not answered");
        }
        let page = request.uri().path() == "/" && *request.method() == Method::GET;
        let page = page || code_of(request).is_some();
        match text(headers, &HeaderName::from_static("sec-fetch-site")) {
            None | Some("same-origin" | "none") => Ok(()),
            Some(_) if page => Ok(()),
            Some(_) => elsewhere("requests from other sites are not answered"),
        }
    }

    fn shown(&self, headers: &HeaderMap) -> bool {
        let cookies = text(headers, &header::COOKIE).unwrap_or_default();
        let mut cookies = cookies
            .split(';')
            .filter_map(|one| one.trim().split_once('='));
        let shown = cookies.find(|(name, _)| *name == self.cookie());
        shown.is_some_and(|(_, value)| self.is_token(value))
    }

    /// The name of the cookie for the token. It contains the port, because browsers share cookies between
    /// all ports of a host.
    fn cookie(&self) -> String {
        format!("tandem-{}", self.address.port())
    }

    fn is_token(&self, shown: &str) -> bool {
        let Some(token) = self.token.as_deref().map(str::as_bytes) else {
            return false;
        };
        let pairs = token.iter().zip(shown.as_bytes());
        // The comparison takes the same time for a wrong token as for the right one.
        token.len() == shown.len() && pairs.fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }

    /// Stores the token from an address in a cookie and redirects to the address without it. Another site
    /// may contain such a link; a browser sends a lax cookie only when the user opens the page by it.
    fn welcome(&self, uri: &Uri) -> Option<Response> {
        let shown = uri.query()?.strip_prefix("token=")?;
        if uri.path() != "/" || !self.is_token(shown) {
            return None;
        }
        Some(self.sent_to("/"))
    }

    /// Accepts the code of an open room in place of the token, so that the address is short enough to
    /// type.
    ///
    /// # Errors
    ///
    /// If there is no such room, or too many wrong codes were tried.
    fn invited(&self, code: &str) -> Result<Response, Problem> {
        self.app.rooms()?.invites(code)?;
        Ok(self.sent_to(&format!("/#/join/{code}")))
    }

    /// Redirects a browser to a page of this server, with the token in a cookie.
    fn sent_to(&self, page: &str) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        let mut set = |name, text: &str| {
            if let Ok(value) = HeaderValue::from_str(text) {
                headers.insert(name, value);
            }
        };
        set(header::LOCATION, page);
        if let Some(token) = &self.token {
            let cookie = format!("{}={token}; HttpOnly; SameSite=Lax; Path=/", self.cookie());
            set(header::SET_COOKIE, &cookie);
        }
        response
    }
}

/// The code of a room that a browser opens, as in `/ABCD`.
fn code_of(request: &Request) -> Option<String> {
    let path = request.uri().path().strip_prefix('/')?;
    let page = *request.method() == Method::GET;
    page.then(|| code_in(path)).flatten()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The middleware that runs before every route.
pub(crate) async fn guard(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match guard.admit(&request) {
        Ok(None) => next.run(request).await,
        Ok(Some(welcome)) => welcome,
        Err(problem) => problem.into_response(),
    };
    for (name, value) in SAFE {
        let headers = response.headers_mut();
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
