//! What TLC runs to show the initial states of a spec, or the steps of given states, and nothing else.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use tandem_models::value::{StateView, Value};

use super::UserSpec;
use crate::spec::Spec;

impl UserSpec {
    /// The spec without its steps: what TLC enumerates are the initial states.
    pub fn to_show_initial(&self) -> Spec {
        let mut spec = self.to_run();
        add(
            &mut spec,
            "TandemNoStep == TLCGet(\"level\") < 1\n\n",
            "ACTION_CONSTRAINT TandemNoStep\n",
        );
        spec
    }

    /// The spec with these states for its initial states, and with no steps but theirs. Nothing where the
    /// text does not name the next-state relation.
    pub fn to_show_steps(&self, states: &[&StateView]) -> Option<Spec> {
        let next = self.next()?;
        let mut spec = self.to_run();
        let (_, configuration) = spec.files.get_mut(1)?;
        let (_, kept) = configuration.split_once('\n')?;
        *configuration = format!("INIT TandemInit\nNEXT {next}\n{kept}");
        let (module, constants) = self.starting_in(states);
        add(
            &mut spec,
            &module,
            &format!("{constants}ACTION_CONSTRAINT TandemFirstStep\n"),
        );
        Some(spec)
    }

    /// The operators that start in these states and take one step, and what the configuration says of the
    /// model values in them.
    fn starting_in(&self, states: &[&StateView]) -> (String, String) {
        let mut names = BTreeSet::new();
        for value in states.iter().flat_map(|state| state.values()) {
            model_values(value, &mut names);
        }
        names.retain(|name| !self.constants().iter().any(|known| **known == **name));
        let (mut module, mut configuration) = (String::new(), String::new());
        if !names.is_empty() {
            let listed: Vec<_> = names.iter().map(|name| &**name).collect();
            let _ = writeln!(module, "CONSTANTS {}\n", listed.join(", "));
            configuration.push_str("CONSTANTS\n");
            for name in listed {
                let _ = writeln!(configuration, "    {name} = {name}");
            }
        }
        let states: Vec<_> = states.iter().map(|state| record(state)).collect();
        let _ = writeln!(module, "TandemStates == <<\n  {}>>\n", states.join(",\n  "));
        // A sequence, since the values of a set would be compared, and values of two kinds cannot be.
        module.push_str("TandemInit == \\E i \\in DOMAIN TandemStates :\n");
        for name in self.variables() {
            let _ = writeln!(module, "  /\\ {name} = TandemStates[i].{name}");
        }
        module.push_str("\nTandemFirstStep == TLCGet(\"level\") < 2\n\n");
        (module, configuration)
    }
}

/// Adds to the module and to the configuration.
fn add(spec: &mut Spec, operators: &str, lines: &str) {
    if let Some((_, module)) = spec.files.first_mut() {
        let end = module.rfind("====").unwrap_or(module.len());
        module.insert_str(end, operators);
    }
    if let Some((_, configuration)) = spec.files.get_mut(1) {
        configuration.push_str(lines);
    }
}

fn record(state: &StateView) -> String {
    let fields = state
        .iter()
        .map(|(name, value)| format!("{name} |-> {value}"));
    format!("[{}]", fields.collect::<Vec<_>>().join(", "))
}

fn model_values(value: &Value, found: &mut BTreeSet<Arc<str>>) {
    match value {
        Value::Model(name) => {
            found.insert(Arc::clone(name));
        }
        Value::Set(values) => values.iter().for_each(|value| model_values(value, found)),
        Value::Seq(values) => values.iter().for_each(|value| model_values(value, found)),
        Value::Fun(pairs) => pairs.iter().for_each(|(key, value)| {
            model_values(key, found);
            model_values(value, found);
        }),
        Value::Bool(_) | Value::Int(_) | Value::Name(_) | Value::Str(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use tandem_models::value::StateView;

    use crate::user_spec::UserSpec;

    const OWNED: &str = "---- MODULE Owned ----\nCONSTANTS Owners, None\nVARIABLE owner\n\
                         Init == owner = None\nTake == owner' \\in Owners\n\
                         Spec == Init /\\ [][Take]_owner\n====\n";

    #[test]
    fn given_states_are_the_initial_ones_and_their_model_values_are_declared() {
        let cfg = "SPECIFICATION Spec\nCONSTANTS Owners = {a, b}\n None = None\nCONSTRAINT Small";
        let spec = UserSpec::of_texts(&[("Owned.tla", OWNED)], cfg).unwrap();
        let states = ["/\\ owner = None", "/\\ owner = a"];
        let states = states.map(|text| text.parse::<StateView>().unwrap());
        let shown = spec.to_show_steps(&states.each_ref()).unwrap();
        let (module, cfg) = (&shown.files[0].1, &shown.files[1].1);
        assert!(module.contains("CONSTANTS a\n"), "{module}");
        assert!(
            module.contains("<<\n  [owner |-> None],\n  [owner |-> a]>>"),
            "{module}"
        );
        assert!(cfg.starts_with("INIT TandemInit\nNEXT Take\n"), "{cfg}");
        assert!(
            cfg.contains("CONSTRAINT Small") && cfg.contains("    a = a\n"),
            "{cfg}"
        );
    }

    #[test]
    fn a_next_state_relation_without_a_name_is_not_made_up() {
        let text = OWNED.replace("[Take]", "[Take \\/ FALSE]");
        let cfg = "SPECIFICATION Spec\nCONSTANTS Owners = {a}\n None = None";
        let spec = UserSpec::of_texts(&[("Owned.tla", &text)], cfg).unwrap();
        assert!(spec.to_show_steps(&[]).is_none());
    }
}
