//! Why a guarantee is true or false in a state: its parts, each a sentence with its truth and the
//! values that decide it.
//!
//! A guarantee is true in a state exactly if all of its clauses are. Its author writes each as what
//! is expected, says what is found instead where it is false, and names the places in the state's
//! view where that can be seen:
//!
//! ```
//! use tandem_models::kit::clause::Clause;
//!
//! let charged = 2;
//! let clause = Clause::new("payment 1 is charged at most once", charged <= 1)
//!     .but(format!("it was charged {charged} times"))
//!     .at("provider.charges[1]");
//! assert_eq!(clause.expected, "payment 1 is charged at most once");
//! assert_eq!(clause.found.as_deref(), Some("it was charged 2 times"));
//! ```
//!
//! The values at these places are looked up by [`Guarantee::why`], so nobody writes them down.
//! Clauses are made on demand. An engine asks `holds` in every state, which may be a quicker way to
//! the same truth, or, where that is asked seldom, [`every`] of the clauses.
//!
//! [`Guarantee::why`]: super::guarantees::Guarantee::why

use crate::value::{StateView, Value, plain_path};

/// One part of a guarantee in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What must be true, in a sentence.
    pub expected: String,
    /// What is there instead, if it is not: in a sentence, or as the values found.
    pub found: Option<String>,
    /// Whether it is true.
    pub holds: bool,
    /// What decides it: paths in the view, and what is there. An element of a set, which has no path
    /// of its own, stands at the path of the set. Empty until [`Guarantee::why`] looks them up.
    ///
    /// [`Guarantee::why`]: super::guarantees::Guarantee::why
    pub values: Vec<(String, Value)>,
    /// Places that its author named and the view does not have: a slip of theirs.
    pub missing: Vec<String>,
    places: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    path: String,
    /// The one element that matters, where a set is.
    element: Option<Value>,
}

impl Clause {
    /// What is expected, and whether it is true.
    pub fn new(expected: impl Into<String>, holds: bool) -> Self {
        Clause {
            expected: expected.into(),
            found: None,
            holds,
            values: Vec::new(),
            missing: Vec::new(),
            places: Vec::new(),
        }
    }

    /// What is found instead; not said of what is true. Where nothing is said, the values are.
    #[must_use]
    pub fn but(mut self, found: impl Into<String>) -> Self {
        if !self.holds {
            self.found = Some(found.into());
        }
        self
    }

    /// Where in the view it can be seen, as in `hist[1]` or `order.lines`.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        let element = None;
        self.places.push(Place { path, element });
        self
    }

    /// Which element of a set in the view shows it, as one of `sent`.
    #[must_use]
    pub fn among(mut self, set: impl Into<String>, element: &Value) -> Self {
        let path = set.into();
        let element = Some(element.numbered());
        self.places.push(Place { path, element });
        self
    }

    /// Looks up the places named.
    pub(super) fn seen_in(mut self, view: &StateView) -> Self {
        for Place { path, element } in std::mem::take(&mut self.places) {
            let there = view.at(&path);
            let value = match element {
                None => there.cloned(),
                Some(element) => there
                    .and_then(Value::as_set)
                    .filter(|set| set.contains(&element))
                    .map(|_| element),
            };
            match value {
                Some(value) => self.values.push((path, value)),
                None => self.missing.push(path),
            }
        }
        if !self.holds && self.found.is_none() && !self.values.is_empty() {
            let there = self.values.iter();
            let there =
                there.map(|(path, value)| format!("{} is {}", plain_path(path), value.plain()));
            self.found = Some(there.collect::<Vec<_>>().join(", "));
        }
        self
    }
}

/// Whether all clauses are true.
pub fn every(clauses: impl IntoIterator<Item = Clause>) -> bool {
    clauses.into_iter().all(|clause| clause.holds)
}
