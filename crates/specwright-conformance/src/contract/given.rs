//! What a test gives to a call.

use serde_json::{Map, Value};
use specwright_runtime::FromJson;

use super::Broken;

/// The arguments of a call by place and name: `{"path": {…}, "query": {…}, "header": {…}, "cookie": {…}, "querystring": …, "body": …}`, each where it is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given(Map<String, Value>);

impl Given {
    /// Reads the arguments.
    pub(crate) fn read(text: &str) -> Result<Self, Broken> {
        let read = serde_json::from_str::<Map<String, Value>>(text);
        read.map(Self)
            .map_err(|error| Broken::new(format!("the arguments are no JSON object: {error}")))
    }

    /// The arguments of `place`, which is `path`, `query`, `header` or `cookie`.
    pub(crate) fn named(&self, place: &str) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.get(place).and_then(Value::as_object);
        members
            .into_iter()
            .flatten()
            .map(|(name, it)| (name.as_str(), it))
    }

    /// The value of `body` or `querystring`.
    pub(crate) fn whole(&self, place: &str) -> Option<&Value> {
        self.0.get(place)
    }
}

/// A value that a call takes, from its JSON: for types that have no shorter form.
///
/// # Errors
/// If the type does not take it.
pub fn value<T: FromJson>(text: &str) -> Result<T, Broken> {
    specwright_runtime::from_slice(text.as_bytes())
        .map_err(|error| Broken::new(format!("an argument cannot be {text}: {error}")))
}
