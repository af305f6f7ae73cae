//! Makes a protocol of a learner's handler.

use tandem_models::catalogue::{Description, Instance, Protocol, Variant};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::System;
use tandem_models::protocols::double_submit::DoubleSubmit;

/// Double submit with this handler of a click.
pub struct TwoTabs(pub Handler);

impl Protocol for TwoTabs {
    fn describe(&self) -> Description {
        let double_submit = DoubleSubmit.describe();
        let right = double_submit.variant("optimistic").cloned();
        let yours = Variant {
            name: "yours",
            summary: "the handler in exercises/src/two_tabs.rs",
            ..right.unwrap_or_default()
        };
        Description {
            name: "two-tabs",
            title: "Two tabs",
            goal: "mend a handler so that the cart is ordered once, whichever tab is faster",
            default_variant: "yours",
            variants: vec![yours],
            larger: Vec::new(),
            ..double_submit
        }
    }

    fn system(&self, instance: &Instance) -> System {
        DoubleSubmit.system(instance).with_handler(self.0.clone())
    }
}
