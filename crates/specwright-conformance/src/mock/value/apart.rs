//! Telling the variants of a `oneOf` apart where only optional properties differ.
//!
//! By the letter a value has to fit exactly one variant, and variants without required properties are all fit by most
//! objects. What keeps an object from fitting another variant is a property of that one with a value of a wrong type, which
//! the variant meant knows nothing of and so permits.

use serde_json::{Map, Value};
use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema, SchemaKind},
};

use super::{
    fits::Fits,
    shape::{Kind, Shape},
};
use crate::schema::Direction;

/// The object with properties that keep it from fitting more than one variant of a `oneOf`; `None` if that cannot be done.
pub(super) fn told_apart(
    description: &Description,
    direction: Direction,
    value: &Value,
    schemas: &[&Schema],
) -> Option<Value> {
    let object = value.as_object()?;
    let fits =
        |value: &Value, schemas: &[&Schema]| Fits::new(description, direction).all(value, schemas);
    let resolve = |node| description.resolve(node).map(|it| it.object);
    for of in schemas.iter().filter_map(|it| one_of(it)) {
        let fitting: Vec<&Schema> = of
            .iter()
            .filter_map(resolve)
            .filter(|variant| fits(value, &[variant]))
            .collect();
        for keep in &fitting {
            let mut changed = object.clone();
            for other in fitting.iter().filter(|it| !std::ptr::eq(**it, *keep)) {
                exclude(description, &mut changed, other, &|value| {
                    fits(value, &[keep]) && !fits(value, &[other])
                });
            }
            let changed = Value::Object(changed);
            if fits(&changed, schemas) {
                return Some(changed);
            }
        }
    }
    None
}

/// Gives the object a property of `other` with a value of another type, so that it is right.
fn exclude(
    description: &Description,
    object: &mut Map<String, Value>,
    other: &Schema,
    is_right: &dyn Fn(&Value) -> bool,
) {
    if is_right(&Value::Object(object.clone())) {
        return;
    }
    for (name, schemas) in &Shape::first(description, &[other]).properties {
        let Some(kind) = Shape::first(description, schemas).kind else {
            continue;
        };
        if object.contains_key(*name) {
            continue;
        }
        let wrong = match kind {
            Kind::Boolean => Value::from("no"),
            _ => Value::from(false),
        };
        let mut changed = object.clone();
        changed.insert((*name).to_owned(), wrong);
        let changed = Value::Object(changed);
        if is_right(&changed)
            && let Value::Object(changed) = changed
        {
            *object = changed;
            return;
        }
    }
}

/// The variants of which a value has to fit exactly one.
fn one_of(schema: &Schema) -> Option<&[ReferenceOr<Schema>]> {
    match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => Some(one_of),
        SchemaKind::Any(any) if !any.one_of.is_empty() => Some(&any.one_of),
        _ => None,
    }
}
