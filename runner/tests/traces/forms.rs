//! What other programs make of an exported counterexample: readers of ITF, SVG, Mermaid and Rust.

use super::*;

/// The reader of ITF that the authors of Apalache keep takes every counterexample, and reads the states that
/// Tandem has.
#[test]
fn a_foreign_reader_of_itf_takes_every_counterexample() {
    let mut seen = 0;
    for report in broken() {
        for (property, trace) in violated(report) {
            let what = format!("{} {}", report.instance, property.name);
            let text = exported(report, (property, trace), Form::Itf);
            let read = serde_json::from_str::<itf::Trace<itf::Value>>(&text);
            let read = read.unwrap_or_else(|error| panic!("{what}: {error}"));
            let states = std::iter::once(&trace.start);
            let mut states: Vec<_> = states
                .chain(trace.steps.iter().map(|one| &one.state))
                .collect();
            let back = match trace.end {
                End::Open => None,
                End::Stutters => Some(trace.steps.len()),
                End::Repeats(back) => Some(back),
            };
            if let End::Repeats(back) = trace.end
                && trace.steps.len() > back
            {
                // The last step leads back, for which ITF has `loop`.
                states.pop();
            }
            assert_eq!(read.loop_index, back.map(|back| back as u64), "{what}");
            let own: Vec<_> = states
                .into_iter()
                .map(|one| unordered(to_json(one)))
                .collect();
            let theirs = read.states.iter().map(|one| unordered(to_json(&one.value)));
            assert_eq!(theirs.collect::<Vec<_>>(), own, "{what}");
            assert_eq!(read.meta.other["property"], property.name, "{what}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} counterexamples");
}

fn to_json(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap()
}

/// The same with the elements of sets, and the pairs of maps, in an order.
fn unordered(value: Json) -> Json {
    match value {
        Json::Array(all) => all.into_iter().map(unordered).collect(),
        Json::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let mut value = unordered(value);
                if let ("#set" | "#map", Json::Array(all)) = (&*name, &mut value) {
                    all.sort_by_key(Json::to_string);
                }
                (name, value)
            });
            Json::Object(fields.collect())
        }
        other => other,
    }
}

#[test]
fn a_drawing_has_a_title_each_request_once_and_no_mark_of_a_current_step() {
    for report in broken() {
        for (property, trace) in violated(report) {
            let what = format!("{} {}", report.instance, property.name);
            let svg = exported(report, (property, trace), Form::Svg);
            assert!(
                svg.starts_with("<svg ") && svg.ends_with("</svg>\n"),
                "{what}"
            );
            let title = format!(
                "<title id=\"title\">{}: {}",
                report.instance.label(),
                property.name
            );
            assert!(svg.contains(&title), "{what}: {svg}");
            assert!(
                !svg.contains("data-screen") && !svg.contains("var(--"),
                "{what}"
            );
            well_formed(&svg, &what);
            let mermaid = exported(report, (property, trace), Form::Mermaid);
            mermaid_reads(&mermaid, &what);
        }
    }
}

/// Every element is closed by its own end, in order, and no sign stands outside of an entity.
fn well_formed(svg: &str, what: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let end = rest[at..]
            .find('>')
            .unwrap_or_else(|| panic!("{what}: an element has no end"));
        let element = &rest[at + 1..at + end];
        let name = element
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        match (element.starts_with('/'), element.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name), "{what}"),
            (false, true) => {}
            (false, false) => open.push(name),
        }
        assert_eq!(element.matches('"').count() % 2, 0, "{what}: {element}");
        rest = &rest[at + end + 1..];
    }
    assert!(open.is_empty(), "{what}: {open:?}");
}

/// Every line is one of a sequence diagram, about participants that were declared; arrows only for what
/// arrives or is lost; blocks are closed.
fn mermaid_reads(text: &str, what: &str) {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("sequenceDiagram"), "{what}");
    let mut known = Vec::new();
    let mut blocks = 0;
    for line in lines {
        let line = line.trim();
        if let Some(declared) = line
            .strip_prefix("participant ")
            .or(line.strip_prefix("actor "))
        {
            known.push(declared.split(' ').next().unwrap_or_default());
        } else if line.starts_with("loop ") {
            blocks += 1;
        } else if line == "end" {
            blocks -= 1;
        } else if let Some(note) = line.strip_prefix("Note over ") {
            let (places, _) = note
                .split_once(": ")
                .unwrap_or_else(|| panic!("{what}: {line}"));
            assert!(
                places.split(',').all(|place| known.contains(&place)),
                "{what}: {line}"
            );
        } else if !line.starts_with("title ") {
            let (arrow, label) = line
                .split_once(": ")
                .unwrap_or_else(|| panic!("{what}: {line}"));
            let sign = ["-->>", "->>", "--x", "-x"]
                .into_iter()
                .find(|sign| arrow.contains(sign));
            let (from, to) = arrow.split_once(sign.expect(line)).unwrap();
            assert!(
                known.contains(&from) && known.contains(&to),
                "{what}: {line}"
            );
            let bare = ["#35;", "#59;", "#lt;", "#gt;"]
                .iter()
                .fold(label.to_owned(), |text, entity| text.replace(entity, ""));
            assert!(!bare.contains(['#', ';', '<', '>']), "{what}: {line}");
        }
    }
    assert_eq!(blocks, 0, "{what}");
}

/// The tests that are written compile and hold: they are part of this test program's folder.
#[test]
fn the_rust_tests_that_are_written_are_those_that_run_here() {
    for (file, label, property) in [
        (
            "exported/finite.rs",
            "outbox:save-then-publish",
            "NoDoubleEffect",
        ),
        (
            "exported/lasso.rs",
            "prepare-commit-publish:mutual-aborts",
            "Settles",
        ),
    ] {
        let report = broken()
            .iter()
            .find(|report| report.instance.label() == label);
        let report = report.unwrap_or_else(|| panic!("no variant {label}"));
        let shown = violated(report).find(|(shown, _)| shown.name == property);
        let text = exported(
            report,
            shown.unwrap_or_else(|| panic!("{label} keeps {property}")),
            Form::Rust,
        );
        let path = format!("{}/tests/{file}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("TANDEM_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            text,
            "write it with TANDEM_UPDATE=1"
        );
    }
}
