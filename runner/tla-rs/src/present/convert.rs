//! Converts values of `tla-checker` into Tandem's values.

use tandem_models::value::Value;
use tla_checker::ast::Value as Theirs;

/// The value; `None` if it is an infinite set, which a Tandem state cannot contain.
pub(crate) fn value(theirs: &Theirs) -> Option<Value> {
    Some(match theirs {
        Theirs::Bool(truth) => Value::bool(*truth),
        Theirs::Int(number) => Value::int(*number),
        Theirs::Str(text) => Value::str(text),
        Theirs::Model(name) => Value::model(name),
        Theirs::Set(elements) => {
            Value::set(elements.iter().map(value).collect::<Option<Vec<_>>>()?)
        }
        Theirs::Tuple(elements) => {
            Value::seq(elements.iter().map(value).collect::<Option<Vec<_>>>()?)
        }
        Theirs::Fn(map) => {
            let pairs = map
                .iter()
                .map(|(argument, of)| Some((value(argument)?, value(of)?)));
            Value::function(pairs.collect::<Option<Vec<_>>>()?)
        }
        Theirs::Record(fields) => {
            let pairs = fields
                .iter()
                .map(|(field, of)| Some((field.clone(), value(of)?)));
            Value::record(pairs.collect::<Option<Vec<_>>>()?)
        }
        Theirs::IntSet(_) => return None,
    })
}
