//! Processes several instances at the same time and returns their results in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tandem_search::cancel::Cancel;

/// The result of one item. A panic is passed to the waiting thread.
type Arrival<R> = (usize, Result<R, Box<dyn Any + Send>>);

/// Runs `work` on every item, `jobs` at the same time. Passes results to `done` in the order of the
/// items, each as soon as the earlier ones were passed. Returns the number of results: fewer than
/// items if the user cancelled, because then no further item is started.
///
/// # Errors
///
/// If `done` fails. Items in progress are then finished, and no more are started.
///
/// # Panics
///
/// If `work` panics: after the earlier results, and without starting more items.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    cancel: &Cancel,
    work: impl Fn(&T) -> R + Sync,
    done: impl FnMut(&T, R) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = channel();
    thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            let (next, work, sender) = (&next, &work, sender.clone());
            scope.spawn(move || worker(items, next, cancel, work, &sender));
        }
        drop(sender);
        // The receiver is passed by value: dropping it at the first failure stops the workers.
        hand_over(items, receiver, done)
    })
}

fn worker<T, R>(
    items: &[T],
    next: &AtomicUsize,
    cancel: &Cancel,
    work: &impl Fn(&T) -> R,
    sender: &Sender<Arrival<R>>,
) {
    while !cancel.is_cancelled() {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(item) = items.get(index) else { break };
        let result = catch_unwind(AssertUnwindSafe(|| work(item)));
        if sender.send((index, result)).is_err() {
            break;
        }
    }
}

fn hand_over<T, R>(
    items: &[T],
    receiver: Receiver<Arrival<R>>,
    mut done: impl FnMut(&T, R) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let mut early = BTreeMap::new();
    let mut count = 0;
    for (index, result) in &receiver {
        early.insert(index, result);
        while let Some(result) = early.remove(&count) {
            match result {
                Ok(result) => done(&items[count], result)?,
                Err(panic) => {
                    drop(receiver);
                    resume_unwind(panic);
                }
            }
            count += 1;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;

    const ITEMS: [u64; 6] = [30, 0, 20, 0, 10, 0];

    /// Sleeps for this many milliseconds.
    fn sleep(item: &u64) -> u64 {
        thread::sleep(Duration::from_millis(*item));
        *item
    }

    #[test]
    fn results_come_in_the_order_of_the_items_whoever_is_first() {
        for jobs in [1, 2, 6, 100] {
            let mut seen = Vec::new();
            let done = |_: &u64, result| {
                seen.push(result);
                Ok(())
            };
            let count = in_order(&ITEMS, jobs, &Cancel::new(), sleep, done).unwrap();
            assert_eq!((count, &seen[..]), (ITEMS.len(), &ITEMS[..]));
        }
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        let done = |_: &u8, ()| panic!("there is no result");
        assert_eq!(
            in_order(&[0_u8; 0], 2, &Cancel::new(), |_| (), done).unwrap(),
            0
        );
    }

    #[test]
    fn an_error_of_the_receiver_stops_the_workers() {
        let many = vec![1; 1000];
        let worked = AtomicUsize::new(0);
        let work = |item: &u64| {
            worked.fetch_add(1, Ordering::Relaxed);
            sleep(item)
        };
        let result = in_order(&many, 2, &Cancel::new(), work, |_, _| anyhow::bail!("full"));
        assert_eq!(result.unwrap_err().to_string(), "full");
        assert!(worked.into_inner() < many.len());
    }

    #[test]
    fn a_cancelled_run_starts_nothing_more_and_says_how_far_it_came() {
        let cancel = Cancel::new();
        let work = |item: &u64| {
            if *item == 20 {
                cancel.cancel();
            }
            *item
        };
        let mut seen = Vec::new();
        let done = |_: &u64, result| {
            seen.push(result);
            Ok(())
        };
        assert_eq!(in_order(&ITEMS, 1, &cancel, work, done).unwrap(), 3);
        assert_eq!(seen, [30, 0, 20]);
    }

    #[test]
    fn a_panic_of_the_work_is_passed_on_after_the_results_before_it() {
        let seen = Mutex::new(Vec::new());
        let run = || {
            let work = |item: &u64| match item {
                20 => panic!("a bug"),
                item => *item,
            };
            let done = |_: &u64, result| {
                seen.lock().unwrap().push(result);
                Ok(())
            };
            in_order(&ITEMS, 3, &Cancel::new(), work, done)
        };
        let panic = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"a bug"));
        assert_eq!(seen.into_inner().unwrap(), [30, 0]);
    }
}
