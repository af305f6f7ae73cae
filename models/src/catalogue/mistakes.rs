//! Detects mistakes in a description that would make a check meaningless.
//!
//! A catalogue may compile and still check nothing: a guarantee that no variant is checked for, a
//! claim with a misspelt name, an action that was renamed on one side only. `tandem check` and
//! `tandem compare` refuse such a protocol from any crate, and say what to change. Mistakes that
//! only a run reveals (a `not_applicable` that hides a violation, a step that the module does not
//! have) are refused after the run.

mod module;
mod variant;

use std::collections::BTreeSet;

use super::{Catalogue, Description};

impl Description {
    /// The mistakes in the description, one sentence each: where, what, and what to do.
    pub fn mistakes(&self) -> Vec<String> {
        let mut mistakes = self.in_names();
        mistakes.extend(self.in_sizes());
        mistakes.extend(self.in_guarantees());
        mistakes.extend(module::mistakes(self));
        let of_variants = self.variants.iter();
        mistakes.extend(of_variants.flat_map(|variant| variant::mistakes(self, variant)));
        mistakes.extend(variant::of_larger_settings(self));
        let name = self.name;
        let located = mistakes.into_iter().map(|what| format!("{name}: {what}"));
        located.collect()
    }

    fn in_names(&self) -> Vec<String> {
        let variants: Vec<_> = self.variants.iter().map(|v| v.name).collect();
        let parameters = self.parameters.iter().map(|p| p.name);
        let sizes: Vec<_> = parameters
            .chain(self.faults.iter().map(|kind| kind.aim.name()))
            .collect();
        let mut mistakes = names("protocol", &[self.name]);
        mistakes.extend(names("variant", &variants));
        mistakes.extend(names("parameter or fault", &sizes));
        if variants.contains(&"all") {
            let why = "`:all` stands for every variant; choose another name";
            mistakes.push(format!("a variant is called 'all', but {why}"));
        }
        match self.variant(self.default_variant) {
            None => mistakes.push(format!(
                "the default variant '{}' is not among its variants",
                self.default_variant
            )),
            Some(variant) if !variant.right => mistakes.push(format!(
                "the default variant '{}' is not marked as `right`",
                variant.name
            )),
            Some(_) => {}
        }
        mistakes
    }

    fn in_sizes(&self) -> Vec<String> {
        let outside = self
            .parameters
            .iter()
            .filter(|p| !(p.min..=p.max).contains(&p.default));
        let mut mistakes: Vec<_> = outside
            .map(|p| {
                let (name, default, min, max) = (p.name, p.default, p.min, p.max);
                format!("the default of '{name}' is {default}, and it may be {min} to {max}")
            })
            .collect();
        let parameters = self.parameters.iter().map(|p| (p.name, p.allows));
        let faults = self.faults.iter().map(|k| (k.aim.name(), k.allows));
        let silent = parameters
            .chain(faults)
            .filter(|(_, allows)| allows.is_empty());
        mistakes.extend(silent.map(|(name, _)| {
            format!("'{name}' does not say what it must allow; fill in its `allows`")
        }));
        mistakes
    }

    fn in_guarantees(&self) -> Vec<String> {
        let asked: Vec<_> = self.guarantees.iter().map(|g| g.name).collect();
        let mut mistakes = twice(&asked)
            .map(|name| format!("the guarantee {name} is listed twice"))
            .collect::<Vec<_>>();
        if asked.is_empty() {
            let what = "it lists no guarantees, so nothing that a variant does can be wrong";
            mistakes.push(format!("{what}; fill in `guarantees`"));
        }
        mistakes
    }
}

impl Catalogue {
    /// The mistakes in the whole catalogue: those of every protocol, and names that are used twice.
    pub fn mistakes(&self) -> Vec<String> {
        let descriptions: Vec<_> = self.protocols().map(|p| p.describe()).collect();
        let protocols: Vec<_> = descriptions.iter().map(|d| d.name).collect();
        let mut mistakes: Vec<_> = twice(&protocols)
            .map(|name| format!("two protocols are called '{name}'"))
            .collect();
        mistakes.extend(descriptions.iter().flat_map(Description::mistakes));
        mistakes
    }
}

/// Checks that names are unique and in kebab case, because users type them.
fn names(kind: &str, names: &[&str]) -> Vec<String> {
    let is_kebab = |name: &str| {
        let of_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let mut words = name.split('-');
        words.all(|word| !word.is_empty() && word.chars().all(of_word))
    };
    let odd = names.iter().filter(|name| !is_kebab(name));
    let odd = odd.map(|name| {
        format!("the {kind} '{name}' is not in kebab case (a-z, 0-9, and - between words)")
    });
    let again = twice(names).map(|name| format!("the {kind} '{name}' is listed twice"));
    odd.chain(again).collect()
}

/// The names that occur more than once.
fn twice<'a>(names: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let mut seen = BTreeSet::new();
    let again: BTreeSet<_> = names.iter().filter(|name| !seen.insert(**name)).collect();
    again.into_iter().copied().collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests;
