//! What a whole comparison costs, with the TLA+ side evaluated in this process and by TLC.

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::{Comparison, TlaEngine, compare_instance};
use tandem_runner::engine::tlc::Tlc;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::spec::SpecTexts;

use super::measure::{self, cpu};

/// The comparison that is to take less than a tenth of a second.
const SMALLEST: &str = "outbox:save-then-publish";

/// The upper ends of the classes of sizes, in views of the Rust model.
const CLASSES: [usize; 7] = [50, 100, 400, 1_000, 2_500, 4_500, usize::MAX];

/// What the comparisons of a class cost, in CPU seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Class {
    variants: usize,
    in_process: f64,
    tlc: f64,
}

impl Class {
    fn add(&mut self, other: Class) {
        self.variants += other.variants;
        self.in_process += other.in_process;
        self.tlc += other.tlc;
    }

    fn row(self, title: &str) {
        let Class {
            variants,
            in_process,
            tlc,
        } = self;
        let ratio = in_process / tlc;
        println!("| {title} | {variants} | {tlc:.2} | {in_process:.2} | {ratio:.3} |");
    }
}

/// Compares every variant of the catalogue at its default bounds by turns with both engines, or only what is
/// `selected`, such as `outbox:all`.
pub(crate) fn compared(tlc: &Tlc, selected: Option<&str>) {
    let instances = catalogue().select(selected, &Overrides::default());
    let mut classes = [Class::default(); CLASSES.len()];
    for instance in instances.expect("a protocol or a variant of the catalogue") {
        let (by_tlc, there) = cost(&instance, TlaEngine::Tlc(tlc));
        let (by_crate, here) = cost(&instance, TlaEngine::InProcess);
        let views = there.rust.states;
        assert_eq!(here.rust.states, views);
        let class = CLASSES.iter().position(|most| views <= *most);
        classes[class.expect("the last class has no end")].add(Class {
            variants: 1,
            in_process: by_crate,
            tlc: by_tlc,
        });
    }
    let what = selected.unwrap_or("whole catalogue");
    println!("\ncomparisons, in process against TLC, {what}\n");
    println!("| views | variants | CPU s TLC | CPU s in process | in process / TLC |");
    println!("|---|--:|--:|--:|--:|");
    let mut so_far = Class::default();
    for (most, class) in CLASSES.into_iter().zip(classes) {
        let title = match most {
            usize::MAX => "more".to_owned(),
            most => format!("up to {most}"),
        };
        class.row(&title);
        so_far.add(class);
        if most == 400 {
            so_far.row("all up to 400");
        }
    }
    so_far.row("all");
}

/// What the command costs that compares the smallest example, start and end included.
pub(crate) fn smallest() {
    let mut costs: Vec<_> = (0..15)
        .map(|_| {
            let before = cpu();
            measure::command(&["compare", SMALLEST, "--engine", "tla-rs"]);
            cpu() - before
        })
        .collect();
    costs.sort_by(f64::total_cmp);
    println!(
        "\n`tandem compare {SMALLEST}`, in process, the whole command: median {:.0} ms of CPU, least {:.0}",
        costs[7] * 1e3,
        costs[0] * 1e3
    );
}

/// The CPU seconds of one comparison, those of TLC's process included.
fn cost(instance: &Instance, engine: TlaEngine<'_>) -> (f64, Comparison) {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let before = cpu();
    let comparison = compare_instance(instance, false, (engine, &SpecTexts::built_in()), &run);
    let comparison = comparison.unwrap_or_else(|error| panic!("{instance}: {error}"));
    assert!(comparison.difference.is_none(), "{instance}: they differ");
    (cpu() - before, comparison)
}
