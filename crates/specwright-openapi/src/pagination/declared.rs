//! Plans declared by `x-specwright-pagination`.

use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Map, Value};
use specwright_diagnostics::{Part, Pointer};

use super::{EXTENSION, PagePlan, PageSize, RequestPlan, ResponsePlan, Style};
use crate::{Description, OperationRef, parameter_data};

/// Takes where something is wrong, at the node or its key, and what.
type Report<'a> = &'a mut dyn FnMut(&Pointer, Part, String);

/// The declared plan; every problem is reported and makes the plan `None`.
pub(super) fn read(
    description: &Description,
    operation: &OperationRef<'_>,
    report: Report<'_>,
) -> Option<PagePlan> {
    let value = operation.operation.extensions.get(EXTENSION)?;
    let mut problems = 0;
    let mut reader = Reader {
        description,
        operation,
        sink: &mut |pointer, part, message| {
            problems += 1;
            report(pointer, part, message);
        },
    };
    let plan = reader.plan(value);
    plan.filter(|_| problems == 0)
}

/// The schema of a response's body.
type Body<'a> = &'a ReferenceOr<Schema>;

struct Reader<'a, 'r> {
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    sink: Report<'r>,
}

impl<'a> Reader<'a, '_> {
    fn report(&mut self, at: &Pointer, message: impl Into<String>) {
        (self.sink)(at, Part::Value, message.into());
    }

    fn plan(&mut self, value: &Value) -> Option<PagePlan> {
        let at = self.operation.pointer.join(EXTENSION);
        let object = self.object(value, &at)?;
        self.only(object, &at, &["style", "request", "response", "size"]);
        let style = self.style(object, &at);
        let request = self
            .member(object, "request", &at)
            .and_then(|(value, at)| self.request(value, &at));
        let response = self
            .member(object, "response", &at)
            .and_then(|(value, at)| self.response(value, &at));
        let (style, request, response) = (style?, request?, response?);
        self.complete(style, &response, &at.join("response"));
        let stated = object
            .get("size")
            .map(|value| self.size(value, &at.join("size")));
        let size = self.with_schema(stated.unwrap_or_default(), request.size.as_deref());
        Some(PagePlan {
            style,
            request,
            response,
            size,
        })
    }

    fn style(&mut self, object: &Map<String, Value>, at: &Pointer) -> Option<Style> {
        let (value, at) = self.member(object, "style", at)?;
        let styles = [
            Style::Cursor,
            Style::Bidirectional,
            Style::Offset,
            Style::Page,
        ];
        let found = styles
            .into_iter()
            .find(|style| value.as_str() == Some(style.as_str()));
        if found.is_none() {
            let value = shown(value);
            let message =
                format!("{value} is not one of `cursor`, `bidirectional`, `offset`, `page`");
            self.report(&at, message);
        }
        found
    }

    fn request(&mut self, value: &Value, at: &Pointer) -> Option<RequestPlan> {
        let object = self.object(value, at)?;
        self.only(object, at, &["position", "size"]);
        let position = self
            .member(object, "position", at)
            .and_then(|(value, at)| self.parameter(value, &at));
        let size = object
            .get("size")
            .and_then(|value| self.parameter(value, &at.join("size")));
        Some(RequestPlan {
            position: position?,
            size,
        })
    }

    /// The name of an existing query parameter.
    fn parameter(&mut self, value: &Value, at: &Pointer) -> Option<String> {
        let Some(name) = value.as_str() else {
            self.report(at, "expected the name of a query parameter");
            return None;
        };
        if self.query_parameter(name).is_none() {
            self.report(at, format!("the operation has no query parameter `{name}`"));
            return None;
        }
        Some(name.to_owned())
    }

    fn query_parameter(&self, name: &str) -> Option<&Parameter> {
        let parameters = self.description.parameters(self.operation);
        let mut matching = parameters.into_iter().map(|(parameter, _)| parameter);
        matching.find(|it| matches!(it, Parameter::Query { .. }) && parameter_data(it).name == name)
    }

    fn response(&mut self, value: &Value, at: &Pointer) -> Option<ResponsePlan> {
        let object = self.object(value, at)?;
        let known = [
            "items", "next", "previous", "has_more", "total", "current", "last", "size",
        ];
        self.only(object, at, &known);
        let Some(body) = self.description.success_schema(self.operation) else {
            self.report(
                at,
                "the operation has no successful JSON response with a schema",
            );
            return None;
        };
        let items = self
            .member(object, "items", at)
            .and_then(|(value, at)| self.items(value, &at, body));
        let mut place = |name: &str| {
            let value = object.get(name)?;
            self.place(value, &at.join(name), body)
                .map(|(pointer, _)| pointer)
        };
        let (next, previous) = (place("next"), place("previous"));
        let (has_more, total) = (place("has_more"), place("total"));
        let (current, last, size) = (place("current"), place("last"), place("size"));
        Some(ResponsePlan {
            items: items?,
            next,
            previous,
            has_more,
            total,
            current,
            last,
            size,
        })
    }

    fn items(&mut self, value: &Value, at: &Pointer, body: Body<'a>) -> Option<Pointer> {
        let (pointer, schema) = self.place(value, at, body)?;
        if !self.description.is_array(schema) {
            self.report(at, format!("`{pointer}` of the response is no array"));
            return None;
        }
        Some(pointer)
    }

    /// A pointer into the body of the successful response that leads to a schema.
    fn place(
        &mut self,
        value: &Value,
        at: &Pointer,
        body: Body<'a>,
    ) -> Option<(Pointer, &'a Schema)> {
        let description: &'a Description = self.description;
        let Some(pointer) = value.as_str().and_then(Pointer::parse) else {
            let found = shown(value);
            self.report(
                at,
                format!("expected a JSON pointer such as `/data/items`, found {found}"),
            );
            return None;
        };
        let found = description.schema_at(body, &pointer);
        if found.is_none() {
            self.report(
                at,
                format!("the schema of the response has nothing at `{pointer}`"),
            );
        }
        found.map(|schema| (pointer, schema))
    }

    /// What each style cannot do without.
    fn complete(&mut self, style: Style, response: &ResponsePlan, at: &Pointer) {
        let needed: &[(&str, bool)] = match style {
            Style::Cursor => &[("next", response.next.is_some())],
            Style::Bidirectional => &[
                ("next", response.next.is_some()),
                ("previous", response.previous.is_some()),
            ],
            Style::Offset | Style::Page => &[],
        };
        for (name, _) in needed.iter().filter(|(_, present)| !present) {
            self.report(at, format!("the style `{}` needs `{name}`", style.as_str()));
        }
    }

    fn size(&mut self, value: &Value, at: &Pointer) -> PageSize {
        let Some(object) = self.object(value, at) else {
            return PageSize::default();
        };
        self.only(object, at, &["default", "maximum", "all", "clamps"]);
        let mut number = |name: &str| {
            let value = object.get(name)?;
            let number = value.as_u64();
            if number.is_none() {
                let message = format!("expected a page size, found {}", shown(value));
                self.report(&at.join(name), message);
            }
            number
        };
        let (default, maximum, all) = (number("default"), number("maximum"), number("all"));
        let clamps = object.get("clamps");
        if clamps.is_some_and(|value| !value.is_boolean()) {
            self.report(&at.join("clamps"), "expected `true` or `false`");
        }
        PageSize {
            default,
            maximum,
            all,
            clamps: clamps.and_then(Value::as_bool).unwrap_or_default(),
        }
    }

    /// Adds what the schema of the size parameter says.
    fn with_schema(&self, mut size: PageSize, parameter: Option<&str>) -> PageSize {
        let schema = parameter
            .and_then(|name| self.query_parameter(name))
            .and_then(|parameter| match &parameter_data(parameter).format {
                ParameterSchemaOrContent::Schema(schema) => self.schema(schema),
                ParameterSchemaOrContent::Content(_) => None,
            });
        let Some(schema) = schema else { return size };
        let maximum = match &schema.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => {
                integer.maximum.and_then(|it| u64::try_from(it).ok())
            }
            _ => None,
        };
        let default = schema.schema_data.default.as_ref().and_then(Value::as_u64);
        size.default = size.default.or(default);
        size.maximum = size.maximum.or(maximum);
        size
    }

    fn schema<'s>(&'s self, schema: &'s ReferenceOr<Schema>) -> Option<&'s Schema> {
        self.description.resolve(schema).map(|it| it.object)
    }

    fn object<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.report(at, "expected an object");
        }
        object
    }

    fn member<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        name: &str,
        at: &Pointer,
    ) -> Option<(&'v Value, Pointer)> {
        let member = object.get(name);
        if member.is_none() {
            self.report(at, format!("missing field `{name}`"));
        }
        member.map(|value| (value, at.join(name)))
    }

    fn only(&mut self, object: &Map<String, Value>, at: &Pointer, known: &[&str]) {
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let message = format!("unknown field `{name}`; known are {}", known.join(", "));
            (self.sink)(&at.join(name), Part::Key, message);
        }
    }
}

/// A value as it may stand in a message.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}
