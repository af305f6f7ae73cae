//! Explains why a guarantee is true or false in a state: its clauses, each a sentence with its truth
//! and the values that decide it.
//!
//! A guarantee is true in a state if and only if all of its clauses are. Its author writes for each
//! clause what is expected, what is found instead if it is false, and the places in the state's view
//! where that is visible:
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
//! [`Guarantee::why`] looks up the values at these places, so authors do not write them. Clauses are
//! computed on demand. An engine evaluates `holds` in every state. That may be a faster computation
//! of the same truth, or, if it is evaluated rarely, [`every`] over the clauses.
//!
//! [`Guarantee::why`]: super::guarantees::Guarantee::why

use crate::value::{StateView, Value, plain_path};

/// One part of a guarantee in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What must be true, as a sentence.
    pub expected: String,
    /// What is the case instead, if it is false: a sentence, or the values found.
    pub found: Option<String>,
    /// Whether it is true.
    pub holds: bool,
    /// The values that decide it, with their paths in the view. An element of a set has no path of
    /// its own, so the path of the set is used. Empty until [`Guarantee::why`] looks them up.
    ///
    /// [`Guarantee::why`]: super::guarantees::Guarantee::why
    pub values: Vec<(String, Value)>,
    /// Paths that its author named and the view does not have, which is a mistake.
    pub missing: Vec<String>,
    places: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    path: String,
    /// The relevant element, if the path leads to a set.
    element: Option<Value>,
}

impl Clause {
    /// A clause with what is expected, and whether it is true.
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

    /// Adds what is found instead. It is ignored if the clause is true. Without it, the values are
    /// shown.
    #[must_use]
    pub fn but(mut self, found: impl Into<String>) -> Self {
        if !self.holds {
            self.found = Some(found.into());
        }
        self
    }

    /// Adds a path in the view at which the fact is visible, as in `hist[1]` or `order.lines`.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        let element = None;
        self.places.push(Place { path, element });
        self
    }

    /// Adds an element of a set in the view that shows the fact, such as an element of `sent`.
    #[must_use]
    pub fn among(mut self, set: impl Into<String>, element: &Value) -> Self {
        let path = set.into();
        let element = Some(element.numbered());
        self.places.push(Place { path, element });
        self
    }

    /// Looks up the values at the named paths.
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
