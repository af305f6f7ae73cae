//! Other sites, other machines, and who has no token.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::process::Command;

use super::JSON;
use crate::served::Explorer;
use serde_json::Value as Json;

#[test]
fn nobody_else_is_answered() {
    let explorer = Explorer::start(&[]);
    let me = explorer.address.to_string();
    let port = explorer.address.port();
    let asked = |host: &str, headers: &str| {
        explorer
            .with("GET", "/api/v1/catalogue", host, headers, "")
            .status
    };
    assert_eq!(asked(&me, ""), 200);
    assert_eq!(asked(&format!("localhost:{port}"), ""), 200);
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1:1",
        "",
        "10.0.0.1",
    ] {
        assert_eq!(asked(host, ""), 403, "{host}");
    }
    assert_eq!(asked(&me, "Origin: http://evil.example\r\n"), 403);
    assert_eq!(asked(&me, "Origin: null\r\n"), 403);
    assert_eq!(asked(&me, "Sec-Fetch-Site: cross-site\r\n"), 403);
    assert_eq!(asked(&me, &format!("Origin: http://{me}\r\n")), 200);
    let page = explorer.with("GET", "/", &me, "Sec-Fetch-Site: cross-site\r\n", "");
    assert_eq!(page.status, 200, "a link may open the page");
    assert!(
        page.head
            .contains("content-security-policy: default-src 'none'")
    );
    assert!(!page.head.contains("access-control-allow-origin"));
}

/// An address of this machine that others could use; none without a network.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[test]
fn beyond_loopback_it_asks_for_share_and_then_for_a_token() {
    let refused = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["explore", "--port", "0", "--bind", "0.0.0.0"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--share"));
    let mut explorer = Explorer::start(&["--share", "--bind", "0.0.0.0"]);
    let token = explorer.link.split("/?token=").nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 32, "{token}");
    let port = explorer.address.port();
    let here = explorer.address.ip();
    for ip in [Some(here), own_address()].into_iter().flatten() {
        explorer.address = SocketAddr::new(ip, port);
        only_the_token_opens(&explorer, &token);
    }
}

fn only_the_token_opens(explorer: &Explorer, token: &str) {
    let (me, port) = (explorer.address.to_string(), explorer.address.port());
    let shorter = &token[1..];
    let other = token.replace(|digit| digit != '0', "0");
    for path in [
        "/".to_owned(),
        "/favicon.svg".to_owned(),
        "/api/v1/catalogue".to_owned(),
        "/api/v1/openapi.json".to_owned(),
        format!("/api/v1/catalogue?token={token}"),
        "/?token=".to_owned(),
        format!("/?token={shorter}"),
        format!("/?token={token}0"),
        format!("/?token={other}"),
    ] {
        let answer = explorer.get(&path);
        assert_eq!(answer.status, 403, "{path}");
        assert!(!answer.head.contains("set-cookie"), "{path}");
        assert!(!answer.body.contains(token), "{path}");
    }
    let room = explorer.with("POST", "/api/v1/rooms", &me, JSON, "{}");
    assert_eq!(room.status, 403);
    let welcome = explorer.get(&format!("/?token={token}"));
    let cookie = format!("tandem-{port}={token}");
    assert_eq!(welcome.status, 303);
    assert!(welcome.head.contains("\r\nlocation: /\r\n"));
    let set = format!("\r\nset-cookie: {cookie}; httponly; samesite=lax; path=/\r\n");
    assert!(welcome.head.contains(&set), "{}", welcome.head);
    let with =
        |path: &str, host: &str, headers: &str| explorer.with("GET", path, host, headers, "");
    let shown = format!("Cookie: other=1; {cookie}\r\n");
    assert_eq!(with("/", &me, &shown).status, 200);
    let catalogue = with("/api/v1/catalogue", &me, &shown).json();
    assert!(catalogue["share"].as_str().unwrap().ends_with(token));
    for headers in [
        format!("Cookie: tandem-{port}={other}\r\n"),
        format!("Cookie: tandem-{port}={shorter}\r\n"),
        format!("Cookie: tandem-{port}=\r\n"),
        format!("Cookie: tandem-1={token}\r\n"),
        format!("{shown}Origin: http://evil.example\r\n"),
        format!("{shown}Sec-Fetch-Site: cross-site\r\n"),
    ] {
        let answer = with("/api/v1/catalogue", &me, &headers);
        assert_eq!(answer.status, 403, "{headers}");
    }
    for host in ["evil.example", "127.0.0.1:1", ""] {
        let answer = with("/api/v1/catalogue", host, &shown);
        assert_eq!(answer.status, 403, "{host}");
    }
}

#[test]
fn rooms_are_there_only_when_they_are_shared() {
    let alone = Explorer::start(&[]);
    assert_eq!(alone.json("/catalogue")["share"], Json::Null);
    let host = alone.address.to_string();
    for (method, path, body) in [
        ("POST", "/api/v1/rooms", "{}"),
        ("POST", "/api/v1/rooms/AAAA/join", r#"{"name":"Ada"}"#),
        ("POST", "/api/v1/rooms/AAAA/leave", r#"{"secret":"x"}"#),
        ("GET", "/api/v1/rooms/AAAA/events/m1", ""),
    ] {
        let answer = alone.with(method, path, &host, JSON, body);
        assert_eq!(answer.status, 404, "{path}");
    }
    let shared = Explorer::start(&["--share"]);
    assert_eq!(
        shared.json("/catalogue")["share"],
        format!("http://{}/", shared.address)
    );
}

#[test]
fn beyond_loopback_the_code_of_an_open_room_stands_for_the_token_and_no_other_code_does() {
    let explorer = Explorer::start(&["--share", "--bind", "0.0.0.0"]);
    let token = explorer.link.split("/?token=").nth(1).unwrap();
    let (me, port) = (explorer.address.to_string(), explorer.address.port());
    let shown = format!("Cookie: tandem-{port}={token}\r\n{JSON}");
    let room = explorer.with("POST", "/api/v1/rooms", &me, &shown, "{}");
    let code = room.json()["state"]["code"].as_str().unwrap().to_owned();
    let other = ["AAAA", "BBBB"].into_iter().find(|other| *other != code);
    let refused = explorer.get(&format!("/{}", other.unwrap()));
    assert_eq!(refused.status, 404);
    assert!(refused.body.contains("no-room"), "{}", refused.body);
    assert!(!refused.head.contains("set-cookie") && !refused.body.contains(token));
    for typed in [code.clone(), code.to_lowercase()] {
        let invited = explorer.get(&format!("/{typed}"));
        assert_eq!(invited.status, 303, "{typed}");
        let to = format!("\r\nlocation: /#/join/{}\r\n", code.to_lowercase());
        assert!(invited.head.contains(&to), "{}", invited.head);
        let set =
            format!("\r\nset-cookie: tandem-{port}={token}; httponly; samesite=lax; path=/\r\n");
        assert!(invited.head.contains(&set), "{}", invited.head);
    }
    let posted = explorer.with("POST", &format!("/{code}"), &me, JSON, "{}");
    assert_eq!(posted.status, 403, "only a page is opened so");
    // Nobody tries all codes: after some wrong ones the right one is refused as well.
    for _ in 0..20 {
        explorer.get(&format!("/{}", other.unwrap()));
    }
    let refused = explorer.get(&format!("/{code}"));
    assert_eq!(refused.status, 503);
    assert!(!refused.head.contains("set-cookie"));
    assert_eq!(explorer.get("/api/v1/catalogue").status, 403);
}
