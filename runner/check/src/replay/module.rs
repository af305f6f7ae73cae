//! Writes a behaviour as a TLA+ module that TLC can run: the spec of its instance, with one more variable
//! that counts the recorded steps taken so far.
//!
//! Each step must be a step of the spec with the recorded name, and lead to the recorded state. If all of
//! them do, TLC reports the invariant `TraceGoesOn` as violated, and its counterexample is the behaviour.

use std::fmt::Write as _;

use tandem_models::catalogue::Instance;
use tandem_models::value::StateView;
use tandem_tla::recording::Behaviour;
use tandem_tla::spec::{RenderError, Spec, SpecTexts, render_from};

/// The invariant that is violated when every step was taken.
pub const GOES_ON: &str = "TraceGoesOn";

/// The module, its configuration, and all modules of the spec. `name` is the name of the module.
///
/// # Errors
///
/// If the spec of the instance cannot be rendered.
pub fn trace_module(
    texts: &SpecTexts,
    instance: &Instance,
    behaviour: &Behaviour,
    name: &str,
) -> Result<Spec, RenderError> {
    let spec = render_from(texts, instance, &[])?;
    let module = module(instance, behaviour, name, &spec.name);
    let mut files = vec![(format!("{name}.tla"), module)];
    for (file, text) in spec.files {
        if file == format!("{}.cfg", spec.name) {
            let text = text.replace("SPECIFICATION Spec", "SPECIFICATION TraceSpec");
            let text = format!("{}\n\nINVARIANT {GOES_ON}\n", text.trim_end());
            files.insert(1, (format!("{name}.cfg"), text));
        } else {
            files.push((file, text));
        }
    }
    Ok(Spec {
        name: name.to_owned(),
        files,
    })
}

fn module(instance: &Instance, behaviour: &Behaviour, name: &str, spec: &str) -> String {
    let variables: Vec<&str> = behaviour.start.keys().map(|name| &**name).collect();
    let mut text = format!(
        "---- MODULE {name} ----\n\
         (* {heading}, {steps} steps of {instance}. Written by Tandem.\n   \
            TLC reports {GOES_ON} as violated if each of the steps is one of the spec. *)\n\
         EXTENDS {spec}, Integers, Sequences\n\n\
         VARIABLE traceAt   \\* how many of the steps were taken\n\n\
         traceVars == <<{vars}>>\n\n",
        heading = behaviour.heading.replace("*)", ""),
        steps = behaviour.steps.len(),
        vars = variables.join(", "),
    );
    let _ = writeln!(text, "TraceStart ==\n  {}\n", record(&behaviour.start));
    let steps = behaviour.steps.iter().map(|step| {
        let action = step.action.as_deref().unwrap_or_default();
        format!(
            "[action |-> \"{action}\", state |-> {}]",
            record(&step.state)
        )
    });
    let steps: Vec<_> = steps.collect();
    let _ = writeln!(text, "TraceSteps == <<\n  {}\n>>\n", steps.join(",\n  "));
    let _ = writeln!(
        text,
        "\\* The actions, by name; without a name any of them, or a step that changes nothing."
    );
    let cases = disjuncts(instance);
    let cases = cases
        .iter()
        .map(|(name, call)| format!("name = \"{name}\" -> {call}"));
    let cases = cases.chain(["OTHER -> Next \\/ UNCHANGED traceVars".to_owned()]);
    let cases: Vec<_> = cases.collect();
    let _ = writeln!(
        text,
        "TraceTakes(name) ==\n  CASE {}\n",
        cases.join("\n    [] ")
    );
    let equal = |prime: &str, state: &str| {
        let each = variables
            .iter()
            .map(|name| format!("  /\\ {name}{prime} = {state}.{name}"));
        each.collect::<Vec<_>>().join("\n")
    };
    let _ = writeln!(
        text,
        "TraceInit ==\n  /\\ Init\n  /\\ traceAt = 0\n{}\n",
        equal("", "TraceStart")
    );
    let _ = writeln!(
        text,
        "TraceNext ==\n  /\\ traceAt < Len(TraceSteps)\n  /\\ TraceTakes(TraceSteps[traceAt + 1].action)\n  \
         /\\ traceAt' = traceAt + 1\n{}\n",
        equal("'", "TraceSteps[traceAt + 1].state")
    );
    text.push_str(
        "TraceSpec == TraceInit /\\ [][TraceNext]_<<traceVars, traceAt>>\n\n\
         TraceGoesOn == traceAt < Len(TraceSteps)\n\
         ====\n",
    );
    text
}

fn record(state: &StateView) -> String {
    let fields = state
        .iter()
        .map(|(name, value)| format!("{name} |-> {value}"));
    format!("[{}]", fields.collect::<Vec<_>>().join(",\n   "))
}

/// The disjuncts of `Next`, each with the name of its action.
fn disjuncts(instance: &Instance) -> Vec<(&'static str, &'static str)> {
    let lines = instance.description.module.text.lines();
    let lines = lines
        .skip_while(|line| !line.starts_with("Next =="))
        .skip(1);
    let calls = lines.map_while(|line| line.trim_start().strip_prefix("\\/"));
    let names = instance.description.actions();
    names.into_iter().zip(calls.map(str::trim)).collect()
}
