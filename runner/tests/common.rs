//! What the tests of the runner share: TLC as it is installed here, protocols that differ from
//! the outbox in one thing, and surroundings that show what is left behind.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test uses its part of this module"
)]

use tandem_models::catalogue::{Catalogue, Description, Instance, Module, Overrides, Protocol};
use tandem_models::kit::system::System;
use tandem_models::protocols::catalogue;
use tandem_models::protocols::outbox::Outbox;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::spec::SpecTexts;
use tandem_runner::tlc::env::Env;
use tandem_runner::tlc::jar::{self, Jar};
use tandem_runner::tlc::java::Java;

/// The variants of that name, or all, at their own bounds, but for these, if they may have them.
pub fn select(name: Option<&str>, bounds: &[(&str, u8)]) -> Vec<Instance> {
    let named = |(name, value): &(&str, u8)| ((*name).to_owned(), *value);
    let overrides = Overrides {
        parameters: bounds.iter().map(named).collect(),
        faults: Vec::new(),
    };
    let all = catalogue().select(name, &Overrides::default()).unwrap();
    let all = all.into_iter();
    all.filter_map(|instance| instance.with(&overrides).ok())
        .collect()
}

/// The installed jar, or one that is installed now.
pub fn jar() -> Jar {
    jar::locate_or_install(&Env::from_process(), None, &Cancel::new(), &mut |_| {})
        .unwrap_or_else(|error| panic!("this test needs TLC: {error}"))
}

/// TLC with one worker, as the command line runs it.
pub fn tlc() -> Tlc {
    let env = Env::from_process();
    let java = Java::find(&env, &Cancel::new());
    Tlc {
        texts: SpecTexts::built_in(),
        java: java.unwrap_or_else(|error| panic!("this test needs Java: {error}")),
        jar: jar(),
        env,
        workers: 1,
        heap_mb: Some(512),
        time_limit: None,
        long: false,
    }
}

/// The outbox with another description or another model.
pub struct Wrapped {
    pub describe: fn(Description) -> Description,
    pub module: &'static str,
    pub system: fn(&Instance, System) -> System,
}

impl Wrapped {
    /// The outbox with this in place of that in its TLA+ module.
    pub fn with_module(changes: &[(&str, &str)]) -> Self {
        let mut text = Outbox.describe().module.text.to_owned();
        for (that, this) in changes {
            assert_eq!(text.matches(that).count(), 1, "in Outbox.tla: {that}");
            text = text.replacen(that, this, 1);
        }
        Wrapped {
            // A module's text lives as long as the program; a test program does not live long.
            module: Box::leak(text.into_boxed_str()),
            ..Wrapped::with_system(|_, system| system)
        }
    }

    /// The outbox with another model.
    pub fn with_system(system: fn(&Instance, System) -> System) -> Self {
        Wrapped {
            describe: |description| description,
            module: Outbox.describe().module.text,
            system,
        }
    }

    /// One of its variants at its own bounds.
    pub fn variant(self, name: &str) -> Instance {
        self.variant_with(name, &Overrides::default())
    }

    /// One of its variants at other bounds.
    pub fn variant_with(self, name: &str, overrides: &Overrides) -> Instance {
        let catalogue = Catalogue::new().with(self);
        let name = format!("outbox:{name}");
        catalogue.select(Some(&name), overrides).unwrap().remove(0)
    }
}

impl Protocol for Wrapped {
    fn describe(&self) -> Description {
        let description = (self.describe)(Outbox.describe());
        let name = description.module.name;
        Description {
            module: Module {
                name,
                text: self.module,
            },
            ..description
        }
    }

    fn system(&self, instance: &Instance) -> System {
        (self.system)(instance, Outbox.system(instance))
    }
}
