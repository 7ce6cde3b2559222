//! Parameters.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    is_json,
    openapiv3::{
        self, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
    },
    parameter_data,
};

use super::{Lowerer, scalars::plain_text, site::Site, view::View};
use crate::ir::{Parameter, ParameterPlace, ParameterStyle, Shape, TypeRef};

/// Headers that are not set by parameters (OAS 3.0.3, Parameter Object: such definitions are ignored).
const IGNORED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

impl<'a> Lowerer<'a> {
    pub(super) fn parameters(&mut self, from: &OperationRef<'a>, id: &str) -> Vec<Parameter> {
        let description = self.description;
        let open = description.security(from).is_empty();
        let in_path = template_names(from.path);
        let mut lowered: Vec<Parameter> = Vec::new();
        for (parameter, pointer) in description.parameters(from) {
            let data = parameter_data(parameter);
            let header = matches!(parameter, openapiv3::Parameter::Header { .. });
            let lower = data.name.to_ascii_lowercase();
            // Without a security scheme the parameter is the only way to say who calls.
            let ignored =
                IGNORED_HEADERS.contains(&lower.as_str()) && !(lower == "authorization" && open);
            if header && ignored {
                continue;
            }
            if matches!(parameter, openapiv3::Parameter::Path { .. })
                && !in_path.contains(&data.name.as_str())
            {
                let reason = format!(
                    "the path has no `{{{}}}`, so the parameter is left out",
                    data.name
                );
                self.lose(&pointer, &reason);
                continue;
            }
            lowered.push(self.parameter(parameter, id, &pointer));
        }
        for name in in_path {
            if !lowered
                .iter()
                .any(|it| it.place == ParameterPlace::Path && it.name == name)
            {
                let reason = format!(
                    "the path has `{{{name}}}`, of which no parameter tells: it is taken for a text"
                );
                self.lose(&from.pointer, &reason);
                lowered.push(undeclared(name));
            }
        }
        lowered
    }

    fn parameter(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        id: &str,
        pointer: &Pointer,
    ) -> Parameter {
        let data = parameter_data(parameter);
        let place = self.place(parameter);
        let (ty, schema, json) = self.parameter_type(data, id, pointer);
        let style = self.style(parameter, data, &ty, json);
        let range = schema.map(|it| View::of(it).range).unwrap_or_default();
        Parameter {
            name: data.name.clone(),
            place,
            style,
            ty,
            required: data.required || place == ParameterPlace::Path,
            description: data
                .description
                .clone()
                .or_else(|| schema.and_then(|it| it.schema_data.description.clone())),
            deprecated: data.deprecated.unwrap_or_default(),
            default: schema
                .and_then(|it| it.schema_data.default.as_ref())
                .and_then(plain_text),
            range: (whole(range.0), whole(range.1)),
            example: data.example.as_ref().and_then(plain_text),
        }
    }

    fn place(&self, parameter: &openapiv3::Parameter) -> ParameterPlace {
        match parameter {
            openapiv3::Parameter::Path { .. } => ParameterPlace::Path,
            openapiv3::Parameter::Query { parameter_data, .. } => {
                if parameter_data
                    .extensions
                    .contains_key("x-specwright-querystring")
                {
                    ParameterPlace::QueryString
                } else {
                    ParameterPlace::Query
                }
            }
            openapiv3::Parameter::Header { .. } => ParameterPlace::Header,
            openapiv3::Parameter::Cookie { .. } => ParameterPlace::Cookie,
        }
    }

    /// The type, its schema, and whether the value is sent as JSON.
    fn parameter_type(
        &mut self,
        data: &'a ParameterData,
        id: &str,
        pointer: &Pointer,
    ) -> (TypeRef, Option<&'a Schema>, bool) {
        let (node, at, json): (Option<&'a ReferenceOr<Schema>>, Pointer, bool) = match &data.format
        {
            ParameterSchemaOrContent::Schema(schema) => {
                (Some(schema), pointer.join("schema"), false)
            }
            ParameterSchemaOrContent::Content(content) => match content.first() {
                Some((media, object)) => {
                    let at = pointer.join("content").join(media).join("schema");
                    (object.schema.as_ref(), at, is_json(media))
                }
                None => (None, pointer.clone(), false),
            },
        };
        let Some(node) = node else {
            return (TypeRef::String, None, false);
        };
        let lowered = self.schema(node, &Site::of_operation(id, &data.name, at));
        let schema = self.description.resolve(node).map(|it| it.object);
        let ty = match lowered.ty {
            TypeRef::Nullable(inner) => *inner,
            // A parameter of which nothing is known is a text in a URL.
            TypeRef::Json if !json && schema.is_none_or(|it| View::of(it).is_bare()) => {
                TypeRef::String
            }
            ty => ty,
        };
        (ty, schema, json)
    }

    fn style(
        &self,
        parameter: &openapiv3::Parameter,
        data: &ParameterData,
        ty: &TypeRef,
        json: bool,
    ) -> ParameterStyle {
        if json {
            return ParameterStyle::Json;
        }
        let (style, default, reserved) = match parameter {
            openapiv3::Parameter::Path { style, .. } => match style {
                PathStyle::Matrix => ("Matrix", "Simple", false),
                PathStyle::Label => ("Label", "Simple", false),
                PathStyle::Simple => ("Simple", "Simple", false),
            },
            openapiv3::Parameter::Query {
                style,
                allow_reserved,
                ..
            } => match style {
                QueryStyle::Form => ("Form", "Form", *allow_reserved),
                QueryStyle::SpaceDelimited => ("SpaceDelimited", "Form", *allow_reserved),
                QueryStyle::PipeDelimited => ("PipeDelimited", "Form", *allow_reserved),
                QueryStyle::DeepObject => ("DeepObject", "Form", *allow_reserved),
            },
            openapiv3::Parameter::Header { .. } => ("Simple", "Simple", false),
            openapiv3::Parameter::Cookie { .. } => ("Form", "Form", false),
        };
        let plain = self.is_plain(ty);
        if plain && style == default && !reserved {
            return ParameterStyle::Plain;
        }
        // An array has no members to nest: servers that take `deepObject` there take `ids[]=`, or what `form` says.
        let style = if plain && !matches!(style, "Matrix" | "Label") {
            default
        } else {
            style
        };
        let explode = data
            .explode
            .unwrap_or(matches!(style, "Form" | "DeepObject"));
        ParameterStyle::Styled {
            style,
            explode,
            allow_reserved: reserved,
        }
    }

    /// Whether values of the type are one text.
    pub(super) fn is_plain(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Json
            | TypeRef::List(_)
            | TypeRef::Map(_)
            | TypeRef::Tuple(_)
            | TypeRef::Nullable(_)
            | TypeRef::File => false,
            TypeRef::Named(id) => matches!(
                self.types.get(id.0).map(|it| &it.shape),
                Some(Shape::Enum(_))
            ),
            _ => true,
        }
    }
}

/// The names between braces.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let mut rest = path;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, tail)) = behind.split_once('}') else {
            break;
        };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    names
}

fn undeclared(name: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place: ParameterPlace::Path,
        style: ParameterStyle::Plain,
        ty: TypeRef::String,
        required: true,
        description: None,
        deprecated: false,
        default: None,
        range: (None, None),
        example: None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers well within the range are kept"
)]
fn whole(bound: Option<f64>) -> Option<i64> {
    bound
        .filter(|it| it.fract() == 0.0 && it.abs() < 9e15)
        .map(|it| it as i64)
}
