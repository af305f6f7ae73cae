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
#[path = "6-17-garbage/wrong/clears_first.rs"]
mod garbage_clears_first;
#[path = "6-17-garbage/wrong/deletes_all.rs"]
mod garbage_deletes_all;
#[path = "6-17-garbage/wrong/never_clears.rs"]
mod garbage_never_clears;
#[path = "6-17-garbage/wrong/never_deletes.rs"]
mod garbage_never_deletes;
#[path = "6-17-garbage/wrong/never_publishes.rs"]
mod garbage_never_publishes;
#[path = "6-17-garbage/wrong/never_registers.rs"]
mod garbage_never_registers;
#[path = "6-17-garbage/wrong/prepares_last.rs"]
mod garbage_prepares_last;
#[path = "6-17-garbage/wrong/publishes_early.rs"]
mod garbage_publishes_early;
#[path = "6-17-garbage/accepted/publishes_last.rs"]
mod garbage_publishes_last;
#[path = "6-17-garbage/wrong/registers_twice.rs"]
mod garbage_registers_twice;
#[path = "6-17-garbage/shipped.rs"]
mod garbage_shipped;
#[path = "6-17-garbage/solution.rs"]
mod garbage_solution;
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
#[path = "2-06-idempotent/wrong/blind.rs"]
mod idempotent_blind;
#[path = "2-06-idempotent/wrong/by_line.rs"]
mod idempotent_by_line;
#[path = "2-06-idempotent/wrong/counts_changes.rs"]
mod idempotent_counts_changes;
#[path = "2-06-idempotent/wrong/final_state.rs"]
mod idempotent_final_state;
#[path = "2-06-idempotent/wrong/first_and_last.rs"]
mod idempotent_first_and_last;
#[path = "2-06-idempotent/accepted/ids_of_effects.rs"]
mod idempotent_ids_of_effects;
#[path = "2-06-idempotent/wrong/no_change_at_all.rs"]
mod idempotent_no_change_at_all;
#[path = "2-06-idempotent/wrong/only_the_property.rs"]
mod idempotent_only_the_property;
#[path = "2-06-idempotent/wrong/returns_early.rs"]
mod idempotent_returns_early;
#[path = "2-06-idempotent/wrong/saved_after.rs"]
mod idempotent_saved_after;
#[path = "2-06-idempotent/shipped.rs"]
mod idempotent_shipped;
#[path = "2-06-idempotent/solution.rs"]
mod idempotent_solution;
#[path = "1-03-if-in-doubt/wrong/completes_first.rs"]
mod if_in_doubt_completes_first;
#[path = "1-03-if-in-doubt/wrong/guards_the_click.rs"]
mod if_in_doubt_guards_the_click;
#[path = "1-03-if-in-doubt/wrong/ignores_save.rs"]
mod if_in_doubt_ignores_save;
#[path = "1-03-if-in-doubt/wrong/ignores_send.rs"]
mod if_in_doubt_ignores_send;
#[path = "1-03-if-in-doubt/wrong/never_adds.rs"]
mod if_in_doubt_never_adds;
#[path = "1-03-if-in-doubt/accepted/never_completes.rs"]
mod if_in_doubt_never_completes;
#[path = "1-03-if-in-doubt/wrong/only_guards.rs"]
mod if_in_doubt_only_guards;
#[path = "1-03-if-in-doubt/wrong/only_resends.rs"]
mod if_in_doubt_only_resends;
#[path = "1-03-if-in-doubt/wrong/reopens.rs"]
mod if_in_doubt_reopens;
#[path = "1-03-if-in-doubt/wrong/replies_first.rs"]
mod if_in_doubt_replies_first;
#[path = "1-03-if-in-doubt/wrong/sends_first.rs"]
mod if_in_doubt_sends_first;
#[path = "1-03-if-in-doubt/wrong/sends_twice.rs"]
mod if_in_doubt_sends_twice;
#[path = "1-03-if-in-doubt/shipped.rs"]
mod if_in_doubt_shipped;
#[path = "1-03-if-in-doubt/solution.rs"]
mod if_in_doubt_solution;
#[path = "1-03-if-in-doubt/wrong/throws.rs"]
mod if_in_doubt_throws;
#[path = "6-20-observer/wrong/commits_nothing.rs"]
mod observer_commits_nothing;
#[path = "6-20-observer/wrong/database_only.rs"]
mod observer_database_only;
#[path = "6-20-observer/wrong/ignores_the_database.rs"]
mod observer_ignores_the_database;
#[path = "6-20-observer/wrong/ignores_the_queue.rs"]
mod observer_ignores_the_queue;
#[path = "6-20-observer/wrong/only_if_both_are_prepared.rs"]
mod observer_only_if_both_are_prepared;
#[path = "6-20-observer/wrong/queue_only.rs"]
mod observer_queue_only;
#[path = "6-20-observer/wrong/queue_twice.rs"]
mod observer_queue_twice;
#[path = "6-20-observer/shipped.rs"]
mod observer_shipped;
#[path = "6-20-observer/solution.rs"]
mod observer_solution;
#[path = "5-15-one-field/accepted/clear_delete.rs"]
mod one_field_clear_delete;
#[path = "5-15-one-field/wrong/clears_before_mark.rs"]
mod one_field_clears_before_mark;
#[path = "5-15-one-field/wrong/clears_first.rs"]
mod one_field_clears_first;
#[path = "5-15-one-field/wrong/deletes_before_mark.rs"]
mod one_field_deletes_before_mark;
#[path = "5-15-one-field/wrong/deletes_first.rs"]
mod one_field_deletes_first;
#[path = "5-15-one-field/wrong/ignores_publish.rs"]
mod one_field_ignores_publish;
#[path = "5-15-one-field/accepted/mark_publish.rs"]
mod one_field_mark_publish;
#[path = "5-15-one-field/accepted/mark_publish_clear_delete.rs"]
mod one_field_mark_publish_clear_delete;
#[path = "5-15-one-field/wrong/marks_both.rs"]
mod one_field_marks_both;
#[path = "5-15-one-field/wrong/marks_by_item.rs"]
mod one_field_marks_by_item;
#[path = "5-15-one-field/wrong/marks_first_thing.rs"]
mod one_field_marks_first_thing;
#[path = "5-15-one-field/wrong/never_deletes.rs"]
mod one_field_never_deletes;
#[path = "5-15-one-field/wrong/never_marks.rs"]
mod one_field_never_marks;
#[path = "5-15-one-field/wrong/never_publishes.rs"]
mod one_field_never_publishes;
#[path = "5-15-one-field/shipped.rs"]
mod one_field_shipped;
#[path = "5-15-one-field/solution.rs"]
mod one_field_solution;
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
#[path = "1-04-own-queue/wrong/answers_first.rs"]
mod own_queue_answers_first;
#[path = "1-04-own-queue/wrong/both.rs"]
mod own_queue_both;
#[path = "1-04-own-queue/wrong/ignores_command.rs"]
mod own_queue_ignores_command;
#[path = "1-04-own-queue/wrong/ignores_send.rs"]
mod own_queue_ignores_send;
#[path = "1-04-own-queue/wrong/never_saves.rs"]
mod own_queue_never_saves;
#[path = "1-04-own-queue/wrong/orders_first.rs"]
mod own_queue_orders_first;
#[path = "1-04-own-queue/wrong/returns_early.rs"]
mod own_queue_returns_early;
#[path = "1-04-own-queue/wrong/sends_twice.rs"]
mod own_queue_sends_twice;
#[path = "1-04-own-queue/shipped.rs"]
mod own_queue_shipped;
#[path = "1-04-own-queue/solution.rs"]
mod own_queue_solution;
#[path = "1-04-own-queue/wrong/still_direct.rs"]
mod own_queue_still_direct;
#[path = "1-04-own-queue/wrong/throws.rs"]
mod own_queue_throws;
#[path = "6-18-poisoned/wrong/deletes_before_it_saves.rs"]
mod poisoned_deletes_before_it_saves;
#[path = "6-18-poisoned/wrong/deletes_only_at_first.rs"]
mod poisoned_deletes_only_at_first;
#[path = "6-18-poisoned/accepted/missing_is_done.rs"]
mod poisoned_missing_is_done;
#[path = "6-18-poisoned/wrong/never_deletes.rs"]
mod poisoned_never_deletes;
#[path = "6-18-poisoned/wrong/never_posts.rs"]
mod poisoned_never_posts;
#[path = "6-18-poisoned/wrong/never_reads.rs"]
mod poisoned_never_reads;
#[path = "6-18-poisoned/wrong/never_saves.rs"]
mod poisoned_never_saves;
#[path = "6-18-poisoned/wrong/posts_again.rs"]
mod poisoned_posts_again;
#[path = "6-18-poisoned/wrong/rejects_at_once.rs"]
mod poisoned_rejects_at_once;
#[path = "6-18-poisoned/shipped.rs"]
mod poisoned_shipped;
#[path = "6-18-poisoned/solution.rs"]
mod poisoned_solution;
#[path = "6-19-replay/wrong/appends_always.rs"]
mod replay_appends_always;
#[path = "6-19-replay/accepted/constant_coupon.rs"]
mod replay_constant_coupon;
#[path = "6-19-replay/wrong/drawn_only_once.rs"]
mod replay_drawn_only_once;
#[path = "6-19-replay/wrong/fresh_coupon.rs"]
mod replay_fresh_coupon;
#[path = "6-19-replay/wrong/ignores_conflict.rs"]
mod replay_ignores_conflict;
#[path = "6-19-replay/wrong/ignores_publish.rs"]
mod replay_ignores_publish;
#[path = "6-19-replay/wrong/newest_as_it_is.rs"]
mod replay_newest_as_it_is;
#[path = "6-19-replay/wrong/newest_version.rs"]
mod replay_newest_version;
#[path = "6-19-replay/wrong/publishes_first.rs"]
mod replay_publishes_first;
#[path = "6-19-replay/wrong/returns_if_known.rs"]
mod replay_returns_if_known;
#[path = "6-19-replay/shipped.rs"]
mod replay_shipped;
#[path = "6-19-replay/solution.rs"]
mod replay_solution;
#[path = "6-16-reply-lost/wrong/acknowledges_a_conflict.rs"]
mod reply_lost_acknowledges_a_conflict;
#[path = "6-16-reply-lost/wrong/deletes_always.rs"]
mod reply_lost_deletes_always;
#[path = "6-16-reply-lost/wrong/deletes_if_unknown.rs"]
mod reply_lost_deletes_if_unknown;
#[path = "6-16-reply-lost/wrong/goes_on_after_a_conflict.rs"]
mod reply_lost_goes_on_after_a_conflict;
#[path = "6-16-reply-lost/wrong/goes_on_if_unknown.rs"]
mod reply_lost_goes_on_if_unknown;
#[path = "6-16-reply-lost/wrong/never_deletes.rs"]
mod reply_lost_never_deletes;
#[path = "6-16-reply-lost/shipped.rs"]
mod reply_lost_shipped;
#[path = "6-16-reply-lost/solution.rs"]
mod reply_lost_solution;
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
#[path = "3-10-schedules/wrong/blind.rs"]
mod schedules_blind;
#[path = "3-10-schedules/wrong/checks_twice.rs"]
mod schedules_checks_twice;
#[path = "3-10-schedules/wrong/cleans_first.rs"]
mod schedules_cleans_first;
#[path = "3-10-schedules/wrong/ignores_publish.rs"]
mod schedules_ignores_publish;
#[path = "3-10-schedules/wrong/ignores_save.rs"]
mod schedules_ignores_save;
#[path = "3-10-schedules/wrong/loads_twice.rs"]
mod schedules_loads_twice;
#[path = "3-10-schedules/wrong/marks_first.rs"]
mod schedules_marks_first;
#[path = "3-10-schedules/wrong/no_schedule.rs"]
mod schedules_no_schedule;
#[path = "3-10-schedules/wrong/only_swaps_names.rs"]
mod schedules_only_swaps_names;
#[path = "3-10-schedules/wrong/returns_at_once.rs"]
mod schedules_returns_at_once;
#[path = "3-10-schedules/shipped.rs"]
mod schedules_shipped;
#[path = "3-10-schedules/solution.rs"]
mod schedules_solution;
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
#[path = "6-21-tombstone/wrong/commit_first_blind.rs"]
mod tombstone_commit_first_blind;
#[path = "6-21-tombstone/wrong/ignores_the_commit.rs"]
mod tombstone_ignores_the_commit;
#[path = "6-21-tombstone/wrong/never_commits.rs"]
mod tombstone_never_commits;
#[path = "6-21-tombstone/wrong/never_sends.rs"]
mod tombstone_never_sends;
#[path = "6-21-tombstone/wrong/overwrites.rs"]
mod tombstone_overwrites;
#[path = "6-21-tombstone/wrong/replies_first.rs"]
mod tombstone_replies_first;
#[path = "6-21-tombstone/wrong/sends_twice.rs"]
mod tombstone_sends_twice;
#[path = "6-21-tombstone/shipped.rs"]
mod tombstone_shipped;
#[path = "6-21-tombstone/solution.rs"]
mod tombstone_solution;
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
#[path = "3-11-write-the-spec/wrong/counts_events.rs"]
mod write_the_spec_counts_events;
#[path = "3-11-write-the-spec/wrong/drawn_before_the_guard.rs"]
mod write_the_spec_drawn_before_the_guard;
#[path = "3-11-write-the-spec/wrong/ignores_publish.rs"]
mod write_the_spec_ignores_publish;
#[path = "3-11-write-the-spec/wrong/one_in_all.rs"]
mod write_the_spec_one_in_all;
#[path = "3-11-write-the-spec/wrong/only_the_property.rs"]
mod write_the_spec_only_the_property;
#[path = "3-11-write-the-spec/wrong/publishes_first.rs"]
mod write_the_spec_publishes_first;
#[path = "3-11-write-the-spec/wrong/returns_early.rs"]
mod write_the_spec_returns_early;
#[path = "3-11-write-the-spec/shipped.rs"]
mod write_the_spec_shipped;
#[path = "3-11-write-the-spec/solution.rs"]
mod write_the_spec_solution;
#[path = "3-11-write-the-spec/wrong/stores_later.rs"]
mod write_the_spec_stores_later;
#[path = "3-11-write-the-spec/wrong/vacuous.rs"]
mod write_the_spec_vacuous;

