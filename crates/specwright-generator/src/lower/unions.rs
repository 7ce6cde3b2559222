//! `oneOf`, `anyOf` and discriminators.
//!
//! A union becomes an enum with a variant per member. Which one a value is shows, in this order, in its kind of JSON, in
//! the value of a property (the discriminator, or constants that differ between the members), in the properties that
//! it must have, and, last, in what can be read. Whatever fits none is kept as JSON.

use std::collections::BTreeSet;

use specwright_openapi::{
    Json,
    openapiv3::{ReferenceOr, Schema},
};

use super::{
    Lowerer,
    flat::{Flat, Property, Union},
    scalars,
    schemas::Use,
    site::Site,
    view::{Kind, View},
};
use crate::ir::{
    EnumKind, EnumShape, JsonKind, Shape, TextFormat, TypeRef, UnionShape, UnionVariant,
};

/// A member of a union on the way to a variant.
pub(super) struct Member<'a> {
    pub(super) schema: &'a Schema,
    /// The component that it is.
    pub(super) component: Option<&'a str>,
    pub(super) site: Site,
    pub(super) flat: Flat<'a>,
}

/// How many properties beside a union may be repeated in its members, all together; beyond, one object has them all.
const MOST_REPEATED: usize = 2_000;

impl<'a> Lowerer<'a> {
    /// The type of the unions in a schema; `None` if there are none, or if they only narrow what stands beside them.
    pub(super) fn union(&mut self, flat: &Flat<'a>, site: &Site) -> Option<Use> {
        let mut unions: Vec<&Union<'a>> = flat
            .unions
            .iter()
            .filter(|it| !self.only_narrows(it))
            .collect();
        if unions.is_empty() {
            return None;
        }
        if unions.len() > 1 {
            return Some(self.superset(flat, &unions, site));
        }
        let union = unions.pop()?;
        let mut base = flat.clone();
        base.unions = Vec::new();
        let members = self.members(union);
        if base.properties.is_empty() {
            return Some(self.variants(flat, members, site));
        }
        let every_object = members
            .iter()
            .all(|it| it.flat.is_object() || !it.flat.unions.is_empty() || it.flat.kind.is_none());
        if !every_object {
            return Some(self.variants(flat, members, site));
        }
        let repeated = members.len().saturating_mul(base.properties.len());
        if repeated > MOST_REPEATED || members.iter().any(|it| !it.flat.unions.is_empty()) {
            return Some(self.superset(flat, &[union], site));
        }
        Some(self.merged_variants(&base, members, site))
    }

    /// Whether no member says more than which properties are required.
    fn only_narrows(&self, union: &Union<'a>) -> bool {
        union.members.iter().all(|member| match member {
            ReferenceOr::Item(schema) => View::of(schema).is_constraint(),
            ReferenceOr::Reference { .. } => false,
        })
    }

