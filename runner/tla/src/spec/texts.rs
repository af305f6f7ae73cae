//! The source of the TLA+ modules' text: a folder, or the copies that are built into the program.
//!
//! If a module is edited in a folder, the next command uses it without a build.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use tandem_models::catalogue::{Instance, SHARED_MODULES};

/// Modules that come with TLA+ itself.
pub(crate) const STANDARD: [&str; 13] = [
    "Naturals",
    "Integers",
    "Reals",
    "Sequences",
    "FiniteSets",
    "Bags",
    "TLC",
    "TLCExt",
    "Json",
    "Randomization",
    "RealTime",
    "Toolbox",
    "TLAPS",
];

/// A source of modules.
#[derive(Debug, Clone, Default)]
pub struct SpecTexts {
    folder: Option<PathBuf>,
    /// Whether the user named the folder. A missing module is then an error.
    named: bool,
    /// A module whose text is replaced: its file and the new text.
    replaced: Option<(String, String)>,
}

/// The error for a spec whose text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TextError(String);

/// The files of a spec, by name.
type Files = Vec<(String, String)>;

impl SpecTexts {
    /// The modules that are built into the program.
    pub fn built_in() -> Self {
        SpecTexts::default()
    }

    /// The modules of a folder that the user has named.
    ///
    /// # Errors
    ///
    /// If it is not a folder, or has no modules.
    pub fn in_folder(folder: &Path) -> Result<Self, TextError> {
        let shown = folder.display();
        let entries = std::fs::read_dir(folder).map_err(|error| {
            TextError(format!(
                "--specs {shown}: {error}; name a folder with .tla files"
            ))
        })?;
        let mut names = entries.flatten().map(|entry| entry.file_name());
        if !names.any(|name| Path::new(&name).extension().is_some_and(|is| is == "tla")) {
            return Err(TextError(format!(
                "--specs {shown}: there is no .tla file in this folder; `tandem show NAME --into \
                 {shown}` writes those of a variant there"
            )));
        }
        Ok(SpecTexts {
            folder: Some(folder.to_owned()),
            named: true,
            replaced: None,
        })
    }

    /// The modules of the folder `specs` in the repository that contains `from`, if it has one of
    /// these modules; otherwise the built-in ones.
    pub fn of_repository(from: &Path, modules: &[&str]) -> Self {
        let has = |folder: &PathBuf| {
            let mut files = modules
                .iter()
                .map(|module| folder.join(format!("{module}.tla")));
            files.any(|file| file.is_file())
        };
        let folders = from.ancestors().map(|folder| folder.join("specs"));
        SpecTexts {
            folder: { folders }.find(has),
            named: false,
            replaced: None,
        }
    }

    /// The same source, with the text of one module replaced.
    #[must_use]
    pub fn replacing(&self, module: &str, text: &str) -> Self {
        SpecTexts {
            replaced: Some((format!("{module}.tla"), text.to_owned())),
            ..self.clone()
        }
    }

    /// The folder, if it is one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The module of the instance's protocol, and the modules that it extends, without the standard
    /// ones.
    ///
    /// # Errors
    ///
    /// If one is missing or cannot be read.
    pub fn modules(&self, instance: &Instance) -> Result<Files, TextError> {
        let mut files = self.originals(instance)?;
        if let Some((replaced, text)) = &self.replaced {
            let same = files.iter_mut().filter(|(file, _)| file == replaced);
            same.for_each(|(_, old)| old.clone_from(text));
        }
        Ok(files)
    }

    fn originals(&self, instance: &Instance) -> Result<Files, TextError> {
        let module = &instance.description.module;
        let Some(folder) = &self.folder else {
            return Ok(built_in(instance));
        };
        let file = folder.join(format!("{}.tla", module.name));
        if !file.is_file() && !self.named {
            return Ok(built_in(instance));
        }
        if !file.is_file() {
            return Err(TextError(format!(
                "{}: there is no such file, and {} needs it; `tandem show {} --into {}` writes it",
                file.display(),
                instance.description.name,
                instance.label(),
                folder.display()
            )));
        }
        let mut found = BTreeMap::new();
        let mut order = Vec::new();
        read(folder, module.name, &mut found, &mut order)?;
        let files = order.into_iter().filter_map(|name| {
            let text = found.remove(&name)?;
            Some((format!("{name}.tla"), text))
        });
        Ok(files.collect())
    }
}

impl fmt::Display for SpecTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.folder {
            Some(folder) => write!(f, "{}", shortest(folder).display()),
            None => f.write_str("the text that is built in"),
        }
    }
}

/// The path of a folder, relative to the current directory where possible.
fn shortest(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    folder.strip_prefix(&here).unwrap_or(folder).to_owned()
}

fn built_in(instance: &Instance) -> Files {
    let shared = SHARED_MODULES.iter();
    let all = std::iter::once(&instance.description.module).chain(shared);
    all.map(|module| (format!("{}.tla", module.name), module.text.to_owned()))
        .collect()
}

/// Reads a module and those that it extends.
fn read(
    folder: &Path,
    name: &str,
    found: &mut BTreeMap<String, String>,
    order: &mut Vec<String>,
) -> Result<(), TextError> {
    if order.iter().any(|known| known == name) {
        return Ok(());
    }
    let file = folder.join(format!("{name}.tla"));
    let text = std::fs::read_to_string(&file)
        .map_err(|error| TextError(format!("{}: {error}", file.display())))?;
    order.push(name.to_owned());
    for (number, line, other) in extended(&text) {
        if folder.join(format!("{other}.tla")).is_file() {
            read(folder, &other, found, order)?;
        } else if !STANDARD.contains(&&*other) {
            return Err(TextError(format!(
                "{}:{number}: there is no module {other} in {}; correct the name, or put \
                 {other}.tla there\n  {number} | {line}",
                file.display(),
                folder.display()
            )));
        }
    }
    found.insert(name.to_owned(), text);
    Ok(())
}

/// The modules that a module extends or instantiates, each with the number and the text of its line.
fn extended(text: &str) -> Vec<(usize, &str, String)> {
    let mut found = Vec::new();
    let mut goes_on = false;
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.split("\\*").next().unwrap_or("");
        let instance = code.split_once("INSTANCE ");
        if let Some((_, after)) = instance.filter(|_| !code.trim_start().starts_with("(*")) {
            let name = after.split_whitespace().next().unwrap_or("");
            found.push((number, line, name.to_owned()));
            continue;
        }
        let names = match code.trim_start().strip_prefix("EXTENDS") {
            Some(names) => names,
            None if goes_on => code,
            None => continue,
        };
        let listed = names.split(',').map(str::trim);
        let listed = listed.filter(|name| !name.is_empty() && !name.contains(char::is_whitespace));
        found.extend(listed.map(|name| (number, line, name.to_owned())));
        goes_on = names.trim_end().ends_with(',') || names.trim().is_empty();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::extended;

    #[test]
    fn the_modules_that_a_module_needs_are_found_also_over_several_lines() {
        let text = "---- MODULE M ----\nEXTENDS A, B, \\* what for\n        C\nVARIABLE x\n\
                    Shop == INSTANCE D WITH x <- x\n====\n";
        let found = extended(text).into_iter();
        let found: Vec<_> = found.map(|(number, _, name)| (number, name)).collect();
        let expected = [(2, "A"), (2, "B"), (3, "C"), (5, "D")];
        assert_eq!(
            found,
            expected.map(|(number, name)| (number, name.to_owned()))
        );
    }
}
