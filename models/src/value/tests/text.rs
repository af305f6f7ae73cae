//! Text: what is printed can be parsed, and TLC's irregular layout has no effect.

use proptest::prelude::*;

use super::{any_state, any_value, parse};
use crate::value::{ParseError, Value, parse_state};

proptest! {
    #[test]
    fn what_is_printed_reads_back(value in any_value()) {
        prop_assert_eq!(Value::parse(&value.to_string()), Ok(value));
    }

    #[test]
    fn a_printed_state_reads_back(state in any_state()) {
        prop_assert_eq!(parse_state(&state.to_string()), Ok(state));
    }

    #[test]
    fn white_space_is_free(
        value in any_value(),
        spaces in prop::collection::vec("[ \n\t\r]{0,3}", 1..20),
    ) {
        let text = spread(&value.to_string(), &spaces);
        prop_assert_eq!(Value::parse(&text), Ok(value), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), cut in any::<prop::sample::Index>(), value in any_value()) {
        let _ = Value::parse(&text);
        let printed = value.to_string();
        let cut = printed.char_indices().map(|(at, _)| at).nth(cut.index(printed.chars().count()));
        let _ = parse_state(&format!("x = {}{text}", &printed[..cut.unwrap_or(0)]));
    }
}

/// The same tokens with other white space between them.
fn spread(text: &str, spaces: &[String]) -> String {
    let mut rest = text;
    let mut spaces = spaces.iter().cycle();
    let mut spread = String::new();
    while !rest.is_empty() {
        let (token, after) = rest.split_at(token_length(rest));
        spread.push_str(token.trim());
        spread.extend(spaces.next().map(String::as_str));
        rest = after;
    }
    spread
}

