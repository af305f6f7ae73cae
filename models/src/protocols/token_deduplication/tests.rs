//! Token deduplication: the runs that its lecture describes, and handlers that are nearly correct.

use super::*;
use crate::kit::fault::Fault;
use crate::protocols::tests::{after, broken, instance};

fn tokens(state: &State) -> String {
    Value::set(state.world.members(TOKENS)).to_string()
}

fn charged(state: &State) -> Vec<u8> {
    state
        .world
        .document::<Bill>()
        .charged
        .into_values()
        .collect()
}

#[test]
fn a_token_created_again_lets_the_line_be_charged_again() {
    let system = instance("token-deduplication:recreated", &[], &[]).system();
    let first = "Receive Load CheckToken Save CreateToken Publish DownstreamReceives";
    let state = after(&system, first);
    assert_eq!(charged(&state), [1]);
    assert_eq!(tokens(&state), "{<<0, 1>>}");
    let again = "Crash Recover Receive Load CheckToken CreateToken Publish DownstreamReceives";
    assert_eq!(charged(&after(&system, &format!("{first} {again}"))), [2]);
}

#[test]
fn a_token_saved_but_never_created_lets_the_event_be_dropped() {
    let system = instance("token-deduplication:persisted-first", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load CheckToken Save Checkpoint Crash Recover Receive Load CheckToken Publish \
         DeleteToken Clean Ack DownstreamReceives",
    );
    assert!(system.at_rest(&state));
    assert!(charged(&state).is_empty());
}

#[test]
fn a_token_created_but_not_saved_is_garbage_and_does_no_harm() {
    let system = instance("token-deduplication:checkpoint", &[], &[]).system();
    let state = after(
        &system,
        "Receive Load CheckToken Save CreateToken Crash Recover Receive Load CheckToken \
         CreateToken Checkpoint Publish DeleteToken Clean Ack DownstreamReceives",
    );
    assert!(system.at_rest(&state));
    assert_eq!(charged(&state), [1]);
    assert_eq!(tokens(&state), "{<<1, 1>>}");
}

#[test]
fn an_expired_lease_and_a_crash_may_leave_even_the_pending_entry() {
    let faults = [(Fault::Lease, 1), (Fault::Crash, 1)];
    let system = instance("token-deduplication", &[("slots", 2)], &faults).system();
    let state = after(
        &system,
        "Receive Load@1 CheckToken@1 LeaseExpires@1 Receive Load@2 Save@1 CreateToken@1 \
         Checkpoint@1 Publish@1 DownstreamReceives DeleteToken@1 CheckToken@2 Ack@2 Crash",
    );
    assert!(system.at_rest(&state));
    assert_eq!(tokens(&state), "{}");
    assert_eq!(state.world.document::<Order>().pending.len(), 1);
}

#[test]
fn a_slow_slot_may_create_a_token_that_no_bound_allows() {
    let system = instance(
        "token-deduplication:persisted-first",
        &[("slots", 2), ("copies", 2)],
        &[],
    )
    .system();
    assert!(broken(system).contains(&"DedupBounded"));
}

/// The guarantees that another handler violates with two slots and two copies of the command.
fn broken_by(handle: fn(&mut dyn Io, &AddLine) -> Flow) -> Vec<&'static str> {
    let instance = instance("token-deduplication:checkpoint-concurrent", &[], &[]);
    broken(instance.system().with_handler(Handler::new(handle)))
}

#[test]
fn looking_up_the_token_before_the_load_processes_a_command_twice() {
    let broken = broken_by(|io, command| {
        let exists = io.contains("CheckToken", TOKENS, command.token())?;
        let mut order = io.load::<Order>("Load", ORDER)?;
        if exists && !order.pending.contains_key(&command.id) {
            order.add(command);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        if exists {
            let token = checkpoint(io, command, &mut order)?;
            let event = order.line_added(command, token);
            io.publish("Publish", &event)?.or_give_back()?;
            io.remove("DeleteToken", TOKENS, command.token())?
                .or_give_back()?;
        }
        clean(io, command, order)?;
        io.ack("Ack")
    });
    assert!(broken.contains(&"NoDoubleEffect"));
    assert!(broken.contains(&"NoDoubleDownstream"));
}

#[test]
fn deleting_the_token_before_the_event_is_out_loses_the_event() {
    let broken = broken_by(|io, command| {
        let mut order = io.load::<Order>("Load", ORDER)?;
        if io.contains("CheckToken", TOKENS, command.token())? {
            order.add(command);
            io.commit("Save", &mut order)?.or_give_back()?;
            io.remove("DeleteToken", TOKENS, command.token())?
                .or_give_back()?;
            let token = checkpoint(io, command, &mut order)?;
            io.publish("Publish", &order.line_added(command, token))?
                .or_give_back()?;
        }
        clean(io, command, order)?;
        io.ack("Ack")
    });
    assert!(broken.contains(&"NoLostOutput"));
    assert!(broken.contains(&"AllDownstream"));
}

/// The handler of the variant `checkpoint`, which also does the remaining work after the event was
/// sent.
fn dispatched(io: &mut dyn Io, command: &AddLine, tidy: bool) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if io.contains("CheckToken", TOKENS, command.token())? {
        if !order.pending.contains_key(&command.id) {
            order.add(command);
            io.commit("Save", &mut order)?.or_give_back()?;
        }
        let token = checkpoint(io, command, &mut order)?;
        io.publish("Publish", &order.line_added(command, token))?
            .or_give_back()?;
        if tidy {
            io.remove("DeleteToken", TOKENS, command.token())?
                .or_give_back()?;
        }
    }
    io.ack("Ack")
}

#[test]
fn an_entry_that_nobody_removes_waits_when_all_is_done() {
    let broken = broken_by(|io, command| dispatched(io, command, true));
    assert!(broken.contains(&"NoPendingAtRest"), "{broken:?}");
    assert!(!broken.contains(&"DedupBounded"), "{broken:?}");
}

#[test]
fn a_token_that_nobody_deletes_is_more_than_any_entry_excuses() {
    let broken = broken_by(|io, command| dispatched(io, command, false));
    assert!(broken.contains(&"DedupBounded"), "{broken:?}");
}
