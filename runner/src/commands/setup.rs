//! What commands need before they can start: instances, limits, TLC, and workers.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tandem_models::catalogue::{Instance, Overrides};

use super::Desk;
use crate::cli::{LimitArgs, Selection, TlcArgs};
use crate::engine::tlc::Tlc;
use crate::limits::Limits;
use crate::tlc::cancel::Cancel;
use crate::tlc::env::Env;
use crate::tlc::jar;
use crate::tlc::java::Java;

/// The instances that a command is about. `for_tlc` leaves out those too large for it.
pub(super) fn instances(
    selection: &Selection,
    desk: &mut Desk<'_>,
    for_tlc: bool,
) -> anyhow::Result<Vec<Instance>> {
    let name = selection.name.as_deref();
    if selection.large {
        let larger = desk.catalogue.select_larger(name)?;
        anyhow::ensure!(
            !larger.is_empty(),
            "{} names no larger setting; `tandem list` shows which variants do",
            name.unwrap_or("the catalogue")
        );
        let fit = larger.into_iter().filter(|(_, tlc)| *tlc || !for_tlc);
        return Ok(fit.map(|(instance, _)| instance).collect());
    }
    let overrides = Overrides {
        parameters: selection.parameters.clone(),
        faults: selection.faults.clone(),
    };
    Ok(desk.catalogue.select(name, &overrides)?)
}

/// Whether the name stands for several variants, so that each is judged by expectation.
pub(super) fn several(selection: &Selection) -> bool {
    selection
        .name
        .as_deref()
        .is_none_or(|name| name.ends_with(":all"))
}

pub(super) fn limits(args: &LimitArgs) -> Limits {
    Limits {
        max_states: Some(args.max_states),
        time_limit: args.time_limit.map(Duration::from_secs),
    }
}

/// TLC, found or installed.
pub(super) fn tlc(args: &TlcArgs, desk: &mut Desk<'_>, cancel: &Cancel) -> anyhow::Result<Tlc> {
    let env = Env::from_process();
    let java = Java::find(&env, cancel)?;
    let mut say = |text: &str| {
        // Progress that cannot be written is no reason to stop.
        let _ = writeln!(desk.err, "{text}");
    };
    let jar = jar::locate_or_install(&env, args.tlc_jar.as_deref(), cancel, &mut say)?;
    Ok(Tlc {
        env,
        java,
        jar,
        workers: usize::from(args.tlc_workers.max(1)),
        heap_mb: args.tlc_heap,
        time_limit: args.tlc_time_limit.map(Duration::from_secs),
    })
}

/// How many instances are worked on at a time.
pub(super) fn jobs(args: &TlcArgs) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    args.jobs.unwrap_or(cores).max(1)
}

/// Does `work` on every item, `jobs` at a time; hands results to `done` as they come in order.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(&T, R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            let (next, results, work, sender) = (&next, &results, &work, sender.clone());
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(item);
                    if let Ok(mut place) = results[index].lock() {
                        *place = Some(result);
                    }
                    // The receiver goes away only when writing failed; then nobody waits.
                    let _ = sender.send(());
                }
            });
        }
        drop(sender);
        let mut shown = 0;
        while receiver.recv().is_ok() {
            while let Some(item) = items.get(shown) {
                let Some(result) = results[shown].lock().ok().and_then(|mut r| r.take()) else {
                    break;
                };
                done(item, result)?;
                shown += 1;
            }
        }
        Ok(())
    })
}
