//! Values for arguments, by the schemas of the normal form: the same for the same document.

use specwright_openapi::Json;

use super::texts::{self, Texts};

type Object = serde_json::Map<String, Json>;

/// How deep values go: what is optional below is left out.
const DEEPEST: usize = 4;

/// How deep a schema may lead into others before it is given up.
const MOST_STEPS: usize = 24;

/// How much of what is optional a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// Nothing.
    Least,
    /// Everything.
    Full,
}

/// Chooses values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chooser<'d> {
    /// The normal form as JSON.
    pub(super) root: &'d Json,
    pub(super) amount: Amount,
    /// What texts may hold.
    pub(super) texts: Texts,
    /// Whether objects hold scalars only, and arrays at least one item: what can be written in a URL.
    pub(super) is_flat: bool,
}

impl<'d> Chooser<'d> {
    /// A value of the schema; `None` if none is found that surely fits.
    pub(super) fn value(&self, schema: &'d Json) -> Option<Json> {
        self.at(schema, 0, MOST_STEPS)
    }

    /// The schema behind references, with the name of the component.
    fn resolve(&self, schema: &'d Json) -> Option<(&'d Object, Option<&'d str>)> {
        let mut schema = schema.as_object()?;
        let mut name = None;
        for _ in 0..MOST_STEPS {
            let Some(reference) = schema.get("$ref").and_then(Json::as_str) else {
                return Some((schema, name));
            };
            name = name.or_else(|| reference.rsplit('/').next());
            let pointer = reference.strip_prefix('#')?;
            schema = self.root.pointer(pointer)?.as_object()?;
        }
        None
    }

    fn at(&self, schema: &'d Json, depth: usize, steps: usize) -> Option<Json> {
        let steps = steps.checked_sub(1)?;
        let (schema, name) = self.resolve(schema)?;
        let known = self.known(schema);
        if known.is_some() {
            return known;
        }
        let mut value = self.own(schema, depth, steps)?;
        for part in list(schema, "allOf") {
            let part = self.at(part, depth, steps)?;
            value = merged(value, Some(part))?;
        }
        for keyword in ["oneOf", "anyOf"] {
            if !list(schema, keyword).is_empty() {
                value = merged(value, self.variant(schema, keyword, depth, steps))?;
            }
        }
        if let (Json::Object(members), Some(name)) = (&mut value, name) {
            self.tag(members, schema, name, steps);
        }
        match value {
            Json::Null if list(schema, "allOf").is_empty() => self.anything(schema),
            Json::Null => None,
            value => Some(value),
        }
    }

    /// A value that the document names: a member of an `enum`, an example, a default.
    fn known(&self, schema: &Object) -> Option<Json> {
        let all: Vec<&Json> = list(schema, "enum")
            .iter()
            .filter(|it| !it.is_null() && !self.is_hidden(it))
            .collect();
        if !all.is_empty() {
            let chosen = match self.amount {
                Amount::Least => all.first(),
                Amount::Full => all.last(),
            };
            return chosen.map(|it| (*it).clone());
        }
        // What is free is filled with what is hard to write; examples and defaults are for what is not.
        let is_free = texts::is_free(schema) && self.amount == Amount::Full;
        let named = ["example", "default"]
            .into_iter()
            .filter_map(|it| schema.get(it));
        named
            .filter(|_| !is_free)
            .find(|it| fits(schema, it) && !self.is_hidden(it))
            .cloned()
    }

    /// An empty text cannot be told from nothing in a URL.
    fn is_hidden(&self, value: &Json) -> bool {
        self.is_flat && value.as_str().is_some_and(str::is_empty)
    }

    /// A value by the keywords of the schema itself; null if they ask for nothing.
    fn own(&self, schema: &'d Object, depth: usize, steps: usize) -> Option<Json> {
        let kind = schema.get("type").and_then(Json::as_str);
        match kind {
            Some("string") => self.texts.value(schema, self.amount).map(Json::String),
            Some("integer") => integer(schema, self.amount).map(Json::from),
            Some("number") => number(schema, self.amount).map(Json::from),
            Some("boolean") => Some(Json::Bool(self.amount == Amount::Full)),
            Some("array") => self.array(schema, depth, steps),
            Some("object") => self.object(schema, depth, steps),
            _ if schema.contains_key("properties") => self.object(schema, depth, steps),
            _ if schema.contains_key("items") => self.array(schema, depth, steps),
            _ => Some(Json::Null),
        }
    }

