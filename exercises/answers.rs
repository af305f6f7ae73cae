//! All answers that come with the exercises, right and wrong, in one program: what
//! `tandem exercise verify` runs. Written by `tandem exercise verify --write`.
//!
//! Arguments: the exercise, the answer, and the path of its `exercise.toml`. Wrong answers are wrong in
//! many ways, so no lint applies.
#![allow(unused, clippy::all)]
#![allow(missing_docs, unreachable_pub, clippy::needless_pass_by_value)]

#[path = "4-13-ask-first/wrong/asks_afterwards.rs"]
mod ask_first_asks_afterwards;
#[path = "4-13-ask-first/wrong/asks_twice.rs"]
mod ask_first_asks_twice;
#[path = "4-13-ask-first/wrong/believes_no.rs"]
mod ask_first_believes_no;
#[path = "4-13-ask-first/wrong/constant_key.rs"]
mod ask_first_constant_key;
#[path = "4-13-ask-first/wrong/fresh_key.rs"]
mod ask_first_fresh_key;
#[path = "4-13-ask-first/wrong/looks_again.rs"]
mod ask_first_looks_again;
#[path = "4-13-ask-first/accepted/never_asks_first.rs"]
mod ask_first_never_asks_first;
#[path = "4-13-ask-first/shipped.rs"]
mod ask_first_shipped;
#[path = "4-13-ask-first/solution.rs"]
mod ask_first_solution;
#[path = "4-13-ask-first/wrong/timeout_as_no.rs"]
mod ask_first_timeout_as_no;
#[path = "4-12-charge-once/wrong/charges_twice.rs"]
mod charge_once_charges_twice;
#[path = "4-12-charge-once/wrong/constant_key.rs"]
mod charge_once_constant_key;
#[path = "4-12-charge-once/wrong/ignores_answer.rs"]
mod charge_once_ignores_answer;
#[path = "4-12-charge-once/wrong/never_asks.rs"]
mod charge_once_never_asks;
#[path = "4-12-charge-once/wrong/no_key.rs"]
mod charge_once_no_key;
#[path = "4-12-charge-once/wrong/only_acks.rs"]
mod charge_once_only_acks;
#[path = "4-12-charge-once/wrong/paid_first.rs"]
mod charge_once_paid_first;
#[path = "4-12-charge-once/wrong/query_first.rs"]
mod charge_once_query_first;
#[path = "4-12-charge-once/accepted/save_ignored.rs"]
mod charge_once_save_ignored;
#[path = "4-12-charge-once/wrong/saved_after.rs"]
mod charge_once_saved_after;
#[path = "4-12-charge-once/wrong/saved_blind.rs"]
mod charge_once_saved_blind;
#[path = "4-12-charge-once/wrong/saved_ignored.rs"]
mod charge_once_saved_ignored;
#[path = "4-12-charge-once/accepted/saved_key.rs"]
mod charge_once_saved_key;
#[path = "4-12-charge-once/shipped.rs"]
mod charge_once_shipped;
#[path = "4-12-charge-once/solution.rs"]
mod charge_once_solution;
#[path = "4-12-charge-once/wrong/timeout_as_failure.rs"]
mod charge_once_timeout_as_failure;
#[path = "2-05-ghosts-and-losses/wrong/acks_first.rs"]
mod ghosts_and_losses_acks_first;
#[path = "2-05-ghosts-and-losses/wrong/loads_again.rs"]
mod ghosts_and_losses_loads_again;
#[path = "2-05-ghosts-and-losses/wrong/never_publishes.rs"]
mod ghosts_and_losses_never_publishes;
#[path = "2-05-ghosts-and-losses/wrong/no_check.rs"]
mod ghosts_and_losses_no_check;
#[path = "2-05-ghosts-and-losses/wrong/only_acks.rs"]
mod ghosts_and_losses_only_acks;
#[path = "2-05-ghosts-and-losses/wrong/panics.rs"]
mod ghosts_and_losses_panics;
#[path = "2-05-ghosts-and-losses/wrong/publishes_twice.rs"]
mod ghosts_and_losses_publishes_twice;
#[path = "2-05-ghosts-and-losses/shipped.rs"]
mod ghosts_and_losses_shipped;
#[path = "2-05-ghosts-and-losses/solution.rs"]
mod ghosts_and_losses_solution;
#[path = "2-05-ghosts-and-losses/wrong/swaps_only.rs"]
mod ghosts_and_losses_swaps_only;
#[path = "2-09-outbox/wrong/acks_first.rs"]
mod outbox_acks_first;
#[path = "2-09-outbox/wrong/blind.rs"]
mod outbox_blind;
#[path = "2-09-outbox/wrong/clears_all.rs"]
mod outbox_clears_all;
#[path = "2-09-outbox/wrong/derived_id.rs"]
mod outbox_derived_id;
#[path = "2-09-outbox/wrong/duplicate_returns.rs"]
mod outbox_duplicate_returns;
#[path = "2-09-outbox/wrong/ignores_mark.rs"]
mod outbox_ignores_mark;
#[path = "2-09-outbox/wrong/ignores_publish.rs"]
mod outbox_ignores_publish;
#[path = "2-09-outbox/wrong/ignores_save.rs"]
mod outbox_ignores_save;
#[path = "2-09-outbox/wrong/loads_again.rs"]
mod outbox_loads_again;
#[path = "2-09-outbox/wrong/marks_first.rs"]
mod outbox_marks_first;
#[path = "2-09-outbox/wrong/never_cleans.rs"]
mod outbox_never_cleans;
#[path = "2-09-outbox/wrong/only_acks.rs"]
mod outbox_only_acks;
#[path = "2-09-outbox/wrong/position.rs"]
mod outbox_position;
#[path = "2-09-outbox/wrong/publish_before_save.rs"]
mod outbox_publish_before_save;
#[path = "2-09-outbox/wrong/rejects.rs"]
mod outbox_rejects;
#[path = "2-09-outbox/shipped.rs"]
mod outbox_shipped;
#[path = "2-09-outbox/solution.rs"]
mod outbox_solution;
#[path = "2-08-same-name/wrong/drawn_at_the_save.rs"]
mod same_name_drawn_at_the_save;
#[path = "2-08-same-name/wrong/ignores_publish.rs"]
mod same_name_ignores_publish;
#[path = "2-08-same-name/wrong/never_publishes.rs"]
mod same_name_never_publishes;
#[path = "2-08-same-name/accepted/outbox.rs"]
mod same_name_outbox;
#[path = "2-08-same-name/wrong/published_first.rs"]
mod same_name_published_first;
#[path = "2-08-same-name/wrong/returns_early.rs"]
mod same_name_returns_early;
#[path = "2-08-same-name/shipped.rs"]
mod same_name_shipped;
#[path = "2-08-same-name/solution.rs"]
mod same_name_solution;
#[path = "2-08-same-name/accepted/twice_to_be_sure.rs"]
mod same_name_twice_to_be_sure;
#[path = "2-08-same-name/wrong/two_names.rs"]
mod same_name_two_names;
#[path = "5-14-tokens/wrong/checkpoint_blind.rs"]
mod tokens_checkpoint_blind;
#[path = "5-14-tokens/wrong/checkpoint_ignored.rs"]
mod tokens_checkpoint_ignored;
#[path = "5-14-tokens/wrong/create_ignored.rs"]
mod tokens_create_ignored;
#[path = "5-14-tokens/wrong/create_when_saved.rs"]
mod tokens_create_when_saved;
#[path = "5-14-tokens/wrong/derived_checkpoint.rs"]
mod tokens_derived_checkpoint;
#[path = "5-14-tokens/wrong/double_checkpoint.rs"]
mod tokens_double_checkpoint;
#[path = "5-14-tokens/wrong/gives_back.rs"]
mod tokens_gives_back;
#[path = "5-14-tokens/wrong/no_token.rs"]
mod tokens_no_token;
#[path = "5-14-tokens/wrong/persisted_first.rs"]
mod tokens_persisted_first;
#[path = "5-14-tokens/wrong/recreated.rs"]
mod tokens_recreated;
#[path = "5-14-tokens/shipped.rs"]
mod tokens_shipped;
#[path = "5-14-tokens/solution.rs"]
mod tokens_solution;
#[path = "1-01-two-tabs/wrong/looks_twice.rs"]
mod two_tabs_looks_twice;
#[path = "1-01-two-tabs/wrong/misspelt.rs"]
mod two_tabs_misspelt;
#[path = "1-01-two-tabs/wrong/never_replies.rs"]
mod two_tabs_never_replies;
#[path = "1-01-two-tabs/wrong/no_flag.rs"]
mod two_tabs_no_flag;
#[path = "1-01-two-tabs/wrong/only_replies.rs"]
mod two_tabs_only_replies;
#[path = "1-01-two-tabs/wrong/order_first.rs"]
mod two_tabs_order_first;
#[path = "1-01-two-tabs/wrong/order_missing.rs"]
mod two_tabs_order_missing;
#[path = "1-01-two-tabs/wrong/replies_twice.rs"]
mod two_tabs_replies_twice;
#[path = "1-01-two-tabs/shipped.rs"]
mod two_tabs_shipped;
#[path = "1-01-two-tabs/solution.rs"]
mod two_tabs_solution;
#[path = "1-02-usb-rule/wrong/goes_on.rs"]
mod usb_rule_goes_on;
#[path = "1-02-usb-rule/wrong/ignores_refusal.rs"]
mod usb_rule_ignores_refusal;
#[path = "1-02-usb-rule/wrong/never_saves.rs"]
mod usb_rule_never_saves;
#[path = "1-02-usb-rule/wrong/never_sends.rs"]
mod usb_rule_never_sends;
#[path = "1-02-usb-rule/wrong/replies_first.rs"]
mod usb_rule_replies_first;
#[path = "1-02-usb-rule/wrong/sends_twice.rs"]
mod usb_rule_sends_twice;
#[path = "1-02-usb-rule/shipped.rs"]
mod usb_rule_shipped;
#[path = "1-02-usb-rule/solution.rs"]
mod usb_rule_solution;
#[path = "2-07-where-to-put-the-id/wrong/belt_and_braces.rs"]
mod where_to_put_the_id_belt_and_braces;
#[path = "2-07-where-to-put-the-id/wrong/checked_late.rs"]
mod where_to_put_the_id_checked_late;
#[path = "2-07-where-to-put-the-id/wrong/ignores_save.rs"]
mod where_to_put_the_id_ignores_save;
#[path = "2-07-where-to-put-the-id/wrong/marked_before.rs"]
mod where_to_put_the_id_marked_before;
#[path = "2-07-where-to-put-the-id/wrong/marked_between.rs"]
mod where_to_put_the_id_marked_between;
#[path = "2-07-where-to-put-the-id/wrong/returns_early.rs"]
mod where_to_put_the_id_returns_early;
#[path = "2-07-where-to-put-the-id/shipped.rs"]
mod where_to_put_the_id_shipped;
#[path = "2-07-where-to-put-the-id/solution.rs"]
mod where_to_put_the_id_solution;
#[path = "2-07-where-to-put-the-id/wrong/two_saves.rs"]
mod where_to_put_the_id_two_saves;

