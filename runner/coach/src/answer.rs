//! A learner's answer: a handler, and in some exercises also schedules or a property.

use std::sync::Arc;

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::world::World;
use tandem_models::value::from_value;

/// A property that the learner has written: whether it is true in a state, depending on the durable
/// data.
pub type Property = Arc<dyn Fn(&World) -> bool + Send + Sync>;

/// An answer to an exercise.
#[derive(Clone)]
pub struct Answer {
    /// The handler.
    pub handler: Handler,
    /// The schedules that the learner wrote, in exercises that ask for them.
    pub by_hand: &'static [&'static str],
    /// The property, in exercises that ask for one.
    pub property: Option<Property>,
}

impl Answer {
    /// An answer that consists of a handler.
    pub fn new(handler: Handler) -> Self {
        Answer {
            handler,
            by_hand: &[],
            property: None,
        }
    }

    /// Adds schedules that the learner wrote.
    #[must_use]
    pub fn by_hand(self, by_hand: &'static [&'static str]) -> Self {
        Answer { by_hand, ..self }
    }

    /// Adds a property.
    #[must_use]
    pub fn property(self, property: impl Fn(&World) -> bool + Send + Sync + 'static) -> Self {
        Answer {
            property: Some(Arc::new(property)),
            ..self
        }
    }
}

/// The history of effects, for a learner's property: the message of each change of business state, in
/// order.
pub fn history(world: &World) -> Vec<MessageId> {
    let history = world.hist.iter();
    history.filter_map(|cause| from_value(cause).ok()).collect()
}

/// The published events, for a learner's property: the message of each event, and the transaction that
/// it names.
pub fn announced(world: &World) -> Vec<(MessageId, Identity)> {
    let announced = world.sent.iter().filter_map(|event| {
        let message = from_value(event.get("cause")?).ok()?;
        let transaction = event.get("message")?.get("transaction")?;
        Some((message, from_value(transaction).ok()?))
    });
    announced.collect()
}
