//! What a variant costs, as the listing tells it.

use serde::Serialize;
use tandem_models::catalogue::{self, Instance};

/// What a variant costs without faults. Calls are counted for each message more, at all endpoints
/// together; where the protocol knows one message only, for its whole run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// Reads of a store.
    pub reads: f64,
    /// Writes to a store. A transaction is one write.
    pub writes: f64,
    /// Messages sent.
    pub sends: f64,
    /// Requests to a third party.
    pub asks: f64,
    /// Whether every message more costs the same; if not, the numbers are averages.
    pub linear: bool,
    /// The endpoints whose calls are counted.
    pub endpoints: usize,
    /// What is kept for deduplication in the longest run; none if the protocol does not say where.
    pub keeps: Option<Keeps>,
    /// What it needs of the stores: `versioned-write`, `several-documents` (a transaction over them),
    /// `store-and-broker` (a transaction over both).
    pub needs: Vec<&'static str>,
    /// What was measured: runs of one message, of two, and so on.
    pub runs: Vec<PricedRun>,
}

/// Identities kept for deduplication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Keeps {
    /// When all is done.
    pub end: usize,
    /// The most on the way.
    pub most: usize,
    /// The messages of the run.
    pub messages: usize,
}

/// The calls of one run without faults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricedRun {
    /// Its messages.
    pub messages: usize,
    /// Reads of a store.
    pub reads: u32,
    /// Writes to a store.
    pub writes: u32,
    /// Messages sent.
    pub sends: u32,
    /// Requests to a third party.
    pub asks: u32,
}

impl Price {
    /// Measures a variant; none if a run without faults does not come to rest.
    pub fn of(instance: &Instance) -> Option<Self> {
        let price = instance.price()?;
        let (calls, messages) = price.slope();
        let each = |calls: u32| f64::from(calls) / f64::from(messages);
        let last = price.runs.last()?;
        Some(Price {
            reads: each(calls.reads),
            writes: each(calls.writes),
            sends: each(calls.sends),
            asks: each(calls.asks),
            linear: price.is_linear(),
            endpoints: price.endpoints,
            keeps: last.kept.map(|kept| Keeps {
                end: kept.end,
                most: kept.most,
                messages: price.runs.len(),
            }),
            needs: last.needs.iter().map(|need| need.name()).collect(),
            runs: runs(&price),
        })
    }

    /// The calls in words: "1 read, 2 writes, 1 send".
    pub fn words(&self) -> String {
        let kinds = [
            ("read", self.reads),
            ("write", self.writes),
            ("send", self.sends),
            ("ask", self.asks),
        ];
        let spent = kinds.into_iter().filter(|(_, count)| *count > 0.0);
        let words: Vec<_> = spent.map(|(kind, count)| counted(kind, count)).collect();
        let about = if self.linear { "" } else { "about " };
        match &words[..] {
            [] => "nothing".to_owned(),
            words => format!("{about}{}", words.join(", ")),
        }
    }
}

impl Keeps {
    /// What is kept, in words: "3 for 3 messages", "0 (at most 4) for 3 messages".
    pub fn words(&self) -> String {
        let most = match self.most > self.end {
            true => format!(" (at most {})", self.most),
            false => String::new(),
        };
        let messages = if self.messages == 1 {
            "message"
        } else {
            "messages"
        };
        format!("{}{most} for {} {messages}", self.end, self.messages)
    }
}

fn runs(price: &catalogue::Price) -> Vec<PricedRun> {
    let runs = (1..).zip(&price.runs);
    runs.map(|(messages, run)| PricedRun {
        messages,
        reads: run.calls.reads,
        writes: run.calls.writes,
        sends: run.calls.sends,
        asks: run.calls.asks,
    })
    .collect()
}

fn counted(kind: &str, count: f64) -> String {
    let number = match count.fract() == 0.0 {
        true => format!("{count:.0}"),
        false => format!("{count:.1}"),
    };
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {kind}{plural}")
}
