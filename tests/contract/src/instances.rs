//! Instances of schemas.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use crate::Document;

/// How much an instance holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Only what is required.
    Least,
    /// Every property.
    Most,
    /// What this seed says.
    Random(u64),
}

/// Makes instances of schemas, the same ones each time.
#[derive(Debug)]
pub struct Instances<'a> {
    document: &'a Document,
    amount: Amount,
    state: Cell<u64>,
}

const DEEPEST: usize = 9;

impl<'a> Instances<'a> {
    /// Of the schemas of a document.
    #[must_use]
    pub fn new(document: &'a Document, amount: Amount) -> Self {
        let seed = match amount {
            Amount::Random(seed) => seed,
            _ => 0,
        };
        Self {
            document,
            amount,
            state: Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
        }
    }

    /// A number below `bound` (xorshift64).
    fn random(&self, bound: usize) -> usize {
        let mut state = self.state.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.state.set(state);
        usize::try_from(state >> 33).unwrap_or_default() % bound.max(1)
    }

    fn choose(&self, count: usize) -> usize {
        match self.amount {
            Amount::Least => 0,
            Amount::Most => count.saturating_sub(1),
            Amount::Random(_) => self.random(count),
        }
    }

    fn wants(&self) -> bool {
        match self.amount {
            Amount::Least => false,
            Amount::Most => true,
            Amount::Random(_) => self.random(2) == 0,
        }
    }

    /// What a response may hold.
    #[must_use]
    pub fn received(&self, schema: &Value) -> Option<Value> {
        self.of(schema, 0, true)
    }

    fn of(&self, node: &Value, depth: usize, descend: bool) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let schema = self.document.resolve(node);
        if let Some(name) = node.get("$ref").and_then(Value::as_str)
            && descend
            && let Some(child) = self.descendant(name, schema, depth)
        {
            return Some(child);
        }
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        let null = match self.amount {
            Amount::Least => nullable,
            Amount::Most => false,
            Amount::Random(_) => nullable && self.random(4) == 0,
        };
        if null {
            return Some(Value::Null);
        }
        let mut whole = self.own(schema, depth)?;
        for part in list(schema, "allOf") {
            let mut part = self.of(part, depth + 1, false)?;
            // A base may be null by itself, and not as a part.
            if part.is_null() {
                part = json!({});
            }
            whole = merged(whole, part);
        }
        for keyword in ["oneOf", "anyOf"] {
            let members = list(schema, keyword);
            if !members.is_empty() {
                whole = merged(whole, self.member(schema, members, depth)?);
            }
        }
        Some(whole)
    }

    /// One of the components that extend a base with a discriminator.
    fn descendant(&self, name: &str, schema: &Value, depth: usize) -> Option<Value> {
        let discriminator = schema.get("discriminator")?;
        if !list(schema, "oneOf").is_empty() || !list(schema, "anyOf").is_empty() {
            return None;
        }
        let all = self.document.components.get("schemas")?.as_object()?;
        let base = json!({ "$ref": name });
        let children: Vec<&String> = all
            .iter()
            .filter(|(_, it)| list(it, "allOf").contains(&base))
            .map(|(name, _)| name)
            .collect();
        let child = children.get(self.choose(children.len()))?;
        let reference = format!("#/components/schemas/{child}");
        let mut object = self.of(&json!({ "$ref": reference }), depth + 1, true)?;
        tag(&mut object, discriminator, child);
        Some(object)
    }

    fn member(&self, schema: &Value, members: &[Value], depth: usize) -> Option<Value> {
        let first = self.choose(members.len());
        // Another one where the chosen one has no end.
        let order = (0..members.len()).map(|it| (first + it) % members.len());
        for index in order {
            let Some(node) = members.get(index) else {
                continue;
            };
            let Some(mut value) = self.of(node, depth + 1, true) else {
                continue;
            };
            if let Some(discriminator) = schema.get("discriminator")
                && let Some(name) = node.get("$ref").and_then(Value::as_str)
            {
                tag(&mut value, discriminator, name.rsplit('/').next()?);
            }
            return Some(value);
        }
        None
    }

    /// What the schema says apart from compositions.
    fn own(&self, schema: &Value, depth: usize) -> Option<Value> {
        let values = list(schema, "enum");
        if !values.is_empty() {
            return values.get(self.choose(values.len())).cloned();
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => Some(self.text(schema).into()),
            Some("integer") => {
                let (low, high) = range(schema);
                Some(self.within(low.ceil(), high.floor(), 1.0))
            }
            Some("number") => {
                let (low, high) = range(schema);
                Some(self.within(low, high, 0.5))
            }
            Some("boolean") => Some(self.wants().into()),
            Some("array") => self.array(schema, depth),
            Some("object") => self.object(schema, depth),
            _ if schema.get("properties").is_some() => self.object(schema, depth),
            _ => {
                let composed = ["allOf", "oneOf", "anyOf"];
                let composed = composed.iter().any(|it| !list(schema, it).is_empty());
                Some(if composed {
                    json!({})
                } else {
                    json!({ "any": [1, "a"] })
                })
            }
        }
    }

    fn within(&self, low: f64, high: f64, step: f64) -> Value {
        let wished = match self.amount {
            Amount::Least => low,
            Amount::Most => high,
            Amount::Random(_) => low + step * f64::from(u32::try_from(self.random(20)).unwrap()),
        };
        let number = wished.clamp(low, high);
        if step < 1.0 {
            return number.into();
        }
        // Bounds are small enough to be exact.
        format!("{number:.0}")
            .parse::<i64>()
            .unwrap_or_default()
            .into()
    }

    fn text(&self, schema: &Value) -> String {
        let number = self.random(90) + 10;
        let plain = match schema
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default()
        {
            "date-time" => format!("2024-05-06T07:08:{:02}Z", number % 60),
            "local-date-time" => format!("2024-05-06 07:08:{:02}", number % 60),
            "date" => "2024-05-06".to_owned(),
            "time" => "07:08:09Z".to_owned(),
            "duration" => "P1DT2H".to_owned(),
            "uuid" => format!("00000000-0000-4000-8000-0000000000{number}"),
            "uri" | "url" => format!("https://example.com/{number}"),
            "email" => format!("a{number}@example.com"),
            "byte" => "aGVsbG8=".to_owned(),
            _ => format!("text {number} é\"\\\n"),
        };
        if let Some(example) = ["example", "default"]
            .iter()
            .find_map(|it| schema.get(*it)?.as_str())
            && schema.get("pattern").is_some()
        {
            return example.to_owned();
        }
        let least = schema
            .get("minLength")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let most = schema
            .get("maxLength")
            .and_then(Value::as_u64)
            .unwrap_or(200);
        let missing = usize::try_from(least)
            .unwrap()
            .saturating_sub(plain.chars().count());
        let padded = plain + &"x".repeat(missing);
        padded
            .chars()
            .take(usize::try_from(most).unwrap())
            .collect()
    }

    fn array(&self, schema: &Value, depth: usize) -> Option<Value> {
        let items = schema.get("items");
        if schema.get("x-specwright-tuple").is_some() {
            let elements = list(items?, "anyOf").iter();
            return elements.map(|it| self.of(it, depth + 1, true)).collect();
        }
        let least = schema
            .get("minItems")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let count = least.max(match self.amount {
            Amount::Least => 0,
            Amount::Most => 2,
            Amount::Random(_) => self.random(3) as u64,
        });
        let any = json!({});
        let items: Option<Vec<Value>> = (0..count)
            .map(|_| self.of(items.unwrap_or(&any), depth + 1, true))
            .collect();
        match items {
            Some(items) => Some(items.into()),
            None if least == 0 => Some(json!([])),
            None => None,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let resolved = self.document.resolve(property);
            if resolved.get("writeOnly") == Some(&Value::Bool(true)) {
                continue;
            }
            let required = list(schema, "required").iter().any(|it| it == name);
            if !required && !self.wants() {
                continue;
            }
            match self.of(property, depth + 1, true) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if required => return None,
                None => {}
            }
        }
        let additional = schema
            .get("additionalProperties")
            .filter(|it| **it != Value::Bool(false));
        if additional.is_some() && self.wants() {
            let any = json!({});
            let values = additional.filter(|it| it.is_object()).unwrap_or(&any);
            if let Some(value) = self.of(values, depth + 1, true) {
                object.insert("an extra key".to_owned(), value);
            }
        }
        Some(object.into())
    }
}

