//! A document in the words of its own version: what rules about documents look at.

use specwright_diagnostics::{FileId, Pointer};

use crate::{
    origins::Origins,
    structure::{self, Shape, Type},
    tree::{Node, Object},
};

pub use crate::structure::Version;

/// A checked document in the words of its own version, before it is brought into the normal form.
///
/// All files are in one tree, whose references lead into the Components Object (2.0: `definitions`, `parameters` and
/// `responses`). What structure rules reported as unusable is gone.
#[derive(Debug)]
pub struct Document {
    version: Version,
    root: Node,
    origins: Origins,
}

/// The kinds of objects that the specification names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each is the object of that name in the specification"
)]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocumentation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
    Schema,
    /// The Items Object of 2.0.
    Items,
    Discriminator,
    Xml,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::Xml as usize + 1;

    fn of(shape: &Shape) -> Option<Self> {
        Some(match shape.anchor {
            "openapi-object" | "swagger-object" => Self::Document,
            "info-object" => Self::Info,
            "contact-object" => Self::Contact,
            "license-object" => Self::License,
            "server-object" => Self::Server,
            "server-variable-object" => Self::ServerVariable,
            "components-object" => Self::Components,
            "paths-object" => Self::Paths,
            "path-item-object" if shape.name == "Path Item Object" => Self::PathItem,
            "operation-object" => Self::Operation,
            "external-documentation-object" => Self::ExternalDocumentation,
            "parameter-object" => Self::Parameter,
            "request-body-object" => Self::RequestBody,
            "media-type-object" => Self::MediaType,
            "encoding-object" => Self::Encoding,
            "responses-object" => Self::Responses,
            "response-object" => Self::Response,
            "callback-object" => Self::Callback,
            "example-object" => Self::Example,
            "link-object" => Self::Link,
            "header-object" => Self::Header,
            "tag-object" => Self::Tag,
            "security-scheme-object" => Self::SecurityScheme,
            "oauth-flows-object" => Self::OAuthFlows,
            "oauth-flow-object" => Self::OAuthFlow,
            "schema-object" => Self::Schema,
            "items-object" => Self::Items,
            "discriminator-object" => Self::Discriminator,
            "xml-object" => Self::Xml,
            _ => return None,
        })
    }
}

/// The way from the root of a document to one of its nodes; made into a [`Pointer`] only where one is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    key: Key<'a>,
    kind: Option<Kind>,
    object: Option<&'a Object>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// The beginning.
    Root,
    /// Into a member of an object.
    Name(&'a str),
    /// Into an element of an array, from 0.
    Index(usize),
}

impl<'a> Path<'a> {
    const ROOT: Path<'static> = Path {
        parent: None,
        key: Key::Root,
        kind: None,
        object: None,
    };

    fn step<'p>(&'p self, key: Key<'p>) -> Path<'p> {
        Path {
            parent: Some(self),
            key,
            kind: None,
            object: None,
        }
    }

    /// The way to the node that holds this one.
    #[must_use]
    pub fn parent(&self) -> Option<&'a Path<'a>> {
        self.parent
    }

    /// The last step.
    #[must_use]
    pub fn key(&self) -> Key<'a> {
        self.key
    }

    /// The name of the last step, if it is one.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match self.key {
            Key::Name(name) => Some(name),
            Key::Root | Key::Index(_) => None,
        }
    }

    /// What kind of object stands here; `None` for arrays and maps.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// The object that stands here, if it is of a kind.
    #[must_use]
    pub fn object(&self) -> Option<&'a Object> {
        self.object
    }

    /// The nearest object of a kind that holds this node, and the way to it.
    #[must_use]
    pub fn owner(&self) -> Option<&'a Path<'a>> {
        let mut at = self.parent;
        while let Some(path) = at {
            if path.kind.is_some() {
                return Some(path);
            }
            at = path.parent;
        }
        None
    }

    /// The nearest object of this kind that holds this node.
    #[must_use]
    pub fn within(&self, kind: Kind) -> Option<&'a Path<'a>> {
        let mut at = self.parent;
        while let Some(path) = at {
            if path.kind == Some(kind) {
                return Some(path);
            }
            at = path.parent;
        }
        None
    }

    /// The field of the owner in which this node stands, for example `properties` or `allOf`.
    #[must_use]
    pub fn field(&self) -> Option<&'a str> {
        let mut step = *self;
        while let Some(parent) = step.parent {
            if parent.kind.is_some() {
                return step.name();
            }
            step = *parent;
        }
        None
    }

    /// The way as a JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(path) = at {
            steps.push(path.key);
            at = path.parent;
        }
        let mut pointer = Pointer::root();
        for key in steps.into_iter().rev() {
            match key {
                Key::Root => {}
                Key::Name(name) => pointer.push(name),
                Key::Index(index) => pointer.push(&index.to_string()),
            }
        }
        pointer
    }
}

