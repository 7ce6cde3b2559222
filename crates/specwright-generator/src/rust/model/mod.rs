//! The crate to be: modules and items with every identifier decided.

mod boxes;
mod names;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Recipe,
    ir::{Api, ObjectShape, SecurityKind, Server, Shape, TypeId, TypeRef},
};

/// A crate.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) package: String,
    /// The package as a path segment.
    pub(crate) crate_name: String,
    pub(crate) runtime_path: Option<String>,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) server: Option<Server>,
    pub(crate) variables: Vec<VariableSetter>,
    pub(crate) credentials: Vec<CredentialSetter>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) types: Vec<TypeItem>,
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
    pub(crate) scheme: String,
    pub(crate) kind: SecurityKind,
    pub(crate) description: Option<String>,
}

/// Operations that belong together.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) module: String,
    pub(crate) accessor: String,
    pub(crate) name: String,
    pub(crate) description: String,
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
    pub(crate) arguments: Vec<Argument>,
    pub(crate) setters: Vec<Argument>,
    pub(crate) security: Vec<Vec<String>>,
    pub(crate) success: Option<RustType>,
    pub(crate) error: Option<ErrorEnum>,
    pub(crate) paging: Option<Paging>,
}

/// A required or optional parameter.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) in_path: bool,
    pub(crate) ty: RustType,
    /// Whether callers may give anything that converts into the type.
    pub(crate) into: bool,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) example: String,
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
    pub(crate) body: RustType,
    pub(crate) description: String,
}

/// How an operation pages.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) constant: String,
    pub(crate) plan: specwright_openapi::pagination::PagePlan,
    pub(crate) item: RustType,
    /// What an item is called in examples.
    pub(crate) item_name: String,
    pub(crate) items: Way,
    pub(crate) signals: Vec<(crate::ir::Signal, Way)>,
}

/// A way through fields.
#[derive(Debug)]
pub(crate) struct Way {
    /// Identifier and whether it is an `Option`.
    pub(crate) steps: Vec<(String, bool)>,
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
        /// The variant for other texts.
        other: Option<String>,
    },
}

#[derive(Debug)]
pub(crate) struct StructField {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) ty: RustType,
    pub(crate) optional: bool,
    /// Whether `[]` is read as an empty map.
    pub(crate) lenient: bool,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
}