/// Gives an object the value of the discriminator that stands for a component, unless it has one.
fn tag(value: &mut Value, discriminator: &Value, name: &str) {
    let (Some(object), Some(property)) = (
        value.as_object_mut(),
        discriminator.get("propertyName").and_then(Value::as_str),
    ) else {
        return;
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().filter(|(_, target)| {
        let target = target.as_str().unwrap_or_default();
        target.rsplit('/').next() == Some(name)
    });
    let tags: Vec<&str> = mapped.map(|(value, _)| value.as_str()).collect();
    let known = object.get(property).and_then(Value::as_str);
    if known.is_some_and(|it| tags.contains(&it)) {
        return;
    }
    object.insert(property.to_owned(), (*tags.first().unwrap_or(&name)).into());
}

/// Objects become one, with the members of the second where both have one.
fn merged(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut first), Value::Object(second)) => {
            for (key, value) in second {
                let before = first.remove(&key).unwrap_or(Value::Null);
                first.insert(key, merged(before, value));
            }
            first.into()
        }
        (_, second) => second,
    }
}

fn range(schema: &Value) -> (f64, f64) {
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let low = bound("minimum").unwrap_or(-7.0).max(-1e9);
    let high = bound("maximum").unwrap_or(low.max(0.0) + 1000.0).min(1e9);
    let unsigned = schema
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|it| it.starts_with("uint"));
    let low = if unsigned { low.max(0.0) } else { low };
    let low = if bound("minimum").is_none() {
        low.min(high)
    } else {
        low
    };
    (low, high)
}

/// The list that a keyword has, or none.
pub(crate) fn list<'v>(schema: &'v Value, keyword: &str) -> &'v [Value] {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