/// An object of a document that a walk came to.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'d, 'p> {
    /// What the object is.
    pub kind: Kind,
    /// The object.
    pub object: &'d Object,
    /// Where it stands.
    pub path: &'p Path<'p>,
    /// What it refers to, if it is a reference: a Reference Object, or from 3.1 on a schema with `$ref`.
    pub reference: Option<&'d str>,
}

impl Visit<'_, '_> {
    /// Whether this is nothing but a reference.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.reference.is_some()
    }
}

impl Document {
    pub(crate) fn new(version: Version, root: Node, origins: Origins) -> Self {
        Self {
            version,
            root,
            origins,
        }
    }

    /// The version of the specification, without its patch number.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The whole tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The node at a pointer.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        self.root.at(pointer)
    }

    /// The object that a local reference such as `#/components/schemas/User` leads to, through further references.
    #[must_use]
    pub fn follow<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        let mut at = object;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = at.get("$ref").and_then(Node::as_str) else {
                return Some(at);
            };
            at = self.target(reference)?.as_object()?;
        }
        None
    }

    /// The node that a local reference leads to, by one step.
    #[must_use]
    pub fn target(&self, reference: &str) -> Option<&Node> {
        self.root.at(&Pointer::parse(reference.strip_prefix('#')?)?)
    }

    /// The file and pointer of what stands at `pointer`.
    #[must_use]
    pub fn origin(&self, pointer: &Pointer) -> (FileId, Pointer) {
        self.origins.of(pointer)
    }

    /// Whether what stands at `pointer` was brought there from elsewhere by a reference.
    #[must_use]
    pub fn is_moved(&self, pointer: &Pointer) -> bool {
        self.origins.moved.contains_key(pointer)
    }

    /// Visits every object of a kind, in the order of the text, outer ones first.
    pub fn walk<'d>(&'d self, visit: &mut dyn FnMut(&Visit<'d, '_>)) {
        let walk = Walk {
            version: self.version,
        };
        let document = structure::document(self.version);
        walk.node(&self.root, Type::Object(document), &Path::ROOT, visit);
    }
}

/// How many references may follow each other.
const LONGEST_CHAIN: usize = 64;

struct Walk {
    version: Version,
}

