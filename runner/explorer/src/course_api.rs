//! The addresses of the course: its exercises, the learner's progress, the trainer's plan.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, once};
use futures_util::{StreamExt as _, future};
use std::convert::Infallible;
use tandem_handbook::Handbook;
use tandem_lessons::{CourseAt, Lesson};

use super::answer::{Answer, Shared, event};
use super::app::App;
use super::problem::Problem;
use super::prose::prose;
use super::wire::{Block, Course, CoursePart, Exercise, ExerciseHead, Solution};

/// The chapter of the handbook with the trainer's plan.
const PLAN: &str = "trainer.md";

/// The exercises with the learner's progress, and the trainer's plan.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/course",
    responses((status = 200, body = Course), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn course(State(app): Shared) -> Answer<Course> {
    let read = |app: &App| {
        let mut parts: Vec<CoursePart> = Vec::new();
        for lesson in lessons(app)? {
            if parts.last().is_none_or(|part| part.number != lesson.part) {
                parts.push(CoursePart {
                    number: lesson.part,
                    title: lesson.part_title.clone(),
                    exercises: Vec::new(),
                });
            }
            if let Some(part) = parts.last_mut() {
                part.exercises.push(head(&lesson));
            }
        }
        let plan = plan();
        Ok(Course { parts, plan })
    };
    app.work(read).await.map(Json)
}

/// An exercise as a learner reads it.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/course/{name}", params(("name" = String, Path)),
    responses((status = 200, body = Exercise), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn exercise(State(app): Shared, Path(name): Path<String>) -> Answer<Exercise> {
    let read = move |app: &App| {
        let all = lessons(app)?;
        let place = place(&all, &name)?;
        let next = all.get(place + 1).map(|lesson| lesson.name.clone());
        Ok(told(&all[place], next))
    };
    app.work(read).await.map(Json)
}

/// The solution of an exercise, and why it is right.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/course/{name}/solution", params(("name" = String, Path)),
    responses((status = 200, body = Solution), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn solution(State(app): Shared, Path(name): Path<String>) -> Answer<Solution> {
    let read = move |app: &App| {
        let all = lessons(app)?;
        let lesson = &all[place(&all, &name)?];
        let code = at(app)?
            .lessons
            .solution(&name)
            .map_err(|error| unreadable(&error))?;
        let why = prose(&lesson.why);
        Ok(Solution { code, why })
    };
    app.work(read).await.map(Json)
}

/// Identifies this start of the server: sends one event `build`, and nothing after it. If a page loses the
/// connection and then receives another `build`, it reloads, because the learner's handler was rebuilt.
#[cfg_attr(feature = "openapi", utoipa::path(get, path = "/api/v1/course/build",
    responses((status = 200, body = super::wire::CourseHead, content_type = "text/event-stream",
        description = "`build` → CourseHead"), (status = "4XX", body = super::wire::Problem))))]
pub(crate) async fn build(
    State(app): Shared,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let head = app.course_head().ok_or_else(none)?;
    let told = event("build", &head);
    let stream = once(future::ready(Ok(told))).chain(futures_util::stream::pending());
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

fn at(app: &App) -> Result<&CourseAt, Problem> {
    app.course.as_ref().ok_or_else(none)
}

fn lessons(app: &App) -> Result<Vec<Lesson>, Problem> {
    at(app)?
        .lessons
        .lessons()
        .map_err(|error| unreadable(&error))
}

fn place(all: &[Lesson], name: &str) -> Result<usize, Problem> {
    let found = all.iter().position(|lesson| lesson.name == name);
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|lesson| lesson.name.as_str()).collect();
        let what = format!(
            "there is no exercise '{name}'; there are {}",
            names.join(", ")
        );
        Problem::missing("unknown-exercise", what)
    })
}

fn none() -> Problem {
    let hint =
        "there is no course here: start the explorer in Tandem's folder, which has `exercises`";
    Problem::missing("no-course", hint)
}

fn unreadable(error: &anyhow::Error) -> Problem {
    Problem::conflict("unreadable-exercise", format!("{error:#}"))
}

fn head(lesson: &Lesson) -> ExerciseHead {
    ExerciseHead {
        name: lesson.name.clone(),
        place: lesson.place,
        title: lesson.title.clone(),
        minutes: lesson.minutes,
        solved: lesson.solved,
        tla: lesson.tla,
    }
}

fn told(lesson: &Lesson, next: Option<String>) -> Exercise {
    Exercise {
        head: head(lesson),
        part: lesson.part,
        file: lesson.file.clone(),
        protocol: lesson.protocol.clone(),
        story: prose(&lesson.story),
        look: prose(&lesson.look),
        task: prose(&lesson.task),
        tla_task: lesson.tla_task.as_deref().map(prose),
        hints: lesson.hints.iter().map(|hint| prose(hint)).collect(),
        ask: prose(&lesson.ask),
        lecture: prose(&lesson.lecture),
        in_tla: prose(&lesson.in_tla),
        discuss: prose(&lesson.discuss),
        next,
    }
}

/// The trainer's chapter without its title.
fn plan() -> Vec<Block> {
    let text = Handbook::built_in().and_then(|handbook| handbook.chapter(PLAN));
    let mut blocks = text.map(|text| prose(&text)).unwrap_or_default();
    if !blocks.is_empty() {
        blocks.remove(0);
    }
    blocks
}
