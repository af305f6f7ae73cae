//! The state that all requests share: the catalogue, the open models, the searches.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::RawQuery;
use tandem_models::catalogue::{Catalogue, Instance, Overrides};
use tandem_models::kit::fault::Aim;
use tokio::sync::Semaphore;

use super::model::{Model, Walked};
use super::problem::Problem;
use super::rooms::Rooms;
use super::searches::Searches;
use super::wire;
use tandem_check::enumerate::End;
use tandem_check::manifest::Manifest;
use tandem_lessons::CourseAt;

/// How many models are kept open.
const OPEN: usize = 32;

/// How many requests are worked on at a time; the others wait.
const AT_A_TIME: usize = 4;

/// The state that all requests share.
pub(crate) struct App {
    /// The protocols.
    pub(crate) catalogue: Catalogue,
    /// The variant that the command line named, if any.
    pub(crate) start: Option<wire::Start>,
    /// The searches that run or have ended.
    pub(crate) searches: Searches,
    /// The rooms, if the server was started with `--share`.
    pub(crate) shared: Option<Rooms>,
    /// The course, if there is one.
    pub(crate) course: Option<CourseAt>,
    /// Identifies this start of the server.
    build: String,
    /// The protocols in the form that is sent to the page. It is computed at the first request.
    listed: OnceLock<Vec<wire::Protocol>>,
    models: Mutex<Vec<Arc<Model>>>,
    at_a_time: Semaphore,
}

/// A parsed query string: bounds and faults of the model, and what the request asks about it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// The path.
    pub(crate) steps: String,
    /// How the path continues after its last step.
    pub(crate) end: End,
    /// The name of another variant.
    pub(crate) variant: Option<String>,
    /// The name of a guarantee.
    pub(crate) property: Option<String>,
    /// How many entries of a long answer are skipped.
    pub(crate) offset: usize,
    /// How many entries of a long answer are sent, if the query says so.
    pub(crate) limit: Option<usize>,
    /// The engine that checks the TLA+ module.
    pub(crate) engine: Option<String>,
    settings: BTreeMap<String, String>,
}

impl App {
    /// The shared state for a catalogue.
    pub(crate) fn new(catalogue: Catalogue, searches: Searches) -> Self {
        App {
            catalogue,
            start: None,
            searches,
            shared: None,
            course: None,
            build: build(),
            listed: OnceLock::new(),
            models: Mutex::default(),
            at_a_time: Semaphore::new(AT_A_TIME),
        }
    }

    /// The protocols in the form that is sent to the page. Instances without pinned results are
    /// left out.
    pub(crate) fn listed(&self) -> Vec<wire::Protocol> {
        let listed = self.listed.get_or_init(|| {
            let manifest = Manifest::of(&self.catalogue).unwrap_or_default();
            let protocols = self.catalogue.protocols();
            protocols
                .map(|protocol| wire::Protocol::of(protocol, &manifest))
                .collect()
        });
        listed.clone()
    }

    /// The model of a variant with the bounds and faults of a query.
    ///
    /// # Errors
    ///
    /// If there is no such variant, or it has no such bounds.
    pub(crate) fn model(
        &self,
        protocol: &str,
        variant: &str,
        asked: &Asked,
    ) -> Result<Arc<Model>, Problem> {
        let instance = self.instance(protocol, variant, &asked.settings)?;
        let key = instance.to_string();
        let kept = || self.models.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |models: &mut Vec<Arc<Model>>| {
            let place = models.iter().position(|model| model.key() == key)?;
            let model = models.remove(place);
            models.push(Arc::clone(&model));
            Some(model)
        };
        if let Some(model) = known(&mut kept()) {
            return Ok(model);
        }
        let model = Arc::new(Model::open(instance));
        let mut models = kept();
        if models.len() >= OPEN {
            models.remove(0);
        }
        models.push(Arc::clone(&model));
        Ok(model)
    }

    /// The rooms.
    ///
    /// # Errors
    ///
    /// If the server was started without `--share`.
    pub(crate) fn rooms(&self) -> Result<&Rooms, Problem> {
        let hint = "rooms exist only if the explorer was started with --share";
        self.shared
            .as_ref()
            .ok_or_else(|| Problem::missing("not-shared", hint))
    }

    /// The part of the course that the page needs before it opens the course.
    pub(crate) fn course_head(&self) -> Option<wire::CourseHead> {
        self.course.as_ref().map(|course| wire::CourseHead {
            own: course.own.as_ref().map(|own| wire::Own {
                exercise: own.exercise.clone(),
                file: own.file.clone(),
                lines: own.lines.clone(),
                group: own.group,
            }),
            build: self.build.clone(),
        })
    }

