use tandem_models::catalogue::Overrides;

use super::super::app::{App, Asked};
use super::*;
use tandem_check::enumerate::End;
use tandem_check::report::Verdict;

/// A search that has begun.
fn begun(app: &App, variant: &str) -> Arc<Search> {
    let model = app.model("outbox", variant, &Asked::default()).unwrap();
    Arc::new(Search {
        model,
        cancel: Cancel::new(),
        status: watch::Sender::new(Status::Running(SoFar::default())),
    })
}

/// A search that is done.
fn done(app: &App, variant: &str) -> Arc<Search> {
    let search = begun(app, variant);
    search.run(&Limits::NONE, 1, &Queue::new(RUNNING));
    search
}

/// The property results that are reported while a search is running: everything that a single state
/// shows, as in the final report.
fn told(model: &Model, threads: usize) -> Vec<wire::PropertyResult> {
    let (limits, cancel) = (Limits::NONE, Cancel::new());
    let run = Run {
        threads,
        ..Run::new(&limits, &cancel)
    };
    let mut told = Vec::new();
    let found = search(model, &run, &mut |result| told.push(result)).ok();
    let mut shown = found.unwrap().report.properties;
    shown.retain(|result| matches!(&result.path, Some(path) if path.end == End::Open));
    assert!(told.iter().all(|early| shown.contains(early)), "{told:?}");
    assert_eq!(told.len(), shown.len(), "{told:?}");
    assert!(told.is_sorted_by_key(|early| early.steps), "{told:?}");
    told
}

#[test]
fn a_search_tells_what_its_report_will_say_on_any_number_of_threads() {
    let catalogue = tandem_models::protocols::catalogue();
    let all = catalogue.select(None, &Overrides::default()).unwrap();
    let mut violated = 0;
    for model in all.into_iter().map(Model::open) {
        let [one, two] = [1, 2].map(|threads| told(&model, threads));
        assert_eq!(one, two, "{}", model.key());
        let broken = |early: &&wire::PropertyResult| early.verdict == Verdict::Violated;
        violated += one.iter().filter(broken).count();
    }
    assert!(violated > 50, "only {violated} guarantees are violated");
}

#[test]
fn the_oldest_results_make_way_until_so_many_states_are_left() {
    let catalogue = tandem_models::protocols::catalogue();
    let app = App::new(catalogue, Searches::new(Limits::NONE, 1));
    let variants = ["save-then-publish", "marked-before", "transactional"];
    let all = variants.map(|variant| done(&app, variant));
    let [first, second, third] = all.each_ref().map(|search| search.states());
    assert!(first > 0 && second > 0 && third > 0);
    let left = |most| {
        let mut kept = all.to_vec();
        make_room(&mut kept, most, false);
        kept.len()
    };
    assert_eq!(left(first + second + third), 3);
    assert_eq!(left(first + second + third - 1), 2);
    assert_eq!(left(second + third), 2);
    assert_eq!(left(third), 1);
    assert_eq!(left(0), 0);
}

#[test]
fn a_search_is_stopped_for_another_one_only_if_nobody_listens_to_it() {
    let catalogue = tandem_models::protocols::catalogue();
    let app = App::new(catalogue, Searches::new(Limits::NONE, 1));
    let ended = done(&app, "transactional");
    let running = ["save-then-publish", "marked-before"].map(|variant| begun(&app, variant));
    let listens = running[0].status.subscribe();
    let mut kept = vec![Arc::clone(&running[0]), ended, Arc::clone(&running[1])];
    make_room(&mut kept, usize::MAX, true);
    let left: Vec<bool> = kept.iter().map(|search| search.is_running()).collect();
    assert_eq!(left, [true, false]);
    let stopped = || {
        running
            .each_ref()
            .map(|search| search.cancel.is_cancelled())
    };
    assert_eq!(stopped(), [false, true]);
    drop(listens);
    make_room(&mut kept, usize::MAX, false);
    assert_eq!(stopped(), [false, true], "there is room for both");
}

#[test]
fn a_search_that_was_just_asked_for_is_not_stopped_for_the_next_one() {
    let catalogue = tandem_models::protocols::catalogue();
    let app = App::new(catalogue, Searches::new(Limits::NONE, 1));
    let cancel = Cancel::new();
    let turns = [(); RUNNING].map(|()| app.searches.queue.wait(&cancel, |_| ()).unwrap());
    assert!(app.searches.queue.is_full());
    let asked = ["save-then-publish", "marked-before", "transactional"].map(|variant| {
        let model = app.model("outbox", variant, &Asked::default()).unwrap();
        app.searches.follow(&model).unwrap()
    });
    drop(turns);
    for mut status in asked {
        let ended = status.wait_for(|status| !matches!(status, Status::Running(_)));
        let ended = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(ended)
            .unwrap()
            .clone();
        let Status::Done(found) = ended else {
            panic!("it has no result")
        };
        assert!(found.report.complete);
    }
}

#[test]
fn large_searches_have_their_turn_in_order_and_are_told_how_many_are_before_them() {
    let queue = Arc::new(Queue::new(1));
    let first = queue.wait(&Cancel::new(), |_| ()).unwrap();
    let (told, hears) = std::sync::mpsc::channel();
    let gives_up = Cancel::new();
    let waits = |name: &'static str, cancel: Cancel| {
        let (queue, told) = (Arc::clone(&queue), told.clone());
        thread::spawn(move || {
            let turn = queue.wait(&cancel, |before| told.send((name, before)).unwrap());
            turn.is_some()
        })
    };
    let second = waits("second", gives_up.clone());
    assert_eq!(hears.recv().unwrap(), ("second", 1));
    let third = waits("third", Cancel::new());
    assert_eq!(hears.recv().unwrap(), ("third", 2));
    gives_up.cancel();
    assert_eq!(hears.recv().unwrap(), ("third", 1));
    assert!(!second.join().unwrap(), "it was cancelled");
    drop(first);
    assert!(third.join().unwrap());
    assert!(!queue.is_full());
}
