//! Inline types that say the same become one.
//!
//! Documents repeat inline schemas: the same address in thirty request bodies. Types that agree in everything but their
//! descriptions, stand under the same property and are used alike become one, named after the property. The names
//! depend on what is in the document and not on its order.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::ir::{Additional, Api, Field, Shape, TypeDef, TypeId, TypeRef};

/// Words that tell nothing alone.
const VAGUE: &[&str] = &[
    "item",
    "value",
    "response",
    "body",
    "default",
    "text",
    "number",
    "form",
    "base",
    "data",
    "object",
    "type",
    "error",
    "errors",
    "ok",
    "created",
    "attributes",
    "result",
    "results",
];

/// Merges equal inline types.
pub(super) fn dedup(api: &mut Api) {
    let classes = classes(&api.types);
    let mut groups: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate() {
        if let Some(class) = class {
            groups.entry(*class).or_default().push(TypeId(index));
        }
    }
    groups.retain(|_, members| members.len() > 1);
    let names = names(api, &groups);
    let mut moved: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (class, members) in &groups {
        let Some(&kept) = members.iter().min_by_key(|id| rank(api, **id)) else {
            continue;
        };
        for id in members {
            moved.insert(*id, kept);
            if *id != kept
                && let Some(definition) = api.types.get_mut(id.0)
            {
                (definition.received, definition.sent) = (false, false);
            }
        }
        if let (Some(definition), Some(words)) = (api.types.get_mut(kept.0), names.get(class)) {
            definition.words.clone_from(words);
            definition.root = None;
        }
    }
    let new = |id: TypeId| moved.get(&id).copied().unwrap_or(id);
    super::select::renumber(api, &new);
}

/// The order among equal types: the shortest way to one decides.
fn rank(api: &Api, id: TypeId) -> (usize, Vec<String>) {
    let words = api
        .type_def(id)
        .map(|it| it.words.clone())
        .unwrap_or_default();
    (words.len(), words)
}

/// The class of each inline type: equal ones have the same. Classes are split until they agree on what they hold.
fn classes(types: &[TypeDef]) -> Vec<Option<usize>> {
    let mut classes: Vec<Option<usize>> = types
        .iter()
        .map(|it| (it.component.is_none() && (it.received || it.sent)).then_some(0))
        .collect();
    let mut count = 0;
    loop {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let next: Vec<Option<usize>> = types
            .iter()
            .zip(&classes)
            .map(|(definition, class)| {
                let key = key(definition, (*class)?, &classes);
                let number = known.len();
                Some(*known.entry(key).or_insert(number))
            })
            .collect();
        let found = known.len();
        classes = next;
        if found == count {
            return classes;
        }
        count = found;
    }
}

/// What equal types have in common.
fn key(definition: &TypeDef, class: usize, classes: &[Option<usize>]) -> String {
    let mut key = String::new();
    let word = definition
        .words
        .last()
        .map(String::as_str)
        .unwrap_or_default();
    let flags = (definition.received, definition.sent, definition.deprecated);
    // Writing to a text cannot fail.
    let _ = write!(key, "{class} {word:?} {flags:?} ");
    match &definition.shape {
        Shape::Object(object) => {
            key.push_str("object");
            let mut fields: Vec<&Field> = object.fields.iter().collect();
            fields.sort_by(|left, right| left.name.cmp(&right.name));
            fields
                .into_iter()
                .for_each(|it| field(it, classes, &mut key));
            if let Additional::Allowed(ty) = &object.additional {
                key.push_str(" rest ");
                type_key(ty, classes, &mut key);
            }
        }
        Shape::Enum(shape) => {
            let _ = write!(key, "enum {:?} {}", shape.kind, shape.open);
            for value in &shape.values {
                let _ = write!(key, " {:?} {:?}", value.text, value.name);
            }
        }
        Shape::Union(union) => {
            let _ = write!(key, "union {:?}", union.tag);
            for variant in &union.variants {
                let _ = write!(
                    key,
                    " {:?} {:?} {:?} ",
                    variant.words, variant.tags, variant.required
                );
                type_key(&variant.ty, classes, &mut key);
            }
        }
        Shape::Parts(parts) => {
            key.push_str("parts");
            for part in parts {
                field(&part.field, classes, &mut key);
                let _ = write!(key, " {:?}", part.content_type);
            }
        }
    }
    key
}

