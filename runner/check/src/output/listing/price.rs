//! The price of a variant, for the listing.

use serde::Serialize;
use tandem_models::catalogue::{self, Instance};

/// The price of a variant without faults. Calls are counted for each additional message, over all
/// endpoints. If the protocol has only one message, they are counted for its whole run.
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
    /// Whether every additional message costs the same. If not, the numbers are averages.
    pub linear: bool,
    /// The endpoints whose calls are counted.
    pub endpoints: usize,
    /// What is kept for deduplication in the longest run; `null` if the protocol does not say where
    /// it is kept.
    pub keeps: Option<Keeps>,
    /// The features that it needs from the broker and the stores: `ordered-queue` (a queue that hands out the
    /// messages of one key in their order), `versioned-write`, `several-documents` (a transaction over
    /// several documents), `store-and-broker` (a transaction over both).
    pub needs: Vec<&'static str>,
    /// The measured runs: of one message, of two, and so on.
    pub runs: Vec<PricedRun>,
}

/// Identities kept for deduplication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Keeps {
    /// The number when all work is done.
    pub end: usize,
    /// The largest number at any time.
    pub most: usize,
    /// The number of messages in the run.
    pub messages: usize,
}

/// The calls of one run without faults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricedRun {
    /// The number of messages.
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
    /// Measures a variant. Returns `None` if a run without faults does not end.
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

    /// The calls as a phrase: "1 read, 2 writes, 1 send".
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
    /// What is kept, as a phrase: "3 for 3 messages", "0 (at most 4) for 3 messages".
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
