//! The explorer's server against whoever means no good: other sites, other machines, and requests of
//! any size and shape. None may be answered, or end in a panic.

mod served;

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::process::Command;

use serde_json::Value as Json;
use served::{Answer, Explorer};

const JSON: &str = "Content-Type: application/json\r\n";

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

/// What stands in an address where a name is expected.
fn names() -> Vec<String> {
    let known = [
        "",
        ".",
        "..",
        "%00",
        "%ff",
        "%2e%2e%2f%2e%2e%2fCargo.toml",
        "-1",
        "all",
        "outbox:all",
    ];
    let odd = [
        "%F0%9F%92%A5",
        "<script>",
        "%25",
        "18446744073709551616",
        "a%2Fb",
        ";",
        "~",
    ];
    let mut names: Vec<String> = known
        .iter()
        .chain(&odd)
        .map(|&name| name.to_owned())
        .collect();
    names.push("9".repeat(5_000));
    names
}

/// Queries that no model takes.
fn queries() -> Vec<String> {
    let values = [
        "", "-1", "0", "1e9", "1.5", "0x1", "+1", " 1", "256", "100", "%ff", "%00", "true",
    ];
    let mut queries: Vec<String> = values
        .iter()
        .map(|value| format!("slots={value}"))
        .collect();
    queries.extend(
        [
            "x=1",
            "=",
            "=1",
            "slots",
            "%ff=%00",
            "slots=1&slots=1",
            "steps=0&x=1",
            "offset=-1",
            "offset=",
            "limit=1.5",
            "limit=18446744073709551616",
        ]
        .map(str::to_owned),
    );
    queries.push(format!("slots={}", "9".repeat(5_000)));
    queries.push(format!("{}=1", "x".repeat(5_000)));
    let many: Vec<String> = (0..1_000).map(|number| format!("p{number}=1")).collect();
    queries.push(many.join("&"));
    queries
}

/// Paths that no model has, and ends.
fn paths() -> Vec<String> {
    let steps = [
        "x",
        "0..0",
        ".",
        "0.",
        ".0",
        "0.999",
        "-1",
        "+0",
        "0x0",
        "65536",
        "18446744073709551616",
        "%ff%00",
    ];
    let mut paths: Vec<String> = steps.iter().map(|steps| format!("steps={steps}")).collect();
    let ends = ["5", "-1", "stutter", "18446744073709551616", "%ff"];
    paths.extend(ends.iter().map(|end| format!("steps=0&end={end}")));
    paths.push(format!("steps={}", "9".repeat(5_000)));
    paths.push(format!("steps={}0", "0.".repeat(3_000)));
    paths.push(format!("steps={}0", "0.".repeat(500)));
    paths
}

/// Bodies that nothing is made of.
fn bodies() -> Vec<Vec<u8>> {
    let short = [
        "",
        "{",
        "}",
        "[]",
        "null",
        "true",
        "1e999",
        "-0",
        "\"\"",
        "\u{feff}{}",
        "{\"name\":1}",
        "{\"name\":\"\"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"secret\":\"x\",\"seconds\":-1,\"place\":1,\"to\":2}",
        "{\"secret\":\"x\",\"seconds\":1e400,\"place\":null,\"to\":null}",
        "{\"secret\":\"x\",\"seconds\":99999999999999999999,\"place\":\"\",\"to\":\"m1\"}",
        "{\"states\":[]}",
        "{\"states\":[1]}",
        "{\"states\":[{\"x\":1e999}]}",
        "{\"states\":[{\"hist\":{\"#bigint\":\"x\"}}]}",
        "{\"states\":[{\"x\":{\"#map\":[[]]}}]}",
        "State 1: <Initial predicate>\n/\\ x = 99999999999999999999999\n",
    ];
    let mut bodies: Vec<Vec<u8>> = short.iter().map(|text| text.as_bytes().to_vec()).collect();
    bodies.push(vec![0xff; 1_000]);
    bodies.push(b"{\"name\":\"\xff\xfe\",\"secret\":\"\xff\"}".to_vec());
    bodies.push("[".repeat(50_000).into_bytes());
    bodies.push("{\"a\":".repeat(50_000).into_bytes());
    bodies.push(format!("{{\"states\":[{{\"x\":{}", "[".repeat(50_000)).into_bytes());
    bodies.push(
        format!(
            "State 1: <Initial predicate>\n/\\ x = {}\n",
            "<<".repeat(50_000)
        )
        .into_bytes(),
    );
    bodies.push(
        format!(
            "{{\"name\":\"{0}\",\"secret\":\"{0}\"}}",
            "x".repeat(60_000)
        )
        .into_bytes(),
    );
    bodies.push(vec![b'x'; 5 << 20]);
    bodies
}