fn field(field: &Field, classes: &[Option<usize>], key: &mut String) {
    let flags = (
        field.required,
        field.nullable,
        field.read_only,
        field.write_only,
        field.deprecated,
    );
    let _ = write!(
        key,
        " {:?} {flags:?} {:?} {:?} ",
        field.name, field.constant, field.default
    );
    type_key(&field.ty, classes, key);
}

fn type_key(ty: &TypeRef, classes: &[Option<usize>], key: &mut String) {
    match ty {
        TypeRef::Named(id) => {
            let _ = match classes.get(id.0).copied().flatten() {
                Some(class) => write!(key, "class {class}"),
                None => write!(key, "type {}", id.0),
            };
        }
        TypeRef::List(inner) => {
            key.push_str("list ");
            type_key(inner, classes, key);
        }
        TypeRef::Map(inner) => {
            key.push_str("map ");
            type_key(inner, classes, key);
        }
        TypeRef::Nullable(inner) => {
            key.push_str("nullable ");
            type_key(inner, classes, key);
        }
        TypeRef::Tuple(elements) => {
            key.push_str("tuple ");
            elements.iter().for_each(|it| type_key(it, classes, key));
            key.push_str("end ");
        }
        plain => {
            let _ = write!(key, "{plain:?} ");
        }
    }
}

/// Words for each group: the last ones that all its members share, as few as tell it from other types.
fn names(api: &Api, groups: &BTreeMap<usize, Vec<TypeId>>) -> BTreeMap<usize, Vec<String>> {
    let components: BTreeSet<String> = api
        .types
        .iter()
        .filter(|it| it.component.is_some())
        .map(|it| folded(&it.words))
        .collect();
    let suffixes: BTreeMap<usize, Vec<String>> = groups
        .iter()
        .map(|(class, members)| (*class, common_suffix(api, members)))
        .collect();
    let mut lengths: BTreeMap<usize, usize> = suffixes
        .iter()
        .map(|(class, suffix)| (*class, least(suffix)))
        .collect();
    loop {
        let mut claims: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (class, suffix) in &suffixes {
            let words = tail(suffix, lengths.get(class).copied().unwrap_or_default());
            claims.entry(folded(words)).or_default().push(*class);
        }
        let mut grown = false;
        for (name, claimants) in claims {
            if claimants.len() == 1 && !components.contains(&name) {
                continue;
            }
            for class in claimants {
                let longest = suffixes.get(&class).map_or(0, Vec::len);
                if let Some(length) = lengths.get_mut(&class)
                    && *length < longest
                {
                    *length += 1;
                    grown = true;
                }
            }
        }
        if !grown {
            break;
        }
    }
    let mut taken = components;
    let mut named = BTreeMap::new();
    let mut order: Vec<(&usize, &Vec<TypeId>)> = groups.iter().collect();
    order.sort_by_key(|(_, members)| members.iter().map(|id| rank(api, *id)).min());
    for (class, members) in order {
        let suffix = suffixes.get(class).map(Vec::as_slice).unwrap_or_default();
        let words = tail(suffix, lengths.get(class).copied().unwrap_or_default());
        // Too few words in common: the whole way to the first of them.
        let words = if words.is_empty() || taken.contains(&folded(words)) {
            members
                .iter()
                .map(|id| rank(api, *id))
                .min()
                .map(|(_, words)| words)
                .unwrap_or_default()
        } else {
            words.to_vec()
        };
        taken.insert(folded(&words));
        named.insert(*class, words);
    }
    named
}

/// How words are compared: types differ in more than case and punctuation.
fn folded(words: &[String]) -> String {
    let joined = words.concat();
    joined
        .chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The fewest words that tell something.
fn least(suffix: &[String]) -> usize {
    let vague = suffix.iter().rev().take_while(|word| {
        let word = word.to_lowercase();
        VAGUE.contains(&word.as_str())
            || word.starts_with("variant ")
            || word.chars().all(|it| !it.is_alphabetic())
    });
    (vague.count() + 1).min(suffix.len())
}

fn tail(words: &[String], length: usize) -> &[String] {
    words
        .get(words.len().saturating_sub(length)..)
        .unwrap_or_default()
}

fn common_suffix(api: &Api, members: &[TypeId]) -> Vec<String> {
    let mut words = members
        .iter()
        .filter_map(|id| Some(&api.type_def(*id)?.words));
    let Some(first) = words.next() else {
        return Vec::new();
    };
    let mut length = first.len();
    for other in words {
        let shared = first
            .iter()
            .rev()
            .zip(other.iter().rev())
            .take_while(|(left, right)| left == right);
        length = length.min(shared.count());
    }
    tail(first, length).to_vec()
}
