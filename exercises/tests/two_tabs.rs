//! The exercise fails as shipped for its stated reason, its solution passes, and wrong answers are
//! refused.

use tandem_exercises::exercise::TwoTabs;
use tandem_exercises::{solutions, two_tabs};
use tandem_models::catalogue::{Catalogue, Overrides};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::protocols::double_submit::{Cart, Order, Reply, Submit};
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::manifest::Manifest;
use tandem_runner::report::{Report, Standing};

fn check(handle: fn(&mut dyn Io, &Submit) -> Flow) -> Report {
    let catalogue = Catalogue::new().with(TwoTabs(Handler::new(handle)));
    let selected = catalogue.select(Some("two-tabs"), &Overrides::default());
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    Stateright.check(&selected.unwrap()[0], &run).unwrap()
}

/// What does not hold, and in how many steps that shows, if a path shows it.
fn fails(report: &Report) -> Vec<(&'static str, Option<usize>)> {
    let properties = report.properties.iter();
    let failing = properties.filter(|property| property.surprising());
    failing
        .map(|property| (property.name, property.steps()))
        .collect()
}

#[test]
fn as_shipped_two_orders_are_made_of_one_cart() {
    let report = check(two_tabs::submit);
    assert_eq!(
        fails(&report),
        [("AtMostOneOrder", Some(6)), ("NoDoubleEffect", Some(6))]
    );
    assert_eq!(report.alone(&Manifest::default()), Standing::Fail);
}

#[test]
fn the_file_to_edit_says_where() {
    assert!(include_str!("../src/two_tabs.rs").contains("TODO"));
}

#[test]
fn the_solution_keeps_every_promise() {
    let report = check(solutions::two_tabs::submit);
    assert_eq!(fails(&report), []);
    assert_eq!(report.alone(&Manifest::default()), Standing::Pass);
}

#[test]
fn a_handler_that_does_nothing_is_refused() {
    let report = check(|_, _| Ok(()));
    assert!(fails(&report).contains(&("AllDone", None)));
    assert_eq!(report.alone(&Manifest::default()), Standing::Fail);
}

#[test]
fn a_handler_that_never_replies_is_refused() {
    let report = check(|io, request| {
        let cart = io.load::<Cart>("Load", request.cart)?;
        if cart.submitted {
            return Ok(());
        }
        let order = Order::of(io, cart.id)?;
        let writes = vec![cart.checked()?, order.checked()?];
        io.commit_all("Submit", writes)?.0.or_unanswered()
    });
    assert!(fails(&report).contains(&("AllDone", None)));
}

#[test]
fn to_look_a_second_time_is_no_answer() {
    let report = check(|io, request| {
        let mut cart = io.load::<Cart>("Load", request.cart)?;
        if cart.submitted || io.load::<Cart>("LookAgain", request.cart)?.submitted {
            return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
        }
        cart.submitted = true;
        let order = Order::of(io, cart.id)?;
        let writes = vec![cart.blind()?, order.checked()?];
        io.commit_all("Submit", writes)?.0.or_unanswered()?;
        io.reply("ReplySubmitted", Reply::Submitted)
    });
    assert_eq!(fails(&report)[0].0, "AtMostOneOrder");
}

#[test]
fn to_check_the_version_after_the_order_is_made_is_no_answer() {
    let report = check(|io, request| {
        let mut cart = io.load::<Cart>("Load", request.cart)?;
        if cart.submitted {
            return io.reply("ReplyAlreadySubmitted", Reply::AlreadySubmitted);
        }
        let mut order = Order::of(io, cart.id)?;
        io.commit("CreateOrder", &mut order)?.or_unanswered()?;
        cart.submitted = true;
        io.commit("Save", &mut cart)?.or_unanswered()?;
        io.reply("ReplySubmitted", Reply::Submitted)
    });
    assert_eq!(fails(&report)[0].0, "AtMostOneOrder");
}
