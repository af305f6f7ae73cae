//! A spec that a user wrote: its module, the modules beside it, and its configuration.
//!
//! The files are read and never changed. A comparison runs a module that extends the user's. Its
//! configuration contains everything that defines the graph (constants, constraints) and nothing that
//! ends the enumeration early.

mod cfg;
mod outline;
mod tokens;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub use cfg::Assignment;
use cfg::Cfg;
use outline::Outline;

use crate::spec::{STANDARD, Spec};

/// The module that a comparison runs; it extends the user's.
const RUN: &str = "TandemRun";
/// A file larger than this is not a spec.
const LARGEST: u64 = 4 << 20;

/// A user's spec.
#[derive(Debug, Clone)]
pub struct UserSpec {
    /// The name of the module.
    pub module: String,
    /// The names and texts of the module's file and of all files that it needs.
    modules: Vec<(String, String)>,
    cfg: Cfg,
    outline: Outline,
}

/// Why a spec cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum UserSpecError {
    /// A file cannot be read.
    #[error("{}: {reason}; name a TLA+ module and its configuration, as in `--spec Orders.tla --cfg Orders.cfg`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What happened.
        reason: String,
    },
    /// A file contains no module.
    #[error("{file} has no line `---- MODULE {expected} ----`; TLC requires the name of the file")]
    NoModule {
        /// The file.
        file: String,
        /// The required name of the module.
        expected: String,
    },
    /// A module that is needed does not exist.
    #[error("{by} needs the module {missing}, and there is no {missing}.tla beside it")]
    Missing {
        /// The module that is missing.
        missing: String,
        /// The module that needs it.
        by: String,
    },
    /// The configuration does not say what to run.
    #[error(
        "the configuration of {module} names neither a SPECIFICATION nor INIT and NEXT; add a line such as \
         `SPECIFICATION Spec`"
    )]
    NoSpecification {
        /// The module.
        module: String,
    },
}

impl UserSpec {
    /// Reads a module, the modules beside it that it extends or instantiates, and its configuration.
    /// The default configuration is the file with the same name that ends in `.cfg`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, a module is missing, or the configuration does not say what to run.
    pub fn read(module: &Path, configuration: Option<&Path>) -> Result<Self, UserSpecError> {
        let beside = module.with_extension("cfg");
        let configuration = text_of(configuration.unwrap_or(&beside))?;
        let folder = module.parent().unwrap_or(Path::new(""));
        let find = |name: &str| {
            let path = folder.join(name);
            path.is_file().then(|| text_of(&path)).transpose()
        };
        let name = module
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = text_of(module)?;
        UserSpec::gather((name, text), &configuration, find)
    }

    /// A spec from texts in the program: the module first, then the modules that it needs; and the
    /// configuration.
    ///
    /// ```
    /// use tandem_tla::user_spec::UserSpec;
    ///
    /// let module = "---- MODULE Clock ----\nVARIABLE h\nInit == h = 0\nTick == h' = 1 - h\n\
    ///               Spec == Init /\\ [][Tick]_h\n====\n";
    /// let clock = UserSpec::of_texts(&[("Clock.tla", module)], "SPECIFICATION Spec").unwrap();
    /// assert_eq!(clock.variables(), ["h"]);
    /// ```
    ///
    /// # Errors
    /// As [`UserSpec::read`].
    pub fn of_texts(modules: &[(&str, &str)], configuration: &str) -> Result<Self, UserSpecError> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let find = |name: &str| {
            let found = modules.iter().find(|(file, _)| *file == name);
            Ok(found.map(|(_, text)| (*text).to_owned()))
        };
        let first = modules.first().map(owned).unwrap_or_default();
        UserSpec::gather(first, configuration, find)
    }

    fn gather(
        first: (String, String),
        configuration: &str,
        find: impl Fn(&str) -> Result<Option<String>, UserSpecError>,
    ) -> Result<Self, UserSpecError> {
        let module = module_of(&first)?;
        let cfg = Cfg::read(configuration);
        let mut outline = Outline::read(&first.1);
        let mut open = needed(&module, &outline);
        let mut modules = vec![first];
        let mut extended: BTreeSet<String> = outline.extends.iter().cloned().collect();
        let mut met = BTreeSet::from([module.clone()]);
        while let Some((name, by)) = open.pop() {
            if !met.insert(name.clone()) {
                continue;
            }
            let file = format!("{name}.tla");
            let Some(text) = find(&file)? else {
                if STANDARD.contains(&&*name) {
                    continue;
                }
                return Err(UserSpecError::Missing { missing: name, by });
            };
            let found = Outline::read(&text);
            open.extend(needed(&name, &found));
            modules.push((file, text));
            if extended.contains(&name) {
                extended.extend(found.extends.iter().cloned());
                outline.join(found);
            }
        }
        if cfg.specification.is_none() && (cfg.init.is_none() || cfg.next.is_none()) {
            return Err(UserSpecError::NoSpecification { module });
        }
        Ok(UserSpec {
            module,
            modules,
            cfg,
            outline,
        })
    }

    /// The variables, in the order in which they are declared.
    pub fn variables(&self) -> &[String] {
        &self.outline.variables
    }

    /// The constants that the modules declare.
    pub fn constants(&self) -> &[String] {
        &self.outline.constants
    }

    /// The values that the configuration assigns to constants.
    pub fn assignments(&self) -> &[Assignment] {
        &self.cfg.constants
    }

    /// The constraints, which leave out states.
    pub fn constraints(&self) -> &[String] {
        &self.cfg.constraints
    }

    /// The keywords of settings that merge states, and are therefore left out of a comparison.
    pub fn merging(&self) -> &[String] {
        &self.cfg.merging
    }

    /// Whether there is an operator without parameters with this name.
    pub fn defines(&self, name: &str) -> bool {
        self.outline.defines(name)
    }

    /// The names of the actions as TLC will print them; `None` if they cannot be determined from the
    /// text alone.
    pub fn actions(&self) -> Option<BTreeSet<String>> {
        let next = self.cfg.next.clone();
        let next = next.or_else(|| self.outline.next_of(self.cfg.specification.as_deref()?));
        self.outline.actions(&next?)
    }

    /// The spec that a checker runs to enumerate the whole graph.
    pub fn to_run(&self) -> Spec {
        let variables = self.variables().join(", ");
        let (own, specification) = match (&self.cfg.specification, &self.cfg.init, &self.cfg.next) {
            (None, Some(init), Some(next)) => (
                format!("TandemSpec == {init} /\\ [][{next}]_<<{variables}>>\n\n"),
                "TandemSpec",
            ),
            (name, _, _) => (String::new(), name.as_deref().unwrap_or("Spec")),
        };
        // The module `TLC` provides `PrintT`, which prints the truth of predicates.
        let extends_tlc = match self.outline.extends.iter().any(|name| name == "TLC") {
            true => "",
            false => ", TLC",
        };
        let module = format!(
            "---- MODULE {RUN} ----\nEXTENDS {}{extends_tlc}\n\n{own}====\n",
            self.module
        );
        let files = [
            (format!("{RUN}.tla"), module),
            (format!("{RUN}.cfg"), self.cfg.of_graph(specification)),
        ];
        Spec {
            name: RUN.to_owned(),
            files: files
                .into_iter()
                .chain(self.modules.iter().cloned())
                .collect(),
        }
    }
}

