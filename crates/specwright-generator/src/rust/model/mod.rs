//! The crate to be: modules and items with every identifier decided.

mod boxes;
mod client;
mod features;
pub(crate) mod names;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Recipe,
    ir::{
        Api, EnumKind, IntegerSize, JsonKind, SecurityKind, Server, Shape, TextFormat, TypeDef,
        TypeId, TypeRef,
    },
};

/// What the output is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A crate with features and examples that are compiled.
    Crate,
    /// One file that somebody's crate takes in as a module.
    Module {
        /// Whether types implement the traits of serde.
        serde: bool,
    },
}

/// A crate or module.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) form: Form,
    pub(crate) package: String,
    /// The package as a path segment.
    pub(crate) crate_name: String,
    pub(crate) runtime_path: Option<String>,
    /// Whether it has contract tests.
    pub(crate) contract: bool,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) server: Option<Server>,
    /// The other servers, for the docs.
    pub(crate) other_servers: Vec<Server>,
    pub(crate) variables: Vec<VariableSetter>,
    pub(crate) credentials: Vec<CredentialSetter>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) types: Vec<TypeItem>,
    pub(crate) webhooks: Vec<Webhook>,
    /// Every name of the API's own, which hides the runtime's.
    pub(crate) taken: BTreeSet<String>,
}

/// A setter of a server variable.
#[derive(Debug)]
pub(crate) struct VariableSetter {
    pub(crate) method: String,
    pub(crate) variable: String,
    pub(crate) default: String,
    pub(crate) description: Option<String>,
}

/// A setter of a credential.
#[derive(Debug)]
pub(crate) struct CredentialSetter {
    pub(crate) method: String,
    /// The setter of a provider of tokens, and that of client credentials.
    pub(crate) provider: Option<String>,
    pub(crate) client_credentials: Option<String>,
    pub(crate) scheme: String,
    pub(crate) kind: SecurityKind,
    pub(crate) description: Option<String>,
}

/// A body that the API sends to its users.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) ty: RustType,
    pub(crate) description: String,
}

/// Operations that belong together.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) module: String,
    pub(crate) accessor: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// The Cargo feature that switches it on, if there are several resources.
    pub(crate) feature: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method_name: String,
    pub(crate) request: String,
    pub(crate) constant: String,
    pub(crate) http_method: String,
    pub(crate) path: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) external_docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) server: Option<Server>,
    pub(crate) accept: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) setters: Vec<Argument>,
    pub(crate) body: Option<BodyEnum>,
    pub(crate) security: Vec<Vec<String>>,
    pub(crate) output: Output,
    pub(crate) stream: Option<Stream>,
    pub(crate) headers: Option<HeaderStruct>,
    pub(crate) error: Option<ErrorEnum>,
    pub(crate) paging: Option<Paging>,
}

/// A required or optional parameter, or a body.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) kind: ArgumentKind,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) example: String,
}

/// What becomes of an argument.
#[derive(Debug)]
pub(crate) enum ArgumentKind {
    Parameter {
        place: crate::ir::ParameterPlace,
        style: crate::ir::ParameterStyle,
        ty: RustType,
    },
    Body(BodyKind),
    /// One of several kinds of bodies: the enum of that name.
    BodyChoice(String),
}

/// A body.
#[derive(Debug, Clone)]
pub(crate) enum BodyKind {
    Json {
        media: String,
        ty: RustType,
    },
    Form {
        ty: RustType,
        encodings: Vec<crate::ir::PropertyEncoding>,
    },
    Multipart {
        media: String,
        ty: RustType,
    },
    Text {
        media: String,
    },
    Binary {
        media: String,
    },
}

/// The kinds of bodies that an operation takes.
#[derive(Debug)]
pub(crate) struct BodyEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<(String, BodyKind)>,
}

/// What a call gives.
#[derive(Debug)]
pub(crate) enum Output {
    Unit,
    Json(RustType),
    OptionalJson(RustType),
    Text,
    Binary,
    Stream(Stream),
    Cases(OutcomeEnum),
}

/// A sequence of items as they arrive.
#[derive(Debug)]
pub(crate) enum Stream {
    /// Server-sent events with JSON.
    Events(RustType),
    /// Server-sent events with text.
    TextEvents,
    JsonLines(RustType),
}

/// Successes by status.
#[derive(Debug)]
pub(crate) struct OutcomeEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<OutcomeVariant>,
}

