//! What a test gives to a call.

use serde_json::{Map, Value};
use specwright_runtime::FromJson;

use super::Broken;

/// The arguments of a call by place and name, as JSON.
///
/// `{"path": {…}, "query": {…}, "header": {…}, "cookie": {…}, "querystring": …, "body": …}`, each where it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Given(Map<String, Value>);

impl Given {
    /// Reads the arguments.
    ///
    /// # Errors
    /// If the text is no JSON object.
    pub fn read(text: &str) -> Result<Self, Broken> {
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

    /// The argument `name` of `place` as the type that a call takes.
    ///
    /// # Errors
    /// If it is not there, or the type does not take it.
    pub fn value<T: FromJson>(&self, place: &str, name: &str) -> Result<T, Broken> {
        let value = self.0.get(place).and_then(|it| it.get(name));
        decoded(value, &format!("{place} `{name}`"))
    }

    /// The body, or the whole query, as the type that a call takes.
    ///
    /// # Errors
    /// If it is not there, or the type does not take it.
    pub fn all_of<T: FromJson>(&self, place: &str) -> Result<T, Broken> {
        decoded(self.0.get(place), place)
    }
}

fn decoded<T: FromJson>(value: Option<&Value>, what: &str) -> Result<T, Broken> {
    let missing = || Broken::new(format!("the test gives no {what}"));
    let text = value.ok_or_else(missing)?.to_string();
    specwright_runtime::from_slice(text.as_bytes()).map_err(|error| {
        Broken::new(format!(
            "the type of the {what} does not take {text}: {error}"
        ))
    })
}