/// The modules that a module needs, each with the module that needs it.
fn needed(module: &str, outline: &Outline) -> Vec<(String, String)> {
    let names = outline.extends.iter().chain(&outline.instances);
    names
        .map(|name| (name.clone(), module.to_owned()))
        .collect()
}

/// The name of the module in a file, which must be the name of the file.
fn module_of((file, text): &(String, String)) -> Result<String, UserSpecError> {
    let expected = file.strip_suffix(".tla").unwrap_or(file).to_owned();
    let words: Vec<_> = text.split_whitespace().collect();
    let named = words.windows(2).any(|pair| pair == ["MODULE", &expected]);
    match named {
        true => Ok(expected),
        false => Err(UserSpecError::NoModule {
            file: file.clone(),
            expected,
        }),
    }
}

fn text_of(path: &Path) -> Result<String, UserSpecError> {
    let unreadable = |reason: String| UserSpecError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let size = fs::metadata(path)
        .map_err(|error| unreadable(error.to_string()))?
        .len();
    if size > LARGEST {
        let (size, most) = (size >> 20, LARGEST >> 20);
        return Err(unreadable(format!(
            "it has {size} MB, and a spec has at most {most}"
        )));
    }
    fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{UserSpec, UserSpecError};

    const CLOCK: &str =
        "---- MODULE Clock ----\nEXTENDS Base\nTick == h' = 1 - h\nNext == Tick\n====\n";
    const BASE: &str = "---- MODULE Base ----\nEXTENDS Naturals\nVARIABLE h\nInit == h = 0\n====\n";

    #[test]
    fn modules_beside_it_are_part_of_a_spec() {
        let modules = [("Clock.tla", CLOCK), ("Base.tla", BASE)];
        let spec = UserSpec::of_texts(&modules, "INIT Init\nNEXT Next").unwrap();
        assert_eq!(spec.variables(), ["h"]);
        assert_eq!(
            spec.actions().unwrap().into_iter().collect::<Vec<_>>(),
            ["Tick"]
        );
        let run = spec.to_run();
        assert!(
            run.files[0]
                .1
                .contains("TandemSpec == Init /\\ [][Next]_<<h>>")
        );
        assert_eq!(run.files[1].1, "SPECIFICATION TandemSpec\n");
        assert_eq!(run.files.len(), 4);
    }

    #[test]
    fn a_spec_that_is_not_complete_says_what_is_missing() {
        let missing = UserSpec::of_texts(&[("Clock.tla", CLOCK)], "SPECIFICATION Spec");
        assert!(
            matches!(missing, Err(UserSpecError::Missing { missing, .. }) if missing == "Base")
        );
        let silent = UserSpec::of_texts(&[("Base.tla", BASE)], "CONSTANT N = 1");
        assert!(matches!(silent, Err(UserSpecError::NoSpecification { .. })));
        let other = UserSpec::of_texts(&[("Other.tla", BASE)], "SPECIFICATION Spec");
        assert!(matches!(other, Err(UserSpecError::NoModule { .. })));
    }
}
