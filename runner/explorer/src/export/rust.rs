//! Exports a path as a Rust test. The test takes the same steps and checks which properties are false
//! at the end. For a lasso it also checks that the path returns to the same state, and that the
//! property is false throughout the loop.

use std::fmt::Write as _;

use tandem_check::enumerate::End;
use tandem_models::kit::guarantees::When;

use super::Told;

/// The import of the function that returns the catalogue, under the name that the test uses.
fn import(path: Option<&str>) -> String {
    match path {
        None => "// The function of your crate that returns its catalogue:\nuse my_crate::catalogue;\n\n"
            .to_owned(),
        Some(path) if path.ends_with("::catalogue") => format!("use {path};\n\n"),
        Some(path) => format!("use {path} as catalogue;\n\n"),
    }
}

pub(super) fn write(told: &Told<'_>) -> String {
    let instance = &told.model.instance;
    let faults = instance.faults.iter().map(|(aim, count)| match aim.at {
        None => format!("(Fault::{:?}.into(), {count})", aim.fault),
        Some(target) => format!("(Fault::{:?}.at({target:?}), {count})", aim.fault),
    });
    let faults: Vec<_> = faults.collect();
    let parameters = instance.parameters.iter();
    let parameters = parameters.map(|(name, value)| format!("(\"{name}\".to_owned(), {value})"));
    let parameters: Vec<_> = parameters.collect();
    let mut text = format!(
        "//! {} {}\n\nuse stateright::Model;\n",
        told.label(),
        told.bounds()
    );
    text.push_str("use tandem_models::catalogue::Overrides;\n");
    if !faults.is_empty() {
        text.push_str("use tandem_models::kit::fault::Fault;\n");
    }
    text.push_str(&import(told.catalogue));
    let _ = writeln!(text, "#[test]\nfn {}() {{", test_name(told));
    text.push_str("    let overrides = Overrides {\n");
    text.push_str(&list("parameters", &parameters));
    text.push_str(&list("faults", &faults));
    text.push_str("    };\n");
    let _ = writeln!(
        text,
        "    let instances = catalogue().select(Some(\"{}\"), &overrides);\n    \
         let system = instances.unwrap()[0].system();\n    \
         let mut states = vec![system.init_states().remove(0)];\n\n    \
         // The index of each step among the possible actions, and its action.",
        told.label()
    );
    text.push_str("    let path: &[(usize, &str)] = &[\n");
    for step in &told.trace.steps {
        let act = &step.act;
        let words = act.words.replace('\n', " ");
        let broken = match act.violates.is_empty() {
            true => String::new(),
            false => format!(" ✗ {}", act.violates.join(", ")),
        };
        let _ = writeln!(
            text,
            "        ({}, \"{}\"), // {}. {words}{broken}",
            step.index, act.action, step.number
        );
    }
    text.push_str(
        "    ];\n    for (index, action) in path {\n        \
         let mut steps = Vec::new();\n        \
         let before = states.last().unwrap().clone();\n        \
         system.actions(&before, &mut steps);\n        \
         let step = steps.swap_remove(*index);\n        \
         assert_eq!(step.action, *action);\n        \
         states.push(system.next_state(&before, step).unwrap());\n    }\n    \
         let last = states.last().unwrap();\n",
    );
    text.push_str(&loops(told));
    for name in told.broken() {
        let _ = writeln!(
            text,
            "    assert!(!(system.property(\"{name}\").condition)(&system, last), \"{name} holds\");"
        );
    }
    text.push_str("    assert!(system.within_boundary(last));\n}\n");
    text
}

/// The assertions about a behaviour that ends in a loop.
fn loops(told: &Told<'_>) -> String {
    let mut text = match told.trace.end {
        End::Open => return String::new(),
        End::Stutters => "\n    // Nothing that is fair can happen any more, so the behaviour may stay here.\n    \
             let mut steps = Vec::new();\n    system.actions(last, &mut steps);\n    \
             assert!(steps.iter().all(|step| !system.is_fair(step.action)));\n"
            .to_owned(),
        End::Repeats(back) => format!(
            "\n    // The path is back, and repeats what comes after {back} steps.\n    \
             assert_eq!(system.view(last), system.view(&states[{back}]));\n"
        ),
    };
    let from = match told.trace.end {
        End::Repeats(back) => back,
        End::Open | End::Stutters => told.trace.steps.len(),
    };
    let temporal = told.model.system.liveness().into_iter();
    let named = temporal.filter(|one| told.property == Some(one.name));
    for guarantee in named {
        // `<>[]P` is violated if P is false in one state of the loop; the other formulas need all
        // states.
        let (some, what) = match guarantee.when {
            When::EventuallyAlways => ("any", "in a state of the loop"),
            _ => ("all", "in every state of the loop"),
        };
        let name = guarantee.name;
        let _ = writeln!(
            text,
            "    let guarantees = system.liveness();\n    \
             let promise = guarantees.iter().find(|one| one.name == \"{name}\").unwrap();\n    \
             // It is false {what}.\n    \
             assert!(states[{from}..].iter().{some}(|state| !(promise.holds)(&system, state)));"
        );
    }
    text
}

fn list(field: &str, items: &[String]) -> String {
    if items.is_empty() {
        return format!("        {field}: vec![],\n");
    }
    let items: String = items
        .iter()
        .map(|item| format!("            {item},\n"))
        .collect();
    format!("        {field}: vec![\n{items}        ],\n")
}

fn test_name(told: &Told<'_>) -> String {
    let variant = told.model.instance.variant.name;
    let variant: String = variant
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let property = told.property.or_else(|| told.broken().first().copied());
    match property {
        Some(name) if told.verdict(property) == "shown" => {
            format!("{variant}_shows_{}", snake(name))
        }
        Some(name) => format!("{variant}_violates_{}", snake(name)),
        None => format!("{variant}_goes_this_way"),
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (place, c) in name.chars().enumerate() {
        if c.is_uppercase() && place > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn the_catalogue_is_that_of_the_crate_under_its_own_name() {
        let shop = import(Some("my_shop::catalogue"));
        assert_eq!(shop, "use my_shop::catalogue;\n\n");
        let all = import(Some("my_shop::protocols::all"));
        assert_eq!(all, "use my_shop::protocols::all as catalogue;\n\n");
        assert!(import(None).contains("// The function of your crate"));
    }
}
