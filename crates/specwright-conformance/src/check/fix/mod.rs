//! Edits that mend findings.
//!
//! Only what is mechanical: one way out, found without knowing the API, after which the document says what it was read as,
//! or what it plainly meant. Whoever wrote it loses nothing.

mod schema;
mod structure;

use std::collections::BTreeMap;

use specwright_openapi::{
    Edit, Loaded, Node, Object,
    diagnostics::{Diagnostic, FileId, Pointer},
};

use super::Checked;

/// The edits that mend one finding. Only all of them together do.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// The index of the finding in [`Checked::diagnostics`].
    pub diagnostic: usize,
    /// The file that is to be edited.
    pub file: FileId,
    /// What is to be done there, for [`Loaded::edited`].
    pub edits: Vec<Edit>,
}

/// The fixes for findings about a document, in the order of the findings. Most findings have none.
///
/// Reads every file with findings again.
#[must_use]
pub fn fixes(loaded: &Loaded, checked: &Checked) -> Vec<Fix> {
    let mut trees: BTreeMap<FileId, Option<Node>> = BTreeMap::new();
    let mut fixes = Vec::new();
    for (diagnostic, it) in checked.diagnostics.iter().enumerate() {
        let (Some(file), Some(fix)) = (it.file, of_rule(it.rule.name)) else {
            continue;
        };
        let tree = trees.entry(file).or_insert_with(|| loaded.tree(file));
        let Some(tree) = tree else {
            continue;
        };
        let finding = Finding {
            tree,
            at: &it.pointer,
            diagnostic: it,
        };
        if let Some(edits) = fix(&finding).filter(|edits| !edits.is_empty()) {
            fixes.push(Fix {
                diagnostic,
                file,
                edits,
            });
        }
    }
    fixes
}

type Mend = fn(&Finding<'_>) -> Option<Vec<Edit>>;

fn of_rule(name: &str) -> Option<Mend> {
    Some(match name {
        "reference/ignored-sibling" => structure::ignored_sibling,
        "structure/deprecated-xml" => structure::deprecated_xml,
        "structure/duplicate-parameter" => structure::duplicate_parameter,
        "structure/invalid-value" | "structure/missing-field" => structure::path_is_required,
        "structure/server-variables" => structure::unused_variable,
        "structure/tag-unique" => structure::duplicate_tag,
        "structure/unknown-field" => structure::misspelt_status,
        "structure/wrong-type" => structure::text_without_quotes,
        "style/server-trailing-slash" => structure::trailing_slash,
        "schema/degenerate-composition" => schema::degenerate_composition,
        "schema/duplicate-enum-value" => schema::duplicate_enum_value,
        "schema/duplicate-required" => schema::duplicate_required,
        "schema/enum-type" => schema::enum_of_texts,
        "schema/nullable-enum" => schema::nullable_enum,
        "schema/nullable-in-3-1" => schema::nullable_in_3_1,
        "schema/two-bounds" => schema::two_bounds,
        "example/invalid-default"
        | "example/invalid-enum-member"
        | "example/invalid-media-example"
        | "example/invalid-parameter-example"
        | "example/invalid-schema-example" => structure::text_without_quotes,
        _ => return None,
    })
}

/// A finding with the file that it is in.
struct Finding<'a> {
    /// The tree of the file, as it is written.
    tree: &'a Node,
    /// The place in it.
    at: &'a Pointer,
    diagnostic: &'a Diagnostic,
}

impl<'a> Finding<'a> {
    /// The node that the finding is about.
    fn node(&self) -> Option<&'a Node> {
        self.tree.at(self.at)
    }

    /// What holds the node, and where that stands.
    fn parent(&self) -> Option<(&'a Node, Pointer)> {
        let at = self.at.parent()?;
        Some((self.tree.at(&at)?, at))
    }

    /// The object that has the node as a member, and where that stands.
    fn owner(&self) -> Option<(&'a Object, Pointer)> {
        let (node, at) = self.parent()?;
        Some((node.as_object()?, at))
    }

    /// Takes away an element of an array that is there before it already.
    fn remove_repeated(&self, element: &Pointer) -> Option<Vec<Edit>> {
        let items = self.tree.at(&element.parent()?)?.as_array()?;
        let index: usize = element.last()?.parse().ok()?;
        let node = items.get(index)?;
        let is_repeated = items.iter().take(index).any(|it| it == node);
        is_repeated.then(|| vec![Edit::Remove(element.clone())])
    }
}

/// Whether a value is a text that was written without quotes.
fn wants_quotes(node: &Node) -> bool {
    matches!(node, Node::Number(_) | Node::Bool(_))
}
