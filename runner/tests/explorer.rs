//! The explorer's server as a client sees it: the built binary, asked over loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value as Json;

/// A running `tandem explore`, stopped at the end.
struct Explorer {
    child: Child,
    address: SocketAddr,
    _out: BufReader<ChildStdout>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Explorer {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tandem"))
            .args(["explore", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap().parse().unwrap();
        Explorer {
            child,
            address,
            _out: out,
        }
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let wait = Some(Duration::from_secs(20));
        stream.set_read_timeout(wait).unwrap();
        // Who does not like a request may close before it has read all of it.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer {
            status: status.unwrap_or(0),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn with(&self, method: &str, path: &str, host: &str, headers: &str, body: &str) -> Answer {
        let length = body.len();
        self.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    fn get(&self, path: &str) -> Answer {
        self.with("GET", path, &self.address.to_string(), "", "")
    }

    fn json(&self, path: &str) -> Json {
        let answer = self.get(&format!("/api/v1{path}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        // Bodies of one chunk or more: what is between the first brace and the last.
        let (from, to) = (answer.body.find('{'), answer.body.rfind('}'));
        serde_json::from_str(&answer.body[from.unwrap()..=to.unwrap()]).unwrap()
    }

    /// The last event of a stream.
    fn last_event(&self, path: &str) -> Json {
        let answer = self.get(&format!("/api/v1{path}"));
        let data = answer.body.lines().rfind(|line| line.starts_with("data: "));
        serde_json::from_str(&data.unwrap()[6..]).unwrap()
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const BROKEN: &str = "/models/outbox/save-then-publish";

#[test]
fn the_search_names_the_shortest_counterexample_and_its_trace_ends_in_the_violation() {
    let explorer = Explorer::start(&["outbox:save-then-publish"]);
    let catalogue = explorer.json("/catalogue");
    assert_eq!(catalogue["start"]["variant"], "save-then-publish");
    let report = explorer.last_event(&format!("{BROKEN}/search"));
    let properties = report["properties"].as_array().unwrap();
    let double = properties.iter().find(|p| p["name"] == "NoDoubleEffect");
    let double = double.unwrap();
    assert_eq!(
        (&double["verdict"], &double["steps"]),
        (&"violated".into(), &8.into())
    );
    let steps = double["path"]["steps"].as_str().unwrap();
    let trace = explorer.json(&format!("{BROKEN}/trace?steps={steps}"));
    let taken = trace["steps"].as_array().unwrap();
    assert_eq!(taken.len(), 8);
    assert!(
        taken[..7]
            .iter()
            .all(|step| step["violates"] == Json::Array(vec![]))
    );
    assert!(
        taken[7]["violates"]
            .as_array()
            .unwrap()
            .contains(&"NoDoubleEffect".into())
    );
    let truths = taken[7]["truths"].as_array().unwrap();
    let double = truths
        .iter()
        .find(|t| t["name"] == "NoDoubleEffect")
        .unwrap();
    assert_eq!(double["holds"], false);
    assert_eq!(double["clauses"][0]["values"][0]["path"], "hist[1]");
    let fix = explorer.json(&format!("{BROKEN}/fix?steps={steps}"));
    assert_eq!(fix["variant"], "transactional");
    let repaired = fix["trace"]["steps"].as_array().unwrap();
    assert!(!repaired.is_empty());
    assert!(
        repaired
            .iter()
            .all(|step| step["violates"] == Json::Array(vec![]))
    );
}

/// The path of the counterexample to a guarantee.
fn counterexample(explorer: &Explorer, variant: &str, guarantee: &str) -> String {
    let report = explorer.last_event(&format!("/models/{variant}/search"));
    let mut properties = report["properties"].as_array().unwrap().iter();
    let broken = properties.find(|p| p["name"] == guarantee).unwrap();
    broken["path"]["steps"].as_str().unwrap().to_owned()
}

/// Its diagram.
fn drawn(explorer: &Explorer, variant: &str, guarantee: &str) -> Json {
    let steps = counterexample(explorer, variant, guarantee);
    let mut trace = explorer.json(&format!("/models/{variant}/trace?steps={steps}"));
    trace["diagram"].take()
}

/// On the shortest way to the only promise that is broken; others than promises are broken sooner.
#[test]
fn how_far_a_violation_is_counts_what_is_promised() {
    let explorer = Explorer::start(&[]);
    let variant = "outbox/marked-before";
    let promised = counterexample(&explorer, variant, "NoLostEffect");
    let other = counterexample(&explorer, variant, "DedupBounded");
    assert!(other.len() < promised.len(), "{other} {promised}");
    let steps: Vec<u64> = promised
        .split('.')
        .map(|step| step.parse().unwrap())
        .collect();
    for (place, step) in steps.iter().enumerate() {
        let path: Vec<_> = steps[..place].iter().map(u64::to_string).collect();
        let path = path.join(".");
        let next = explorer.json(&format!("/models/{variant}/next?steps={path}"));
        let mut actions = next["actions"].as_array().unwrap().iter();
        let taken = actions.find(|action| action["index"] == *step);
        assert_eq!(taken.unwrap()["nearest"], steps.len() - place - 1, "{path}");
    }
}

/// What stands under a key in everything of one kind that is drawn, where anything does.
fn all<'a>(diagram: &'a Json, kind: &str, key: &str) -> Vec<&'a Json> {
    let drawn = diagram[kind].as_array().unwrap().iter();
    let said = drawn.map(|one| &one[key]);
    said.filter(|said| !said.is_null() && **said != Json::Array(vec![]))
        .collect()
}

#[test]
fn the_diagram_shows_answers_and_what_others_store() {
    let explorer = Explorer::start(&[]);
    let marked = drawn(&explorer, "outbox/marked-before", "NoLostEffect");
    assert_eq!(all(&marked, "calls", "answer"), ["no", "yes"]);
    let recreated = drawn(
        &explorer,
        "token-deduplication/recreated",
        "NoDoubleDownstream",
    );
    let stored = all(&recreated, "marks", "wrote");
    assert_eq!(
        stored[1].as_array().unwrap()[0],
        "bill.charged[1]: 1 → 2",
        "{stored:?}"
    );
    let charged = drawn(&explorer, "charge-once/no-key", "NoDoubleCharge");
    let stored = all(&charged, "marks", "wrote");
    assert_eq!(
        stored,
        [
            &serde_json::json!(["charges[1]: 0 → 1"]),
            &serde_json::json!(["charges[1]: 1 → 2"])
        ]
    );
}

#[test]
fn every_next_action_leads_where_it_says_and_knows_how_far_a_violation_is() {
    let explorer = Explorer::start(&[]);
    explorer.last_event(&format!("{BROKEN}/search"));
    let (mut paths, mut seen) = (vec![String::new()], 0);
    while let Some(path) = paths.pop() {
        let next = explorer.json(&format!("{BROKEN}/next?steps={path}"));
        for action in next["actions"].as_array().unwrap() {
            let Some(index) = action["index"].as_u64() else {
                assert!(
                    action["reason"]
                        .as_str()
                        .is_some_and(|reason| !reason.is_empty())
                );
                continue;
            };
            let dot = if path.is_empty() { "" } else { "." };
            let longer = format!("{path}{dot}{index}");
            let trace = explorer.json(&format!("{BROKEN}/trace?steps={longer}"));
            let last = trace["steps"].as_array().unwrap().last().unwrap();
            for field in ["words", "changes", "violates", "group", "action"] {
                assert_eq!(last[field], action[field], "{longer} {field}");
            }
            let known = |truth: &Json| truth["name"] == "NoDoubleEffect" && truth["holds"] == false;
            let violated = last["truths"].as_array().unwrap().iter().any(known);
            assert_eq!(action["known"], true);
            if violated {
                assert_eq!(action["nearest"], 0, "{longer}");
            }
            seen += 1;
            if longer.len() < 12 {
                paths.push(longer);
            }
        }
    }
    assert!(seen > 10, "only {seen} actions were looked at");
}

#[test]
fn an_itf_file_and_a_log_are_replayed_and_the_first_difference_is_told() {
    let explorer = Explorer::start(&[]);
    let trace = explorer.json(&format!("{BROKEN}/trace?steps=0.0.0"));
    let mut states = vec![trace["start"]["state"].clone()];
    for step in trace["steps"].as_array().unwrap() {
        states.push(step["state"].clone());
    }
    let post = |states: &[Json]| {
        let body = serde_json::json!({ "vars": [], "states": states }).to_string();
        let host = explorer.address.to_string();
        let path = format!("/api/v1{BROKEN}/import");
        let answer = explorer.with("POST", &path, &host, "", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let (from, to) = (
            answer.body.find('{').unwrap(),
            answer.body.rfind('}').unwrap(),
        );
        serde_json::from_str::<Json>(&answer.body[from..=to]).unwrap()
    };
    let same = post(&states);
    assert_eq!(same["path"]["steps"], "0.0.0");
    assert_eq!(same["diverges"], Json::Null);
    states[2]["hist"] = serde_json::json!([7]);
    let other = post(&states);
    assert_eq!(other["path"]["steps"], "0");
    assert_eq!(other["diverges"]["number"], 2);
    assert!(other["diverges"]["instead"].is_object());
}

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

#[test]
fn whatever_is_sent_gets_an_answer_that_blames_the_request() {
    let explorer = Explorer::start(&[]);
    let long = "9".repeat(5_000);
    let deep = "0.".repeat(3_000);
    let paths = [
        "/Cargo.toml",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/../index.html",
        "/assets/%2e%2e%2f%2e%2e%2fCargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/api/v1/none",
        "/api/v1/models/none/none",
        "/api/v1/models/outbox/all",
        "/api/v1/models/outbox/none",
        "/api/v1/models/outbox:all/all",
        "/api/v1/models/outbox/transactional?slots=999",
        "/api/v1/models/outbox/transactional?slots=-1",
        "/api/v1/models/outbox/transactional?x=1",
        "/api/v1/models/outbox/transactional?slots=1&slots=2",
        "/api/v1/models/outbox/transactional/trace?steps=x",
        "/api/v1/models/outbox/transactional/trace?steps=0..0",
        "/api/v1/models/outbox/transactional/trace?steps=0.999",
        "/api/v1/models/outbox/transactional/trace?steps=-1",
        "/api/v1/models/outbox/transactional/trace?steps=0&end=5",
        "/api/v1/models/outbox/transactional/trace?steps=%ff%00<script>",
        "/api/v1/models/outbox/transactional/graph",
        "/api/v1/models/%00/%ff",
        &format!("/api/v1/models/outbox/transactional/trace?steps={long}"),
        &format!("/api/v1/models/outbox/transactional/trace?steps={deep}0"),
        &format!("/api/v1/models/{long}/{long}"),
    ];
    for path in paths {
        let answer = explorer.get(path);
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    let host = explorer.address.to_string();
    let import = "/api/v1/models/outbox/transactional/import";
    let nested = format!(
        "State 1: <Initial predicate>\n/\\ x = {}\n",
        "<<".repeat(50_000)
    );
    let arrays = format!("{{\"states\":[{{\"x\":{}", "[".repeat(50_000));
    let large = "x".repeat(5 << 20);
    for body in [
        "",
        "{",
        "{}",
        "{\"states\":[]}",
        "{\"states\":[1]}",
        &nested,
        &arrays,
        &large,
    ] {
        let answer = explorer.with("POST", import, &host, "", body);
        let length = body.len();
        // A body that is too large may be cut off before the answer is read.
        let cut = answer.status == 0 && length > 4 << 20;
        assert!(
            cut || (400..500).contains(&answer.status),
            "{length}: {}",
            answer.status
        );
    }
    let answer = explorer.with("DELETE", "/api/v1/catalogue", &host, "", "");
    assert!((400..500).contains(&answer.status));
    assert_eq!(
        explorer.get("/api/v1/catalogue").status,
        200,
        "it still answers"
    );
}

#[test]
fn beyond_loopback_it_asks_for_share_and_then_for_a_token() {
    let refused = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["explore", "--port", "0", "--bind", "0.0.0.0"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--share"));
}

#[test]
fn rooms_are_there_only_when_they_are_shared_and_take_nothing_but_what_they_know() {
    let alone = Explorer::start(&[]);
    let host = alone.address.to_string();
    let json = "Content-Type: application/json\r\n";
    let open = |explorer: &Explorer, host: &str, body: &str| {
        let status = explorer.with("POST", "/api/v1/rooms", host, json, body);
        status.status
    };
    assert_eq!(open(&alone, &host, "{}"), 404);
    let shared = Explorer::start(&["--share"]);
    let host = shared.address.to_string();
    assert_eq!(shared.json("/catalogue")["share"], true);
    assert_eq!(open(&shared, &host, "{}"), 200);
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(100_000));
    for body in ["", "[]", "{\"name\":1}", "{\"name\":\"\"}", &large] {
        let status = open(&shared, &host, body);
        assert!((400..500).contains(&status), "{status}");
    }
    for path in ["/api/v1/rooms/NONE/events", "/api/v1/rooms/%00/events"] {
        assert_eq!(shared.get(path).status, 404, "{path}");
    }
    let drive = "{\"wheel\":\"x\",\"place\":\"\"}";
    let answer = shared.with("PUT", "/api/v1/rooms/NONE/place", &host, json, drive);
    assert_eq!(answer.status, 404);
}
