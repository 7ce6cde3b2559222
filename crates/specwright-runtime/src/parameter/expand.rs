//! Expansion of a value by its style (RFC 6570, section 3.2.1; OpenAPI, Style Examples).
//!
//! Where the examples of OpenAPI 3.0.3 and RFC 6570 differ, the RFC counts, as OpenAPI 3.0.4 says:
//! `label` without `explode` separates by commas.

use super::text::{cookie_text, reserved_in_path, reserved_in_query};
use super::{Place, Style};
use crate::json::Tree;
use crate::url_encoding::encode;

/// How the parts of a value are put together.
#[derive(Clone, Copy)]
pub(crate) struct Syntax {
    /// What stands in front of all.
    first: &'static str,
    /// Between exploded items.
    separator: &'static str,
    /// Between the items of a value that is not exploded.
    delimiter: &'static str,
    /// Whether each item has the parameter's name.
    named: bool,
    /// What follows a name whose value is empty.
    if_empty: &'static str,
    explode: bool,
    /// `name[key]` for the members of objects.
    deep: bool,
    encode_name: Encode,
    encode: Encode,
}

/// The encoding of one name or value.
type Encode = fn(&str) -> String;

impl Syntax {
    pub(crate) fn of(place: Place, style: Style, explode: bool, allow_reserved: bool) -> Self {
        let (encode_name, encode): (Encode, Encode) = match (place, allow_reserved) {
            (Place::Header, _) => (str::to_owned, str::to_owned),
            (Place::Cookie, _) => (cookie_text, cookie_text),
            (Place::Path, true) => (strict, reserved_in_path),
            (Place::Query, true) => (strict, reserved_in_query),
            (Place::Path | Place::Query, false) => (strict, strict),
        };
        let simple = Self {
            first: "",
            separator: ",",
            delimiter: ",",
            named: false,
            if_empty: "",
            explode,
            deep: false,
            encode_name,
            encode,
        };
        let form = Self {
            separator: if place == Place::Cookie { "; " } else { "&" },
            named: true,
            if_empty: "=",
            ..simple
        };
        match style {
            Style::Simple => simple,
            Style::Label => Self {
                first: ".",
                separator: ".",
                ..simple
            },
            Style::Matrix => Self {
                first: ";",
                separator: ";",
                named: true,
                ..simple
            },
            Style::Form | Style::Cookie => form,
            Style::SpaceDelimited => Self {
                delimiter: "%20",
                ..form
            },
            Style::PipeDelimited => Self {
                delimiter: "%7C",
                ..form
            },
            Style::DeepObject => Self { deep: true, ..form },
        }
    }

    /// The text of `value`, or nothing for null and for empty arrays and objects, which RFC 6570,
    /// section 2.3 calls undefined. Null elements and members are left out; elements and members
    /// that are arrays or objects themselves become JSON text, since no style says anything else.
    pub(crate) fn expand(&self, name: &str, value: &Tree) -> Option<String> {
        let items = match value {
            Tree::Null => return None,
            Tree::Word(text) | Tree::Text(text) => vec![self.item(name, &(self.encode)(text))],
            Tree::Array(_) | Tree::Object(_) if self.deep => self.deep_items(name, value),
            Tree::Array(elements) => {
                let texts = elements.iter().filter_map(Tree::text);
                let texts: Vec<_> = texts.map(|text| (self.encode)(&text)).collect();
                self.array_items(name, &texts)
            }
            Tree::Object(members) => self.object_items(name, members),
        };
        if items.is_empty() {
            return None;
        }
        Some(format!("{}{}", self.first, items.join(self.separator)))
    }

    fn array_items(&self, name: &str, texts: &[String]) -> Vec<String> {
        if self.explode {
            texts.iter().map(|text| self.item(name, text)).collect()
        } else if texts.is_empty() {
            Vec::new()
        } else {
            vec![self.item(name, &texts.join(self.delimiter))]
        }
    }

    fn object_items(&self, name: &str, members: &[(String, Tree)]) -> Vec<String> {
        let texts = members
            .iter()
            .filter_map(|(key, value)| Some(((self.encode_name)(key), value.text()?)));
        let pairs = texts.map(|(key, text)| (key, (self.encode)(&text)));
        if self.explode {
            pairs.map(|(key, text)| self.pair(&key, &text)).collect()
        } else {
            let flat: Vec<_> = pairs.flat_map(<[String; 2]>::from).collect();
            if flat.is_empty() {
                return flat;
            }
            vec![self.item(name, &flat.join(self.delimiter))]
        }
    }

    /// `name[key]=value` for each scalar inside. Arrays of scalars repeat their name, as forms do;
    /// elements that are objects, and those of an array that is the whole value, have their index as
    /// key.
    fn deep_items(&self, name: &str, value: &Tree) -> Vec<String> {
        let mut items = Vec::new();
        if let Tree::Array(elements) = value {
            for (index, element) in elements.iter().enumerate() {
                self.deep(&format!("{name}[{index}]"), element, &mut items);
            }
        } else {
            self.deep(name, value, &mut items);
        }
        items
    }

    fn deep(&self, name: &str, value: &Tree, items: &mut Vec<String>) {
        match value {
            Tree::Null => {}
            Tree::Word(text) | Tree::Text(text) => {
                items.push(self.item(name, &(self.encode)(text)));
            }
            Tree::Object(members) => {
                for (key, value) in members {
                    self.deep(&format!("{name}[{key}]"), value, items);
                }
            }
            Tree::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    match element {
                        Tree::Array(_) | Tree::Object(_) => {
                            self.deep(&format!("{name}[{index}]"), element, items);
                        }
                        scalar => self.deep(name, scalar, items),
                    }
                }
            }
        }
    }

    fn item(&self, name: &str, text: &str) -> String {
        if self.named {
            self.pair(&(self.encode_name)(name), text)
        } else {
            text.to_owned()
        }
    }

    fn pair(&self, name: &str, text: &str) -> String {
        if self.named && text.is_empty() {
            format!("{name}{}", self.if_empty)
        } else {
            format!("{name}={text}")
        }
    }
}

fn strict(text: &str) -> String {
    encode(text).into_owned()
}
