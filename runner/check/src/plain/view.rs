//! A state of a plain model as values of TLA+ variables.

use serde::Serialize;
use tandem_models::value::{StateView, to_value};

/// A value that can be seen as values of variables.
pub trait Variables {
    /// The variables by name.
    ///
    /// # Errors
    ///
    /// A sentence, if there are no variables, or a variable contains something that is not a TLA+
    /// value.
    fn variables(&self) -> Result<StateView, String>;
}

impl<T: Serialize> Variables for T {
    fn variables(&self) -> Result<StateView, String> {
        let value = to_value(self).map_err(|error| error.to_string())?;
        let view = StateView::from_record(&value).or_else(|| {
            let pairs = value.as_seq()?.iter().map(|pair| match pair.as_seq()? {
                [name, value] => Some((name.as_str()?, value.clone())),
                _ => None,
            });
            pairs.collect()
        });
        match view {
            Some(view) if !view.is_empty() => Ok(view),
            _ => Err(format!(
                "the view is {value}, which has no variables; write it as a struct with a field for each \
                 variable"
            )),
        }
    }
}
