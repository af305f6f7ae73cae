//! Binds a port, prints the address, and serves until it is interrupted.

use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener as Listener, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::app::App;
use super::guard::Guard;
use super::rooms::{self, Rooms};
use super::routes::router;
use super::searches::Searches;
use super::wire::Start;
use tandem_lessons::CourseAt;
use tandem_models::catalogue::{Catalogue, Instance};
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;

/// The port that is tried first.
const PORT: u16 = 3000;

/// How long data may stay unacknowledged by a page, in milliseconds. The others in a room learn within
/// five seconds that the driver's machine is gone.
#[cfg(target_os = "linux")]
const UNHEARD: u32 = 2_500;

/// How long a token is reused.
const KEPT: Duration = Duration::from_secs(12 * 60 * 60);

/// The options of the server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port. If it is `None` and the usual port is taken, another one is used.
    pub port: Option<u16>,
    /// The address to listen at.
    pub bind: IpAddr,
    /// Whether rooms may be opened.
    pub share: bool,
    /// Whether to open a browser.
    pub open: bool,
    /// How far a search may go.
    pub limits: Limits,
    /// Threads of one search.
    pub threads: usize,
    /// The folder in which rooms are kept, so that they survive a restart. If it is `None`, they are not
    /// kept.
    pub folder: Option<PathBuf>,
    /// The course, if there is one.
    pub course: Option<CourseAt>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            port: None,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            share: false,
            open: false,
            limits: Limits::NONE,
            threads: 1,
            folder: None,
            course: None,
        }
    }
}

/// Serves the explorer until `cancel` is set.
///
/// # Errors
///
/// If it cannot listen at the address.
pub fn serve(
    catalogue: Catalogue,
    start: Option<&Instance>,
    options: &Options,
    cancel: &Cancel,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the server cannot start its threads")?;
    runtime.block_on(async {
        let listener = listen(options.bind, options.port)?;
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let address = listener.local_addr()?;
        let token = match address.ip().is_loopback() {
            true => None,
            false => Some(token_kept_in(
                kept_at(options, address, "token").as_deref(),
            )?),
        };
        let file = kept_at(options, address, "rooms.json");
        let (own, others) = links(address, token.as_deref());
        writeln!(out, "Tandem's explorer is at {own}")?;
        if address.ip().is_loopback() {
            writeln!(
                out,
                "The handbook of the course is at http://{address}/handbook/"
            )?;
        }
        if others != own {
            writeln!(out, "Others in the network open {others}")?;
        }
        writeln!(out, "Ctrl-C ends it.")?;
        out.flush()?;
        if options.open && open::that_detached(&own).is_err() {
            writeln!(
                out,
                "No browser could be opened; open the address yourself."
            )?;
        }
        let searches = Searches::new(options.limits.clone(), options.threads);
        let mut app = App::new(catalogue, searches);
        app.shared = options.share.then(|| Rooms::kept_in(others, file));
        app.course = options.course.clone();
        app.start = start.map(|instance| Start {
            protocol: instance.description.name.to_owned(),
            variant: instance.variant.name.to_owned(),
            parameters: super::model::parameters(instance),
        });
        let app = Arc::new(app);
        let router = router(
            Arc::clone(&app),
            Guard::new(Arc::clone(&app), address, token),
        );
        let listener = listener.tap_io(|stream| prepare(stream));
        let ended = tokio::select! {
            served = axum::serve(listener, router) => served.context("the server stopped"),
            () = cancelled(cancel) => Ok(()),
        };
        app.searches.stop();
        ended
    })?;
    // A graceful shutdown would wait for pages that still listen to events.
    runtime.shutdown_background();
    Ok(())
}

/// The path of a file that a server finds again when it is restarted at the same port. A port that was
/// chosen automatically has no such file.
fn kept_at(options: &Options, address: SocketAddr, what: &str) -> Option<PathBuf> {
    let folder = options
        .folder
        .as_ref()
        .filter(|_| options.port != Some(0))?;
    Some(folder.join(format!("explorer-{}-{what}", address.port())))
}

/// Sets options of a connection. A failure does no harm.
fn prepare(stream: &TcpStream) {
    // An answer is sent in several parts. None of them waits until the previous one was acknowledged.
    let _ = stream.set_nodelay(true);
    // If a page loses its network, TCP alone notices it only after a quarter of an hour. This option
    // exists only on Linux.
    #[cfg(target_os = "linux")]
    let _ = rustix::net::sockopt::set_tcp_user_timeout(stream, UNHEARD);
}

/// Listens at the requested port; without one, at the usual port if it is free, or at any other.
///
/// # Errors
///
/// If the port is taken or not permitted.
pub fn listen(bind: IpAddr, port: Option<u16>) -> anyhow::Result<Listener> {
    let at = |port| Listener::bind(SocketAddr::new(bind, port));
    let failed = |port| format!("cannot listen at {bind}:{port}");
    match port {
        Some(port) => at(port).with_context(|| {
            format!(
                "{}; is it taken? Without --port a free one is found",
                failed(port)
            )
        }),
        None => match at(PORT) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                at(0).with_context(|| failed(0))
            }
            bound => bound.with_context(|| failed(PORT)),
        },
    }
}

/// The link that is opened here, and the link for others. They differ if the server listens at every
/// address.
fn links(address: SocketAddr, token: Option<&str>) -> (String, String) {
    let token = token.map_or_else(String::new, |token| format!("?token={token}"));
    let link = |ip| format!("http://{}/{token}", SocketAddr::new(ip, address.port()));
    let (own, others) = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => {
            let elsewhere = Ipv4Addr::new(192, 0, 2, 1).into();
            (Ipv4Addr::LOCALHOST.into(), address_towards(elsewhere))
        }
        IpAddr::V6(ip) if ip.is_unspecified() => {
            let elsewhere = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into();
            (Ipv6Addr::LOCALHOST.into(), address_towards(elsewhere))
        }
        ip => (ip, None),
    };
    (link(own), link(others.unwrap_or(own)))
}

/// The address from which this machine would contact another one; `None` without a network. Nothing is
/// sent, and the addresses of the others are ones reserved for documentation.
fn address_towards(elsewhere: IpAddr) -> Option<IpAddr> {
    let any = match elsewhere {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(elsewhere, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// The token of a server that ran at the same port a short time ago, so that its pages still work, or
/// else a new one.
fn token_kept_in(file: Option<&Path>) -> anyhow::Result<String> {
    let Some(file) = file else { return token() };
    let age = fs::metadata(file).and_then(|about| about.modified());
    let age = age.ok().and_then(|written| written.elapsed().ok());
    let kept = fs::read_to_string(file).unwrap_or_default();
    let is_token = kept.len() == 32 && kept.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_token && age.is_some_and(|age| age < KEPT) {
        return Ok(kept);
    }
    let token = token()?;
    // If this fails, pages must be opened with the new link after a restart.
    let _ = rooms::write_privately(file, token.as_bytes());
    Ok(token)
}

/// A token of 128 random bits.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("the system has no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn cancelled(cancel: &Cancel) {
    while !cancel.is_cancelled() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