fn token_length(text: &str) -> usize {
    if text.starts_with('"') {
        let mut escaped = true;
        let closing = text.char_indices().find(|&(_, c)| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        return closing.map_or(text.len(), |(at, _)| at + 1);
    }
    let symbols = ["<<", ">>", "|->", ":>", "@@"];
    if let Some(symbol) = symbols.iter().find(|symbol| text.starts_with(*symbol)) {
        return symbol.len();
    }
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    word.unwrap_or(text.len()).max(1)
}

#[test]
fn values_are_printed_in_tla_syntax() {
    let printed = |value: Value| value.to_string();
    assert_eq!(printed(true.into()), "TRUE");
    assert_eq!(printed((-3).into()), "-3");
    assert_eq!(
        printed("a\"b\\c\nd\te\rf\u{c}".into()),
        r#""a\"b\\c\nd\te\rf\f""#
    );
    assert_eq!(printed(Value::model("p1")), "p1");
    assert_eq!(printed(Value::set([2.into(), 1.into()])), "{1, 2}");
    assert_eq!(printed(Value::set([])), "{}");
    assert_eq!(printed(Value::seq([1.into(), 2.into()])), "<<1, 2>>");
    assert_eq!(printed(Value::seq([])), "<<>>");
    let record = [("b", true.into()), ("a", 1.into())];
    assert_eq!(printed(Value::record(record)), "[a |-> 1, b |-> TRUE]");
    let function = [(3.into(), 4.into()), (1.into(), 2.into())];
    assert_eq!(printed(Value::function(function)), "(1 :> 2 @@ 3 :> 4)");
}

#[test]
fn a_field_name_that_tla_would_not_read_is_printed_as_an_argument() {
    for name in ["a b", "", "_", "12", "WF_x", "DOMAIN", "TRUE", "é"] {
        let record = Value::record([(name, 1.into())]);
        assert_eq!(record.to_string(), format!("({:?} :> 1)", Value::str(name)));
    }
    for name in ["a", "_a", "1a", "WF", "Domain"] {
        let record = Value::record([(name, 1.into())]);
        assert_eq!(record.to_string(), format!("[{name} |-> 1]"));
    }
}

#[test]
fn a_function_on_one_to_n_reads_as_a_sequence() {
    assert_eq!(parse("(1 :> a @@ 2 :> b)"), parse("<<a, b>>"));
    assert_eq!(parse("(2 :> b @@ 1 :> a)"), parse("<<a, b>>"));
    assert_ne!(parse("(0 :> a @@ 1 :> b)"), parse("<<a, b>>"));
}

#[test]
fn a_function_on_strings_reads_as_a_record() {
    assert_eq!(
        parse(r#"("b" :> 2 @@ "a" :> 1)"#),
        parse("[a |-> 1, b |-> 2]")
    );
    assert_ne!(parse("(a :> 1)"), parse("[a |-> 1]"));
    assert_eq!(parse("[TRUE |-> 1]"), Value::record([("TRUE", 1.into())]));
}

#[test]
fn the_empty_function_reads_as_the_empty_sequence() {
    assert_eq!(parse("<<>>"), Value::function([]));
    assert_eq!(parse("<< >>"), Value::seq([]));
    assert_eq!(parse("[ ]"), Value::record::<&str>([]));
}

#[test]
fn an_interval_reads_as_a_set() {
    assert_eq!(parse("1..3"), parse("{3, 1, 2, 1}"));
    assert_eq!(parse("-1 .. 1"), parse("{-1, 0, 1}"));
    assert_eq!(parse("{1..2, 5..5}"), parse("{{1, 2}, {5}}"));
    assert_eq!(parse("3..1"), parse("{}"));
    assert_eq!(
        parse("1..100000").as_set().map(|set| set.len()),
        Some(100_000)
    );
}

#[test]
fn sets_read_the_same_in_any_order() {
    assert_eq!(parse(r#"{"two", "one"}"#), parse(r#"{"one", "two"}"#));
    assert_eq!(parse("{{2, 1}, {}}"), parse("{{}, {1, 2}}"));
}

#[test]
fn words_read_as_booleans_or_model_values() {
    assert_eq!(parse("TRUE"), true.into());
    assert_eq!(parse("TRUE_"), Value::model("TRUE_"));
    assert_eq!(parse("null"), Value::model("null"));
    assert_eq!(
        parse("{p1, p2}"),
        Value::set(["p1", "p2"].map(Value::model))
    );
    assert_eq!(parse("-9223372036854775808"), i64::MIN.into());
}

/// `Line, column, expected, found` of the error.
fn error(result: Result<impl Sized, ParseError>) -> String {
    result
        .err()
        .map_or("no error".into(), |error| error.to_string())
}

#[test]
fn errors_say_where_and_what() {
    let report = |text: &str| format!("{text:?}\n    {}\n", error(Value::parse(text)));
    let texts = [
        "",
        "<<1, 2",
        "<<1,\n  é 2>>",
        "<<1,>>",
        "1 2",
        "(1 :> 2 @@ 1 :> 3)",
        "[a |-> 1, a |-> 2]",
        "[1 |-> 1]",
        "(1)",
        r#""open"#,
        r#"<<"a\x">>"#,
        "1..100001",
        "1..x",
        "99999999999999999999",
        "SUBSET {1}",
        "{1, 2\n}} and more text than an error message should ever repeat",
    ];
    insta::assert_snapshot!(texts.map(report).concat(), @r##"
    ""
        line 1, column 1: expected a value, found the end of the text
    "<<1, 2"
        line 1, column 7: expected `,` or `>>`, found the end of the text
    "<<1,\n  é 2>>"
        line 2, column 5: expected `,` or `>>`, found `2>>`
    "<<1,>>"
        line 1, column 5: expected a value, found `>>`
    "1 2"
        line 1, column 3: expected the end of the text, found `2`
    "(1 :> 2 @@ 1 :> 3)"
        line 1, column 12: expected each argument once, found `1 :> 3)`
    "[a |-> 1, a |-> 2]"
        line 1, column 11: expected each field once, found `a |-> 2]`
    "[1 |-> 1]"
        line 1, column 2: expected a field name, found `1 |-> 1]`
    "(1)"
        line 1, column 3: expected `:>`, found `)`
    "\"open"
        line 1, column 6: expected a closing `"`, found the end of the text
    "<<\"a\\x\">>"
        line 1, column 5: expected one of the escapes \" \\ \n \t \r \f, found `\x">>`
    "1..100001"
        line 1, column 1: expected an interval of at most 100,000 elements, found `1..100001`
    "1..x"
        line 1, column 4: expected an integer, found `x`
    "99999999999999999999"
        line 1, column 1: expected an integer of at most 64 bits, found `99999999999999999999`
    "SUBSET {1}"
        line 1, column 1: expected a set with its elements, found `SUBSET {1}`
    "{1, 2\n}} and more text than an error message should ever repeat"
        line 2, column 2: expected the end of the text, found `} and more text than an error …`
    "##);
}

#[test]
fn the_offset_counts_bytes() {
    let error = Value::parse("<<\"é\", ?").err();
    let place = error.map(|error| (error.offset, error.line, error.column));
    assert_eq!(place, Some((8, 1, 8)));
}

#[test]
fn deep_nesting_is_an_error_rather_than_a_stack_overflow() {
    let nested = |depth: usize| format!("{}1{}", "{".repeat(depth), "}".repeat(depth));
    assert!(Value::parse(&nested(150)).is_ok());
    let deep = error(Value::parse(&nested(100_000)));
    assert!(deep.contains("at most 200 levels of brackets"), "{deep}");
    let open = error(Value::parse(&"[a|->(1:><<".repeat(100_000)));
    assert!(open.contains("at most 200 levels of brackets"), "{open}");
}

#[test]
fn a_state_has_each_variable_once_and_nothing_after_it() {
    assert_eq!(parse_state("x = 1"), parse_state("/\\ x = 1\n\n"));
    let report = |text: &str| format!("{text:?}\n    {}\n", error(parse_state(text)));
    let texts = [
        "",
        "/\\ x = 1 /\\ x = 2",
        "x = 1 /\\ y = 2",
        "/\\ x = 1 y = 2",
        "/\\ x 1",
        "/\\ 1 = 1",
        "/\\ x = 1 /\\",
    ];
    insta::assert_snapshot!(texts.map(report).concat(), @r##"
    ""
        line 1, column 1: expected a variable, found the end of the text
    "/\\ x = 1 /\\ x = 2"
        line 1, column 13: expected each variable once, found `x = 2`
    "x = 1 /\\ y = 2"
        line 1, column 7: expected the end of the text, found `/\ y = 2`
    "/\\ x = 1 y = 2"
        line 1, column 10: expected the end of the text, found `y = 2`
    "/\\ x 1"
        line 1, column 6: expected `=`, found `1`
    "/\\ 1 = 1"
        line 1, column 4: expected a variable, found `1 = 1`
    "/\\ x = 1 /\\"
        line 1, column 12: expected a variable, found the end of the text
    "##);
}

/// A state printed by a current TLC, with all difficult cases that are known.
const STATE: &str = r#"/\ owner = p1
/\ f = (p1 :> 2 @@ p2 :> 0 @@ p3 :> 0)
/\ q = << [type |-> "msg", from |-> p1, seq |-> 0],
   [type |-> "msg", from |-> p1, seq |-> 1] >>
/\ s = "a\"b\\c\nd"
/\ misc = [ e |-> {},
  iv |-> 1..3,
  emptyF |-> <<>>,
  intF |-> (1 :> 2 @@ 3 :> 6),
  zf |-> (0 :> TRUE @@ 1 :> TRUE @@ 2 :> TRUE),
  tup |-> <<1, "x", <<>>, {<<1, 2>>}>>,
  neg |-> {-1},
  nest |-> [a |-> [b |-> [c |-> {[d |-> 1], [d |-> 2]}]]],
  fnset |-> {[k |-> 1]},
  mixed |-> (<<1, 2>> :> "v" @@ <<2, 3>> :> "v") ]
/\ recs = { [id |-> 0, who |-> p1, payload |-> <<"p", 0>>, tags |-> {"one", "two"}],
  [id |-> 1, who |-> p1, payload |-> <<"p", 1>>, tags |-> {"one", "two"}] }

"#;

#[test]
fn a_state_recorded_from_tlc_reads_as_it_should() {
    insta::assert_snapshot!(parse_state(STATE).unwrap(), @r##"
    /\ f = (p1 :> 2 @@ p2 :> 0 @@ p3 :> 0)
    /\ misc = [e |-> {}, emptyF |-> <<>>, fnset |-> {[k |-> 1]}, intF |-> (1 :> 2 @@ 3 :> 6), iv |-> {1, 2, 3}, mixed |-> (<<1, 2>> :> "v" @@ <<2, 3>> :> "v"), neg |-> {-1}, nest |-> [a |-> [b |-> [c |-> {[d |-> 1], [d |-> 2]}]]], tup |-> <<1, "x", <<>>, {<<1, 2>>}>>, zf |-> (0 :> TRUE @@ 1 :> TRUE @@ 2 :> TRUE)]
    /\ owner = p1
    /\ q = <<[from |-> p1, seq |-> 0, type |-> "msg"], [from |-> p1, seq |-> 1, type |-> "msg"]>>
    /\ recs = {[id |-> 0, payload |-> <<"p", 0>>, tags |-> {"one", "two"}, who |-> p1], [id |-> 1, payload |-> <<"p", 1>>, tags |-> {"one", "two"}, who |-> p1]}
    /\ s = "a\"b\\c\nd"
    "##);
    insta::assert_snapshot!(error(parse_state(&STATE.replace("TRUE @@ 2", "TRUE @ 2"))), @r##"
    line 10, column 34: expected `@@` or `)`, found `@ 2 :> TRUE),…`
    "##);
}
