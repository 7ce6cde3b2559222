//! Fixes of rules about objects.

use serde_json::json;
use specwright_openapi::{Edit, Node, diagnostics::Pointer};

use super::{Finding, wants_quotes};
use crate::check::template;

/// Takes away what the target of the reference says as well.
pub(super) fn ignored_sibling(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (owner, _) = finding.owner()?;
    let target = owner.get("$ref")?.as_str()?.strip_prefix('#')?;
    let target = finding.tree.at(&Pointer::parse(target)?)?;
    let same = target.get(&finding.at.last()?)? == finding.node()?;
    same.then(|| vec![Edit::Remove(finding.at.clone())])
}

/// Says by `nodeType` what `attribute` and `wrapped` say (OAS 3.2.0, XML Object).
pub(super) fn deprecated_xml(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (xml, at) = finding.owner()?;
    let is_true = |field| xml.get(field).and_then(Node::as_bool) == Some(true);
    if finding.node()?.as_bool()? {
        let node_type = match finding.at.last()?.as_str() {
            "attribute" => "attribute",
            // Only beside an array `wrapped` means something.
            "wrapped" if is_array(finding.tree.at(&at.parent()?)?) => "element",
            _ => return None,
        };
        if is_true("attribute") && is_true("wrapped") {
            return None;
        }
        return match xml.get("nodeType") {
            Some(said) if said.as_str() == Some(node_type) => {
                Some(vec![Edit::Remove(finding.at.clone())])
            }
            Some(_) => None,
            None => Some(vec![
                Edit::Rename(finding.at.clone(), "nodeType".to_owned()),
                Edit::Replace(finding.at.clone(), json!(node_type)),
            ]),
        };
    }
    Some(vec![remove_or_owner(finding)?])
}

fn is_array(schema: &Node) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("array")
}

/// Takes away a member, or what holds it if that has no other.
fn remove_or_owner(finding: &Finding<'_>) -> Option<Edit> {
    let (owner, at) = finding.owner()?;
    let is_only = owner.iter().count() == 1;
    Some(Edit::Remove(if is_only { at } else { finding.at.clone() }))
}

/// Takes away a parameter that the list has already, word by word.
pub(super) fn duplicate_parameter(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    finding.remove_repeated(finding.at)
}

/// Takes away a tag that is declared already, word by word.
pub(super) fn duplicate_tag(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    finding.remove_repeated(&finding.at.parent()?)
}

/// Says that a path parameter is required, as it always is (OAS 3.0.4, Parameter Object, `required`).
pub(super) fn path_is_required(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let is_in_path = |node: &Node| node.get("in").and_then(Node::as_str) == Some("path");
    match finding.diagnostic.message.as_str() {
        "a path parameter needs `required: true`" => {
            let parameter = finding.node().filter(|it| is_in_path(it))?;
            let is_silent = parameter.get("required").is_none();
            let insert = Edit::Insert(finding.at.clone(), "required".to_owned(), json!(true));
            is_silent.then(|| vec![insert])
        }
        "a path parameter is always required" => {
            let (parameter, _) = finding.parent()?;
            let is_wrong = is_in_path(parameter) && finding.node()?.as_bool() == Some(false);
            is_wrong.then(|| vec![Edit::Replace(finding.at.clone(), json!(true))])
        }
        _ => None,
    }
}

/// Takes away a variable that the URL does not have; if the URL has one without an entry, the name may be misspelt.
pub(super) fn unused_variable(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let (variables, at) = finding.owner()?;
    let server = finding.tree.at(&at.parent()?)?;
    let names = template::names(server.get("url")?.as_str()?);
    let is_unused = at.last()? == "variables" && !names.contains(&finding.at.last()?.as_str());
    let is_complete = names.iter().all(|name| variables.contains(name));
    (is_unused && is_complete).then(|| Some(vec![remove_or_owner(finding)?]))?
}

/// Writes a status as the specification spells it: `4XX`.
pub(super) fn misspelt_status(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let key = finding.at.last()?;
    let right = key.to_ascii_uppercase();
    let help = finding.diagnostic.help.as_deref()?;
    let is_range = right.len() == 3 && right.ends_with("XX");
    let is_meant = is_range && right != key && help == format!("did you mean `{right}`?");
    let (responses, _) = finding.owner()?;
    let rename = Edit::Rename(finding.at.clone(), right.clone());
    (is_meant && !responses.contains(&right)).then(|| vec![rename])
}

/// Fields whose texts are words of the specification or references, which no number or boolean is meant to be.
const WORDS: [&str; 8] = [
    "$ref",
    "collectionFormat",
    "flow",
    "in",
    "nodeType",
    "schemes",
    "style",
    "type",
];

/// Puts a number or boolean into quotes where only a text can stand.
pub(super) fn text_without_quotes(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let expected = finding.diagnostic.message.split(", found ").next()?;
    let wants_text = matches!(
        expected,
        "expected a string" | "expected a string or null" | "expected null or a string"
    );
    let is_other = wants_quotes(finding.node()?);
    let is_field = finding.diagnostic.rule.name.starts_with("structure/");
    let is_word = |name: String| WORDS.contains(&name.as_str());
    if is_field && finding.at.segments().last().is_some_and(is_word) {
        return None;
    }
    (wants_text && is_other).then(|| vec![Edit::Quote(finding.at.clone())])
}

/// Takes away slashes at the end of a server's URL, or of `host` and `basePath` of 2.0.
pub(super) fn trailing_slash(finding: &Finding<'_>) -> Option<Vec<Edit>> {
    let url = finding.node()?.as_str()?;
    let trimmed = url.trim_end_matches('/');
    let is_address = !trimmed.is_empty() && !trimmed.ends_with(':') && trimmed != url;
    is_address.then(|| vec![Edit::Replace(finding.at.clone(), json!(trimmed))])
}
