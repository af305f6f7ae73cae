//! A collection of protocols with their headings, pinned counts, and the Rust path of the catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Protocol;

/// Protocols in the order of the course, with headings and pinned counts.
#[derive(Clone, Default)]
pub struct Catalogue {
    protocols: Vec<Arc<dyn Protocol>>,
    parts: BTreeMap<u8, &'static str>,
    pins: Vec<Pins>,
    path: Option<&'static str>,
}

/// A file of pinned counts and prices, as `tandem manifest` writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pins {
    /// The name of the file, for messages.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Catalogue {
    /// An empty catalogue.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a protocol.
    #[must_use]
    pub fn with(mut self, protocol: impl Protocol + 'static) -> Self {
        self.protocols.push(Arc::new(protocol));
        self
    }

    /// Sets the title of a part of the course, which is the heading above its protocols on the page.
    #[must_use]
    pub fn part(mut self, number: u8, title: &'static str) -> Self {
        self.parts.insert(number, title);
        self
    }

    /// Pins the counts and prices of its protocols. `tandem manifest` writes the file. A difference
    /// from it is reported as a failure.
    #[must_use]
    pub fn pinned(mut self, file: &'static str, text: &'static str) -> Self {
        self.pins.push(Pins { file, text });
        self
    }

    /// Sets the Rust path of the function that returns this catalogue, as in `my_crate::catalogue`.
    /// Tests that the page exports call it.
    #[must_use]
    pub fn returned_by(mut self, path: &'static str) -> Self {
        self.path = Some(path);
        self
    }

    /// Every part that has a protocol, in order, with its title.
    pub fn parts(&self) -> Vec<(u8, String)> {
        let numbers: BTreeSet<_> = self.protocols().map(|one| one.describe().part).collect();
        let title = |number| match self.parts.get(&number) {
            Some(title) => (*title).to_owned(),
            None => format!("Part {number}"),
        };
        let parts = numbers.into_iter().map(|number| (number, title(number)));
        parts.collect()
    }

    /// The files that pin its counts and prices.
    pub fn pins(&self) -> &[Pins] {
        &self.pins
    }

    /// The Rust path of the function that returns it, if it is set.
    pub fn path(&self) -> Option<&'static str> {
        self.path
    }

    /// All protocols.
    pub fn protocols(&self) -> impl Iterator<Item = &Arc<dyn Protocol>> {
        self.protocols.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Description, Instance};
    use super::*;
    use crate::kit::system::System;
    use crate::protocols;

    struct Elsewhere;

    impl Protocol for Elsewhere {
        fn describe(&self) -> Description {
            Description {
                part: 7,
                ..protocols::outbox::Outbox.describe()
            }
        }

        fn system(&self, instance: &Instance) -> System {
            protocols::outbox::Outbox.system(instance)
        }
    }

    #[test]
    fn every_part_of_a_protocol_has_a_heading_and_no_other_part_has() {
        let named = |catalogue: Catalogue| -> Vec<_> { catalogue.parts() };
        let own = Catalogue::new().with(Elsewhere);
        assert_eq!(named(own.clone()), [(7, "Part 7".to_owned())]);
        let titled = own.part(7, "Ours").part(1, "Theirs");
        assert_eq!(named(titled), [(7, "Ours".to_owned())]);
        let numbers = protocols::catalogue().parts().into_iter();
        assert_eq!(
            numbers.map(|(number, _)| number).collect::<Vec<_>>(),
            [1, 2, 3, 4, 5]
        );
    }
}
