//! `allOf` merged into one schema (JSON Schema 2020-12 core, section 10.2.1.1: an instance fits all parts).

use std::collections::BTreeSet;

use specwright_openapi::{
    Json,
    openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema},
};

use super::{
    Lowerer,
    site::Site,
    view::{Kind, View},
};

/// How deep compositions may nest.
const DEEPEST: usize = 256;

/// A schema without `allOf`.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat<'a> {
    pub(super) kind: Option<Kind>,
    pub(super) format: Option<String>,
    pub(super) values: Vec<Json>,
    pub(super) range: (Option<f64>, Option<f64>),
    pub(super) properties: Vec<Property<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) additional: Option<(&'a AdditionalProperties, Site)>,
    pub(super) items: Option<(&'a ReferenceOr<Box<Schema>>, Site)>,
    pub(super) min_items: usize,
    /// How many of the members of `items.anyOf` are those of a tuple's elements.
    pub(super) tuple: Option<usize>,
    pub(super) unions: Vec<Union<'a>>,
    pub(super) discriminator: Option<&'a Discriminator>,
    pub(super) nullable: bool,
    pub(super) description: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) deprecated: bool,
    /// The extensions that name enum values.
    pub(super) names: Option<&'a specwright_openapi::openapiv3::SchemaData>,
    pub(super) not: bool,
    /// Why the parts cannot be true together.
    pub(super) conflict: Option<String>,
    /// The schemas that are in it: another time they add nothing.
    seen: BTreeSet<*const Schema>,
}

/// A property with its schema in each part that speaks of it.
#[derive(Debug, Clone)]
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) nodes: Vec<(&'a ReferenceOr<Box<Schema>>, Site)>,
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Union<'a> {
    pub(super) keyword: &'static str,
    pub(super) members: &'a [ReferenceOr<Schema>],
    pub(super) site: Site,
}

impl<'a> Lowerer<'a> {
    /// The schema with all parts of its `allOf` merged.
    pub(super) fn flatten(&self, schema: &'a Schema, site: &Site) -> Flat<'a> {
        let mut flat = Flat::default();
        self.merge(&mut flat, schema, site, 0);
        flat.nullable = schema.schema_data.nullable;
        flat
    }

    /// Adds a schema to what is there already; what is there counts more among annotations.
    pub(super) fn merge(&self, flat: &mut Flat<'a>, schema: &'a Schema, site: &Site, depth: usize) {
        if !flat.seen.insert(std::ptr::from_ref(schema)) {
            return;
        }
        let view = View::of(schema);
        flat.description = flat.description.or(view.data.description.as_deref());
        flat.title = flat.title.or(view.data.title.as_deref());
        flat.deprecated |= view.data.deprecated && depth == 0;
        for (index, part) in view.all_of.iter().enumerate() {
            let Some(found) = self.description.resolve(part) else {
                continue;
            };
            if depth >= DEEPEST {
                flat.conflict =
                    Some("`allOf` is nested too deep; the innermost parts are left out".to_owned());
                break;
            }
            let at = match found.name {
                Some(name) => Site::of_component(name),
                None => site.member("allOf", index),
            };
            self.merge(flat, found.object, &at, depth + 1);
        }
        flat.add(&view, site, depth);
    }
}

impl<'a> Flat<'a> {
    fn add(&mut self, view: &View<'a>, site: &Site, depth: usize) {
        self.add_kind(view.kind);
        self.format = view.format.clone().or_else(|| self.format.take());
        if !view.values.is_empty() {
            self.add_values(&view.values);
            self.names = Some(view.data);
        }
        self.range = (view.range.0.or(self.range.0), view.range.1.or(self.range.1));
        for (name, node) in view.properties.into_iter().flatten() {
            self.add_property(name, node, site.property(name));
        }
        self.required
            .extend(view.required.iter().map(String::as_str));
        if let Some(additional) = view.additional {
            // `false` in one part would forbid the properties of the others, which is never meant.
            let closes = matches!(additional, AdditionalProperties::Any(false));
            if !closes || (depth == 0 && self.additional.is_none()) {
                self.additional = Some((additional, site.clone()));
            }
        }
        if let Some(items) = view.items {
            self.items = Some((items, site.clone()));
            let tuple = view
                .data
                .extensions
                .get("x-specwright-tuple")
                .and_then(Json::as_u64);
            self.tuple = tuple.and_then(|it| usize::try_from(it).ok());
            let closed = view
                .data
                .extensions
                .contains_key("x-specwright-tuple-closed");
            self.min_items = if closed { usize::MAX } else { view.min_items };
        }
        for (keyword, members) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            if !members.is_empty() {
                self.unions.push(Union {
                    keyword,
                    members,
                    site: site.clone(),
                });
            }
        }
        if depth == 0 || !view.one_of.is_empty() || !view.any_of.is_empty() {
            self.discriminator = view.data.discriminator.as_ref().or(self.discriminator);
        }
        self.not |= view.not;
    }

    fn add_kind(&mut self, kind: Option<Kind>) {
        self.kind = match (self.kind, kind) {
            (known, None) => known,
            (Some(Kind::Integer), Some(Kind::Number)) => Some(Kind::Integer),
            (Some(known), Some(new)) if known != new => {
                if (known, new) != (Kind::Number, Kind::Integer) {
                    self.conflict = Some(
                        "the parts of `allOf` are of different types; the last one counts"
                            .to_owned(),
                    );
                }
                Some(new)
            }
            (_, new) => new,
        };
    }

    /// The values that all parts allow; the new ones if that would be none.
    fn add_values(&mut self, values: &[Json]) {
        let both: Vec<Json> = self
            .values
            .iter()
            .filter(|it| values.contains(it))
            .cloned()
            .collect();
        self.values = if both.is_empty() {
            values.to_vec()
        } else {
            both
        };
    }

    fn add_property(&mut self, name: &'a str, node: &'a ReferenceOr<Box<Schema>>, site: Site) {
        match self.properties.iter_mut().find(|it| it.name == name) {
            Some(known) => {
                if !known.nodes.iter().any(|(it, _)| *it == node) {
                    known.nodes.push((node, site));
                }
            }
            None => self.properties.push(Property {
                name,
                nodes: vec![(node, site)],
            }),
        }
    }

    /// Whether instances are objects.
    pub(super) fn is_object(&self) -> bool {
        match self.kind {
            Some(kind) => kind == Kind::Object,
            None => {
                !self.properties.is_empty()
                    || self.additional.is_some()
                    || !self.required.is_empty()
            }
        }
    }
}
