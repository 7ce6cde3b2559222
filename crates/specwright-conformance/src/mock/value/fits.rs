//! Whether a value fits a schema of the normal form.
//!
//! For choosing between candidates while values are made: what cannot be told in bounded work fits.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use specwright_openapi::{
    Description, Number,
    openapiv3::{
        AdditionalProperties, AnySchema, IntegerFormat, ReferenceOr, Schema, SchemaData,
        SchemaKind, Type, VariantOrUnknownOrEmpty,
    },
};

use super::{
    check,
    limits::Limits,
    shape::{is_hidden, patterns, prefix},
};
use crate::schema::{Direction, formats::fits_number};

/// How many schemas one check looks at.
const STEPS: usize = 50_000;

/// How deep schemas are composed and values nest.
const DEEPEST: usize = 80;

/// Checks one value.
pub(crate) struct Fits<'a> {
    description: &'a Description,
    direction: Direction,
    steps: usize,
}

/// What is said of objects.
struct Members<'s> {
    properties: &'s IndexMap<String, ReferenceOr<Box<Schema>>>,
    required: &'s [String],
    additional: Option<&'s AdditionalProperties>,
    least: Option<usize>,
    most: Option<usize>,
}

/// What is said of arrays.
struct Elements<'s> {
    items: Option<&'s ReferenceOr<Box<Schema>>>,
    least: Option<usize>,
    most: Option<usize>,
    unique: bool,
}

/// What is said of numbers: bounds with whether they are excluded.
struct Bounds {
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
    multiple: Option<f64>,
}

impl<'a> Fits<'a> {
    pub(crate) fn new(description: &'a Description, direction: Direction) -> Self {
        Self {
            description,
            direction,
            steps: STEPS,
        }
    }

    /// Whether the value fits all of the schemas.
    pub(crate) fn all(&mut self, value: &Value, schemas: &[&Schema]) -> bool {
        schemas.iter().all(|schema| self.one(value, schema, 0))
    }

    fn node(&mut self, value: &Value, node: &ReferenceOr<Schema>, depth: usize) -> bool {
        let found = self.description.resolve(node);
        found.is_none_or(|it| self.one(value, it.object, depth + 1))
    }

    fn boxed(&mut self, value: &Value, node: &ReferenceOr<Box<Schema>>, depth: usize) -> bool {
        let found = self.description.resolve_boxed(node);
        found.is_none_or(|it| self.one(value, it.object, depth + 1))
    }

    fn one(&mut self, value: &Value, schema: &Schema, depth: usize) -> bool {
        if depth > DEEPEST || self.steps == 0 {
            return true;
        }
        self.steps -= 1;
        if value.is_null() && schema.schema_data.nullable {
            return true;
        }
        match &schema.schema_kind {
            SchemaKind::Type(kind) => self.typed(value, kind, &schema.schema_data, depth),
            SchemaKind::OneOf { one_of } => self.exactly_one(value, one_of, depth),
            SchemaKind::AnyOf { any_of } => any_of.iter().any(|it| self.node(value, it, depth)),
            SchemaKind::AllOf { all_of } => all_of.iter().all(|it| self.node(value, it, depth)),
            SchemaKind::Not { not } => !self.node(value, not, depth),
            SchemaKind::Any(any) => self.any(value, any, &schema.schema_data, depth),
        }
    }

    fn exactly_one(&mut self, value: &Value, of: &[ReferenceOr<Schema>], depth: usize) -> bool {
        let fitting = of.iter().filter(|it| self.node(value, it, depth)).take(2);
        fitting.count() == 1
    }