    /// A value where a schema says nothing at all.
    fn anything(&self, schema: &Object) -> Option<Json> {
        let is_bare = !["not", "oneOf", "anyOf"]
            .iter()
            .any(|it| schema.contains_key(*it));
        is_bare.then(|| Json::from("anything"))
    }

    fn array(&self, schema: &'d Object, depth: usize, steps: usize) -> Option<Json> {
        let bound = |keyword| schema.get(keyword).and_then(Json::as_u64);
        let least = bound("minItems").unwrap_or(0).max(u64::from(self.is_flat));
        let wished = match self.amount {
            Amount::Least => least,
            Amount::Full if depth > DEEPEST => least,
            Amount::Full => least.max(2).min(bound("maxItems").unwrap_or(2)),
        };
        if wished == 0 || least > 20 {
            return (least <= 20).then(|| Json::Array(Vec::new()));
        }
        let Some(item) = schema.get("items") else {
            return Some(Json::Array(vec![
                Json::from("item");
                usize::try_from(wished).ok()?
            ]));
        };
        let first = self.at(item, depth + 1, steps)?;
        if self.is_flat && (first.is_array() || first.is_object()) {
            return None;
        }
        let is_unique = schema.get("uniqueItems") == Some(&Json::Bool(true));
        if wished > 1 && is_unique {
            let (item, _) = self.resolve(item)?;
            let mut all = list(item, "enum").to_vec();
            all.truncate(usize::try_from(wished).ok()?);
            let enough = all.len() as u64 >= least.max(1);
            return match enough {
                true => Some(Json::Array(all)),
                false => (least <= 1).then(|| Json::Array(vec![first])),
            };
        }
        Some(Json::Array(vec![first; usize::try_from(wished).ok()?]))
    }