#[derive(Debug)]
pub(crate) struct OutcomeVariant {
    pub(crate) name: String,
    pub(crate) status: crate::ir::Statuses,
    pub(crate) body: OutcomeBody,
    pub(crate) description: String,
}

#[derive(Debug)]
pub(crate) enum OutcomeBody {
    None,
    Json(RustType),
    Text,
    Binary,
}

/// The documented headers of a successful response.
#[derive(Debug)]
pub(crate) struct HeaderStruct {
    pub(crate) name: String,
    pub(crate) fields: Vec<HeaderField>,
}

#[derive(Debug)]
pub(crate) struct HeaderField {
    pub(crate) name: String,
    pub(crate) header: String,
    pub(crate) ty: RustType,
    pub(crate) required: bool,
    pub(crate) docs: Vec<String>,
}

/// Documented errors by status.
#[derive(Debug)]
pub(crate) struct ErrorEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<ErrorVariant>,
}

#[derive(Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) name: String,
    pub(crate) status: crate::ir::Statuses,
    /// JSON, or text.
    pub(crate) body: Option<RustType>,
    pub(crate) description: String,
}

/// How an operation pages.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) constant: String,
    pub(crate) plan: specwright_openapi::pagination::PagePlan,
    /// The position in a request's body is a number.
    pub(crate) is_number: bool,
    pub(crate) page: RustType,
    pub(crate) item: RustType,
    /// What an item is called in examples.
    pub(crate) item_name: String,
    pub(crate) items: Way,
    pub(crate) signals: Vec<(crate::ir::Signal, SignalPlace)>,
}

/// Where a page tells something.
#[derive(Debug)]
pub(crate) enum SignalPlace {
    Field(Way),
    LastItem(Way),
    FirstItem(Way),
    /// At a JSON pointer into the last item.
    LastItemPointer(String),
    /// At a JSON pointer into the first item.
    FirstItemPointer(String),
    /// At a JSON pointer into the body.
    Pointer(String),
    Header(String),
}

/// A way through fields.
#[derive(Debug)]
pub(crate) struct Way {
    /// Identifiers, and how the fields tell of their absence.
    pub(crate) steps: Vec<(String, FieldForm)>,
    pub(crate) ty: RustType,
}

/// A type with its file.
#[derive(Debug)]
pub(crate) struct TypeItem {
    pub(crate) name: String,
    pub(crate) module: String,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) received: bool,
    pub(crate) sent: bool,
    pub(crate) shape: TypeShape,
}

#[derive(Debug)]
pub(crate) enum TypeShape {
    Struct {
        fields: Vec<StructField>,
        /// The field for properties that the schema does not name, and the type of its values.
        additional: Option<(String, RustType)>,
    },
    Enum {
        variants: Vec<EnumVariant>,
        /// The variant for other values.
        other: Option<String>,
        kind: EnumKind,
    },
    Union {
        variants: Vec<UnionVariant>,
        tag: Option<String>,
        /// The variant for everything else.
        other: String,
    },
    Parts(Vec<PartField>),
}

#[derive(Debug)]
pub(crate) struct StructField {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) ty: RustType,
    pub(crate) form: FieldForm,
    /// Whether `[]` is read as an empty map.
    pub(crate) lenient: bool,
    /// The only text that it can have.
    pub(crate) constant: Option<String>,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
}

/// How a field tells of its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldForm {
    /// Always there.
    Required,
    /// Always there, perhaps as null: an `Option` that is written as null.
    Nullable,
    /// An `Option` that is left out.
    Optional,
    /// Absent, null or a value.
    Patch,
}

#[derive(Debug)]
pub(crate) struct EnumVariant {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) description: Option<String>,
}

#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) ty: RustType,
    pub(crate) tags: Vec<String>,
    pub(crate) holds_tag: bool,
    pub(crate) kind: Option<JsonKind>,
    pub(crate) required: Vec<String>,
    /// How many properties it knows.
    pub(crate) known: usize,
}

#[derive(Debug)]
pub(crate) struct PartField {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) ty: RustType,
    pub(crate) optional: bool,
    pub(crate) content_type: Option<String>,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RustType {
    String,
    Text(TextFormat),
    Integer(IntegerSize),
    F64,
    Decimal,
    Bool,
    Json,
    File,
    Vec(Box<RustType>),
    Map(Box<RustType>),
    Tuple(Vec<RustType>),
    Option(Box<RustType>),
    Box(Box<RustType>),
    Named(String, NamedKind),
}

