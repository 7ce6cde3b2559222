//! Seeded values of schemas: bodies of requests and responses, and parameters.
//!
//! ```
//! use specwright_conformance::value::{Presence, Values};
//! use specwright_openapi::{MemoryLoader, load};
//!
//! let text = "{openapi: 3.0.3, info: {title: Cats, version: '1'}, paths: {/cats: {post: {
//!     requestBody: {content: {application/json: {schema: {type: object, required: [name], properties: {
//!       name: {type: string, maxLength: 20}, age: {type: integer, minimum: 0}}}}}},
//!     responses: {'204': {description: Done.}}}}}}";
//! let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text))?;
//! let description = loaded.description.ok_or("no description")?;
//! let operation = description.operations().next().ok_or("no operation")?;
//! let values = Values::new(&description).seed(7).presence(Presence::Minimal);
//! let body = values.request(&operation, "application/json").ok_or("no body")?;
//! assert!(body["name"].is_string() && body.get("age").is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{
        MediaType, Parameter, ParameterSchemaOrContent, ReferenceOr, Response, Schema, StatusCode,
    },
    parameter_data,
};

use crate::mock::{
    random::Random,
    value::{Choices, Generator, Presence as Present},
};

pub use crate::schema::Direction;

/// How much of what a schema leaves optional a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Nothing that is not required: no optional property, no more elements than asked for, no `null`.
    Minimal,
    /// Some of it, and `null` where that is permitted, as the seed has it.
    Varied,
    /// Everything that is declared, as deep as bounds of size allow, and no `null`.
    Full,
}

impl Presence {
    /// Every degree, from least to most.
    pub const ALL: [Self; 3] = [Self::Minimal, Self::Varied, Self::Full];
}

/// Makes values that follow from a description, a seed and the place that they are for: the same on every machine.
///
/// Values keep to everything that a schema says, where that can be met at all in bounded time and size; a schema that
/// contradicts itself or has no finite value gives one that is as near as possible.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    description: &'a Description,
    seed: u64,
    presence: Presence,
}

impl<'a> Values<'a> {
    /// Values by the schemas of `description`, with seed 1 and [`Presence::Varied`].
    #[must_use]
    pub fn new(description: &'a Description) -> Self {
        Self {
            description,
            seed: 1,
            presence: Presence::Varied,
        }
    }

    /// Sets what all values follow from.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Sets how much of what is optional values have.
    #[must_use]
    pub fn presence(self, presence: Presence) -> Self {
        Self { presence, ..self }
    }

    /// A body for the response that the operation documents under exactly this status (`None`: the default response)
    /// and media type, as it is written in the description.
    ///
    /// `None` if there is no such response or media type, or it has no schema.
    #[must_use]
    pub fn response(
        &self,
        operation: &OperationRef<'a>,
        status: Option<&StatusCode>,
        media_type: &str,
    ) -> Option<Value> {
        let media = response(self.description, operation, status)?
            .content
            .get(media_type)?;
        let purpose = match status {
            Some(status) => format!("{} {status} {media_type}", operation.id()),
            None => format!("{} default {media_type}", operation.id()),
        };
        self.body(media, Direction::Response, &purpose)
    }

    /// A body for the request of the operation in this media type, as it is written in the description.
    ///
    /// `None` if the operation takes no body, not in this media type, or without a schema.
    #[must_use]
    pub fn request(&self, operation: &OperationRef<'a>, media_type: &str) -> Option<Value> {
        let body = operation.operation.request_body.as_ref()?;
        let media = self
            .description
            .resolve(body)?
            .object
            .content
            .get(media_type)?;
        let purpose = format!("{} request {media_type}", operation.id());
        self.body(media, Direction::Request, &purpose)
    }

    /// A value for a parameter of the operation, before it is put into a URL or header.
    ///
    /// `None` if nothing is said of its type.
    #[must_use]
    pub fn parameter(
        &self,
        operation: &OperationRef<'a>,
        parameter: &'a Parameter,
    ) -> Option<Value> {
        let data = parameter_data(parameter);
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => schema,
            ParameterSchemaOrContent::Content(content) => {
                content.values().next()?.schema.as_ref()?
            }
        };
        let purpose = format!("{} {}", operation.id(), data.name);
        Some(self.value(schema, Direction::Request, &data.name, &purpose))
    }

    /// A value of any schema of the description.
    ///
    /// `name` is that of the property or parameter which the value is for (or empty), and lets the value look like one.
    /// Values for different purposes differ.
    #[must_use]
    pub fn value(
        &self,
        schema: &'a ReferenceOr<Schema>,
        direction: Direction,
        name: &str,
        purpose: &str,
    ) -> Value {
        let presence = match self.presence {
            Presence::Minimal => Present::Named(&[]),
            Presence::Varied => Present::Varied,
            Presence::Full => Present::Full,
        };
        let none = Choices::new();
        let random = Random::of(self.seed, purpose);
        let schemas: Vec<&Schema> = self
            .description
            .resolve(schema)
            .map(|it| it.object)
            .into_iter()
            .collect();
        let generator = Generator::new(self.description, &none, presence, random).to(direction);
        let mut generator = match name {
            "" => generator,
            name => generator.named(name),
        };
        generator.value(&schemas)
    }

    fn body(&self, media: &'a MediaType, direction: Direction, purpose: &str) -> Option<Value> {
        Some(self.value(media.schema.as_ref()?, direction, "", purpose))
    }
}

fn response<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    status: Option<&StatusCode>,
) -> Option<&'a Response> {
    let responses = &operation.operation.responses;
    let node = match status {
        Some(status) => responses.responses.get(status),
        None => responses.default.as_ref(),
    };
    description.resolve(node?).map(|it| it.object)
}
