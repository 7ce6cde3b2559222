//! Operations → what can be called.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    is_json,
    openapiv3::{
        self, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Response, Schema,
        SchemaKind, StatusCode, Type,
    },
    pagination, parameter_data,
};

use super::{Loss, Lowerer, types::Hint};
use crate::ir::{
    ErrorResponse, Operation, OperationKey, Parameter, ParameterPlace, Shape, Statuses, TypeRef,
};

/// Methods for which the runtime has a constant.
const METHODS: &[&str] = &[
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

impl<'a> Lowerer<'a> {
    /// The operation, or why it cannot be called as the document demands.
    pub(super) fn operation(
        &mut self,
        from: &OperationRef<'a>,
        key: OperationKey,
    ) -> Result<Operation, Loss> {
        let object = from.operation;
        if let Some(ReferenceOr::Item(_) | ReferenceOr::Reference { .. }) = &object.request_body {
            return Err(loss(
                &from.pointer.join("requestBody"),
                "request bodies are not generated yet",
            ));
        }
        if !METHODS.contains(&from.method) {
            let reason = format!("the method {} is not generated yet", from.method);
            return Err(loss(&from.pointer, &reason));
        }
        let words = [object.operation_id.as_deref().unwrap_or(from.path)];
        let parameters = self.parameters(from, &words)?;
        let success = self.success(from, &words)?;
        let errors = self.errors(from, &words);
        let mut operation = Operation {
            id: object.operation_id.clone(),
            method: from.method.to_owned(),
            path: from.path.to_owned(),
            summary: object.summary.clone(),
            description: object.description.clone(),
            external_docs: object.external_docs.as_ref().map(|it| it.url.clone()),
            deprecated: object.deprecated,
            parameters,
            success,
            errors,
            security: self.security(from),
            paging: None,
            key,
        };
        if let Some(plan) = pagination::plan(self.description, from) {
            operation.paging = self.paging(&operation, plan, &from.pointer);
        }
        Ok(operation)
    }

    fn parameters(
        &mut self,
        from: &OperationRef<'a>,
        words: &[&str],
    ) -> Result<Vec<Parameter>, Loss> {
        let description = self.description;
        let mut lowered = Vec::new();
        for (parameter, pointer) in description.parameters(from) {
            let data = parameter_data(parameter);
            match self.parameter(parameter, words, &pointer) {
                Ok(parameter) => lowered.push(parameter),
                Err(reason) if data.required => {
                    let reason = format!("the required parameter `{}` {reason}", data.name);
                    return Err(loss(&pointer, &reason));
                }
                Err(reason) => {
                    let reason = format!("the parameter `{}` {reason} and is left out", data.name);
                    self.current.push(loss(&pointer, &reason));
                }
            }
        }
        Ok(lowered)
    }

    fn parameter(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        words: &[&str],
        pointer: &Pointer,
    ) -> Result<Parameter, &'static str> {
        let data = parameter_data(parameter);
        let place = match parameter {
            openapiv3::Parameter::Path {
                style: PathStyle::Simple,
                ..
            } => ParameterPlace::Path,
            openapiv3::Parameter::Query {
                style: QueryStyle::Form,
                ..
            } => ParameterPlace::Query,
            openapiv3::Parameter::Path { .. } | openapiv3::Parameter::Query { .. } => {
                return Err("has a style that is not generated yet");
            }
            openapiv3::Parameter::Header { .. } => {
                return Err("goes into a header, which is not generated yet");
            }
            openapiv3::Parameter::Cookie { .. } => {
                return Err("goes into a cookie, which is not generated yet");
            }
        };
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return Err("has `content`, which is not generated yet");
        };
        let mut all = words.to_vec();
        all.push(&data.name);
        let ty = self
            .schema(schema, &Hint::new(&all), &pointer.join("schema"))
            .ty;
        if !self.is_plain(&ty) {
            return Err("holds more than one plain value, which is not generated yet");
        }
        let schema = self.description.resolve(schema).map(|it| it.object);
        Ok(Parameter {
            name: data.name.clone(),
            place,
            ty,
            required: data.required || place == ParameterPlace::Path,
            description: data.description.clone(),
            deprecated: data.deprecated.unwrap_or_default(),
            default: schema
                .and_then(|it| it.schema_data.default.as_ref())
                .and_then(plain_text),
            range: schema.map(range).unwrap_or_default(),
            example: data.example.as_ref().and_then(plain_text),
        })
    }

    /// Whether values of the type are one text.
    fn is_plain(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Json | TypeRef::List(_) | TypeRef::Map(_) => false,
            TypeRef::Named(id) => matches!(
                self.types.get(id.0).map(|it| &it.shape),
                Some(Shape::Enum(_))
            ),
            _ => true,
        }
    }

    fn success(
        &mut self,
        from: &OperationRef<'a>,
        words: &[&str],
    ) -> Result<Option<TypeRef>, Loss> {
        let description = self.description;
        let pointer = from.pointer.join("responses");
        if let Some(schema) = description.success_schema(from) {
            let mut all = words.to_vec();
            all.push("Response");
            return Ok(Some(self.schema(schema, &Hint::new(&all), &pointer).ty));
        }
        let successes = from
            .operation
            .responses
            .responses
            .iter()
            .filter(|(status, _)| is_success(status));
        for (status, response) in successes {
            let content = description.resolve(response).map(|it| &it.object.content);
            if let Some((media, _)) =
                content.and_then(|it| it.iter().find(|(_, media)| media.schema.is_some()))
            {
                let reason = format!("the response is `{media}`, which is not generated yet");
                return Err(loss(&pointer.join(&status.to_string()), &reason));
            }
        }
        Ok(None)
    }

    fn errors(&mut self, from: &OperationRef<'a>, words: &[&str]) -> Vec<ErrorResponse> {
        let responses = &from.operation.responses;
        let listed = responses
            .responses
            .iter()
            .filter(|(status, _)| !is_success(status));
        let mut all: Vec<(Statuses, &'a ReferenceOr<Response>)> = listed
            .map(|(status, response)| match status {
                StatusCode::Code(code) => (Statuses::Code(*code), response),
                StatusCode::Range(digit) => (Statuses::Range(*digit), response),
            })
            .collect();
        all.extend(
            responses
                .default
                .as_ref()
                .map(|response| (Statuses::Default, response)),
        );
        all.sort_by_key(|(status, _)| *status);
        let pointer = from.pointer.join("responses");
        all.into_iter()
            .filter_map(|(status, response)| self.error(status, response, words, &pointer))
            .collect()
    }

    fn error(
        &mut self,
        status: Statuses,
        response: &'a ReferenceOr<Response>,
        words: &[&str],
        pointer: &Pointer,
    ) -> Option<ErrorResponse> {
        let response = self.description.resolve(response)?.object;
        let schema = response
            .content
            .iter()
            .find(|(name, _)| is_json(name))?
            .1
            .schema
            .as_ref()?;
        let mut all = words.to_vec();
        all.push("Error");
        Some(ErrorResponse {
            status,
            body: self.schema(schema, &Hint::new(&all), pointer).ty,
            description: response.description.clone(),
        })
    }

    fn security(&self, from: &OperationRef<'a>) -> Vec<Vec<String>> {
        let requirements = self.description.security(from).iter();
        requirements
            .map(|it| it.keys().cloned().collect())
            .collect()
    }
}

pub(super) fn loss(pointer: &Pointer, reason: &str) -> Loss {
    Loss {
        pointer: pointer.clone(),
        reason: reason.to_owned(),
    }
}

fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// A scalar as the text that stands for it in a URL.
fn plain_text(value: &specwright_openapi::Json) -> Option<String> {
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None => {
            (!value.is_object() && !value.is_array() && !value.is_null()).then(|| value.to_string())
        }
    }
}

fn range(schema: &Schema) -> (Option<i64>, Option<i64>) {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => (integer.minimum, integer.maximum),
        _ => (None, None),
    }
}
