//! Exports a path in other formats: for another checker, a test, a document, or a picture.
//!
//! `tandem check --save-trace` and the page's "Copy as" write the same text. Every format is made
//! from [`wire::Trace`], the data that the page receives for a path, so nothing is computed twice.

mod itf;
mod markdown;
mod mermaid;
mod rust;
mod scene;
mod svg;

use std::fmt;
use std::str::FromStr;

use serde_json::json;
use tandem_check::enumerate::End;
use tandem_check::replay::module::trace_module;
use tandem_check::replay::recorded;
use tandem_check::trace::Trace;
use tandem_models::catalogue::Instance;
use tandem_tla::spec::{RenderError, SpecTexts};

use crate::model::{Model, Walked, parameters};
use crate::story::Nearest;
use crate::wire;

/// A format in which a path can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The JSON of `tandem check`, which `tandem replay` reads.
    Json,
    /// ITF, the JSON of Apalache and Quint.
    Itf,
    /// A TLA+ module that TLC runs to take the same steps.
    Tla,
    /// A sequence diagram in Mermaid.
    Mermaid,
    /// An SVG image.
    Svg,
    /// Text for a document, a ticket or a commit message.
    Markdown,
    /// A Rust test that takes the same steps.
    Rust,
}

impl Form {
    /// All formats.
    pub const ALL: [Form; 7] = [
        Form::Json,
        Form::Itf,
        Form::Tla,
        Form::Mermaid,
        Form::Svg,
        Form::Markdown,
        Form::Rust,
    ];

    /// The name of the format on the command line and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Form::Json => "json",
            Form::Itf => "itf",
            Form::Tla => "tla",
            Form::Mermaid => "mermaid",
            Form::Svg => "svg",
            Form::Markdown => "markdown",
            Form::Rust => "rust",
        }
    }

    /// The extension of a file in this format.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Json => "json",
            Form::Itf => "itf.json",
            Form::Tla => "tla",
            Form::Mermaid => "mmd",
            Form::Svg => "svg",
            Form::Markdown => "md",
            Form::Rust => "rs",
        }
    }
}

impl FromStr for Form {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = Form::ALL.into_iter().find(|form| form.name() == text);
        form.ok_or_else(|| {
            let all = Form::ALL.map(Form::name).join(", ");
            format!("'{text}' is not a form of a trace; there are {all}")
        })
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A path to export, with its context.
pub struct Exported<'a> {
    /// The instance whose path it is.
    pub instance: &'a Instance,
    /// The path, as indices of actions.
    pub indices: Vec<usize>,
    /// How the path continues after its last step.
    pub end: End,
    /// The property that the path violates or witnesses, if it is known.
    pub property: Option<&'a str>,
    /// The Rust path of the function that returns the catalogue, if the catalogue names it
    /// (`Catalogue::returned_by`).
    pub catalogue: Option<&'a str>,
}

/// Why a path cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// An index does not name an action.
    #[error("step {number} of the path is no step of {instance}; it may be of another version")]
    NoPath {
        /// The number of the step, from 1.
        number: usize,
        /// The name of the model.
        instance: String,
    },
    /// The spec cannot be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Text files with their names. The first is the requested one; it needs the others.
pub type Files = Vec<(String, String)>;

impl Exported<'_> {
    /// Renders the path. `name` is the name of the first file, without its extension.
    ///
    /// # Errors
    ///
    /// If the model has no such path, or the spec cannot be rendered.
    pub fn files(&self, form: Form, name: &str) -> Result<Files, ExportError> {
        let model = Model::open(self.instance.clone());
        let walked = model.retake(&self.indices, self.end).map_err(|number| {
            let instance = self.instance.to_string();
            ExportError::NoPath { number, instance }
        })?;
        let told = Told::new(&model, &walked, self.property, self.catalogue);
        if form == Form::Tla {
            return told.module(name);
        }
        Ok(vec![(
            format!("{name}.{}", form.extension()),
            told.text(form),
        )])
    }
}