use std::process::ExitCode;

use tandem_models::kit::replay::Handler;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, exercise, answer, definition] = &arguments[..] else {
        panic!("usage: answers EXERCISE ANSWER DEFINITION");
    };
    let definition = std::fs::read_to_string(definition).expect("exercise.toml can be read");
    let handler = answer_of(exercise, answer);
    tandem_coach::program::main(&definition, &handler)
}

#[rustfmt::skip]
fn answer_of(exercise: &str, answer: &str) -> Handler {
    match (exercise, answer) {
        (_, "does-nothing") => Handler::new(|_, _: &serde::de::IgnoredAny| Ok(())),
        (_, "only-acknowledges") => Handler::new(|io, _: &serde::de::IgnoredAny| io.ack("Ack")),
        ("two-tabs", "shipped") => make_two_tabs_shipped(),
        ("two-tabs", "solution") => make_two_tabs_solution(),
        ("two-tabs", "looks_twice") => make_two_tabs_looks_twice(),
        ("two-tabs", "misspelt") => make_two_tabs_misspelt(),
        ("two-tabs", "never_replies") => make_two_tabs_never_replies(),
        ("two-tabs", "no_flag") => make_two_tabs_no_flag(),
        ("two-tabs", "only_replies") => make_two_tabs_only_replies(),
        ("two-tabs", "order_first") => make_two_tabs_order_first(),
        ("two-tabs", "order_missing") => make_two_tabs_order_missing(),
        ("two-tabs", "replies_twice") => make_two_tabs_replies_twice(),
        ("usb-rule", "shipped") => make_usb_rule_shipped(),
        ("usb-rule", "solution") => make_usb_rule_solution(),
        ("usb-rule", "goes_on") => make_usb_rule_goes_on(),
        ("usb-rule", "ignores_refusal") => make_usb_rule_ignores_refusal(),
        ("usb-rule", "never_saves") => make_usb_rule_never_saves(),
        ("usb-rule", "never_sends") => make_usb_rule_never_sends(),
        ("usb-rule", "replies_first") => make_usb_rule_replies_first(),
        ("usb-rule", "sends_twice") => make_usb_rule_sends_twice(),
        ("ghosts-and-losses", "shipped") => make_ghosts_and_losses_shipped(),
        ("ghosts-and-losses", "solution") => make_ghosts_and_losses_solution(),
        ("ghosts-and-losses", "acks_first") => make_ghosts_and_losses_acks_first(),
        ("ghosts-and-losses", "loads_again") => make_ghosts_and_losses_loads_again(),
        ("ghosts-and-losses", "never_publishes") => make_ghosts_and_losses_never_publishes(),
        ("ghosts-and-losses", "no_check") => make_ghosts_and_losses_no_check(),
        ("ghosts-and-losses", "only_acks") => make_ghosts_and_losses_only_acks(),
        ("ghosts-and-losses", "panics") => make_ghosts_and_losses_panics(),
        ("ghosts-and-losses", "publishes_twice") => make_ghosts_and_losses_publishes_twice(),
        ("ghosts-and-losses", "swaps_only") => make_ghosts_and_losses_swaps_only(),
        ("where-to-put-the-id", "shipped") => make_where_to_put_the_id_shipped(),
        ("where-to-put-the-id", "solution") => make_where_to_put_the_id_solution(),
        ("where-to-put-the-id", "belt_and_braces") => make_where_to_put_the_id_belt_and_braces(),
        ("where-to-put-the-id", "checked_late") => make_where_to_put_the_id_checked_late(),
        ("where-to-put-the-id", "ignores_save") => make_where_to_put_the_id_ignores_save(),
        ("where-to-put-the-id", "marked_before") => make_where_to_put_the_id_marked_before(),
        ("where-to-put-the-id", "marked_between") => make_where_to_put_the_id_marked_between(),
        ("where-to-put-the-id", "returns_early") => make_where_to_put_the_id_returns_early(),
        ("where-to-put-the-id", "two_saves") => make_where_to_put_the_id_two_saves(),
        ("same-name", "shipped") => make_same_name_shipped(),
        ("same-name", "solution") => make_same_name_solution(),
        ("same-name", "drawn_at_the_save") => make_same_name_drawn_at_the_save(),
        ("same-name", "ignores_publish") => make_same_name_ignores_publish(),
        ("same-name", "never_publishes") => make_same_name_never_publishes(),
        ("same-name", "published_first") => make_same_name_published_first(),
        ("same-name", "returns_early") => make_same_name_returns_early(),
        ("same-name", "two_names") => make_same_name_two_names(),
        ("same-name", "outbox") => make_same_name_outbox(),
        ("same-name", "twice_to_be_sure") => make_same_name_twice_to_be_sure(),
        ("outbox", "shipped") => make_outbox_shipped(),
        ("outbox", "solution") => make_outbox_solution(),
        ("outbox", "acks_first") => make_outbox_acks_first(),
        ("outbox", "blind") => make_outbox_blind(),
        ("outbox", "clears_all") => make_outbox_clears_all(),
        ("outbox", "derived_id") => make_outbox_derived_id(),
        ("outbox", "duplicate_returns") => make_outbox_duplicate_returns(),
        ("outbox", "ignores_mark") => make_outbox_ignores_mark(),
        ("outbox", "ignores_publish") => make_outbox_ignores_publish(),
        ("outbox", "ignores_save") => make_outbox_ignores_save(),
        ("outbox", "loads_again") => make_outbox_loads_again(),
        ("outbox", "marks_first") => make_outbox_marks_first(),
        ("outbox", "never_cleans") => make_outbox_never_cleans(),
        ("outbox", "only_acks") => make_outbox_only_acks(),
        ("outbox", "position") => make_outbox_position(),
        ("outbox", "publish_before_save") => make_outbox_publish_before_save(),
        ("outbox", "rejects") => make_outbox_rejects(),
        ("charge-once", "shipped") => make_charge_once_shipped(),
        ("charge-once", "solution") => make_charge_once_solution(),
        ("charge-once", "charges_twice") => make_charge_once_charges_twice(),
        ("charge-once", "constant_key") => make_charge_once_constant_key(),
        ("charge-once", "ignores_answer") => make_charge_once_ignores_answer(),
        ("charge-once", "never_asks") => make_charge_once_never_asks(),
        ("charge-once", "no_key") => make_charge_once_no_key(),
        ("charge-once", "only_acks") => make_charge_once_only_acks(),
        ("charge-once", "paid_first") => make_charge_once_paid_first(),
        ("charge-once", "query_first") => make_charge_once_query_first(),
        ("charge-once", "saved_after") => make_charge_once_saved_after(),
        ("charge-once", "saved_blind") => make_charge_once_saved_blind(),
        ("charge-once", "saved_ignored") => make_charge_once_saved_ignored(),
        ("charge-once", "timeout_as_failure") => make_charge_once_timeout_as_failure(),
        ("charge-once", "save_ignored") => make_charge_once_save_ignored(),
        ("charge-once", "saved_key") => make_charge_once_saved_key(),
        ("ask-first", "shipped") => make_ask_first_shipped(),
        ("ask-first", "solution") => make_ask_first_solution(),
        ("ask-first", "asks_afterwards") => make_ask_first_asks_afterwards(),
        ("ask-first", "asks_twice") => make_ask_first_asks_twice(),
        ("ask-first", "believes_no") => make_ask_first_believes_no(),
        ("ask-first", "constant_key") => make_ask_first_constant_key(),
        ("ask-first", "fresh_key") => make_ask_first_fresh_key(),
        ("ask-first", "looks_again") => make_ask_first_looks_again(),
        ("ask-first", "timeout_as_no") => make_ask_first_timeout_as_no(),
        ("ask-first", "never_asks_first") => make_ask_first_never_asks_first(),
        ("tokens", "shipped") => make_tokens_shipped(),
        ("tokens", "solution") => make_tokens_solution(),
        ("tokens", "checkpoint_blind") => make_tokens_checkpoint_blind(),
        ("tokens", "checkpoint_ignored") => make_tokens_checkpoint_ignored(),
        ("tokens", "create_ignored") => make_tokens_create_ignored(),
        ("tokens", "create_when_saved") => make_tokens_create_when_saved(),
        ("tokens", "derived_checkpoint") => make_tokens_derived_checkpoint(),
        ("tokens", "double_checkpoint") => make_tokens_double_checkpoint(),
        ("tokens", "gives_back") => make_tokens_gives_back(),
        ("tokens", "no_token") => make_tokens_no_token(),
        ("tokens", "persisted_first") => make_tokens_persisted_first(),
        ("tokens", "recreated") => make_tokens_recreated(),
        (exercise, answer) => panic!("{exercise} has no answer {answer}"),
    }
}