impl Walk {
    fn node<'d>(
        &self,
        node: &'d Node,
        holds: Type,
        path: &Path<'_>,
        visit: &mut dyn FnMut(&Visit<'d, '_>),
    ) {
        match (holds, node) {
            (Type::Object(shape), Node::Object(object)) => {
                let is_reference = Kind::of(shape) == Some(Kind::PathItem);
                self.object(object, shape, is_reference, path, visit);
            }
            (Type::OrReference(shape), Node::Object(object)) => {
                self.object(object, shape, true, path, visit);
            }
            (Type::Schema, Node::Object(object)) => {
                let shape = structure::schema(self.version);
                self.object(object, shape, true, path, visit);
            }
            (Type::List(item) | Type::NonEmpty(item), Node::Array(items)) => {
                for (index, node) in items.iter().enumerate() {
                    self.node(node, *item, &path.step(Key::Index(index)), visit);
                }
            }
            (Type::Map(value), Node::Object(object)) => {
                // The specification calls one kind of map an object: the only map of lists of texts at such a place.
                if path.field() == Some("security") && matches!(path.key, Key::Index(_)) {
                    let path = Path {
                        kind: Some(Kind::SecurityRequirement),
                        object: Some(object),
                        ..*path
                    };
                    visit(&Visit {
                        kind: Kind::SecurityRequirement,
                        object,
                        path: &path,
                        reference: None,
                    });
                }
                if !matches!(value, Type::Any | Type::String) {
                    for (key, node) in object.iter() {
                        self.node(node, *value, &path.step(Key::Name(key)), visit);
                    }
                }
            }
            (Type::Either(first, second), node) => {
                let holds = if first.fits(node) { first } else { second };
                self.node(node, *holds, path, visit);
            }
            _ => {}
        }
    }

    fn object<'d>(
        &self,
        object: &'d Object,
        shape: &'static Shape,
        may_refer: bool,
        path: &Path<'_>,
        visit: &mut dyn FnMut(&Visit<'d, '_>),
    ) {
        let kind = Kind::of(shape);
        let path = &Path {
            kind,
            object: kind.map(|_| object),
            ..*path
        };
        if let Some(kind) = kind {
            let reference = object
                .get("$ref")
                .and_then(Node::as_str)
                .filter(|_| may_refer);
            visit(&Visit {
                kind,
                object,
                path,
                reference,
            });
        }
        for (key, node) in object.iter() {
            if !matches!(node, Node::Object(_) | Node::Array(_)) {
                continue;
            }
            let field = shape.field(key, self.version).map(|field| field.holds);
            if let Some(holds) = field.or_else(|| shape.rest.holds(key)) {
                self.node(node, holds, &path.step(Key::Name(key)), visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MemoryLoader, load_with_document};

    fn visits(text: &str) -> Vec<String> {
        let loaded =
            load_with_document("a.yaml", &MemoryLoader::default().with("a.yaml", text)).unwrap();
        let mut seen = Vec::new();
        loaded.document.unwrap().walk(&mut |visit| {
            let owner = visit.path.owner().and_then(Path::kind);
            seen.push(format!(
                "{:?} {} in {owner:?} {:?}{}",
                visit.kind,
                visit.path.pointer(),
                visit.path.field(),
                visit
                    .reference
                    .map(|it| format!(" -> {it}"))
                    .unwrap_or_default()
            ));
        });
        seen
    }

    #[test]
    fn every_object_of_a_kind_is_visited() {
        let text = "
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    get:
      security: [{key: []}]
      responses:
        '200':
          description: Good.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}
components:
  schemas: {A: {type: string, example: {info: {}}}}
  securitySchemes: {key: {type: http, scheme: bearer}}
";
        let expected = "
Document  in None None
Info /info in Some(Document) Some(\"info\")
Paths /paths in Some(Document) Some(\"paths\")
PathItem /paths/~1a in Some(Paths) Some(\"/a\")
Operation /paths/~1a/get in Some(PathItem) Some(\"get\")
SecurityRequirement /paths/~1a/get/security/0 in Some(Operation) Some(\"security\")
Responses /paths/~1a/get/responses in Some(Operation) Some(\"responses\")
Response /paths/~1a/get/responses/200 in Some(Responses) Some(\"200\")
MediaType /paths/~1a/get/responses/200/content/application~1json in Some(Response) Some(\"content\")
Schema /paths/~1a/get/responses/200/content/application~1json/schema in Some(MediaType) Some(\"schema\")
Schema /paths/~1a/get/responses/200/content/application~1json/schema/items in Some(Schema) Some(\"items\") -> #/components/schemas/A
Components /components in Some(Document) Some(\"components\")
Schema /components/schemas/A in Some(Components) Some(\"schemas\")
SecurityScheme /components/securitySchemes/key in Some(Components) Some(\"securitySchemes\")";
        assert_eq!(visits(text).join("\n"), expected.trim());
    }
}