    /// Another variant of the same protocol with the same bounds and faults.
    ///
    /// # Errors
    ///
    /// If there is no variant of that name.
    pub(crate) fn alike(&self, model: &Model, variant: &str) -> Result<Arc<Model>, Problem> {
        let sizes = super::model::parameters(&model.instance).into_iter();
        let settings = sizes.map(|(name, value)| (name, value.to_string()));
        let asked = Asked {
            settings: settings.collect(),
            ..Asked::default()
        };
        self.model(model.instance.description.name, variant, &asked)
    }

    /// The right variants of the model's protocol at its bounds and faults, the default first.
    pub(crate) fn right_variants(&self, model: &Model) -> Vec<Arc<Model>> {
        let description = &model.instance.description;
        let right = description.variants.iter().filter(|variant| variant.right);
        let mut names: Vec<&str> = right.map(|variant| variant.name).collect();
        names.sort_by_key(|name| *name != description.default_variant);
        let alike = |name: &&str| self.alike(model, name).ok();
        names.iter().filter_map(alike).collect()
    }

    fn instance(
        &self,
        protocol: &str,
        variant: &str,
        settings: &BTreeMap<String, String>,
    ) -> Result<Instance, Problem> {
        let mut overrides = Overrides::default();
        for (name, value) in settings {
            let value = value.parse().map_err(|_| {
                let what = format!("{name}={value}: the value is a whole number from 0 to 255");
                Problem::bad("bad-parameter", what)
            })?;
            match name.parse::<Aim>() {
                Ok(fault) => overrides.faults.push((fault, value)),
                Err(_) => overrides.parameters.push((name.clone(), value)),
            }
        }
        // A name with a colon, or `all`, is not the name of a variant.
        let name = format!("{protocol}:{variant}");
        let mut found = self.catalogue.select(Some(&name), &overrides)?;
        match (found.pop(), found.len()) {
            (Some(instance), 0) if instance.variant.name == variant => Ok(instance),
            _ => Err(Problem::missing(
                "unknown-variant",
                format!("'{variant}' is not the name of one variant of {protocol}"),
            )),
        }
    }

    /// Runs work that takes longer than a moment on another thread, so that other requests do not
    /// wait.
    ///
    /// # Errors
    ///
    /// The errors of the work itself, and an error if it panics.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _permit = self.at_a_time.acquire().await;
        let app = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&app)).await;
        done.unwrap_or_else(|_| {
            Err(Problem::conflict(
                "bug",
                "the answer panicked; this is a bug in Tandem or in a guarantee, and the terminal \
                 says where",
            ))
        })
    }
}

impl Asked {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// If a name occurs twice, or too many names do.
    pub(crate) fn read(RawQuery(query): RawQuery) -> Result<Self, Problem> {
        let mut asked = Asked::default();
        let query = query.unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let (name, value) = (name.into_owned(), value.into_owned());
            match name.as_str() {
                "steps" => asked.steps = value,
                "end" => asked.end = end(&value)?,
                "variant" => asked.variant = Some(value),
                "property" => asked.property = Some(value),
                "engine" => asked.engine = Some(value),
                "offset" => asked.offset = number(&name, &value)?,
                "limit" => asked.limit = Some(number(&name, &value)?),
                _ if asked.settings.len() >= 32 => {
                    return Err(Problem::bad("bad-parameter", "too many parameters"));
                }
                _ => {
                    let what = format!("{name} is given twice");
                    if asked.settings.insert(name, value).is_some() {
                        return Err(Problem::bad("bad-parameter", what));
                    }
                }
            }
        }
        Ok(asked)
    }

    /// Takes the path that the query names.
    ///
    /// # Errors
    ///
    /// If the model has no such path.
    pub(crate) fn walk(&self, model: &Model) -> Result<Walked, Problem> {
        model.walk(&self.steps, self.end)
    }
}

/// Identifies this start of the server: the current time in nanoseconds. A page compares it with the one
/// that it was loaded from, and so notices that the server was started again.
fn build() -> String {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or_else(|_| String::new(), |elapsed| elapsed.as_nanos().to_string())
}

fn number(name: &str, value: &str) -> Result<usize, Problem> {
    value.parse().map_err(|_| {
        let what = format!("{name}={value}: the value is a whole number from 0 on");
        Problem::bad("bad-parameter", what)
    })
}

fn end(text: &str) -> Result<End, Problem> {
    match text {
        "" => Ok(End::Open),
        "stutters" => Ok(End::Stutters),
        steps => steps.parse().map(End::Repeats).map_err(|_| {
            let hint = "end must be 'stutters', or the number of steps to the state to which the path returns";
            Problem::bad("bad-end", hint)
        }),
    }
}