use std::process::ExitCode;

use tandem_coach::answer::Answer;
use tandem_models::kit::replay::Handler;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, exercise, answer, definition] = &arguments[..] else {
        panic!("usage: answers EXERCISE ANSWER DEFINITION");
    };
    let definition = std::fs::read_to_string(definition).expect("exercise.toml can be read");
    let answer = answer_of(exercise, answer);
    tandem_coach::program::main(&definition, &answer)
}

#[rustfmt::skip]
fn answer_of(exercise: &str, answer: &str) -> Answer {
    match (exercise, answer) {
        (_, "does-nothing") => Answer::new(Handler::new(|_, _: &serde::de::IgnoredAny| Ok(()))),
        (_, "only-acknowledges") => Answer::new(Handler::new(|io, _: &serde::de::IgnoredAny| io.ack("Ack"))),
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
        ("if-in-doubt", "shipped") => make_if_in_doubt_shipped(),
        ("if-in-doubt", "solution") => make_if_in_doubt_solution(),
        ("if-in-doubt", "completes_first") => make_if_in_doubt_completes_first(),
        ("if-in-doubt", "guards_the_click") => make_if_in_doubt_guards_the_click(),
        ("if-in-doubt", "ignores_save") => make_if_in_doubt_ignores_save(),
        ("if-in-doubt", "ignores_send") => make_if_in_doubt_ignores_send(),
        ("if-in-doubt", "never_adds") => make_if_in_doubt_never_adds(),
        ("if-in-doubt", "only_guards") => make_if_in_doubt_only_guards(),
        ("if-in-doubt", "only_resends") => make_if_in_doubt_only_resends(),
        ("if-in-doubt", "reopens") => make_if_in_doubt_reopens(),
        ("if-in-doubt", "replies_first") => make_if_in_doubt_replies_first(),
        ("if-in-doubt", "sends_first") => make_if_in_doubt_sends_first(),
        ("if-in-doubt", "sends_twice") => make_if_in_doubt_sends_twice(),
        ("if-in-doubt", "throws") => make_if_in_doubt_throws(),
        ("if-in-doubt", "never_completes") => make_if_in_doubt_never_completes(),
        ("own-queue", "shipped") => make_own_queue_shipped(),
        ("own-queue", "solution") => make_own_queue_solution(),
        ("own-queue", "answers_first") => make_own_queue_answers_first(),
        ("own-queue", "both") => make_own_queue_both(),
        ("own-queue", "ignores_command") => make_own_queue_ignores_command(),
        ("own-queue", "ignores_send") => make_own_queue_ignores_send(),
        ("own-queue", "never_saves") => make_own_queue_never_saves(),
        ("own-queue", "orders_first") => make_own_queue_orders_first(),
        ("own-queue", "returns_early") => make_own_queue_returns_early(),
        ("own-queue", "sends_twice") => make_own_queue_sends_twice(),
        ("own-queue", "still_direct") => make_own_queue_still_direct(),
        ("own-queue", "throws") => make_own_queue_throws(),
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
        ("idempotent", "shipped") => make_idempotent_shipped(),
        ("idempotent", "solution") => make_idempotent_solution(),
        ("idempotent", "blind") => make_idempotent_blind(),
        ("idempotent", "by_line") => make_idempotent_by_line(),
        ("idempotent", "counts_changes") => make_idempotent_counts_changes(),
        ("idempotent", "final_state") => make_idempotent_final_state(),
        ("idempotent", "first_and_last") => make_idempotent_first_and_last(),
        ("idempotent", "no_change_at_all") => make_idempotent_no_change_at_all(),
        ("idempotent", "only_the_property") => make_idempotent_only_the_property(),
        ("idempotent", "returns_early") => make_idempotent_returns_early(),
        ("idempotent", "saved_after") => make_idempotent_saved_after(),
        ("idempotent", "ids_of_effects") => make_idempotent_ids_of_effects(),
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
        ("schedules", "shipped") => make_schedules_shipped(),
        ("schedules", "solution") => make_schedules_solution(),
        ("schedules", "blind") => make_schedules_blind(),
        ("schedules", "checks_twice") => make_schedules_checks_twice(),
        ("schedules", "cleans_first") => make_schedules_cleans_first(),
        ("schedules", "ignores_publish") => make_schedules_ignores_publish(),
        ("schedules", "ignores_save") => make_schedules_ignores_save(),
        ("schedules", "loads_twice") => make_schedules_loads_twice(),
        ("schedules", "marks_first") => make_schedules_marks_first(),
        ("schedules", "no_schedule") => make_schedules_no_schedule(),
        ("schedules", "only_swaps_names") => make_schedules_only_swaps_names(),
        ("schedules", "returns_at_once") => make_schedules_returns_at_once(),
        ("write-the-spec", "shipped") => make_write_the_spec_shipped(),
        ("write-the-spec", "solution") => make_write_the_spec_solution(),
        ("write-the-spec", "counts_events") => make_write_the_spec_counts_events(),
        ("write-the-spec", "drawn_before_the_guard") => make_write_the_spec_drawn_before_the_guard(),
        ("write-the-spec", "ignores_publish") => make_write_the_spec_ignores_publish(),
        ("write-the-spec", "one_in_all") => make_write_the_spec_one_in_all(),
        ("write-the-spec", "only_the_property") => make_write_the_spec_only_the_property(),
        ("write-the-spec", "publishes_first") => make_write_the_spec_publishes_first(),
        ("write-the-spec", "returns_early") => make_write_the_spec_returns_early(),
        ("write-the-spec", "stores_later") => make_write_the_spec_stores_later(),
        ("write-the-spec", "vacuous") => make_write_the_spec_vacuous(),
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
        ("one-field", "shipped") => make_one_field_shipped(),
        ("one-field", "solution") => make_one_field_solution(),
        ("one-field", "clears_before_mark") => make_one_field_clears_before_mark(),
        ("one-field", "clears_first") => make_one_field_clears_first(),
        ("one-field", "deletes_before_mark") => make_one_field_deletes_before_mark(),
        ("one-field", "deletes_first") => make_one_field_deletes_first(),
        ("one-field", "ignores_publish") => make_one_field_ignores_publish(),
        ("one-field", "marks_both") => make_one_field_marks_both(),
        ("one-field", "marks_by_item") => make_one_field_marks_by_item(),
        ("one-field", "marks_first_thing") => make_one_field_marks_first_thing(),
        ("one-field", "never_deletes") => make_one_field_never_deletes(),
        ("one-field", "never_marks") => make_one_field_never_marks(),
        ("one-field", "never_publishes") => make_one_field_never_publishes(),
        ("one-field", "clear_delete") => make_one_field_clear_delete(),
        ("one-field", "mark_publish") => make_one_field_mark_publish(),
        ("one-field", "mark_publish_clear_delete") => make_one_field_mark_publish_clear_delete(),
        ("reply-lost", "shipped") => make_reply_lost_shipped(),
        ("reply-lost", "solution") => make_reply_lost_solution(),
        ("reply-lost", "acknowledges_a_conflict") => make_reply_lost_acknowledges_a_conflict(),
        ("reply-lost", "deletes_always") => make_reply_lost_deletes_always(),
        ("reply-lost", "deletes_if_unknown") => make_reply_lost_deletes_if_unknown(),
        ("reply-lost", "goes_on_after_a_conflict") => make_reply_lost_goes_on_after_a_conflict(),
        ("reply-lost", "goes_on_if_unknown") => make_reply_lost_goes_on_if_unknown(),
        ("reply-lost", "never_deletes") => make_reply_lost_never_deletes(),
        ("garbage", "shipped") => make_garbage_shipped(),
        ("garbage", "solution") => make_garbage_solution(),
        ("garbage", "clears_first") => make_garbage_clears_first(),
        ("garbage", "deletes_all") => make_garbage_deletes_all(),
        ("garbage", "never_clears") => make_garbage_never_clears(),
        ("garbage", "never_deletes") => make_garbage_never_deletes(),
        ("garbage", "never_publishes") => make_garbage_never_publishes(),
        ("garbage", "never_registers") => make_garbage_never_registers(),
        ("garbage", "prepares_last") => make_garbage_prepares_last(),
        ("garbage", "publishes_early") => make_garbage_publishes_early(),
        ("garbage", "registers_twice") => make_garbage_registers_twice(),
        ("garbage", "publishes_last") => make_garbage_publishes_last(),
        ("poisoned", "shipped") => make_poisoned_shipped(),
        ("poisoned", "solution") => make_poisoned_solution(),
        ("poisoned", "deletes_before_it_saves") => make_poisoned_deletes_before_it_saves(),
        ("poisoned", "deletes_only_at_first") => make_poisoned_deletes_only_at_first(),
        ("poisoned", "never_deletes") => make_poisoned_never_deletes(),
        ("poisoned", "never_posts") => make_poisoned_never_posts(),
        ("poisoned", "never_reads") => make_poisoned_never_reads(),
        ("poisoned", "never_saves") => make_poisoned_never_saves(),
        ("poisoned", "posts_again") => make_poisoned_posts_again(),
        ("poisoned", "rejects_at_once") => make_poisoned_rejects_at_once(),
        ("poisoned", "missing_is_done") => make_poisoned_missing_is_done(),
        ("replay", "shipped") => make_replay_shipped(),
        ("replay", "solution") => make_replay_solution(),
        ("replay", "appends_always") => make_replay_appends_always(),
        ("replay", "drawn_only_once") => make_replay_drawn_only_once(),
        ("replay", "fresh_coupon") => make_replay_fresh_coupon(),
        ("replay", "ignores_conflict") => make_replay_ignores_conflict(),
        ("replay", "ignores_publish") => make_replay_ignores_publish(),
        ("replay", "newest_as_it_is") => make_replay_newest_as_it_is(),
        ("replay", "newest_version") => make_replay_newest_version(),
        ("replay", "publishes_first") => make_replay_publishes_first(),
        ("replay", "returns_if_known") => make_replay_returns_if_known(),
        ("replay", "constant_coupon") => make_replay_constant_coupon(),
        ("observer", "shipped") => make_observer_shipped(),
        ("observer", "solution") => make_observer_solution(),
        ("observer", "commits_nothing") => make_observer_commits_nothing(),
        ("observer", "database_only") => make_observer_database_only(),
        ("observer", "ignores_the_database") => make_observer_ignores_the_database(),
        ("observer", "ignores_the_queue") => make_observer_ignores_the_queue(),
        ("observer", "only_if_both_are_prepared") => make_observer_only_if_both_are_prepared(),
        ("observer", "queue_only") => make_observer_queue_only(),
        ("observer", "queue_twice") => make_observer_queue_twice(),
        ("tombstone", "shipped") => make_tombstone_shipped(),
        ("tombstone", "solution") => make_tombstone_solution(),
        ("tombstone", "commit_first_blind") => make_tombstone_commit_first_blind(),
        ("tombstone", "ignores_the_commit") => make_tombstone_ignores_the_commit(),
        ("tombstone", "never_commits") => make_tombstone_never_commits(),
        ("tombstone", "never_sends") => make_tombstone_never_sends(),
        ("tombstone", "overwrites") => make_tombstone_overwrites(),
        ("tombstone", "replies_first") => make_tombstone_replies_first(),
        ("tombstone", "sends_twice") => make_tombstone_sends_twice(),
        (exercise, answer) => panic!("{exercise} has no answer {answer}"),
    }
}