/// A path with all data about its steps.
pub(crate) struct Told<'a> {
    pub(crate) model: &'a Model,
    pub(crate) trace: wire::Trace,
    pub(crate) plain: Trace,
    pub(crate) property: Option<&'a str>,
    pub(crate) catalogue: Option<&'a str>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(
        model: &'a Model,
        walked: &Walked,
        property: Option<&'a str>,
        catalogue: Option<&'a str>,
    ) -> Self {
        let plain = Trace::new(&model.instance, &model.system, &walked.path);
        let trace = model.trace(walked, 0..usize::MAX, |_| Nearest::default());
        Told {
            model,
            trace,
            plain,
            property,
            catalogue,
        }
    }

    /// The text in every format except a TLA+ module, which consists of several files.
    pub(crate) fn text(&self, form: Form) -> String {
        match form {
            Form::Json => self.json(),
            Form::Itf => itf::write(self),
            Form::Tla => self.module("TandemTrace").map_or_else(
                |error| format!("\\* {error}\n"),
                |mut files| files.remove(0).1,
            ),
            Form::Mermaid => mermaid::write(self),
            Form::Svg => svg::write(self),
            Form::Markdown => markdown::write(self),
            Form::Rust => rust::write(self),
        }
    }

    /// The label of the variant, as in `outbox:transactional`.
    fn label(&self) -> String {
        self.model.instance.label()
    }

    /// The bounds and the faults that may happen, as in `messages=1 crash=1`.
    fn bounds(&self) -> String {
        let all = parameters(&self.model.instance).into_iter();
        let all: Vec<_> = all.map(|(name, value)| format!("{name}={value}")).collect();
        all.join(" ")
    }

    /// A title for the path.
    fn title(&self) -> String {
        match self.property.or_else(|| self.broken().first().copied()) {
            Some(property) => format!("{}: {property}", self.label()),
            None => self.label(),
        }
    }

    /// The names of the properties that become false on the path and are still false at its end,
    /// claimed guarantees first.
    fn broken(&self) -> Vec<&'static str> {
        let ever: Vec<_> = self
            .trace
            .steps
            .iter()
            .flat_map(|step| &step.act.violates)
            .collect();
        let truths = self.trace.steps.last().map(|step| &step.frame.truths);
        let truths = truths.into_iter().flatten().filter(|truth| !truth.holds);
        let mut names: Vec<_> = truths
            .map(|truth| truth.name)
            .filter(|name| ever.contains(&name))
            .collect();
        names.sort_by_key(|name| !self.model.instance.claims(name));
        names
    }

    /// The JSON of `tandem check` for this property alone.
    fn json(&self) -> String {
        let instance = &self.model.instance;
        let property = self.property.or_else(|| self.broken().first().copied());
        let value = json!({
            "version": tandem_check::output::json::VERSION,
            "results": [{
                "protocol": instance.description.name,
                "variant": instance.variant.name,
                "parameters": parameters(instance),
                "properties": [{
                    "name": property.unwrap_or("path"),
                    "verdict": self.verdict(property),
                    "trace": self.plain,
                }],
            }],
        });
        let text = serde_json::to_string_pretty(&value).unwrap_or_default();
        format!("{text}\n")
    }

    /// Whether the path violates the property or witnesses it.
    fn verdict(&self, property: Option<&str>) -> &'static str {
        let truths = match self.trace.steps.last() {
            Some(step) => &step.frame.truths,
            None => &self.trace.start.truths,
        };
        let holds = truths.iter().find(|truth| Some(truth.name) == property);
        match holds {
            Some(truth) if truth.holds => "shown",
            _ if property.is_none() => "shown",
            _ => "violated",
        }
    }

    fn module(&self, name: &str) -> Result<Files, ExportError> {
        let behaviour = recorded(&self.title(), &self.plain);
        let spec = trace_module(
            &SpecTexts::built_in(),
            &self.model.instance,
            &behaviour,
            name,
        )?;
        Ok(spec.files)
    }
}

/// A sentence about how a path continues; `None` if that is not known.
fn ending(end: End) -> Option<String> {
    match end {
        End::Open => None,
        End::Stutters => Some("… and nothing happens any more.".to_owned()),
        End::Repeats(0) => Some("↻ It is back at the start, and repeats forever.".to_owned()),
        End::Repeats(steps) => Some(format!(
            "↻ It is back at the state after step {steps}, and repeats forever."
        )),
    }
}
