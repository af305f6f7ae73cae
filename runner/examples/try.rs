//! Counts every instance and shows what differs from the catalogue: a quick look while a protocol
//! is being written.

#![expect(clippy::print_stdout, reason = "an example has no other way to tell")]

use stateright::Model;
use tandem_models::{catalogue::Overrides, protocols::catalogue};
use tandem_runner::{engine::Run, explore::explore, limits::Limits, tlc::cancel::Cancel};
fn main() {
    let cancel = Cancel::new();
    let run = Run {
        limits: &Limits::NONE,
        cancel: &cancel,
    };
    for i in catalogue().select(None, &Overrides::default()).unwrap() {
        let s = i.system();
        let t = std::time::Instant::now();
        let x = explore(&s, &run);
        println!(
            "{i}: raw {} views {} trans {} depth {} clash {:?} breach {:?} {:?}",
            x.raw.len(),
            x.graph.states.len(),
            x.graph.transitions(),
            x.graph.depth(),
            x.clash,
            x.breach.is_some(),
            t.elapsed()
        );
        for (p, d) in s.properties().iter().zip(&x.decided) {
            let d = d.map(|d| x.path(d).steps.len());
            let exp = i.expected(p.name);
            println!(
                "   {:24} {:?} {:?} {}",
                p.name,
                d,
                exp,
                if exp
                    .map(|e| (e == tandem_models::catalogue::Expected::Violated) != d.is_some())
                    .unwrap_or(d.is_none())
                {
                    "<<<<<"
                } else {
                    ""
                }
            );
        }
    }
}
