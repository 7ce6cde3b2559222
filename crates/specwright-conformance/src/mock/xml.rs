//! JSON values as XML, by the XML Objects of their schemas (OAS 3.0.3, XML Object).

use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema},
    xml_of,
};

use super::value::Shape;

/// How deep elements nest.
const DEEPEST: usize = 64;

/// What an XML Object says, and the name where it says none.
#[derive(Debug, Default)]
struct Naming {
    name: String,
    namespace: Option<(Option<String>, String)>,
    attribute: bool,
    wrapped: bool,
}

/// The value as an XML document. The root is named by the XML Object of the schema, or by the component that it is.
pub(crate) fn document(
    description: &Description,
    schema: Option<&ReferenceOr<Schema>>,
    value: &Value,
) -> String {
    let resolved = schema.and_then(|node| description.resolve(node));
    let schemas: Vec<&Schema> = resolved.iter().map(|it| it.object).collect();
    let name = resolved.and_then(|it| it.name).unwrap_or("root");
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let writer = Writer { description };
    let mut naming = Naming::of(&schemas, name);
    // A document has one root, also where the array would not be wrapped elsewhere.
    naming.wrapped = true;
    writer.element(&mut out, &naming, &schemas, value, 0);
    out.push('\n');
    out
}

struct Writer<'a> {
    description: &'a Description,
}

impl Writer<'_> {
    fn element(
        &self,
        out: &mut String,
        naming: &Naming,
        schemas: &[&Schema],
        value: &Value,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(elements) => self.array(out, naming, schemas, elements, depth),
            Value::Object(_) => self.object(out, naming, schemas, value, depth),
            other => {
                out.push_str(&format!("<{}{}>", naming.name, naming.declaration()));
                out.push_str(&escaped(&text(other)));
                out.push_str(&format!("</{}>", naming.name));
            }
        }
    }

    /// One element for each, inside of an element if the array is wrapped.
    fn array(
        &self,
        out: &mut String,
        naming: &Naming,
        schemas: &[&Schema],
        elements: &[Value],
        depth: usize,
    ) {
        let shape = Shape::first(self.description, schemas);
        let mut each = Naming::of(&shape.items, "");
        if each.name.is_empty() {
            each.name.clone_from(&naming.name);
        }
        if naming.wrapped {
            out.push_str(&format!("<{}{}>", naming.name, naming.declaration()));
        }
        for element in elements {
            self.element(out, &each, &shape.items, element, depth + 1);
        }
        if naming.wrapped {
            out.push_str(&format!("</{}>", naming.name));
        }
    }

    fn object(
        &self,
        out: &mut String,
        naming: &Naming,
        schemas: &[&Schema],
        value: &Value,
        depth: usize,
    ) {
        let shape = Shape::first(self.description, schemas);
        let none = Vec::new();
        let members = value.as_object().into_iter().flatten();
        let members: Vec<_> = members
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| {
                let schemas = shape.properties.get(name.as_str()).unwrap_or(&none);
                let mut naming = Naming::of(schemas, name);
                if naming.name.is_empty() {
                    naming.name.push('_');
                }
                (naming, schemas, value)
            })
            .collect();
        out.push_str(&format!("<{}{}", naming.name, naming.declaration()));
        for (member, _, value) in members.iter().filter(|(it, _, _)| it.attribute) {
            out.push_str(&format!(" {}=\"{}\"", member.name, escaped(&text(value))));
        }
        out.push('>');
        for (member, schemas, value) in members.iter().filter(|(it, _, _)| !it.attribute) {
            self.element(out, member, schemas, value, depth + 1);
        }
        out.push_str(&format!("</{}>", naming.name));
    }
}

impl Naming {
    /// The first XML Object among the schemas; `name` is that of the property.
    fn of(schemas: &[&Schema], name: &str) -> Self {
        let xml = schemas.iter().find_map(|schema| xml_of(schema));
        let said = |key: &str| xml.and_then(|xml| xml.get(key));
        let text = |key: &str| said(key).and_then(Value::as_str);
        let flag = |key: &str| said(key).and_then(Value::as_bool).unwrap_or_default();
        let prefix = text("prefix").map(valid_name).filter(|it| !it.is_empty());
        let local = valid_name(text("name").unwrap_or(name));
        let name = match &prefix {
            Some(prefix) if !local.is_empty() => format!("{prefix}:{local}"),
            _ => local,
        };
        Self {
            name,
            namespace: text("namespace").map(|it| (prefix, it.to_owned())),
            attribute: flag("attribute"),
            wrapped: flag("wrapped"),
        }
    }

    /// The declaration of its namespace.
    fn declaration(&self) -> String {
        match &self.namespace {
            Some((Some(prefix), namespace)) => {
                format!(" xmlns:{prefix}=\"{}\"", escaped(namespace))
            }
            Some((None, namespace)) => format!(" xmlns=\"{}\"", escaped(namespace)),
            None => String::new(),
        }
    }
}

/// The text with what no XML name holds (XML 1.0, §2.3) replaced; empty only if it is.
fn valid_name(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|it| {
            let plain = it.is_alphanumeric() || matches!(it, '_' | '-' | '.');
            if plain { it } else { '_' }
        })
        .collect();
    if name.starts_with(|it: char| !it.is_alphabetic() && it != '_') {
        name.insert(0, '_');
    }
    name
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text with markup escaped, and without what XML cannot hold (XML 1.0, §2.2).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(character),
            it if it < ' ' || matches!(it, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    fn written(schemas: &str, value: &Value) -> String {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{{schemas}}}}}}}"
        );
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
        let node = ReferenceOr::ref_("#/components/schemas/Person");
        let description = loaded.description.unwrap();
        let document = document(&description, Some(&node), value);
        document.split_once('\n').unwrap().1.trim_end().to_owned()
    }

    #[test]
    fn the_examples_of_the_specification_are_written() {
        // OAS 3.0.3, XML Object Examples.
        let person = "Person: {type: object, properties: {
            id: {type: integer, xml: {attribute: true}},
            name: {type: string, xml: {namespace: 'http://example.com/schema/sample', prefix: sample}}}}";
        assert_eq!(
            written(person, &json!({ "id": 123, "name": "example" })),
            "<Person id=\"123\"><sample:name xmlns:sample=\"http://example.com/schema/sample\">example</sample:name></Person>"
        );
        let animals = |items: &str, xml: &str| {
            let schema = format!(
                "Person: {{type: object, properties: {{animals: {{type: array, xml: {xml}, items: {{type: string, xml: {items}}}}}}}}}"
            );
            written(&schema, &json!({ "animals": ["a", "b"] }))
        };
        assert_eq!(
            animals("{name: animal}", "{}"),
            "<Person><animal>a</animal><animal>b</animal></Person>"
        );
        assert_eq!(
            animals("{}", "{wrapped: true}"),
            "<Person><animals><animals>a</animals><animals>b</animals></animals></Person>"
        );
        assert_eq!(
            animals("{name: animal}", "{name: aliens, wrapped: true}"),
            "<Person><aliens><animal>a</animal><animal>b</animal></aliens></Person>"
        );
    }

    #[test]
    fn anything_becomes_well_formed() {
        let free = "Person: {type: object, xml: {name: 'a b'}}";
        assert_eq!(
            written(
                free,
                &json!({ "1": "<&\u{1}\">", "x y": null, "": [true, { "z": 1 }] })
            ),
            "<a_b><_1>&lt;&amp;\u{fffd}&quot;&gt;</_1><_>true</_><_><z>1</z></_></a_b>"
        );
    }
}