    /// The members with their own `allOf` merged; `null` and what is said twice left out.
    pub(super) fn members(&self, union: &Union<'a>) -> Vec<Member<'a>> {
        let mut seen = BTreeSet::new();
        let mut members = Vec::new();
        for (index, node) in union.members.iter().enumerate() {
            let Some(found) = self.description.resolve(node) else {
                continue;
            };
            if found.name.is_some_and(|name| !seen.insert(name)) {
                continue;
            }
            let site = match found.name {
                Some(name) => Site::of_component(name),
                None => union.site.member(union.keyword, index),
            };
            let flat = self.flatten(found.object, &site);
            if flat.values.len() == 1 && flat.values.first().is_some_and(Json::is_null) {
                continue;
            }
            members.push(Member {
                schema: found.object,
                component: found.name,
                site,
                flat,
            });
        }
        members
    }

    /// Whether `null` is a member, which `members` leaves out.
    fn has_null(&self, union: &Union<'a>) -> bool {
        union.members.iter().any(|node| match node {
            ReferenceOr::Item(schema) => {
                let values = View::of(schema).values;
                values.len() == 1 && values.first().is_some_and(Json::is_null)
            }
            ReferenceOr::Reference { .. } => false,
        })
    }

    fn variants(&mut self, flat: &Flat<'a>, members: Vec<Member<'a>>, site: &Site) -> Use {
        let mut nullable = flat.unions.iter().any(|it| self.has_null(it));
        nullable |= members.iter().any(|it| it.flat.nullable);
        let (texts, others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|it| is_text(&it.flat));
        let (numbers, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|it| is_number(&it.flat));
        if others.is_empty() && numbers.is_empty() {
            let ty = self.one_text(flat, &texts, site, true);
            return Use { ty, nullable };
        }
        if others.is_empty() && texts.is_empty() {
            let ty = self.one_number(&numbers, site);
            return Use { ty, nullable };
        }
        // Recursion leads back here through the component, which must be known by then.
        let id = self.define(
            flat,
            Shape::Union(UnionShape {
                variants: Vec::new(),
                tag: None,
            }),
            site,
        );
        let mut variants: Vec<UnionVariant> = Vec::new();
        if !texts.is_empty() {
            let ty = self.one_text(flat, &texts, &site.named("text"), false);
            let words = only_component(&texts).unwrap_or_else(|| text_words(&ty));
            variants.push(plain_variant(words, ty, JsonKind::String));
        }
        if !numbers.is_empty() {
            let ty = self.one_number(&numbers, &site.named("number"));
            let words = only_component(&numbers).unwrap_or_else(|| match ty {
                TypeRef::Number | TypeRef::Decimal => "number".to_owned(),
                _ => "integer".to_owned(),
            });
            variants.push(plain_variant(words, ty, JsonKind::Number));
        }
        let tag = self.tag(flat.discriminator, &others);
        let objects = others.iter().filter(|it| it.flat.is_object()).count();
        for (index, member) in others.iter().enumerate() {
            let tags = self.tags(flat.discriminator, tag.as_deref(), member);
            let words = words(member, &tags, index, objects);
            let at = match member.component {
                Some(_) => member.site.clone(),
                None => Site {
                    words: site.words.clone(),
                    root: site.root.clone(),
                    ..member.site.clone()
                }
                .named(&words),
            };
            let lowered = match member.component {
                Some(name) => self.component_named(name, member.schema, &at.pointer),
                None => self.inline(member.schema, &at),
            };
            nullable |= lowered.nullable && lowered.ty != TypeRef::Json;
            if lowered.ty == TypeRef::Json || variants.iter().any(|it| it.ty == lowered.ty) {
                // Any JSON is what the last variant keeps.
                merge_tags(&mut variants, &lowered.ty, tags);
                continue;
            }
            variants.push(variant(
                words,
                lowered.ty,
                tags,
                tag.as_deref(),
                &member.flat,
            ));
        }
        self.complete(id, Shape::Union(UnionShape { variants, tag }));
        self.alone(id, nullable)
    }

    /// A union of one variant is that variant, unless something refers to it by its name already.
    fn alone(&mut self, id: crate::ir::TypeId, nullable: bool) -> Use {
        let last = id.0 + 1 == self.types.len();
        let shape = self.types.get(id.0).map(|it| &it.shape);
        if last
            && let Some(Shape::Union(union)) = shape
            && let [only] = union.variants.as_slice()
        {
            let ty = only.ty.clone();
            if !ty.named().any(|it| it == id) {
                self.types.pop();
                self.type_losses.remove(&id);
                return Use { ty, nullable };
            }
        }
        Use {
            ty: TypeRef::Named(id),
            nullable,
        }
    }

    /// Each member together with the properties beside the union.
    fn merged_variants(&mut self, base: &Flat<'a>, members: Vec<Member<'a>>, site: &Site) -> Use {
        let nullable = members.iter().any(|it| it.flat.nullable);
        let id = self.define(
            base,
            Shape::Union(UnionShape {
                variants: Vec::new(),
                tag: None,
            }),
            site,
        );
        let count = members.len();
        let whole: Vec<Member<'a>> = members
            .into_iter()
            .enumerate()
            .map(|(index, member)| {
                // Types inside of the member are named after it: they differ from member to member.
                let own = self.constants_of_any(&member.flat, base.discriminator);
                let named = words(&member, &own, index, count);
                let at = match member.component {
                    Some(_) => member.site.clone(),
                    None => Site {
                        pointer: member.site.pointer.clone(),
                        component: None,
                        ..site.clone()
                    }
                    .named(&named),
                };
                let mut flat = base.clone();
                (flat.description, flat.title) = (
                    member.flat.description.or(base.description),
                    member.flat.title,
                );
                flat.discriminator = None;
                self.merge(&mut flat, member.schema, &at, 1);
                Member { flat, ..member }
            })
            .collect();
        let tag = self.tag(base.discriminator, &whole);
        let mut variants = Vec::new();
        for (index, member) in whole.iter().enumerate() {
            let tags = self.tags(base.discriminator, tag.as_deref(), member);
            let words = words(member, &tags, index, count);
            let at = Site {
                pointer: member.site.pointer.clone(),
                component: None,
                ..site.clone()
            }
            .named(&words);
            let lowered = self.shape(&member.flat, &at);
            variants.push(variant(
                words,
                lowered.ty,
                tags,
                tag.as_deref(),
                &member.flat,
            ));
        }
        self.complete(id, Shape::Union(UnionShape { variants, tag }));
        Use {
            ty: TypeRef::Named(id),
            nullable,
        }
    }

    /// An object with the properties of all members of several unions, none of them required.
    fn superset(&mut self, flat: &Flat<'a>, unions: &[&Union<'a>], site: &Site) -> Use {
        let mut whole = flat.clone();
        whole.unions = Vec::new();
        let unions: Vec<Union<'a>> = unions.iter().map(|&it| it.clone()).collect();
        let objects = self.gather(&mut whole, &unions, site);
        if !objects || whole.properties.is_empty() {
            self.lose(
                &site.pointer,
                "several compositions at once, which are read as any JSON",
            );
            return Use {
                ty: TypeRef::Json,
                nullable: true,
            };
        }
        self.shape(&whole, site)
    }