#[rustfmt::skip]
fn make_two_tabs_shipped() -> Answer {
    use crate::two_tabs_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_solution() -> Answer {
    use crate::two_tabs_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_looks_twice() -> Answer {
    use crate::two_tabs_looks_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_misspelt() -> Answer {
    use crate::two_tabs_misspelt as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_never_replies() -> Answer {
    use crate::two_tabs_never_replies as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_no_flag() -> Answer {
    use crate::two_tabs_no_flag as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_only_replies() -> Answer {
    use crate::two_tabs_only_replies as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_order_first() -> Answer {
    use crate::two_tabs_order_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_order_missing() -> Answer {
    use crate::two_tabs_order_missing as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_two_tabs_replies_twice() -> Answer {
    use crate::two_tabs_replies_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_shipped() -> Answer {
    use crate::usb_rule_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_solution() -> Answer {
    use crate::usb_rule_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_goes_on() -> Answer {
    use crate::usb_rule_goes_on as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_ignores_refusal() -> Answer {
    use crate::usb_rule_ignores_refusal as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_never_saves() -> Answer {
    use crate::usb_rule_never_saves as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_never_sends() -> Answer {
    use crate::usb_rule_never_sends as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_replies_first() -> Answer {
    use crate::usb_rule_replies_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_usb_rule_sends_twice() -> Answer {
    use crate::usb_rule_sends_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::submit))
}

#[rustfmt::skip]
fn make_if_in_doubt_shipped() -> Answer {
    use crate::if_in_doubt_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_solution() -> Answer {
    use crate::if_in_doubt_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_completes_first() -> Answer {
    use crate::if_in_doubt_completes_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_guards_the_click() -> Answer {
    use crate::if_in_doubt_guards_the_click as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_ignores_save() -> Answer {
    use crate::if_in_doubt_ignores_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_ignores_send() -> Answer {
    use crate::if_in_doubt_ignores_send as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_never_adds() -> Answer {
    use crate::if_in_doubt_never_adds as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_only_guards() -> Answer {
    use crate::if_in_doubt_only_guards as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_only_resends() -> Answer {
    use crate::if_in_doubt_only_resends as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_reopens() -> Answer {
    use crate::if_in_doubt_reopens as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_replies_first() -> Answer {
    use crate::if_in_doubt_replies_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_sends_first() -> Answer {
    use crate::if_in_doubt_sends_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_sends_twice() -> Answer {
    use crate::if_in_doubt_sends_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_throws() -> Answer {
    use crate::if_in_doubt_throws as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_if_in_doubt_never_completes() -> Answer {
    use crate::if_in_doubt_never_completes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::protocols::accept_send_complete::by_request;
    Answer::new(by_request(handler::submit, handler::add_item))
}

#[rustfmt::skip]
fn make_own_queue_shipped() -> Answer {
    use crate::own_queue_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_solution() -> Answer {
    use crate::own_queue_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_answers_first() -> Answer {
    use crate::own_queue_answers_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_both() -> Answer {
    use crate::own_queue_both as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_ignores_command() -> Answer {
    use crate::own_queue_ignores_command as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_ignores_send() -> Answer {
    use crate::own_queue_ignores_send as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_never_saves() -> Answer {
    use crate::own_queue_never_saves as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_orders_first() -> Answer {
    use crate::own_queue_orders_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_returns_early() -> Answer {
    use crate::own_queue_returns_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_sends_twice() -> Answer {
    use crate::own_queue_sends_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_still_direct() -> Answer {
    use crate::own_queue_still_direct as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_own_queue_throws() -> Answer {
    use crate::own_queue_throws as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::by_type([("Submit", Handler::new(handler::submit)), ("SubmitCart", Handler::new(handler::submit_cart))]))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_shipped() -> Answer {
    use crate::ghosts_and_losses_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_solution() -> Answer {
    use crate::ghosts_and_losses_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_acks_first() -> Answer {
    use crate::ghosts_and_losses_acks_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_loads_again() -> Answer {
    use crate::ghosts_and_losses_loads_again as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_never_publishes() -> Answer {
    use crate::ghosts_and_losses_never_publishes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_no_check() -> Answer {
    use crate::ghosts_and_losses_no_check as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_only_acks() -> Answer {
    use crate::ghosts_and_losses_only_acks as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_panics() -> Answer {
    use crate::ghosts_and_losses_panics as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_publishes_twice() -> Answer {
    use crate::ghosts_and_losses_publishes_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_ghosts_and_losses_swaps_only() -> Answer {
    use crate::ghosts_and_losses_swaps_only as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_idempotent_shipped() -> Answer {
    use crate::idempotent_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_solution() -> Answer {
    use crate::idempotent_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_blind() -> Answer {
    use crate::idempotent_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_by_line() -> Answer {
    use crate::idempotent_by_line as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_counts_changes() -> Answer {
    use crate::idempotent_counts_changes as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_final_state() -> Answer {
    use crate::idempotent_final_state as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_first_and_last() -> Answer {
    use crate::idempotent_first_and_last as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_no_change_at_all() -> Answer {
    use crate::idempotent_no_change_at_all as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_only_the_property() -> Answer {
    use crate::idempotent_only_the_property as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_returns_early() -> Answer {
    use crate::idempotent_returns_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_saved_after() -> Answer {
    use crate::idempotent_saved_after as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_idempotent_ids_of_effects() -> Answer {
    use crate::idempotent_ids_of_effects as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::history;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::natural_idempotency::{Command, Order};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &Command| handler::change(io, command, command.operation(true)))).property(|world| handler::nothing_twice(&world.document::<Order>(), &history(world)))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_shipped() -> Answer {
    use crate::where_to_put_the_id_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_solution() -> Answer {
    use crate::where_to_put_the_id_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_belt_and_braces() -> Answer {
    use crate::where_to_put_the_id_belt_and_braces as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_checked_late() -> Answer {
    use crate::where_to_put_the_id_checked_late as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_ignores_save() -> Answer {
    use crate::where_to_put_the_id_ignores_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_marked_before() -> Answer {
    use crate::where_to_put_the_id_marked_before as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_marked_between() -> Answer {
    use crate::where_to_put_the_id_marked_between as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_returns_early() -> Answer {
    use crate::where_to_put_the_id_returns_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_where_to_put_the_id_two_saves() -> Answer {
    use crate::where_to_put_the_id_two_saves as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_shipped() -> Answer {
    use crate::same_name_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_solution() -> Answer {
    use crate::same_name_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_drawn_at_the_save() -> Answer {
    use crate::same_name_drawn_at_the_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_ignores_publish() -> Answer {
    use crate::same_name_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_never_publishes() -> Answer {
    use crate::same_name_never_publishes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_published_first() -> Answer {
    use crate::same_name_published_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_returns_early() -> Answer {
    use crate::same_name_returns_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_two_names() -> Answer {
    use crate::same_name_two_names as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_outbox() -> Answer {
    use crate::same_name_outbox as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_same_name_twice_to_be_sure() -> Answer {
    use crate::same_name_twice_to_be_sure as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_shipped() -> Answer {
    use crate::outbox_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_solution() -> Answer {
    use crate::outbox_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_acks_first() -> Answer {
    use crate::outbox_acks_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_blind() -> Answer {
    use crate::outbox_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_clears_all() -> Answer {
    use crate::outbox_clears_all as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_derived_id() -> Answer {
    use crate::outbox_derived_id as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_duplicate_returns() -> Answer {
    use crate::outbox_duplicate_returns as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_ignores_mark() -> Answer {
    use crate::outbox_ignores_mark as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_ignores_publish() -> Answer {
    use crate::outbox_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_ignores_save() -> Answer {
    use crate::outbox_ignores_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_loads_again() -> Answer {
    use crate::outbox_loads_again as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_marks_first() -> Answer {
    use crate::outbox_marks_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_never_cleans() -> Answer {
    use crate::outbox_never_cleans as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_only_acks() -> Answer {
    use crate::outbox_only_acks as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_position() -> Answer {
    use crate::outbox_position as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_publish_before_save() -> Answer {
    use crate::outbox_publish_before_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_outbox_rejects() -> Answer {
    use crate::outbox_rejects as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_schedules_shipped() -> Answer {
    use crate::schedules_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_solution() -> Answer {
    use crate::schedules_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_blind() -> Answer {
    use crate::schedules_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_checks_twice() -> Answer {
    use crate::schedules_checks_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_cleans_first() -> Answer {
    use crate::schedules_cleans_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_ignores_publish() -> Answer {
    use crate::schedules_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_ignores_save() -> Answer {
    use crate::schedules_ignores_save as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_loads_twice() -> Answer {
    use crate::schedules_loads_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_marks_first() -> Answer {
    use crate::schedules_marks_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_no_schedule() -> Answer {
    use crate::schedules_no_schedule as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_only_swaps_names() -> Answer {
    use crate::schedules_only_swaps_names as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_schedules_returns_at_once() -> Answer {
    use crate::schedules_returns_at_once as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line)).by_hand(handler::BY_HAND)
}

#[rustfmt::skip]
fn make_write_the_spec_shipped() -> Answer {
    use crate::write_the_spec_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_solution() -> Answer {
    use crate::write_the_spec_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_counts_events() -> Answer {
    use crate::write_the_spec_counts_events as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_drawn_before_the_guard() -> Answer {
    use crate::write_the_spec_drawn_before_the_guard as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_ignores_publish() -> Answer {
    use crate::write_the_spec_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_one_in_all() -> Answer {
    use crate::write_the_spec_one_in_all as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_only_the_property() -> Answer {
    use crate::write_the_spec_only_the_property as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_publishes_first() -> Answer {
    use crate::write_the_spec_publishes_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_returns_early() -> Answer {
    use crate::write_the_spec_returns_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_stores_later() -> Answer {
    use crate::write_the_spec_stores_later as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_write_the_spec_vacuous() -> Answer {
    use crate::write_the_spec_vacuous as handler;
    use tandem_coach::answer::Answer;
    use tandem_coach::answer::announced;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::process)).property(|world| handler::one_transaction(&announced(world)))
}

#[rustfmt::skip]
fn make_charge_once_shipped() -> Answer {
    use crate::charge_once_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_solution() -> Answer {
    use crate::charge_once_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_charges_twice() -> Answer {
    use crate::charge_once_charges_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_constant_key() -> Answer {
    use crate::charge_once_constant_key as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_ignores_answer() -> Answer {
    use crate::charge_once_ignores_answer as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_never_asks() -> Answer {
    use crate::charge_once_never_asks as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_no_key() -> Answer {
    use crate::charge_once_no_key as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_only_acks() -> Answer {
    use crate::charge_once_only_acks as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_paid_first() -> Answer {
    use crate::charge_once_paid_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_query_first() -> Answer {
    use crate::charge_once_query_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_saved_after() -> Answer {
    use crate::charge_once_saved_after as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_saved_blind() -> Answer {
    use crate::charge_once_saved_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_saved_ignored() -> Answer {
    use crate::charge_once_saved_ignored as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_timeout_as_failure() -> Answer {
    use crate::charge_once_timeout_as_failure as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_save_ignored() -> Answer {
    use crate::charge_once_save_ignored as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_charge_once_saved_key() -> Answer {
    use crate::charge_once_saved_key as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_shipped() -> Answer {
    use crate::ask_first_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_solution() -> Answer {
    use crate::ask_first_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_asks_afterwards() -> Answer {
    use crate::ask_first_asks_afterwards as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_asks_twice() -> Answer {
    use crate::ask_first_asks_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_believes_no() -> Answer {
    use crate::ask_first_believes_no as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_constant_key() -> Answer {
    use crate::ask_first_constant_key as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_fresh_key() -> Answer {
    use crate::ask_first_fresh_key as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_looks_again() -> Answer {
    use crate::ask_first_looks_again as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_timeout_as_no() -> Answer {
    use crate::ask_first_timeout_as_no as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_ask_first_never_asks_first() -> Answer {
    use crate::ask_first_never_asks_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::charge))
}

#[rustfmt::skip]
fn make_tokens_shipped() -> Answer {
    use crate::tokens_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_solution() -> Answer {
    use crate::tokens_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_checkpoint_blind() -> Answer {
    use crate::tokens_checkpoint_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_checkpoint_ignored() -> Answer {
    use crate::tokens_checkpoint_ignored as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_create_ignored() -> Answer {
    use crate::tokens_create_ignored as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_create_when_saved() -> Answer {
    use crate::tokens_create_when_saved as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_derived_checkpoint() -> Answer {
    use crate::tokens_derived_checkpoint as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_double_checkpoint() -> Answer {
    use crate::tokens_double_checkpoint as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_gives_back() -> Answer {
    use crate::tokens_gives_back as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_no_token() -> Answer {
    use crate::tokens_no_token as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_persisted_first() -> Answer {
    use crate::tokens_persisted_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_tokens_recreated() -> Answer {
    use crate::tokens_recreated as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::token_deduplication::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::token)))
}

#[rustfmt::skip]
fn make_one_field_shipped() -> Answer {
    use crate::one_field_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_solution() -> Answer {
    use crate::one_field_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_clears_before_mark() -> Answer {
    use crate::one_field_clears_before_mark as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_clears_first() -> Answer {
    use crate::one_field_clears_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_deletes_before_mark() -> Answer {
    use crate::one_field_deletes_before_mark as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_deletes_first() -> Answer {
    use crate::one_field_deletes_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_ignores_publish() -> Answer {
    use crate::one_field_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_marks_both() -> Answer {
    use crate::one_field_marks_both as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_marks_by_item() -> Answer {
    use crate::one_field_marks_by_item as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_marks_first_thing() -> Answer {
    use crate::one_field_marks_first_thing as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_never_deletes() -> Answer {
    use crate::one_field_never_deletes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_never_marks() -> Answer {
    use crate::one_field_never_marks as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_never_publishes() -> Answer {
    use crate::one_field_never_publishes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_clear_delete() -> Answer {
    use crate::one_field_clear_delete as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_mark_publish() -> Answer {
    use crate::one_field_mark_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_one_field_mark_publish_clear_delete() -> Answer {
    use crate::one_field_mark_publish_clear_delete as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_reply_lost_shipped() -> Answer {
    use crate::reply_lost_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_solution() -> Answer {
    use crate::reply_lost_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_acknowledges_a_conflict() -> Answer {
    use crate::reply_lost_acknowledges_a_conflict as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_deletes_always() -> Answer {
    use crate::reply_lost_deletes_always as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_deletes_if_unknown() -> Answer {
    use crate::reply_lost_deletes_if_unknown as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_goes_on_after_a_conflict() -> Answer {
    use crate::reply_lost_goes_on_after_a_conflict as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_goes_on_if_unknown() -> Answer {
    use crate::reply_lost_goes_on_if_unknown as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_reply_lost_never_deletes() -> Answer {
    use crate::reply_lost_never_deletes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::out_of_document_outbox::{AddLine, add_line};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line(io, command, handler::compensate)))
}

#[rustfmt::skip]
fn make_garbage_shipped() -> Answer {
    use crate::garbage_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_solution() -> Answer {
    use crate::garbage_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_clears_first() -> Answer {
    use crate::garbage_clears_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_deletes_all() -> Answer {
    use crate::garbage_deletes_all as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_never_clears() -> Answer {
    use crate::garbage_never_clears as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_never_deletes() -> Answer {
    use crate::garbage_never_deletes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_never_publishes() -> Answer {
    use crate::garbage_never_publishes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_never_registers() -> Answer {
    use crate::garbage_never_registers as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_prepares_last() -> Answer {
    use crate::garbage_prepares_last as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_publishes_early() -> Answer {
    use crate::garbage_publishes_early as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_registers_twice() -> Answer {
    use crate::garbage_registers_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_garbage_publishes_last() -> Answer {
    use crate::garbage_publishes_last as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::prepare_commit_publish::{AddLine, add_line_by};
    Answer::new(Handler::new(|io: &mut dyn Io, command: &AddLine| add_line_by(io, command, handler::attempt, handler::finish)))
}

#[rustfmt::skip]
fn make_poisoned_shipped() -> Answer {
    use crate::poisoned_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_solution() -> Answer {
    use crate::poisoned_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_deletes_before_it_saves() -> Answer {
    use crate::poisoned_deletes_before_it_saves as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_deletes_only_at_first() -> Answer {
    use crate::poisoned_deletes_only_at_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_never_deletes() -> Answer {
    use crate::poisoned_never_deletes as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_never_posts() -> Answer {
    use crate::poisoned_never_posts as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_never_reads() -> Answer {
    use crate::poisoned_never_reads as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_never_saves() -> Answer {
    use crate::poisoned_never_saves as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_posts_again() -> Answer {
    use crate::poisoned_posts_again as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_rejects_at_once() -> Answer {
    use crate::poisoned_rejects_at_once as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_poisoned_missing_is_done() -> Answer {
    use crate::poisoned_missing_is_done as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::exactly_once_http::book_and_follow_up;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| book_and_follow_up(io, *id, handler::follow_up)))
}

#[rustfmt::skip]
fn make_replay_shipped() -> Answer {
    use crate::replay_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_solution() -> Answer {
    use crate::replay_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_appends_always() -> Answer {
    use crate::replay_appends_always as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_drawn_only_once() -> Answer {
    use crate::replay_drawn_only_once as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_fresh_coupon() -> Answer {
    use crate::replay_fresh_coupon as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_ignores_conflict() -> Answer {
    use crate::replay_ignores_conflict as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_ignores_publish() -> Answer {
    use crate::replay_ignores_publish as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_newest_as_it_is() -> Answer {
    use crate::replay_newest_as_it_is as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_newest_version() -> Answer {
    use crate::replay_newest_version as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_publishes_first() -> Answer {
    use crate::replay_publishes_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_returns_if_known() -> Answer {
    use crate::replay_returns_if_known as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_replay_constant_coupon() -> Answer {
    use crate::replay_constant_coupon as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::add_line))
}

#[rustfmt::skip]
fn make_observer_shipped() -> Answer {
    use crate::observer_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_solution() -> Answer {
    use crate::observer_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_commits_nothing() -> Answer {
    use crate::observer_commits_nothing as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_database_only() -> Answer {
    use crate::observer_database_only as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_ignores_the_database() -> Answer {
    use crate::observer_ignores_the_database as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_ignores_the_queue() -> Answer {
    use crate::observer_ignores_the_queue as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_only_if_both_are_prepared() -> Answer {
    use crate::observer_only_if_both_are_prepared as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_queue_only() -> Answer {
    use crate::observer_queue_only as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_observer_queue_twice() -> Answer {
    use crate::observer_queue_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::document::MessageId;
    use tandem_models::kit::io::Io;
    use tandem_models::kit::replay::Handler;
    use tandem_models::protocols::two_phase_commit::coordinate_and_commit;
    Answer::new(Handler::new(|io: &mut dyn Io, id: &MessageId| coordinate_and_commit(io, *id, handler::commit)))
}

#[rustfmt::skip]
fn make_tombstone_shipped() -> Answer {
    use crate::tombstone_shipped as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_solution() -> Answer {
    use crate::tombstone_solution as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_commit_first_blind() -> Answer {
    use crate::tombstone_commit_first_blind as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_ignores_the_commit() -> Answer {
    use crate::tombstone_ignores_the_commit as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_never_commits() -> Answer {
    use crate::tombstone_never_commits as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_never_sends() -> Answer {
    use crate::tombstone_never_sends as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_overwrites() -> Answer {
    use crate::tombstone_overwrites as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_replies_first() -> Answer {
    use crate::tombstone_replies_first as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}

#[rustfmt::skip]
fn make_tombstone_sends_twice() -> Answer {
    use crate::tombstone_sends_twice as handler;
    use tandem_coach::answer::Answer;
    use tandem_models::kit::replay::Handler;
    Answer::new(Handler::new(handler::request))
}
