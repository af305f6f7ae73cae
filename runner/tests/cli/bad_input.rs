//! Commands with names that do not exist.

use super::place::refused;

#[test]
fn an_unknown_protocol_gets_a_suggestion() {
    insta::assert_snapshot!(refused("check outbx"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
    insta::assert_snapshot!(refused("compare outbx:all"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
    insta::assert_snapshot!(refused("list outbx"), @"error: there is no protocol 'outbx'; did you mean 'outbox'? `tandem list` shows all");
}

#[test]
fn an_unknown_protocol_like_no_other_gets_all_names() {
    let stderr = refused("check zzz");
    assert!(
        stderr.starts_with("error: there is no protocol 'zzz'; there are: "),
        "{stderr}"
    );
    assert!(stderr.contains("outbox"));
}

#[test]
fn an_unknown_variant_gets_a_suggestion() {
    insta::assert_snapshot!(refused("check outbox:transaction"), @"error: 'outbox' has no variant 'transaction'; did you mean 'transactional'? `tandem list` shows all");
    insta::assert_snapshot!(refused("check outbox:"), @"error: 'outbox' has no variant ''; there are: publish-then-save, save-then-publish, check-and-return, marked-before, marked-after, marked-after-concurrent, ids-with-state, derived-ids, reject-duplicates, blind-write, transactional, all");
}

#[test]
fn an_unknown_parameter_gets_a_suggestion() {
    insta::assert_snapshot!(refused("check outbox --set mesages=2"), @"error: 'outbox' has no parameter 'mesages'; did you mean 'messages'? `tandem list` shows all");
}

#[test]
fn a_parameter_out_of_range_is_told_its_range() {
    insta::assert_snapshot!(refused("check outbox --set messages=9"), @"error: messages=9 is out of range for 'outbox': it may be 1 to 4 (commands; two let one change the order between another's attempts)");
    insta::assert_snapshot!(refused("check outbox --set messages=0"), @"error: messages=0 is out of range for 'outbox': it may be 1 to 4 (commands; two let one change the order between another's attempts)");
    insta::assert_snapshot!(refused("check outbox --fault crash=9"), @"error: crash=9 is out of range for 'outbox': it may be 0 to 3 (one lets any attempt stop half-way and be repeated)");
}

#[test]
fn a_setting_that_is_none_is_told_the_form() {
    insta::assert_snapshot!(refused("check outbox --set messages"), @r"
error: invalid value 'messages' for '--set <NAME=VALUE>': 'messages' is not NAME=VALUE

For more information, try '--help'.
");
    insta::assert_snapshot!(refused("check outbox --set messages=many"), @r"
error: invalid value 'messages=many' for '--set <NAME=VALUE>': 'many' is not a whole number from 0 to 255

For more information, try '--help'.
");
    insta::assert_snapshot!(refused("check outbox --set messages=-1"), @r"
error: invalid value 'messages=-1' for '--set <NAME=VALUE>': '-1' is not a whole number from 0 to 255

For more information, try '--help'.
");
    insta::assert_snapshot!(refused("check outbox --fault crash=300"), @r"
error: invalid value 'crash=300' for '--fault <KIND=N>': '300' is not a whole number from 0 to 255

For more information, try '--help'.
");
}

#[test]
fn an_unknown_fault_is_told_what_there_is() {
    insta::assert_snapshot!(refused("check outbox --fault boom=1"), @r"
error: invalid value 'boom=1' for '--fault <KIND=N>': there is no fault named 'boom'; there are: crash, duplicate, lease, lose, fail, unknown, late, forget, stale, expire

For more information, try '--help'.
");
    insta::assert_snapshot!(refused("check outbox --fault forget=1"), @"error: 'outbox' has no fault 'forget'; there are: crash, duplicate, lease");
}

#[test]
fn the_larger_setting_of_a_variant_that_has_none() {
    insta::assert_snapshot!(refused("check outbox:marked-after --large"), @"error: outbox:marked-after names no larger setting; `tandem list` shows which variants do");
}

#[test]
fn show_is_about_one_variant() {
    let stderr = refused("show outbox:all");
    assert!(
        stderr.contains("name one, as in `tandem show outbox`"),
        "{stderr}"
    );
}
