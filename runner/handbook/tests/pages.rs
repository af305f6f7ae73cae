//! Every page of the handbook can be rendered, and every link in it leads somewhere without a network.

use std::collections::BTreeMap;

use tandem_handbook::Handbook;
use tandem_handbook::sources::Sources;

fn pages(handbook: &Handbook) -> BTreeMap<String, String> {
    let read = |name: String| {
        let text = handbook
            .file(&name)
            .unwrap()
            .unwrap_or_else(|| panic!("{name} is not there"));
        (name, text)
    };
    handbook.files().into_iter().map(read).collect()
}

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = page;
    let begin = format!(" {attribute}=\"");
    while let Some((_, after)) = rest.split_once(&begin) {
        let (value, more) = after.split_once('"').unwrap_or((after, ""));
        found.push(value);
        rest = more;
    }
    found
}

/// The links of a handbook that lead nowhere.
fn broken(handbook: &Handbook) -> Vec<String> {
    let pages = pages(handbook);
    let mut broken = Vec::new();
    for (name, page) in &pages {
        for link in values(page, "href") {
            if link.starts_with("https://") {
                continue;
            }
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                Some(page)
            } else {
                pages.get(file)
            };
            let there = target
                .is_some_and(|target| place.is_empty() || values(target, "id").contains(&place));
            if !there {
                broken.push(format!("{name} leads to {link}"));
            }
        }
    }
    broken
}

#[test]
fn every_page_is_rendered_and_every_link_leads_somewhere() {
    let handbook = Handbook::built_in().unwrap();
    assert!(handbook.files().len() > 20);
    assert_eq!(broken(&handbook), [""; 0]);
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let sources = Sources::of(&[
        ("handbook/src/SUMMARY.md", "[One](one.md)\n"),
        (
            "handbook/src/one.md",
            "# One\n[there](two.md), [here](#one), [not here](#two)\n",
        ),
    ]);
    let found = broken(&Handbook::new(sources).unwrap());
    let own = found.iter().filter(|line| line.starts_with("one.html"));
    assert_eq!(
        own.collect::<Vec<_>>(),
        ["one.html leads to two.html", "one.html leads to #two"]
    );
}

#[test]
fn pages_load_nothing_from_a_network() {
    for (name, page) in pages(&Handbook::built_in().unwrap()) {
        assert!(values(&page, "src").is_empty(), "{name} loads a file");
        assert!(
            !page.contains("<script") && !page.contains("@import"),
            "{name} runs or imports something"
        );
    }
}

#[test]
fn every_include_is_replaced_and_hints_are_folded() {
    let pages = pages(&Handbook::built_in().unwrap());
    for (name, page) in &pages {
        assert!(
            !page.contains("{{#"),
            "{name} has an include that is not replaced"
        );
    }
    let outbox = &pages["outbox.html"];
    assert!(
        outbox.contains("<details><summary>Hints</summary>"),
        "{outbox}"
    );
    assert!(outbox.contains("<h2 id=\"lecture\">"), "{outbox}");
}

#[test]
fn a_page_that_is_not_there_is_none() {
    let handbook = Handbook::built_in().unwrap();
    assert!(handbook.file("nowhere.html").unwrap().is_none());
    assert!(handbook.file("../Cargo.toml").unwrap().is_none());
}
