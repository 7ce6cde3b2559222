//! The query of a request, parameter by parameter.

use crate::url_encoding::encode;

/// What each parameter contributes, in the order in which they were first set.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    /// The parameter's name; empty for what is set as a whole.
    name: &'static str,
    /// The encoded pairs; empty for a parameter without values.
    pairs: String,
    /// The value before encoding, if it is a single one.
    value: Option<String>,
}

impl Query {
    /// Sets a single value.
    pub(super) fn set_value(&mut self, name: &'static str, value: String) {
        let pair = pair(name, &value);
        self.set(name, pair, Some(value));
    }

    /// Sets a value for each repetition of the parameter.
    pub(super) fn set_values(&mut self, name: &'static str, mut values: Vec<String>) {
        let pairs: Vec<_> = values.iter().map(|value| pair(name, value)).collect();
        let first = if values.is_empty() {
            None
        } else {
            Some(values.swap_remove(0))
        };
        self.set(name, pairs.join("&"), first);
    }

    /// Sets encoded pairs, and the value they stand for if it is a single one.
    pub(super) fn set(&mut self, name: &'static str, pairs: String, value: Option<String>) {
        let part = Part { name, pairs, value };
        match self.parts.iter_mut().find(|part| part.name == name) {
            Some(set) => *set = part,
            None => self.parts.push(part),
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.parts.retain(|part| part.name != name);
    }

    /// The first value of a parameter, before encoding.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        part.value.as_deref()
    }

    /// The pairs in the order of the parameters' names.
    pub(super) fn sorted(&self) -> String {
        let mut parts: Vec<_> = self.parts.iter().collect();
        parts.sort_by_key(|part| part.name);
        let pairs: Vec<_> = parts.into_iter().map(|part| part.pairs.as_str()).collect();
        pairs.join("&")
    }

    /// The whole query, without its question mark.
    pub(super) fn encoded(&self) -> String {
        let pairs = self.parts.iter().map(|part| part.pairs.as_str());
        let pairs: Vec<_> = pairs.filter(|pairs| !pairs.is_empty()).collect();
        pairs.join("&")
    }
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_keep_their_place_and_the_last_value_counts() {
        let mut query = Query::default();
        query.set_value("a b", "1".to_owned());
        query.set_values("list", vec!["x".to_owned(), "y&".to_owned()]);
        query.set("styled", "k=v&l=w".to_owned(), None);
        query.set_value("a b", "2".to_owned());
        assert_eq!(query.encoded(), "a%20b=2&list=x&list=y%26&k=v&l=w");
        assert_eq!(
            (query.value("a b"), query.value("list")),
            (Some("2"), Some("x"))
        );
        assert_eq!((query.value("styled"), query.value("k")), (None, None));
        query.set_values("list", vec![]);
        query.remove("styled");
        assert_eq!(query.encoded(), "a%20b=2");
    }
}
