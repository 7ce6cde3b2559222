//! What the rewrites want to know about components before the walk reaches them.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Types;
use crate::tree::{Node, Object};

/// Facts about the Components Object of the source.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The types that each component schema with a `type` names, by the reference to it.
    types: BTreeMap<String, Types>,
    /// The names of the security schemes of type `mutualTLS`.
    pub(super) mutual_tls: BTreeSet<String>,
    /// The Media Type Objects that references lead to; taken out of the tree.
    pub(super) media_types: Object,
}

impl Known {
    /// Looks at the components and takes out of the tree those that 3.0 has no section for (OAS 3.1.1 and 3.2.0,
    /// Components Object). References to path items have been replaced by the path items before.
    pub(super) fn gather(root: &mut Object) -> Self {
        let mut known = Self::default();
        let Some(Node::Object(components)) = root.get_mut("components") else {
            return known;
        };
        components.remove("pathItems");
        if let Some(Node::Object(media_types)) = components.remove("mediaTypes") {
            known.media_types = media_types;
        }
        for (name, node) in section(components, "schemas") {
            if let Some(types) = node.get("type") {
                known
                    .types
                    .insert(reference("schemas", name), Types::of(types));
            }
        }
        let schemes = section(components, "securitySchemes");
        let mutual = schemes
            .filter(|(_, node)| node.get("type").and_then(Node::as_str) == Some("mutualTLS"));
        known.mutual_tls = mutual.map(|(name, _)| name.to_owned()).collect();
        known
    }

    /// The types that the component schema at the end of a reference names.
    pub(super) fn types(&self, reference: &str) -> Option<Types> {
        self.types.get(reference).copied()
    }
}

fn section<'o>(components: &'o Object, name: &str) -> impl Iterator<Item = (&'o str, &'o Node)> {
    let section = components.get(name).and_then(Node::as_object);
    section.into_iter().flat_map(Object::iter)
}

/// The reference to a component as the bundler writes it.
fn reference(section: &str, name: &str) -> String {
    let at = specwright_diagnostics::Pointer::root()
        .join("components")
        .join(section)
        .join(name);
    format!("#{at}")
}

#[cfg(test)]
mod tests {
    use super::{super::testing::node, *};

    #[test]
    fn facts_are_gathered_once() {
        let text = "{components: {pathItems: {P: {}}, mediaTypes: {M: {schema: {}}}, \
            schemas: {a/b: {type: [string, 'null']}, Any: {}}, \
            securitySchemes: {tls: {type: mutualTLS}, key: {type: apiKey}}}}";
        let Node::Object(mut root) = node(text) else {
            unreachable!()
        };
        let known = Known::gather(&mut root);
        let types = known.types("#/components/schemas/a~1b").unwrap();
        assert_eq!(types.names().collect::<Vec<_>>(), ["string", "null"]);
        assert_eq!(known.types("#/components/schemas/Any"), None);
        assert_eq!(known.mutual_tls.iter().collect::<Vec<_>>(), ["tls"]);
        assert!(known.media_types.contains("M"));
        let left = root.get("components").and_then(Node::as_object).unwrap();
        assert_eq!(
            left.iter().map(|(key, _)| key).collect::<Vec<_>>(),
            ["schemas", "securitySchemes"]
        );
    }
}
