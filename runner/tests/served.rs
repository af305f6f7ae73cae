//! A running explorer and a client of it.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test uses its part of this module"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value as Json;

/// A running `tandem explore`, stopped at the end.
pub struct Explorer {
    child: Child,
    /// Where it is asked.
    pub address: SocketAddr,
    /// What it says is to be opened.
    pub link: String,
    _out: BufReader<ChildStdout>,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Explorer {
    pub fn start(arguments: &[&str]) -> Self {
        Self::started(&mut Command::new(env!("CARGO_BIN_EXE_tandem")), arguments)
    }

    /// The same where no Java is to be found.
    pub fn without_java() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        Self::started(command.env("PATH", "").env_remove("JAVA_HOME"), &[])
    }

    fn started(command: &mut Command, arguments: &[&str]) -> Self {
        let mut child = command
            .args(["explore", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let link = line.trim_end().split("http://").nth(1).unwrap().to_owned();
        Explorer {
            child,
            address: link.split('/').next().unwrap().parse().unwrap(),
            link,
            _out: out,
        }
    }

    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let wait = Some(Duration::from_secs(20));
        stream.set_read_timeout(wait).unwrap();
        // Who does not like a request may close before it has read all of it.
        let _ = stream.write_all(request.as_ref());
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

    pub fn with(&self, method: &str, path: &str, host: &str, headers: &str, body: &str) -> Answer {
        let length = body.len();
        self.ask(format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.with("GET", path, &self.address.to_string(), "", "")
    }

    /// The body of an answer that is JSON.
    pub fn json(&self, path: &str) -> Json {
        self.get(&format!("/api/v1{path}")).json()
    }

    /// What is answered to a body, as JSON.
    pub fn send(&self, method: &str, path: &str, body: &str) -> Json {
        let (path, host) = (format!("/api/v1{path}"), self.address.to_string());
        let json = "Content-Type: application/json\r\n";
        self.with(method, &path, &host, json, body).json()
    }

    /// The events of a stream, line by line.
    pub fn listen(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let wait = Some(Duration::from_secs(20));
        stream.set_read_timeout(wait).unwrap();
        let host = self.address;
        let head = format!("GET /api/v1{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// The last event of a stream.
    pub fn last_event(&self, path: &str) -> Json {
        let answer = self.get(&format!("/api/v1{path}"));
        let data = answer.body.lines().rfind(|line| line.starts_with("data: "));
        serde_json::from_str(&data.unwrap()[6..]).unwrap()
    }
}

/// Reads events until one of them is as it must be.
pub fn hears(events: &mut impl BufRead, wanted: impl Fn(&Json) -> bool) -> Json {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(events.read_line(&mut line).unwrap(), 0, "the events ended");
        let Some(data) = line.strip_prefix("data: ") else {
            continue;
        };
        let told = serde_json::from_str(data).unwrap();
        if wanted(&told) {
            return told;
        }
    }
}

impl Answer {
    /// The body as JSON; fails unless all is well.
    pub fn json(&self) -> Json {
        assert_eq!(self.status, 200, "{}", self.body);
        self.parsed()
    }

    /// The body as JSON, also of a problem.
    pub fn parsed(&self) -> Json {
        // Bodies of one chunk or more: what is between the first brace and the last.
        let (from, to) = (self.body.find('{'), self.body.rfind('}'));
        serde_json::from_str(&self.body[from.unwrap()..=to.unwrap()]).unwrap()
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
