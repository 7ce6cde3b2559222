//! How deep the flattest value of a schema nests.

use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema, SchemaKind, Type},
};

use super::shape::is_hidden;
use crate::schema::Direction;

/// How many schemas are looked at for one answer; beyond them, values count as endless.
const STEPS: usize = 4_000;

/// Looks for the flattest value of schemas.
pub(super) struct Height<'a> {
    description: &'a Description,
    direction: Direction,
    open: Vec<*const Schema>,
    steps: usize,
}

impl<'a> Height<'a> {
    pub(super) fn new(description: &'a Description, direction: Direction) -> Self {
        Self {
            description,
            direction,
            open: Vec::new(),
            steps: STEPS,
        }
    }

    /// How many objects and arrays stand in each other at least; `None` if they must without end.
    pub(super) fn of(&mut self, schemas: &[&Schema]) -> Option<usize> {
        schemas
            .iter()
            .try_fold(0, |most, schema| Some(self.schema(schema)?.max(most)))
    }

    /// The same of a reference; one that leads nowhere says nothing.
    pub(super) fn node(&mut self, node: &ReferenceOr<Schema>) -> Option<usize> {
        match self.description.resolve(node) {
            Some(found) => self.schema(found.object),
            None => Some(0),
        }
    }

    fn boxed(&mut self, node: &ReferenceOr<Box<Schema>>) -> Option<usize> {
        match self.description.resolve_boxed(node) {
            Some(found) => self.schema(found.object),
            None => Some(0),
        }
    }

    fn schema(&mut self, schema: &Schema) -> Option<usize> {
        let this = std::ptr::from_ref(schema);
        self.steps = self.steps.checked_sub(1)?;
        if schema.schema_data.nullable {
            return Some(0);
        }
        if self.open.contains(&this) {
            return None;
        }
        self.open.push(this);
        let height = self.opened(schema);
        self.open.pop();
        height
    }

    fn opened(&mut self, schema: &Schema) -> Option<usize> {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                self.required(&object.properties, &object.required)
            }
            SchemaKind::Type(Type::Array(array)) => {
                self.elements(array.items.as_ref(), array.min_items)
            }
            SchemaKind::Type(_) | SchemaKind::Not { .. } => Some(0),
            SchemaKind::OneOf { one_of: of } | SchemaKind::AnyOf { any_of: of } => {
                self.flattest(of)
            }
            SchemaKind::AllOf { all_of } => self.tallest(all_of),
            SchemaKind::Any(any) => {
                let heights = [
                    self.required(&any.properties, &any.required)?,
                    self.elements(any.items.as_ref(), any.min_items)?,
                    self.flattest(&any.one_of)?,
                    self.flattest(&any.any_of)?,
                    self.tallest(&any.all_of)?,
                ];
                heights.into_iter().max()
            }
        }
    }

    fn required(
        &mut self,
        properties: &indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &[String],
    ) -> Option<usize> {
        let mut tallest = 0;
        for node in required.iter().filter_map(|name| properties.get(name)) {
            let found = self.description.resolve_boxed(node);
            if !found.is_some_and(|it| is_hidden(it.object, self.direction)) {
                tallest = self.boxed(node)?.max(tallest);
            }
        }
        Some(tallest + 1)
    }

    fn elements(
        &mut self,
        items: Option<&ReferenceOr<Box<Schema>>>,
        least: Option<usize>,
    ) -> Option<usize> {
        match items {
            Some(items) if least.is_some_and(|it| it > 0) => Some(self.boxed(items)? + 1),
            _ => Some(1),
        }
    }

    fn flattest(&mut self, of: &[ReferenceOr<Schema>]) -> Option<usize> {
        if of.is_empty() {
            return Some(0);
        }
        of.iter().filter_map(|node| self.node(node)).min()
    }

    fn tallest(&mut self, of: &[ReferenceOr<Schema>]) -> Option<usize> {
        of.iter()
            .try_fold(0, |most, node| Some(self.node(node)?.max(most)))
    }
}
