//! Names: they differ from numbers, are written as numbers, and can be renamed.

use std::collections::{BTreeMap, BTreeSet};

use crate::value::{Name, Renaming, Set, Value, from_value, to_value};

/// A name is a separate kind of value in this crate, and a number everywhere else.
#[test]
fn names_are_told_from_numbers_and_read_from_both() {
    let source = (
        1_u8,
        BTreeMap::from([(Name(1), Set::from([(Name(2), 2_u8)]))]),
    );
    let value = to_value(&source).unwrap();
    let expected = Value::seq([
        Value::from(1),
        Value::function([(
            Value::Name(Name(1)),
            Value::set([Value::seq([Value::Name(Name(2)), Value::from(2)])]),
        )]),
    ]);
    assert_eq!(value, expected);
    assert_eq!(
        value.numbered(),
        Value::parse("<<1, <<{<<2, 2>>}>>>>").unwrap()
    );
    assert_ne!(value, value.numbered());
    assert_eq!(
        to_value(&value).unwrap(),
        value,
        "it stays itself inside a Rust type"
    );
    let read: (u8, BTreeMap<Name, Set<(Name, u8)>>) = from_value(&value).unwrap();
    assert_eq!(read, source);
    assert_eq!(
        from_value::<(u8, Vec<Set<(u8, u8)>>)>(&value.numbered())
            .unwrap()
            .0,
        1
    );
    assert_eq!(from_value::<Name>(&Value::from(3)).unwrap(), Name(3));
    assert_eq!(from_value::<u8>(&Value::Name(Name(3))).unwrap(), 3);
    assert!(from_value::<Name>(&Value::from(-1)).is_err());
    let json = serde_json::to_value((Name(3), &Value::Name(Name(3)))).unwrap();
    assert_eq!(json, serde_json::json!([3, 3]));
}

#[test]
fn to_rename_changes_names_alone() {
    let all = Renaming::all(3);
    assert_eq!(all.len(), 6);
    let given = |renaming: &Renaming| [1, 2, 3, 4].map(|name| renaming.of(Name(name)).0);
    assert_eq!(
        given(&all[0]),
        [1, 2, 3, 4],
        "the first one changes nothing"
    );
    let distinct: BTreeSet<_> = all.iter().map(given).collect();
    assert_eq!(distinct.len(), 6);
    let swap = all
        .iter()
        .find(|renaming| given(renaming) == [2, 1, 3, 4])
        .unwrap();
    let value = to_value(&BTreeMap::from([
        (Name(1), (1_u8, Name(2))),
        (Name(4), (1, Name(1))),
    ]));
    let other = to_value(&BTreeMap::from([
        (Name(2), (1_u8, Name(1))),
        (Name(4), (1, Name(2))),
    ]));
    assert_eq!(value.clone().unwrap().renamed(swap), other.unwrap());
    assert_eq!(
        value.clone().unwrap().renamed(swap).renamed(swap),
        value.unwrap()
    );
}