    fn typed(&mut self, value: &Value, kind: &Type, data: &SchemaData, depth: usize) -> bool {
        match (kind, value) {
            (Type::String(string), Value::String(text)) => {
                let mut limits = Limits::default();
                limits.add_string(string);
                limits.permits(text) && listed(&string.enumeration, |it| it == text)
            }
            (Type::Number(number), Value::Number(_)) => {
                let bounds = Bounds {
                    low: number.minimum.map(|it| (it, number.exclusive_minimum)),
                    high: number.maximum.map(|it| (it, number.exclusive_maximum)),
                    multiple: number.multiple_of,
                };
                bounds.permit(value)
                    && listed(&number.enumeration, |it| value.as_f64() == Some(*it))
            }
            (Type::Integer(integer), Value::Number(_)) => {
                let bounds = Bounds {
                    low: integer
                        .minimum
                        .map(|it| (it as f64, integer.exclusive_minimum)),
                    high: integer
                        .maximum
                        .map(|it| (it as f64, integer.exclusive_maximum)),
                    multiple: integer.multiple_of.map(|it| it as f64),
                };
                is_integer(value)
                    && bounds.permit(value)
                    && format_of(&integer.format).is_none_or(|it| in_width(value, it))
                    && listed(&integer.enumeration, |it| {
                        value.as_f64() == Some(*it as f64)
                    })
            }
            (Type::Boolean(boolean), Value::Bool(value)) => {
                listed(&boolean.enumeration, |it| it == value)
            }
            (Type::Array(array), Value::Array(values)) => {
                let said = Elements {
                    items: array.items.as_ref(),
                    least: array.min_items,
                    most: array.max_items,
                    unique: array.unique_items,
                };
                self.elements(values, &said, data, depth)
            }
            (Type::Object(object), Value::Object(values)) => {
                let said = Members {
                    properties: &object.properties,
                    required: &object.required,
                    additional: object.additional_properties.as_ref(),
                    least: object.min_properties,
                    most: object.max_properties,
                };
                self.members(values, &said, data, depth)
            }
            _ => false,
        }
    }

    fn any(&mut self, value: &Value, any: &AnySchema, data: &SchemaData, depth: usize) -> bool {
        if !any.typ.as_deref().is_none_or(|name| has_type(value, name)) {
            return false;
        }
        if !any.enumeration.is_empty() && !any.enumeration.iter().any(|it| same(it, value)) {
            return false;
        }
        let own = match value {
            Value::String(text) => {
                let mut limits = Limits::default();
                limits.add_any(any);
                limits.permits(text)
            }
            Value::Number(_) => {
                let bounds = Bounds {
                    low: any
                        .minimum
                        .map(|it| (it, any.exclusive_minimum.unwrap_or_default())),
                    high: any
                        .maximum
                        .map(|it| (it, any.exclusive_maximum.unwrap_or_default())),
                    multiple: any.multiple_of,
                };
                bounds.permit(value) && any.format.as_deref().is_none_or(|it| in_width(value, it))
            }
            Value::Array(values) => {
                let said = Elements {
                    items: any.items.as_ref(),
                    least: any.min_items,
                    most: any.max_items,
                    unique: any.unique_items.unwrap_or_default(),
                };
                self.elements(values, &said, data, depth)
            }
            Value::Object(values) => {
                let said = Members {
                    properties: &any.properties,
                    required: &any.required,
                    additional: any.additional_properties.as_ref(),
                    least: any.min_properties,
                    most: any.max_properties,
                };
                self.members(values, &said, data, depth)
            }
            Value::Null | Value::Bool(_) => true,
        };
        own && any.all_of.iter().all(|it| self.node(value, it, depth))
            && (any.any_of.is_empty() || any.any_of.iter().any(|it| self.node(value, it, depth)))
            && (any.one_of.is_empty() || self.exactly_one(value, &any.one_of, depth))
            && !any
                .not
                .as_ref()
                .is_some_and(|not| self.node(value, not, depth))
    }

    fn elements(
        &mut self,
        values: &[Value],
        said: &Elements<'_>,
        data: &SchemaData,
        depth: usize,
    ) -> bool {
        let count = values.len();
        if said.least.is_some_and(|least| count < least)
            || said.most.is_some_and(|most| count > most)
            || said.unique && !all_differ(values)
        {
            return false;
        }
        let Some(items) = said.items else { return true };
        let prefix = prefix(self.description, data, items);
        values.iter().enumerate().all(|(index, value)| {
            match prefix.and_then(|members| members.get(index).or(members.last())) {
                Some(node) => self.node(value, node, depth),
                None => self.boxed(value, items, depth),
            }
        })
    }