/// An answer that blames the request, and nothing else.
fn blames(answer: &Answer, what: &str) {
    let what: String = what.chars().take(200).collect();
    assert!(
        (400..500).contains(&answer.status),
        "{what}: {} {}",
        answer.status,
        answer.body
    );
    assert!(!answer.body.contains("\"bug\""), "{what}: {}", answer.body);
}

fn send(explorer: &Explorer, method: &str, path: &str, body: &[u8]) -> Answer {
    let (host, length) = (explorer.address, body.len());
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{JSON}Content-Length: {length}\r\n\r\n"
    );
    explorer.ask([head.as_bytes(), body].concat())
}

/// Every address that the server describes, with names that exist, and the ways to ask there.
fn routes(explorer: &Explorer) -> Vec<(String, Vec<String>)> {
    let document = explorer.json("/openapi.json");
    let paths = document["paths"].as_object().unwrap().iter();
    let routes: Vec<_> = paths
        .map(|(path, ways)| {
            let ways = ways.as_object().unwrap().keys();
            (path.clone(), ways.map(|way| way.to_uppercase()).collect())
        })
        .collect();
    assert!(
        routes.len() > 14,
        "only {} addresses are described",
        routes.len()
    );
    routes
}

#[test]
fn whatever_is_sent_to_any_address_gets_an_answer_that_blames_the_request() {
    let explorer = Explorer::start(&["--share"]);
    let room = explorer.send("POST", "/rooms", "{}");
    let code = room["state"]["code"].as_str().unwrap();
    let exists = [
        ("{protocol}", "outbox"),
        ("{variant}", "transactional"),
        ("{code}", code),
        ("{id}", "m1"),
    ];
    for (template, ways) in routes(&explorer) {
        let real = exists.iter().fold(template.clone(), |path, (name, value)| {
            path.replace(name, value)
        });
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
            let known = ways.iter().any(|way| way == method);
            if !known {
                blames(
                    &send(&explorer, method, &real, b"{}"),
                    &format!("{method} {real}"),
                );
            }
        }
        for method in &ways {
            for (parameter, _) in exists.iter().filter(|(name, _)| template.contains(name)) {
                for name in names() {
                    let hostile = template.replace(parameter, &name);
                    let path = exists
                        .iter()
                        .fold(hostile, |path, (name, value)| path.replace(name, value));
                    blames(
                        &send(&explorer, method, &path, b"{\"name\":\"x\"}"),
                        &format!("{method} {path}"),
                    );
                }
            }
            if template.contains("{variant}") {
                let walks = ["/trace", "/next", "/fix", "/graph"]
                    .iter()
                    .any(|end| template.ends_with(end));
                let steps = if walks { paths() } else { Vec::new() };
                for query in queries().into_iter().chain(steps) {
                    let path = format!("{real}?{query}");
                    blames(
                        &send(&explorer, method, &path, b""),
                        &format!("{method} {path}"),
                    );
                }
            }
            if method != "GET" {
                for body in bodies() {
                    let answer = send(&explorer, method, &real, &body);
                    // A body that is too large may be cut off before the answer is read.
                    if answer.status != 0 || body.len() < 4 << 20 {
                        blames(
                            &answer,
                            &format!("{method} {real} {}", String::from_utf8_lossy(&body)),
                        );
                    }
                }
            }
        }
    }
    assert_eq!(
        explorer.get("/api/v1/catalogue").status,
        200,
        "it still answers"
    );
}

#[test]
fn no_file_is_read_and_no_broken_request_ends_it() {
    let explorer = Explorer::start(&[]);
    for path in [
        "/Cargo.toml",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/../index.html",
        "/assets/%2e%2e%2f%2e%2e%2fCargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/api/v1/none",
    ] {
        blames(&explorer.get(path), path);
    }
    let host = explorer.address;
    let many = "X: 1\r\n".repeat(1_000);
    let long = "x".repeat(1 << 20);
    for request in [
        "\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        format!("GET / HTTP/9.9\r\nHost: {host}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {long}\r\n\r\n"),
        format!("POST /api/v1/rooms HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n"),
        format!(
            "POST /api/v1/rooms HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
        ),
    ] {
        let answer = explorer.ask(&request);
        let refused = answer.status == 0 || (400..500).contains(&answer.status);
        assert!(
            refused,
            "{}: {}",
            &request[..request.len().min(100)],
            answer.status
        );
    }
    assert_eq!(
        explorer.get("/api/v1/catalogue").status,
        200,
        "it still answers"
    );
}
