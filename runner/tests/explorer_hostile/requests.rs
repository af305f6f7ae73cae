//! Requests of any size and shape.

use super::JSON;
use crate::served::{Answer, Explorer};

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
