//! The modules of a crate depend on each other in one direction.
//!
//! Checked of the children of every module, by the paths in their sources (`use`, and paths in code). What is
//! below a module counts as part of it, so a module and its own children may name each other. Comments,
//! strings and tests are left out, and so are calls of methods, which name no module.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{repository, sources};

/// A module as the names on the way to it from the root of its crate.
type Module = Vec<String>;

/// The modules of a crate and their sources.
type Modules = BTreeMap<Module, String>;

/// Which module names which, and the path by which it does.
type Edges = BTreeMap<String, BTreeMap<String, String>>;

/// The identifiers and the punctuation of a source; paths have `::` as one token.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let at = |place: usize| chars.get(place).copied().unwrap_or('\0');
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let hashes = chars[place + 1..].iter().take_while(|c| **c == '#').count();
        match (at(place), at(place + 1)) {
            ('/', '/') => {
                let rest = &chars[place..];
                place += rest.iter().take_while(|c| **c != '\n').count();
            }
            ('/', '*') => {
                let mut depth = 1;
                place += 2;
                while depth > 0 && place < chars.len() {
                    match (at(place), at(place + 1)) {
                        ('/', '*') => (depth, place) = (depth + 1, place + 2),
                        ('*', '/') => (depth, place) = (depth - 1, place + 2),
                        _ => place += 1,
                    }
                }
            }
            ('r', '"' | '#') if at(place + 1 + hashes) == '"' => {
                let end: String = format!("\"{}", "#".repeat(hashes));
                let rest: String = chars[place + 2 + hashes..].iter().collect();
                let length = rest.find(&end).unwrap_or(rest.len());
                place += 2 + 2 * hashes + rest[..length].chars().count() + 1;
            }
            ('"', _) => {
                place += 1;
                while place < chars.len() && at(place) != '"' {
                    place += 1 + usize::from(at(place) == '\\');
                }
                place += 1;
            }
            ('\'', '\\') => {
                place += 3;
                while place < chars.len() && at(place) != '\'' {
                    place += 1;
                }
                place += 1;
            }
            ('\'', _) if at(place + 2) == '\'' => place += 3,
            (':', ':') => {
                found.push("::".to_owned());
                place += 2;
            }
            (c, _) if is_name(c) => {
                let name: String = chars[place..].iter().take_while(|c| is_name(**c)).collect();
                place += name.chars().count();
                found.push(name);
            }
            (c, _) => {
                if !c.is_whitespace() {
                    found.push(c.to_string());
                }
                place += 1;
            }
        }
    }
    found
}

/// The tokens without the items that are compiled for tests only.
fn without_tests(tokens: &[String]) -> Vec<&str> {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        if !tokens[place..].iter().take(7).eq(TEST.iter()) {
            kept.push(&*tokens[place]);
            place += 1;
            continue;
        }
        place += TEST.len();
        let mut depth = 0_usize;
        while let Some(token) = tokens.get(place) {
            place += 1;
            match &**token {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(&**token, "}" | ";") {
                break;
            }
        }
    }
    kept
}

/// The paths of a `use`, from the token after it: `a::{b, c}` is two.
fn imported(tokens: &[&str], place: &mut usize, before: &[String]) -> Vec<Module> {
    let mut path = before.to_vec();
    let mut found = Vec::new();
    while let Some(token) = tokens.get(*place) {
        *place += 1;
        match *token {
            "{" => {
                while !matches!(tokens.get(*place - 1), None | Some(&"}")) {
                    found.extend(imported(tokens, place, &path));
                }
                // The comma or the end behind the group.
                *place += 1;
                return found;
            }
            "," | ";" | "}" => break,
            "::" | "*" => {}
            "as" => *place += 1,
            name => path.push(name.to_owned()),
        }
    }
    if path.len() > before.len() {
        found.push(path);
    }
    found
}

/// All paths that a module's code names.
fn paths(tokens: &[&str]) -> Vec<Module> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        if tokens[place] == "use" {
            place += 1;
            found.extend(imported(tokens, &mut place, &[]));
            continue;
        }
        let mut path = vec![tokens[place].to_owned()];
        while tokens.get(place + 1) == Some(&"::") && place + 2 < tokens.len() {
            path.push(tokens[place + 2].to_owned());
            place += 2;
        }
        if path.len() > 1 {
            found.push(path);
        }
        place += 1;
    }
    found
}

/// The module that a path leads to, if it is one of this crate.
fn target(module: &[String], path: &[String], modules: &Modules) -> Option<Module> {
    let mut base = module.to_vec();
    let mut rest = path;
    match &*rest[0] {
        "crate" => (base, rest) = (Vec::new(), &rest[1..]),
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop()?;
                rest = &rest[1..];
            }
        }
        name => {
            let child = [module, &[name.to_owned()]].concat();
            modules.get(&child)?;
        }
    }
    for name in rest {
        let deeper = [&*base, std::slice::from_ref(name)].concat();
        if !modules.contains_key(&deeper) {
            break;
        }
        base = deeper;
    }
    Some(base)
}