    fn object(&self, schema: &'d Object, depth: usize, steps: usize) -> Option<Json> {
        let required: Vec<&str> = list(schema, "required")
            .iter()
            .filter_map(Json::as_str)
            .collect();
        let properties = schema.get("properties").and_then(Json::as_object);
        let mut members = Object::new();
        for (name, property) in properties.into_iter().flatten() {
            let is_required = required.contains(&name.as_str());
            let resolved = self.resolve(property).map(|(it, _)| it);
            let is_read_only =
                resolved.is_some_and(|it| it.get("readOnly") == Some(&Json::Bool(true)));
            let is_wanted = self.amount == Amount::Full && depth < DEEPEST;
            if is_read_only || !(is_required || is_wanted) {
                continue;
            }
            let value = self.at(property, depth + 1, steps);
            let is_nested = |it: &Json| self.is_flat && (it.is_array() || it.is_object());
            match value.filter(|it| !is_nested(it)) {
                Some(value) => drop(members.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required
            .iter()
            .filter(|it| properties.is_none_or(|all| !all.contains_key(**it)))
        {
            members.insert((*name).to_owned(), Json::from("required"));
        }
        let least = schema
            .get("minProperties")
            .and_then(Json::as_u64)
            .unwrap_or(0);
        let further = schema
            .get("additionalProperties")
            .filter(|it| it.is_object());
        let is_map = self.amount == Amount::Full && properties.is_none_or(Object::is_empty);
        if let Some(further) = further.filter(|_| is_map || (members.len() as u64) < least)
            && depth < DEEPEST
            && let Some(value) = self.at(further, depth + 1, steps)
            && !(self.is_flat && (value.is_array() || value.is_object()))
        {
            members.insert("key".to_owned(), value);
        }
        ((members.len() as u64) >= least).then_some(Json::Object(members))
    }

    /// A value of one of several schemas: of the first that has one, or of the last.
    fn variant(
        &self,
        schema: &'d Object,
        keyword: &str,
        depth: usize,
        steps: usize,
    ) -> Option<Json> {
        let mut variants: Vec<&Json> = list(schema, keyword).iter().collect();
        if self.amount == Amount::Full {
            variants.reverse();
        }
        // Values that have everything are less likely to be of another variant too.
        let full = Self {
            amount: if depth < DEEPEST {
                Amount::Full
            } else {
                self.amount
            },
            ..*self
        };
        variants.into_iter().find_map(|variant| {
            let mut value = full.at(variant, depth, steps)?;
            if let Json::Object(members) = &mut value
                && let Some((_, Some(name))) = self.resolve(variant)
            {
                tag_by(members, schema, name);
            }
            Some(value)
        })
    }

    /// Gives an object the tag by which the schema, or one that it consists of, tells it from others.
    fn tag(&self, members: &mut Object, schema: &'d Object, name: &str, steps: usize) {
        tag_by(members, schema, name);
        let Some(steps) = steps.checked_sub(1) else {
            return;
        };
        for part in list(schema, "allOf") {
            if let Some((part, _)) = self.resolve(part) {
                self.tag(members, part, name, steps);
            }
        }
    }
}

/// The value of a discriminator for the component `name` (OAS 3.0.3, Discriminator Object).
fn tag_by(members: &mut Object, schema: &Object, name: &str) {
    let Some(discriminator) = schema.get("discriminator") else {
        return;
    };
    let Some(property) = discriminator.get("propertyName").and_then(Json::as_str) else {
        return;
    };
    let mapping = discriminator.get("mapping").and_then(Json::as_object);
    let mut keys = mapping.into_iter().flatten().filter(|(_, target)| {
        let target = target.as_str().unwrap_or_default();
        target == name || target.rsplit('/').next() == Some(name)
    });
    let tag = keys.next().map_or(name, |(key, _)| key);
    members.insert(property.to_owned(), Json::from(tag));
}

/// The elements under a keyword.
fn list<'d>(schema: &'d Object, keyword: &str) -> &'d [Json] {
    let found = schema.get(keyword).and_then(Json::as_array);
    found.map(Vec::as_slice).unwrap_or_default()
}

/// Two values as one: the members of both objects, or the one that is there.
fn merged(one: Json, other: Option<Json>) -> Option<Json> {
    match (one, other?) {
        (Json::Null, other) => Some(other),
        (one, Json::Null) => Some(one),
        (Json::Object(mut one), Json::Object(other)) => {
            for (name, value) in other {
                one.entry(name).or_insert(value);
            }
            Some(Json::Object(one))
        }
        (one, other) => (one == other
            || std::mem::discriminant(&one) == std::mem::discriminant(&other))
        .then_some(other),
    }
}

/// Whether a value that the document names is of the type and within the bounds.
fn fits(schema: &Object, value: &Json) -> bool {
    match schema.get("type").and_then(Json::as_str) {
        Some("string") => value
            .as_str()
            .is_some_and(|it| texts::is_long_enough(schema, it)),
        Some("integer") => value
            .as_i64()
            .is_some_and(|it| is_within(schema, it as f64)),
        Some("number") => value.as_f64().is_some_and(|it| is_within(schema, it)),
        Some("boolean") => value.is_boolean(),
        _ => false,
    }
}

fn is_within(schema: &Object, value: f64) -> bool {
    let bound = |keyword| schema.get(keyword).and_then(Json::as_f64);
    let is_open = |keyword| schema.get(keyword) == Some(&Json::Bool(true));
    let above = bound("minimum").is_none_or(|least| match is_open("exclusiveMinimum") {
        true => value > least,
        false => value >= least,
    });
    let below = bound("maximum").is_none_or(|most| match is_open("exclusiveMaximum") {
        true => value < most,
        false => value <= most,
    });
    let even = bound("multipleOf").is_none_or(|step| (value / step).fract() == 0.0);
    above && below && even
}

fn integer(schema: &Object, amount: Amount) -> Option<i64> {
    let bound = |keyword| {
        schema
            .get(keyword)
            .and_then(Json::as_f64)
            .map(|it| it as i64)
    };
    let (least, most) = (bound("minimum"), bound("maximum"));
    let step = bound("multipleOf");
    let near = [
        least,
        least.map(|it| it + 1),
        most,
        most.map(|it| it - 1),
        step,
    ];
    let wished = match amount {
        Amount::Least => 1,
        Amount::Full => 7,
    };
    let mut all = [Some(wished), Some(0)].into_iter().chain(near).flatten();
    all.find(|it| is_within(schema, *it as f64))
}

fn number(schema: &Object, amount: Amount) -> Option<f64> {
    let bound = |keyword| schema.get(keyword).and_then(Json::as_f64);
    let (least, most) = (bound("minimum"), bound("maximum"));
    let between = least
        .zip(most)
        .map(|(least, most)| f64::midpoint(least, most));
    let near = [
        least.map(|it| it + 0.5),
        most.map(|it| it - 0.5),
        between,
        least,
        most,
        bound("multipleOf"),
    ];
    let wished = match amount {
        Amount::Least => 1.0,
        Amount::Full => 2.5,
    };
    let mut all = [Some(wished), Some(0.0)].into_iter().chain(near).flatten();
    all.find(|it| is_within(schema, *it))
}
