//! One look at a schema, whichever of the typed kinds it is.

use indexmap::IndexMap;
use specwright_openapi::{
    Json,
    openapiv3::{
        AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData,
        SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty,
    },
};

/// The types of JSON Schema, without `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

/// The keywords of a schema that say what its instances are.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    pub(super) data: &'a SchemaData,
    pub(super) kind: Option<Kind>,
    pub(super) format: Option<String>,
    /// `enum`, `null` included.
    pub(super) values: Vec<Json>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) min_items: usize,
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    /// Smallest and largest number.
    pub(super) range: (Option<f64>, Option<f64>),
    /// Whether `not` says more than the other keywords.
    pub(super) not: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut view = Self {
            data: &schema.schema_data,
            kind: None,
            format: None,
            values: Vec::new(),
            properties: None,
            required: &[],
            additional: None,
            items: None,
            min_items: 0,
            all_of: &[],
            one_of: &[],
            any_of: &[],
            range: (None, None),
            not: false,
        };
        match &schema.schema_kind {
            SchemaKind::Type(ty) => view.read_type(ty),
            SchemaKind::OneOf { one_of } => view.one_of = one_of,
            SchemaKind::AnyOf { any_of } => view.any_of = any_of,
            SchemaKind::AllOf { all_of } => view.all_of = all_of,
            SchemaKind::Not { .. } => view.not = true,
            SchemaKind::Any(any) => {
                view.kind = any.typ.as_deref().and_then(kind);
                view.format.clone_from(&any.format);
                view.values.clone_from(&any.enumeration);
                view.properties = Some(&any.properties).filter(|it| !it.is_empty());
                view.required = &any.required;
                view.additional = any.additional_properties.as_ref();
                view.items = any.items.as_ref();
                view.min_items = any.min_items.unwrap_or_default();
                view.all_of = &any.all_of;
                view.one_of = &any.one_of;
                view.any_of = &any.any_of;
                view.range = (any.minimum, any.maximum);
                view.not = any.not.is_some();
            }
        }
        view
    }

    fn read_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(string) => {
                self.kind = Some(Kind::String);
                self.format = string_format(&string.format);
                self.values = values(&string.enumeration);
            }
            Type::Number(number) => {
                self.kind = Some(Kind::Number);
                self.format = match &number.format {
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Some("float".to_owned()),
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => {
                        Some("double".to_owned())
                    }
                    VariantOrUnknownOrEmpty::Unknown(other) => Some(other.clone()),
                    VariantOrUnknownOrEmpty::Empty => None,
                };
                self.values = values(&number.enumeration);
                self.range = (number.minimum, number.maximum);
            }
            Type::Integer(integer) => {
                self.kind = Some(Kind::Integer);
                self.format = match &integer.format {
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32".to_owned()),
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64".to_owned()),
                    VariantOrUnknownOrEmpty::Unknown(other) => Some(other.clone()),
                    VariantOrUnknownOrEmpty::Empty => None,
                };
                self.values = values(&integer.enumeration);
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "only the size of the type is chosen by it"
                )]
                let float = |bound: Option<i64>| bound.map(|it| it as f64);
                self.range = (float(integer.minimum), float(integer.maximum));
            }
            Type::Boolean(boolean) => {
                self.kind = Some(Kind::Boolean);
                self.values = values(&boolean.enumeration);
            }
            Type::Array(array) => {
                self.kind = Some(Kind::Array);
                self.items = array.items.as_ref();
                self.min_items = array.min_items.unwrap_or_default();
            }
            Type::Object(object) => {
                self.kind = Some(Kind::Object);
                self.properties = Some(&object.properties).filter(|it| !it.is_empty());
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
        }
    }

    /// Whether nothing is said about the instances: annotations at most.
    pub(super) fn is_bare(&self) -> bool {
        self.kind.is_none()
            && self.says_nothing_of_values()
            && self.format.is_none()
            && self.required.is_empty()
    }

    /// Whether nothing is said about the instances but that they are of this type.
    pub(super) fn is_only(&self, kind: Kind) -> bool {
        self.kind == Some(kind)
            && self.says_nothing_of_values()
            && self.additional.is_none()
            && self.format.is_none()
            && self.required.is_empty()
    }

    /// Whether the schema only narrows another one: it names required properties or forbids something.
    pub(super) fn is_constraint(&self) -> bool {
        self.kind.is_none_or(|it| it == Kind::Object)
            && self.says_nothing_of_values()
            && (!self.required.is_empty() || self.not || self.kind.is_none())
    }

    fn says_nothing_of_values(&self) -> bool {
        self.values.is_empty()
            && self.properties.is_none()
            && !matches!(self.additional, Some(AdditionalProperties::Schema(_)))
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "string" => Kind::String,
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "boolean" => Kind::Boolean,
        "array" => Kind::Array,
        "object" => Kind::Object,
        _ => return None,
    })
}

fn string_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<String> {
    let name = match format {
        VariantOrUnknownOrEmpty::Item(format) => match format {
            StringFormat::Date => "date",
            StringFormat::DateTime => "date-time",
            StringFormat::Password => "password",
            StringFormat::Byte => "byte",
            StringFormat::Binary => "binary",
        },
        VariantOrUnknownOrEmpty::Unknown(other) => other,
        VariantOrUnknownOrEmpty::Empty => return None,
    };
    Some(name.to_owned())
}

fn values<T: Clone + Into<Json>>(members: &[Option<T>]) -> Vec<Json> {
    members
        .iter()
        .map(|it| it.clone().map_or(Json::Null, Into::into))
        .collect()
}