/// What a type with a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedKind {
    Struct,
    OpenEnum,
    ClosedEnum,
    Union,
    Parts,
}

/// Decides everything.
pub(crate) fn model(api: &Api, recipe: &Recipe, form: Form) -> Model {
    let package = recipe
        .package
        .name
        .clone()
        .unwrap_or_else(|| names::package_name(&api.title));
    let names = Names::new(api, recipe);
    let mut taken: BTreeSet<String> = ["base_url", "transport", "timeout", "user_agent", "build"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut items: BTreeSet<String> = names.types.iter().cloned().collect();
    let webhooks = client::webhooks(api, &names);
    let mut resources = operations::resources(api, recipe, &names, &mut items);
    if form == Form::Crate {
        features::name(&mut resources);
    }
    Model {
        form,
        crate_name: package.replace('-', "_"),
        package,
        runtime_path: recipe.package.runtime_path.clone(),
        contract: form == Form::Crate && recipe.tests.contract,
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        server: api.servers.first().cloned(),
        other_servers: api.servers.iter().skip(1).cloned().collect(),
        credentials: client::credentials(api, &mut taken),
        variables: client::variables(api, &mut taken),
        resources,
        types: types::items(api, recipe, &names),
        webhooks,
        taken: items,
    }
}

/// The Rust names of the API's types.
pub(crate) struct Names {
    types: Vec<String>,
    kinds: Vec<NamedKind>,
    keys: Vec<Vec<String>>,
    /// How each field of a struct tells of its absence.
    forms: Vec<Vec<FieldForm>>,
    fields: Vec<Vec<String>>,
    additional: Vec<String>,
    boxed: boxes::Boxed,
    /// The files of components, by component.
    modules: BTreeMap<String, String>,
}

impl Names {
    fn new(api: &Api, recipe: &Recipe) -> Self {
        let count = api.types.len();
        let mut names = Self {
            types: vec![String::new(); count],
            kinds: vec![NamedKind::Struct; count],
            keys: vec![Vec::new(); count],
            forms: vec![Vec::new(); count],
            fields: vec![Vec::new(); count],
            additional: vec![String::new(); count],
            boxed: boxes::boxed(api),
            modules: BTreeMap::new(),
        };
        let mut taken = BTreeSet::new();
        // Components first and in the order of their names: their names must not depend on the order of the document.
        // One that is its own identifier keeps it.
        let mut order: Vec<(bool, usize, bool, &Vec<String>, usize)> = api
            .types
            .iter()
            .enumerate()
            .map(|(index, it)| {
                let plain = it.words.join(" ");
                let changed = names::type_name(&plain) != plain;
                let inline = it.component.is_none();
                (inline, it.words.len(), changed, &it.words, index)
            })
            .collect();
        order.sort();
        for (_, _, _, words, index) in order {
            let Some(definition) = api.types.get(index) else {
                continue;
            };
            let knob = definition
                .component
                .as_ref()
                .and_then(|it| recipe.types.get(it)?.name.clone());
            let wished = knob.unwrap_or_else(|| {
                let mut words = words.clone();
                // What is inside of a renamed component is named after the new name.
                let root = definition.root.as_ref().and_then(|it| recipe.types.get(it));
                if let (Some(first), Some(new)) =
                    (words.first_mut(), root.and_then(|it| it.name.clone()))
                {
                    *first = new;
                }
                names::type_name(&words.join(" "))
            });
            let name = names::unique_type(wished, &mut taken);
            if let Some(component) = &definition.component {
                names
                    .modules
                    .insert(component.clone(), names::module_name(&name));
            }
            put(&mut names.types, index, name);
            names.name_members(index, definition);
        }
        names
    }

    fn name_members(&mut self, index: usize, definition: &TypeDef) {
        let (kind, keys): (NamedKind, Vec<&str>) = match &definition.shape {
            Shape::Enum(shape) if types::is_open(definition, shape) => {
                (NamedKind::OpenEnum, Vec::new())
            }
            Shape::Enum(_) => (NamedKind::ClosedEnum, Vec::new()),
            Shape::Union(_) => (NamedKind::Union, Vec::new()),
            Shape::Object(object) => (
                NamedKind::Struct,
                object.fields.iter().map(|it| it.name.as_str()).collect(),
            ),
            Shape::Parts(parts) => (
                NamedKind::Parts,
                parts.iter().map(|it| it.field.name.as_str()).collect(),
            ),
        };
        put(&mut self.kinds, index, kind);
        if let Shape::Object(object) = &definition.shape {
            let forms = object.fields.iter();
            let forms = forms.map(|it| types::form(definition, it)).collect();
            put(&mut self.forms, index, forms);
        }
        let (fields, additional) = member_names(&keys);
        put(
            &mut self.keys,
            index,
            keys.iter().map(|&it| it.to_owned()).collect(),
        );
        put(&mut self.fields, index, fields);
        put(&mut self.additional, index, additional);
    }

    fn field(&self, id: TypeId, place: usize) -> String {
        self.fields
            .get(id.0)
            .and_then(|own| own.get(place))
            .cloned()
            .unwrap_or_default()
    }

    /// The field of a property, and how it tells of its absence.
    fn field_of_key(&self, id: TypeId, key: &str) -> (String, FieldForm) {
        let keys = self.keys.get(id.0);
        let place = keys.and_then(|keys| keys.iter().position(|it| it == key));
        let form = place.and_then(|place| self.forms.get(id.0)?.get(place).copied());
        let name = place.map(|place| self.field(id, place));
        (
            name.unwrap_or_default(),
            form.unwrap_or(FieldForm::Optional),
        )
    }

    /// How many properties a type has.
    fn count_of_keys(&self, ty: &TypeRef) -> usize {
        let own = ty.named().next().and_then(|id| self.keys.get(id.0));
        own.map_or(0, Vec::len)
    }

    fn additional(&self, id: TypeId) -> String {
        self.additional.get(id.0).cloned().unwrap_or_default()
    }

    fn of(&self, id: TypeId) -> &str {
        self.types.get(id.0).map(String::as_str).unwrap_or_default()
    }

    /// The file of a type: that of the component or operation that it stands in.
    fn module_of(&self, definition: &TypeDef) -> String {
        let root = definition
            .root
            .as_ref()
            .and_then(|it| self.modules.get(it))
            .cloned();
        root.unwrap_or_else(|| {
            let word = definition
                .words
                .first()
                .map(String::as_str)
                .unwrap_or_default();
            names::module_name(&names::type_name(word))
        })
    }

    /// The type of a member, boxed if need be.
    fn member_type(&self, id: TypeId, place: usize, ty: &TypeRef) -> RustType {
        let plain = self.rust_type(ty);
        if self.boxed.contains(&(id, place)) {
            RustType::Box(Box::new(plain))
        } else {
            plain
        }
    }

    fn rust_type(&self, ty: &TypeRef) -> RustType {
        let boxed = |ty: &TypeRef| Box::new(self.rust_type(ty));
        match ty {
            TypeRef::String => RustType::String,
            TypeRef::Text(format) => RustType::Text(*format),
            TypeRef::Integer(size) => RustType::Integer(*size),
            TypeRef::Number => RustType::F64,
            TypeRef::Decimal => RustType::Decimal,
            TypeRef::Boolean => RustType::Bool,
            TypeRef::Json => RustType::Json,
            TypeRef::File => RustType::File,
            TypeRef::List(item) => RustType::Vec(boxed(item)),
            TypeRef::Map(value) => RustType::Map(boxed(value)),
            TypeRef::Tuple(elements) => {
                RustType::Tuple(elements.iter().map(|it| self.rust_type(it)).collect())
            }
            TypeRef::Nullable(inner) => RustType::Option(boxed(inner)),
            TypeRef::Named(id) => {
                let kind = self.kinds.get(id.0).copied().unwrap_or(NamedKind::Struct);
                RustType::Named(self.of(*id).to_owned(), kind)
            }
        }
    }
}

fn put<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// Field names for keys, in an order that does not depend on that of the document, and the name for all other keys.
fn member_names(keys: &[&str]) -> (Vec<String>, String) {
    let mut taken = BTreeSet::new();
    let mut order: Vec<(String, bool, &str, usize)> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| {
            let wished = names::value_name(key);
            // A key that is its own identifier keeps it.
            let changed = wished != *key;
            (wished, changed, *key, place)
        })
        .collect();
    order.sort();
    let mut named = vec![String::new(); keys.len()];
    for (wished, _, _, place) in order {
        put(&mut named, place, names::unique(wished, &mut taken));
    }
    let additional = names::unique("additional".to_owned(), &mut taken);
    (named, additional)
}

impl RustType {
    /// The type with a name of its own at the core.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name, _) => Some(name),
            Self::Vec(inner) | Self::Map(inner) | Self::Box(inner) | Self::Option(inner) => {
                inner.named()
            }
            _ => None,
        }
    }
}