/// The modules of the crate whose sources are below this folder.
fn modules(folder: &Path) -> Modules {
    let module = |path: &Path| {
        let path = path.strip_prefix(folder).unwrap().with_extension("");
        let mut names: Module = path
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        let last = names.last().cloned().unwrap_or_default();
        if last == "mod" || names.len() == 1 && (last == "lib" || last == "main") {
            names.pop();
        }
        names
    };
    let all = sources(folder).into_iter();
    let all = all.map(|(path, text)| (module(&path), text));
    all.filter(|(module, _)| !module.iter().any(|name| name == "tests"))
        .collect()
}

/// A cycle among the children of `scope`: each step with the path that makes it.
fn cycle(edges: &Edges) -> Option<Vec<String>> {
    fn visit(
        at: &str,
        edges: &Edges,
        way: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(from) = way.iter().position(|name| name == at) {
            return Some(way[from..].to_vec());
        }
        if done.contains(at) {
            return None;
        }
        way.push(at.to_owned());
        for next in edges.get(at).into_iter().flat_map(BTreeMap::keys) {
            if let Some(found) = visit(next, edges, way, done) {
                return Some(found);
            }
        }
        way.pop();
        done.insert(at.to_owned());
        None
    }
    let mut done = BTreeSet::new();
    let mut starts = edges.keys();
    starts.find_map(|start| visit(start, edges, &mut Vec::new(), &mut done))
}

/// The cycles of a crate, one for each module whose children have one.
fn cycles(modules: &Modules) -> Vec<String> {
    let mut scopes: BTreeMap<Module, Edges> = BTreeMap::new();
    for (module, text) in modules {
        let tokens = tokens(text);
        for path in paths(&without_tests(&tokens)) {
            let Some(target) = target(module, &path, modules) else {
                continue;
            };
            let same = module.iter().zip(&target).take_while(|(a, b)| a == b);
            let shared = same.count();
            if let (Some(from), Some(to)) = (module.get(shared), target.get(shared)) {
                let edges = scopes.entry(module[..shared].to_vec()).or_default();
                let told = format!("{} names {}", module.join("::"), path.join("::"));
                let of = edges.entry(from.clone()).or_default();
                of.entry(to.clone()).or_insert(told);
            }
        }
    }
    let told = |(scope, edges): (&Module, &Edges)| {
        let around = cycle(edges)?;
        let next = around.iter().cycle().skip(1);
        let steps = around.iter().zip(next);
        let steps = steps.map(|(from, to)| format!("  {from} → {to}: {}", edges[from][to]));
        let steps: Vec<_> = steps.collect();
        let scope = match scope.is_empty() {
            true => "the root".to_owned(),
            false => scope.join("::"),
        };
        Some(format!("below {scope}:\n{}", steps.join("\n")))
    };
    scopes.iter().filter_map(told).collect()
}

#[test]
fn the_modules_of_no_crate_depend_on_each_other_in_a_cycle() {
    let members = fs::read_dir(repository().join("runner")).unwrap();
    let members = members.map(|entry| entry.unwrap().path().join("src"));
    let own = ["models/src", "runner/src"].map(|folder| repository().join(folder));
    let crates: BTreeSet<PathBuf> = members.chain(own).filter(|path| path.is_dir()).collect();
    assert!(crates.len() > 8, "the crates were not found: {crates:?}");
    let mut found = Vec::new();
    for folder in &crates {
        let modules = modules(folder);
        let told = cycles(&modules).into_iter();
        found.extend(told.map(|cycle| format!("{} {cycle}", folder.display())));
    }
    assert!(
        found.is_empty(),
        "{}\nMove what both need into a module below them, or the function that closes the cycle into a \
         module above them.",
        found.join("\n")
    );
}

#[test]
fn a_cycle_is_found_behind_comments_strings_and_groups() {
    let module = |name: &str, text: &str| {
        let names = name.split("::").filter(|name| !name.is_empty());
        (
            names.map(str::to_owned).collect::<Module>(),
            text.to_owned(),
        )
    };
    let crate_of = |last: &str| {
        Modules::from([
            module("", "mod a; mod b; mod c;"),
            module(
                "a",
                "use super::{b::{B, Other as O}, c}; // use super::a::A;",
            ),
            module("b", "fn quote() -> char { '\"' } use crate::c::C;"),
            module(
                "b::inner",
                "use super::B; const T: &str = r#\"super::super::a\"#;",
            ),
            module("c", last),
        ])
    };
    let tested = "#[cfg(test)] mod tests { use super::super::a::A; }";
    assert!(cycles(&crate_of(tested)).is_empty());
    assert_eq!(
        cycles(&crate_of("fn f() { crate::a::call(); }")),
        [
            "below the root:\n  a → b: a names super::b::B\n  b → c: b names crate::c::C\n  \
          c → a: c names crate::a::call"
        ]
    );
}