    /// Adds the properties of all members of unions, those of unions inside of them included; whether all are objects.
    pub(super) fn gather(
        &mut self,
        whole: &mut Flat<'a>,
        unions: &[Union<'a>],
        site: &Site,
    ) -> bool {
        let mut objects = true;
        let mut open = unions.to_vec();
        let mut seen: BTreeSet<*const Schema> = BTreeSet::new();
        let own: BTreeSet<&str> = whole.properties.iter().map(|it| it.name).collect();
        while let Some(union) = open.pop() {
            for member in self.members(&union) {
                if !seen.insert(std::ptr::from_ref(member.schema)) {
                    continue;
                }
                objects &= member.flat.is_object()
                    || !member.flat.unions.is_empty()
                    || member.flat.kind.is_none();
                for property in member.flat.properties {
                    self.gather_one(whole, property, &own, site);
                }
                open.extend(member.flat.unions);
            }
        }
        objects
    }

    /// Adds a property of a member. One that the members disagree about may be anything; what stands beside the union
    /// holds for all of them.
    fn gather_one(
        &mut self,
        whole: &mut Flat<'a>,
        property: Property<'a>,
        own: &BTreeSet<&str>,
        site: &Site,
    ) {
        let Some(known) = whole
            .properties
            .iter_mut()
            .find(|it| it.name == property.name)
        else {
            whole.properties.push(property);
            return;
        };
        let same = known
            .nodes
            .iter()
            .map(|(node, _)| node)
            .eq(property.nodes.iter().map(|(node, _)| node));
        if same || known.nodes.is_empty() || own.contains(property.name) {
            return;
        }
        known.nodes.clear();
        let reason = format!(
            "the members disagree about `{}`, which is read as any JSON",
            property.name
        );
        self.lose(&site.pointer, &reason);
    }

    /// The type of the only member of its kind.
    fn sole(&mut self, only: &Member<'a>, site: &Site) -> TypeRef {
        if let Some(name) = only.component {
            return self
                .component_named(name, only.schema, &only.site.pointer)
                .ty;
        }
        let at = Site {
            pointer: only.site.pointer.clone(),
            ..site.clone()
        };
        self.inline(only.schema, &at).ty
    }

    /// The one type of several members that are texts.
    fn one_text(
        &mut self,
        flat: &Flat<'a>,
        members: &[Member<'a>],
        site: &Site,
        whole: bool,
    ) -> TypeRef {
        if let [only] = members {
            // An enum of one text beside other types would be a type that tells nothing.
            if only.component.is_none() && only.flat.values.len() == 1 {
                return TypeRef::String;
            }
            return self.sole(only, site);
        }
        let mut values = EnumShape {
            values: Vec::new(),
            kind: EnumKind::Text,
            open: false,
        };
        let mut formats = Vec::new();
        for member in members {
            match scalars::enumeration(&member.flat).0 {
                _ if member.flat.values.is_empty() => {
                    values.open = true;
                    formats.push(scalars::string(member.flat.format.as_deref()));
                }
                scalars::Values::Enum(shape) => {
                    for value in shape.values {
                        if values.values.iter().all(|it| it.text != value.text) {
                            values.values.push(value);
                        }
                    }
                }
                scalars::Values::Plain(_) | scalars::Values::Composite => values.open = true,
            }
        }
        // An empty text beside any text is nothing special.
        let only_empty = values.open && values.values.iter().all(|it| it.text.is_empty());
        if values.values.is_empty() || only_empty {
            formats.dedup();
            return match formats.as_slice() {
                [only] => only.clone(),
                _ => TypeRef::String,
            };
        }
        let mut named = flat.clone();
        if !whole {
            named.description = None;
        }
        self.define_enum(&named, values, site)
    }

    fn one_number(&mut self, members: &[Member<'a>], site: &Site) -> TypeRef {
        if let [only] = members {
            return self.sole(only, site);
        }
        let fractions = members.iter().any(|it| it.flat.kind == Some(Kind::Number));
        if fractions {
            TypeRef::Number
        } else {
            scalars::integer(None, (None, None))
        }
    }
}

fn is_text(flat: &Flat<'_>) -> bool {
    flat.unions.is_empty()
        && match flat.kind {
            Some(kind) => kind == Kind::String,
            None => {
                !flat.values.is_empty()
                    && flat.values.iter().all(|it| it.is_string() || it.is_null())
            }
        }
}

fn is_number(flat: &Flat<'_>) -> bool {
    flat.unions.is_empty() && matches!(flat.kind, Some(Kind::Number | Kind::Integer))
}

fn only_component(members: &[Member<'_>]) -> Option<String> {
    match members {
        [only] => only.component.map(str::to_owned),
        _ => None,
    }
}

fn text_words(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Text(format) => match format {
            TextFormat::DateTime => "date time",
            TextFormat::Date => "date",
            TextFormat::Time => "time",
            TextFormat::Duration => "duration",
            TextFormat::Uuid => "uuid",
            TextFormat::Uri => "uri",
            TextFormat::Base64 => "bytes",
        },
        TypeRef::Named(_) => "text",
        _ => "string",
    }
    .to_owned()
}

fn plain_variant(words: String, ty: TypeRef, kind: JsonKind) -> UnionVariant {
    UnionVariant {
        words,
        ty,
        tags: Vec::new(),
        holds_tag: false,
        kind: Some(kind),
        required: Vec::new(),
    }
}

pub(super) fn variant(
    words: String,
    ty: TypeRef,
    tags: Vec<String>,
    tag: Option<&str>,
    flat: &Flat<'_>,
) -> UnionVariant {
    let kind = match &ty {
        TypeRef::List(_) | TypeRef::Tuple(_) => Some(JsonKind::Array),
        TypeRef::Boolean => Some(JsonKind::Boolean),
        TypeRef::Map(_) => Some(JsonKind::Object),
        TypeRef::Named(_) if flat.unions.is_empty() && flat.is_object() => Some(JsonKind::Object),
        _ => None,
    };
    let mut required: Vec<String> = flat
        .required
        .iter()
        .filter(|name| flat.properties.iter().any(|it| it.name == **name))
        .map(|it| (*it).to_owned())
        .collect();
    required.sort_unstable();
    let holds_tag = tag.is_some_and(|tag| flat.properties.iter().any(|it| it.name == tag))
        || !flat.unions.is_empty();
    UnionVariant {
        words,
        ty,
        tags,
        holds_tag,
        kind,
        required,
    }
}

/// What a member is called: its component, its title, its value of the tag, its kind, or its number.
fn words(member: &Member<'_>, tags: &[String], index: usize, count: usize) -> String {
    if let Some(name) = member.component {
        return name.to_owned();
    }
    if let Some(title) = member
        .schema
        .schema_data
        .title
        .as_ref()
        .filter(|it| !it.trim().is_empty() && it.len() < 48)
    {
        return title.clone();
    }
    if let [tag] = tags {
        return tag.clone();
    }
    match member.flat.kind {
        Some(Kind::Array) => "list".to_owned(),
        Some(Kind::Boolean) => "boolean".to_owned(),
        _ if member.flat.is_object() && count == 1 => "object".to_owned(),
        _ => format!("variant {}", index + 1),
    }
}

/// A type that two members share stands for the tags of both.
fn merge_tags(variants: &mut [UnionVariant], ty: &TypeRef, tags: Vec<String>) {
    if let Some(known) = variants.iter_mut().find(|it| it.ty == *ty) {
        for tag in tags {
            if !known.tags.contains(&tag) {
                known.tags.push(tag);
            }
        }
    }
}
