//! The values that tell the members of a union apart.

use std::collections::{BTreeMap, BTreeSet};

use specwright_openapi::openapiv3::{Discriminator, Schema};

use super::{
    Lowerer,
    flat::Flat,
    schemas::{Use, constants},
    site::Site,
    unions::{Member, variant},
    view::{Kind, View},
};
use crate::ir::{Shape, TypeRef, UnionShape};

/// The most members of nested unions that are searched for constants.
const MOST_SEARCHED: usize = 256;

impl<'a> Lowerer<'a> {
    /// The property whose value tells objects apart.
    pub(super) fn tag(
        &self,
        discriminator: Option<&Discriminator>,
        members: &[Member<'a>],
    ) -> Option<String> {
        let objects: Vec<&Member<'a>> = members
            .iter()
            .filter(|it| it.flat.kind != Some(Kind::Array) && it.flat.kind != Some(Kind::Boolean))
            .collect();
        if objects.len() < 2 {
            return None;
        }
        if let Some(discriminator) = discriminator.filter(|it| !it.property_name.is_empty()) {
            return Some(discriminator.property_name.clone());
        }
        let (first, rest) = objects.split_first()?;
        let mut candidates: Vec<(bool, &str)> = Vec::new();
        for property in &first.flat.properties {
            let Some(own) = self.constants_of(&first.flat, property.name) else {
                continue;
            };
            let mut seen: BTreeSet<String> = own.into_iter().collect();
            let mut required = first.flat.required.contains(property.name);
            let distinct = rest.iter().all(|member| {
                required &= member.flat.required.contains(property.name);
                self.constants_of(&member.flat, property.name)
                    .is_some_and(|values| values.into_iter().all(|value| seen.insert(value)))
            });
            if distinct {
                candidates.push((!required, property.name));
            }
        }
        candidates.sort_unstable();
        candidates.first().map(|(_, name)| (*name).to_owned())
    }

    /// The texts that a property of a member can only be.
    fn constants_of(&self, flat: &Flat<'a>, name: &str) -> Option<Vec<String>> {
        let property = flat.properties.iter().find(|it| it.name == name)?;
        property.nodes.iter().rev().find_map(|(node, _)| {
            let schema = self.description.resolve_boxed(node)?.object;
            constants(&View::of(schema).values)
        })
    }

    /// The constant that names a member: that of the discriminator, or the only one that it has.
    pub(super) fn constants_of_any(
        &self,
        flat: &Flat<'a>,
        discriminator: Option<&Discriminator>,
    ) -> Vec<String> {
        if let Some(discriminator) = discriminator {
            return self
                .constants_of(flat, &discriminator.property_name)
                .unwrap_or_default();
        }
        let mut found = flat
            .properties
            .iter()
            .filter_map(|it| self.constants_of(flat, it.name))
            .filter(|it| it.len() == 1);
        match (found.next(), found.next()) {
            (Some(only), None) => only,
            _ => Vec::new(),
        }
    }

    /// The values of the tag that stand for a member.
    pub(super) fn tags(
        &self,
        discriminator: Option<&Discriminator>,
        tag: Option<&str>,
        member: &Member<'a>,
    ) -> Vec<String> {
        let Some(tag) = tag else { return Vec::new() };
        let mut tags: Vec<String> = Vec::new();
        if let (Some(discriminator), Some(name)) = (discriminator, member.component) {
            let mapped = discriminator.mapping.iter();
            tags.extend(
                mapped
                    .filter(|(_, target)| refers_to(target, name))
                    .map(|(value, _)| value.clone()),
            );
        }
        if tags.is_empty() {
            tags.extend(self.remembered_constants(member, tag));
        }
        if tags.is_empty() && discriminator.is_some() {
            tags.extend(member.component.map(str::to_owned));
        }
        tags
    }

    /// [`constants_below`](Self::constants_below), searched for once.
    fn remembered_constants(&self, member: &Member<'a>, tag: &str) -> Vec<String> {
        let key = (std::ptr::from_ref(member.schema), tag.to_owned());
        if let Some(known) = self.tags_below.borrow().get(&key) {
            return known.clone();
        }
        let found = self.constants_below(member.schema, &member.flat, tag, &mut BTreeSet::new());
        self.tags_below.borrow_mut().insert(key, found.clone());
        found
    }

    /// The constants of a member or, if it is a union itself, of all its members.
    fn constants_below(
        &self,
        schema: &'a Schema,
        flat: &Flat<'a>,
        tag: &str,
        seen: &mut BTreeSet<*const Schema>,
    ) -> Vec<String> {
        if let Some(own) = self.constants_of(flat, tag) {
            return own;
        }
        if !seen.insert(std::ptr::from_ref(schema)) || seen.len() > MOST_SEARCHED {
            return Vec::new();
        }
        let inner = flat
            .discriminator
            .or(schema.schema_data.discriminator.as_ref());
        if let Some(inner) = inner.filter(|it| it.property_name == tag && !it.mapping.is_empty()) {
            return inner.mapping.keys().cloned().collect();
        }
        let members = flat.unions.iter().flat_map(|it| self.members(it));
        members
            .flat_map(|it| self.constants_below(it.schema, &it.flat, tag, seen))
            .collect()
    }

    /// The union of the components that extend one with a discriminator (OAS 3.0.3, "Composition and Inheritance").
    pub(super) fn descendants(
        &mut self,
        name: &'a str,
        schema: &'a Schema,
        site: &Site,
    ) -> Option<Use> {
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let view = View::of(schema);
        if !view.one_of.is_empty() || !view.any_of.is_empty() {
            return None;
        }
        let children = self.children(name, discriminator);
        if children.is_empty() {
            return None;
        }
        let flat = self.flatten(schema, site);
        let shape = Shape::Union(UnionShape {
            variants: Vec::new(),
            tag: None,
        });
        let id = self.define(&flat, shape, site);
        let tag = discriminator.property_name.clone();
        let mut variants = Vec::new();
        for (child, tags) in children {
            let at = Site::of_component(child);
            let Some(object) = self.component_schema(child) else {
                continue;
            };
            let child_flat = self.flatten(object, &at);
            if child == name {
                // The base itself is one of the choices: it needs a type beside the union.
                let base = self.object_or_map(&flat, &site.named("base").without_component());
                variants.push(variant(
                    format!("{name} base"),
                    base.ty,
                    tags,
                    Some(&tag),
                    &flat,
                ));
                continue;
            }
            let lowered = self.component_named(child, object, &at.pointer);
            variants.push(variant(
                child.to_owned(),
                lowered.ty,
                tags,
                Some(&tag),
                &child_flat,
            ));
        }
        self.complete(
            id,
            Shape::Union(UnionShape {
                variants,
                tag: Some(tag),
            }),
        );
        Some(Use {
            ty: TypeRef::Named(id),
            nullable: schema.schema_data.nullable,
        })
    }

    fn object_or_map(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        let mut plain = flat.clone();
        plain.unions = Vec::new();
        plain.discriminator = None;
        self.shape(&plain, site)
    }

    /// The components that a discriminator without `oneOf` chooses from, with their values, in the order of their names.
    fn children(&self, name: &str, discriminator: &Discriminator) -> Vec<(&'a str, Vec<String>)> {
        let mut tags: BTreeMap<&'a str, Vec<String>> = BTreeMap::new();
        for (value, target) in &discriminator.mapping {
            let found = self.component_names().find(|it| refers_to(target, it));
            if let Some(child) = found {
                tags.entry(child).or_default().push(value.clone());
            }
        }
        let mut open = vec![name];
        let mut seen = BTreeSet::new();
        while let Some(parent) = open.pop() {
            for (child, value) in self.extensions_of.get(parent).into_iter().flatten() {
                if !seen.insert(*child) {
                    continue;
                }
                open.push(child);
                tags.entry(child).or_insert_with(|| vec![value.clone()]);
            }
        }
        tags.into_iter().collect()
    }
}

impl Site {
    fn without_component(self) -> Self {
        Self {
            component: None,
            ..self
        }
    }
}

/// Whether the target of a mapping, a reference or a bare name, is this component.
fn refers_to(target: &str, name: &str) -> bool {
    target == name || target.rsplit('/').next() == Some(name)
}