#[rustfmt::skip]
fn make_two_tabs_shipped() -> Handler {
    use crate::two_tabs_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_solution() -> Handler {
    use crate::two_tabs_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_looks_twice() -> Handler {
    use crate::two_tabs_looks_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_misspelt() -> Handler {
    use crate::two_tabs_misspelt as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_never_replies() -> Handler {
    use crate::two_tabs_never_replies as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_no_flag() -> Handler {
    use crate::two_tabs_no_flag as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_only_replies() -> Handler {
    use crate::two_tabs_only_replies as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_order_first() -> Handler {
    use crate::two_tabs_order_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_order_missing() -> Handler {
    use crate::two_tabs_order_missing as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_two_tabs_replies_twice() -> Handler {
    use crate::two_tabs_replies_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_shipped() -> Handler {
    use crate::usb_rule_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_solution() -> Handler {
    use crate::usb_rule_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_goes_on() -> Handler {
    use crate::usb_rule_goes_on as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_ignores_refusal() -> Handler {
    use crate::usb_rule_ignores_refusal as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_never_saves() -> Handler {
    use crate::usb_rule_never_saves as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_never_sends() -> Handler {
    use crate::usb_rule_never_sends as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_replies_first() -> Handler {
    use crate::usb_rule_replies_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_usb_rule_sends_twice() -> Handler {
    use crate::usb_rule_sends_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::submit)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_shipped() -> Handler {
    use crate::ghosts_and_losses_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_solution() -> Handler {
    use crate::ghosts_and_losses_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_acks_first() -> Handler {
    use crate::ghosts_and_losses_acks_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_loads_again() -> Handler {
    use crate::ghosts_and_losses_loads_again as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_never_publishes() -> Handler {
    use crate::ghosts_and_losses_never_publishes as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_no_check() -> Handler {
    use crate::ghosts_and_losses_no_check as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_only_acks() -> Handler {
    use crate::ghosts_and_losses_only_acks as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_panics() -> Handler {
    use crate::ghosts_and_losses_panics as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_publishes_twice() -> Handler {
    use crate::ghosts_and_losses_publishes_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_ghosts_and_losses_swaps_only() -> Handler {
    use crate::ghosts_and_losses_swaps_only as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_shipped() -> Handler {
    use crate::where_to_put_the_id_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_solution() -> Handler {
    use crate::where_to_put_the_id_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_belt_and_braces() -> Handler {
    use crate::where_to_put_the_id_belt_and_braces as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_checked_late() -> Handler {
    use crate::where_to_put_the_id_checked_late as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_ignores_save() -> Handler {
    use crate::where_to_put_the_id_ignores_save as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_marked_before() -> Handler {
    use crate::where_to_put_the_id_marked_before as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_marked_between() -> Handler {
    use crate::where_to_put_the_id_marked_between as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_returns_early() -> Handler {
    use crate::where_to_put_the_id_returns_early as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_where_to_put_the_id_two_saves() -> Handler {
    use crate::where_to_put_the_id_two_saves as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_shipped() -> Handler {
    use crate::same_name_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_solution() -> Handler {
    use crate::same_name_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_drawn_at_the_save() -> Handler {
    use crate::same_name_drawn_at_the_save as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_ignores_publish() -> Handler {
    use crate::same_name_ignores_publish as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_never_publishes() -> Handler {
    use crate::same_name_never_publishes as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_published_first() -> Handler {
    use crate::same_name_published_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_returns_early() -> Handler {
    use crate::same_name_returns_early as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_two_names() -> Handler {
    use crate::same_name_two_names as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_outbox() -> Handler {
    use crate::same_name_outbox as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_same_name_twice_to_be_sure() -> Handler {
    use crate::same_name_twice_to_be_sure as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_shipped() -> Handler {
    use crate::outbox_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_solution() -> Handler {
    use crate::outbox_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_acks_first() -> Handler {
    use crate::outbox_acks_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_blind() -> Handler {
    use crate::outbox_blind as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_clears_all() -> Handler {
    use crate::outbox_clears_all as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_derived_id() -> Handler {
    use crate::outbox_derived_id as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_duplicate_returns() -> Handler {
    use crate::outbox_duplicate_returns as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_ignores_mark() -> Handler {
    use crate::outbox_ignores_mark as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_ignores_publish() -> Handler {
    use crate::outbox_ignores_publish as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_ignores_save() -> Handler {
    use crate::outbox_ignores_save as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_loads_again() -> Handler {
    use crate::outbox_loads_again as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_marks_first() -> Handler {
    use crate::outbox_marks_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_never_cleans() -> Handler {
    use crate::outbox_never_cleans as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_only_acks() -> Handler {
    use crate::outbox_only_acks as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_position() -> Handler {
    use crate::outbox_position as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_publish_before_save() -> Handler {
    use crate::outbox_publish_before_save as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_outbox_rejects() -> Handler {
    use crate::outbox_rejects as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::add_line)
}

#[rustfmt::skip]
fn make_charge_once_shipped() -> Handler {
    use crate::charge_once_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_solution() -> Handler {
    use crate::charge_once_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_charges_twice() -> Handler {
    use crate::charge_once_charges_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_constant_key() -> Handler {
    use crate::charge_once_constant_key as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_ignores_answer() -> Handler {
    use crate::charge_once_ignores_answer as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_never_asks() -> Handler {
    use crate::charge_once_never_asks as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_no_key() -> Handler {
    use crate::charge_once_no_key as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_only_acks() -> Handler {
    use crate::charge_once_only_acks as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_paid_first() -> Handler {
    use crate::charge_once_paid_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_query_first() -> Handler {
    use crate::charge_once_query_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_saved_after() -> Handler {
    use crate::charge_once_saved_after as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_saved_blind() -> Handler {
    use crate::charge_once_saved_blind as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_saved_ignored() -> Handler {
    use crate::charge_once_saved_ignored as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_timeout_as_failure() -> Handler {
    use crate::charge_once_timeout_as_failure as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_save_ignored() -> Handler {
    use crate::charge_once_save_ignored as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_charge_once_saved_key() -> Handler {
    use crate::charge_once_saved_key as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_shipped() -> Handler {
    use crate::ask_first_shipped as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_solution() -> Handler {
    use crate::ask_first_solution as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_asks_afterwards() -> Handler {
    use crate::ask_first_asks_afterwards as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_asks_twice() -> Handler {
    use crate::ask_first_asks_twice as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_believes_no() -> Handler {
    use crate::ask_first_believes_no as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_constant_key() -> Handler {
    use crate::ask_first_constant_key as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_fresh_key() -> Handler {
    use crate::ask_first_fresh_key as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_looks_again() -> Handler {
    use crate::ask_first_looks_again as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_timeout_as_no() -> Handler {
    use crate::ask_first_timeout_as_no as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_ask_first_never_asks_first() -> Handler {
    use crate::ask_first_never_asks_first as handler;
    use tandem_models::kit::replay::Handler;
    Handler::new(handler::charge)
}

#[rustfmt::skip]
fn make_tokens_shipped() -> Handler {
    use crate::tokens_shipped as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_solution() -> Handler {
    use crate::tokens_solution as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_checkpoint_blind() -> Handler {
    use crate::tokens_checkpoint_blind as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_checkpoint_ignored() -> Handler {
    use crate::tokens_checkpoint_ignored as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_create_ignored() -> Handler {
    use crate::tokens_create_ignored as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_create_when_saved() -> Handler {
    use crate::tokens_create_when_saved as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_derived_checkpoint() -> Handler {
    use crate::tokens_derived_checkpoint as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_double_checkpoint() -> Handler {
    use crate::tokens_double_checkpoint as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_gives_back() -> Handler {
    use crate::tokens_gives_back as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_no_token() -> Handler {
    use crate::tokens_no_token as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_persisted_first() -> Handler {
    use crate::tokens_persisted_first as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}

#[rustfmt::skip]
fn make_tokens_recreated() -> Handler {
    use crate::tokens_recreated as handler;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token))
}