#[derive(Debug)]
pub(crate) struct EnumVariant {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RustType {
    String,
    DateTime,
    I32,
    I64,
    F64,
    Bool,
    Json,
    Vec(Box<RustType>),
    Map(Box<RustType>),
    Box(Box<RustType>),
    Struct(String),
    /// An enum, and whether it is open.
    Enum(String, bool),
}

/// Decides everything.
pub(crate) fn model(api: &Api, recipe: &Recipe) -> Model {
    let package = recipe
        .package
        .name
        .clone()
        .unwrap_or_else(|| package_name(&api.title));
    let names = Names::new(api, recipe);
    let mut taken: BTreeSet<String> = ["base_url", "transport", "timeout", "user_agent", "build"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    Model {
        crate_name: package.replace('-', "_"),
        package,
        runtime_path: recipe.package.runtime_path.clone(),
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        server: api.servers.first().cloned(),
        credentials: credentials(api, &mut taken),
        variables: variables(api, &mut taken),
        resources: operations::resources(api, recipe, &names),
        types: types::items(api, recipe, &names),
    }
}

/// The Rust names of the API's types.
pub(crate) struct Names {
    types: BTreeMap<TypeId, String>,
    enums: BTreeMap<TypeId, bool>,
    boxed: BTreeSet<(TypeId, String)>,
    fields: BTreeMap<TypeId, BTreeMap<String, String>>,
    additional: BTreeMap<TypeId, String>,
}

impl Names {
    fn new(api: &Api, recipe: &Recipe) -> Self {
        let mut names = Self {
            types: BTreeMap::new(),
            enums: BTreeMap::new(),
            boxed: boxes::boxed_fields(api),
            fields: BTreeMap::new(),
            additional: BTreeMap::new(),
        };
        let mut taken = BTreeSet::new();
        // Components first and in the order of their names: their names must not depend on the order of the document.
        let mut order: Vec<usize> = (0..api.types.len()).collect();
        order.sort_by_key(|index| {
            api.types
                .get(*index)
                .map(|it| (it.component.is_none(), it.words.len(), it.words.clone()))
        });
        for index in order {
            let Some(definition) = api.types.get(index) else {
                continue;
            };
            let knob = definition
                .component
                .as_ref()
                .and_then(|it| recipe.types.get(it)?.name.clone());
            let wished = knob.unwrap_or_else(|| names::type_name(&definition.words.join(" ")));
            names
                .types
                .insert(TypeId(index), names::unique(wished, &mut taken));
            match &definition.shape {
                Shape::Enum(it) => drop(names.enums.insert(TypeId(index), it.open)),
                Shape::Object(object) => names.name_fields(TypeId(index), object),
            }
        }
        names
    }

    fn name_fields(&mut self, id: TypeId, object: &ObjectShape) {
        let mut taken = BTreeSet::new();
        let own = self.fields.entry(id).or_default();
        for field in &object.fields {
            own.insert(
                field.name.clone(),
                names::unique(names::value_name(&field.name), &mut taken),
            );
        }
        self.additional
            .insert(id, names::unique("additional".to_owned(), &mut taken));
    }

    fn field(&self, id: TypeId, key: &str) -> String {
        self.fields
            .get(&id)
            .and_then(|own| own.get(key))
            .cloned()
            .unwrap_or_default()
    }

    fn of(&self, id: TypeId) -> String {
        self.types.get(&id).cloned().unwrap_or_default()
    }

    fn rust_type(&self, ty: &TypeRef) -> RustType {
        match ty {
            TypeRef::String => RustType::String,
            TypeRef::DateTime => RustType::DateTime,
            TypeRef::Int32 => RustType::I32,
            TypeRef::Int64 => RustType::I64,
            TypeRef::Number => RustType::F64,
            TypeRef::Boolean => RustType::Bool,
            TypeRef::Json => RustType::Json,
            TypeRef::List(item) => RustType::Vec(Box::new(self.rust_type(item))),
            TypeRef::Map(value) => RustType::Map(Box::new(self.rust_type(value))),
            TypeRef::Named(id) => match self.enums.get(id) {
                Some(open) => RustType::Enum(self.of(*id), *open),
                None => RustType::Struct(self.of(*id)),
            },
        }
    }
}

impl RustType {
    /// The type with a name of its own at the core.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Struct(name) | Self::Enum(name, _) => Some(name),
            Self::Vec(inner) | Self::Map(inner) | Self::Box(inner) => inner.named(),
            _ => None,
        }
    }
}

fn package_name(title: &str) -> String {
    let name = names::module_name(title).replace('_', "-");
    name.trim_matches('-').to_owned()
}

fn credentials(api: &Api, taken: &mut BTreeSet<String>) -> Vec<CredentialSetter> {
    let used: BTreeSet<&String> = api
        .operations
        .iter()
        .flat_map(|it| it.security.iter().flatten())
        .collect();
    let schemes: Vec<_> = api
        .security_schemes
        .iter()
        .filter(|it| used.contains(&it.name))
        .collect();
    let bearers = schemes
        .iter()
        .filter(|it| it.kind == SecurityKind::Bearer)
        .count();
    let mut setters = Vec::new();
    for scheme in schemes {
        let wished = match &scheme.kind {
            SecurityKind::Bearer if bearers == 1 => "bearer_token".to_owned(),
            SecurityKind::Basic => "basic_auth".to_owned(),
            SecurityKind::Bearer | SecurityKind::ApiKey { .. } => names::value_name(&scheme.name),
        };
        setters.push(CredentialSetter {
            method: names::unique(wished, taken),
            scheme: scheme.name.clone(),
            kind: scheme.kind.clone(),
            description: scheme.description.clone(),
        });
    }
    setters
}

fn variables(api: &Api, taken: &mut BTreeSet<String>) -> Vec<VariableSetter> {
    let variables = api.servers.first().into_iter().flat_map(|it| &it.variables);
    variables
        .map(|variable| VariableSetter {
            method: names::unique(names::value_name(&variable.name), taken),
            variable: variable.name.clone(),
            default: variable.default.clone(),
            description: variable.description.clone(),
        })
        .collect()
}
