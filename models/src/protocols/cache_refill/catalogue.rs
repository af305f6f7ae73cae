//! The catalogue entry of the cache: variants with expected verdicts, bounds, and faults.

use super::guarantees::{CACHE_IS_CURRENT, EVERY_READER_SERVED, NO_OLD_PRICE_SERVED};
use crate::catalogue::{Description, FaultKind, Module, Parameter, Setting, Variant};
use crate::kit::fault::Fault;
use crate::kit::guarantees as ask;

/// The descriptions of the handlers' steps.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("LoadPrice", "reads the price from the database"),
    ("SavePrice", "saves the new price in the database"),
    ("LoadCache", "looks into the cache"),
    ("FillCache", "puts the price into the cache"),
    ("CheckPrice", "reads the price from the database again"),
    ("ClearCache", "clears the cache"),
    ("SendClear", "sends ClearAgain to itself, for later"),
    (
        "SendRead",
        "tells the user that the price is changed, who then reads it",
    ),
    ("Serve", "answers what the price is"),
    ("Ack", "acknowledges the message"),
];

pub(super) fn describe() -> Description {
    Description {
        name: "cache-refill",
        title: "Cache refilled with old data",
        part: 2,
        goal: "serve no old price from a cache, although database and cache are written apart",
        module: Module {
            name: "CacheRefill",
            text: include_str!("../../../../specs/CacheRefill.tla"),
        },
        default_variant: "versioned-fill",
        variants: variants(),
        parameters: vec![
            Parameter::set(
                ["updates", "Messages"],
                1..=2,
                1,
                "changes of the price; two let an older one come late",
            ),
            Parameter::copies(1),
            Parameter {
                default: 2,
                ..Parameter::slots(
                    3,
                    "messages handled at a time; two let a slow reader fill after an update",
                )
            },
        ],
        faults: FaultKind::of_a_queue(),
        actors: &["Broker", "Prices"],
        steps: STEPS,
        guarantees: vec![
            NO_OLD_PRICE_SERVED,
            CACHE_IS_CURRENT,
            EVERY_READER_SERVED,
            ask::NO_DOUBLE_EFFECT,
            ask::SETTLES,
        ],
        larger: vec![
            Setting::twice(
                "versioned-fill",
                &[("slots", 1)],
                &[Fault::Crash, Fault::Duplicate, Fault::Lease],
            )
            .without_tlc(),
            Setting::of(
                "versioned-fill",
                &[("updates", 2), ("slots", 2)],
                &[(Fault::Crash, 0)],
            ),
        ],
    }
}

const BELIEVED: &[&str] = &[
    "NoOldPriceServed",
    "CacheIsCurrent",
    "EveryReaderServed",
    "NoDoubleEffect",
    "Settles",
];

/// Why an old price is served: it is in the cache after the update is done.
const SERVED: (&str, &str) = (
    "NoOldPriceServed",
    "the user who has changed the price reads it, and the old one is in the cache",
);

fn wrong(name: &'static str, summary: &'static str, breaks: &'static [(&str, &str)]) -> Variant {
    Variant {
        name,
        handler: name,
        summary,
        claims: BELIEVED,
        breaks,
        ..Variant::default()
    }
}

fn variants() -> Vec<Variant> {
    vec![
        wrong(
            "clear-first",
            "an update clears the cache, then saves the price; a reader fills what is empty",
            &[
                (
                    "CacheIsCurrent",
                    "a reader in between reads the old price and fills the cache with it",
                ),
                SERVED,
            ],
        ),
        wrong(
            "clear-after",
            "an update saves the price, then clears the cache; a reader fills what is empty",
            &[
                (
                    "CacheIsCurrent",
                    "a reader reads the old price before the update, and fills the cache after it",
                ),
                SERVED,
            ],
        ),
        wrong(
            "write-through",
            "an update saves the price, then puts it into the cache",
            &[
                (
                    "CacheIsCurrent",
                    "a slow reader overwrites the new price in the cache with the old one",
                ),
                SERVED,
            ],
        ),
        wrong(
            "clear-again",
            "an update saves the price, clears the cache, and clears it once more later",
            &[
                (
                    "CacheIsCurrent",
                    "a reader is slower than the time until the second clear",
                ),
                SERVED,
            ],
        ),
        Variant {
            faults: &[(Fault::Crash, 1)],
            ..wrong(
                "check-after-fill",
                "a reader fills the cache, reads again, and clears it if the price has changed",
                &[
                    (
                        "CacheIsCurrent",
                        "the reader crashes after it has filled the cache and before it checks",
                    ),
                    SERVED,
                ],
            )
        },
        wrong(
            "give-up",
            "as versioned-fill, but a reader whose fill is refused gives up",
            &[(
                "EveryReaderServed",
                "the update clears the cache between the look and the fill of the reader",
            )],
        ),
        Variant {
            name: "versioned-fill",
            handler: "versioned-fill",
            summary: "a reader fills the cache only if no one has filled or cleared it since",
            right: true,
            claims: BELIEVED,
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
        Variant {
            name: "compare-versions",
            handler: "compare-versions",
            summary: "a reader serves what is cached only if it is the revision of the database",
            right: true,
            claims: &[
                "NoOldPriceServed",
                "EveryReaderServed",
                "NoDoubleEffect",
                "Settles",
            ],
            breaks: &[(
                "CacheIsCurrent",
                "a slow reader leaves the old price in the cache, where no one is served it",
            )],
            faults: &[(Fault::Crash, 1)],
            ..Variant::default()
        },
    ]
}