    fn members(
        &mut self,
        values: &Map<String, Value>,
        said: &Members<'_>,
        data: &SchemaData,
        depth: usize,
    ) -> bool {
        if said.least.is_some_and(|least| values.len() < least)
            || said.most.is_some_and(|most| values.len() > most)
        {
            return false;
        }
        let present = said.required.iter().all(|name| {
            let schema = said.properties.get(name);
            let schema = schema.and_then(|node| self.description.resolve_boxed(node));
            values.contains_key(name)
                || schema.is_some_and(|it| is_hidden(it.object, self.direction))
        });
        let patterns: Vec<&str> = patterns(data).collect();
        present
            && values.iter().all(|(name, value)| {
                let declared = said.properties.get(name);
                let fits = declared.is_none_or(|node| self.boxed(value, node, depth));
                fits && self.undeclared((name, value), declared.is_some(), said, &patterns, depth)
            })
    }

    /// Whether a property fits what is said of those that are not declared by name.
    fn undeclared(
        &mut self,
        (name, value): (&str, &Value),
        declared: bool,
        said: &Members<'_>,
        patterns: &[&str],
        depth: usize,
    ) -> bool {
        let Some(additional) = said.additional else {
            return true;
        };
        let AdditionalProperties::Schema(schema) = additional else {
            return declared || *additional == AdditionalProperties::Any(true);
        };
        if patterns.is_empty() {
            return declared || self.node(value, schema, depth);
        }
        let (of_patterns, rest) = split(schema, patterns.len());
        let mut matched = declared;
        for (pattern, node) in patterns.iter().zip(of_patterns) {
            if check::matches(name, pattern).unwrap_or(false) {
                matched = true;
                if !self.node(value, node, depth) {
                    return false;
                }
            }
        }
        matched || rest.is_none_or(|node| self.node(value, node, depth))
    }
}

/// The schemas of so many patterns, and that of all other names (`x-specwright-pattern-properties`).
pub(crate) fn split(
    schema: &ReferenceOr<Schema>,
    patterns: usize,
) -> (&[ReferenceOr<Schema>], Option<&ReferenceOr<Schema>>) {
    if let ReferenceOr::Item(item) = schema
        && let SchemaKind::AnyOf { any_of } = &item.schema_kind
        && (patterns > 1 || any_of.len() == patterns + 1)
        && let Some((of_patterns, rest)) = any_of.split_at_checked(patterns)
    {
        return (of_patterns, rest.first());
    }
    (std::slice::from_ref(schema), None)
}

impl Bounds {
    fn permit(&self, value: &Value) -> bool {
        let Some(number) = value.as_f64() else {
            return true;
        };
        let above = |(low, excluded): (f64, bool)| number > low || number == low && !excluded;
        let below = |(high, excluded): (f64, bool)| number < high || number == high && !excluded;
        self.low.is_none_or(above)
            && self.high.is_none_or(below)
            && self.multiple.is_none_or(|it| is_multiple(number, it))
    }
}

/// Whether the number is a multiple, as far as numbers of double precision tell.
pub(crate) fn is_multiple(number: f64, of: f64) -> bool {
    let quotient = number / of;
    of <= 0.0
        || !of.is_finite()
        || (quotient - quotient.round()).abs() < 1e-9 * quotient.abs().max(1.0)
}

fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => is_integer(value),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Whether a number is in the range that its format names.
fn in_width(value: &Value, format: &str) -> bool {
    let number = match (value.as_i64(), value.as_u64(), value.as_f64()) {
        (Some(number), ..) => Number::Integer(number.into()),
        (_, Some(number), _) => Number::Integer(number.into()),
        (.., Some(number)) => Number::Float(number),
        _ => return true,
    };
    fits_number(format, number)
}

fn format_of(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Whether an enumeration without members, or one of its members, takes the value.
fn listed<T>(members: &[Option<T>], is: impl Fn(&T) -> bool) -> bool {
    members.is_empty() || members.iter().flatten().any(is)
}

/// Equality as JSON Schema has it (2020-12 Core §4.2.2): numbers by their value.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(one, other)| same(one, other))
        }
        (Value::Object(a), Value::Object(b)) => {
            let equal = |(name, value): (&String, &Value)| {
                b.get(name).is_some_and(|other| same(value, other))
            };
            a.len() == b.len() && a.iter().all(equal)
        }
        _ => one == other,
    }
}

fn all_differ(values: &[Value]) -> bool {
    let mut before: &[Value] = &[];
    for (index, value) in values.iter().enumerate() {
        if before.iter().any(|it| same(it, value)) {
            return false;
        }
        before = values.get(..=index).unwrap_or_default();
    }
    true
}
