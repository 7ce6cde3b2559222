//! Schemas → types.

use specwright_openapi::{
    Json,
    diagnostics::Pointer,
    openapiv3::{AdditionalProperties, ReferenceOr, Schema},
};

use super::{
    Loss, Lowerer,
    flat::{Flat, Property},
    scalars,
    site::Site,
    view::{Kind, View},
};
use crate::ir::{Additional, EnumShape, Field, ObjectShape, Shape, TypeDef, TypeId, TypeRef};

/// What a component or an inline schema turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// It is being looked at further up.
    Open,
    /// With what is lost, unless it is a type of its own, which keeps its losses itself.
    Done(Use, Vec<Loss>),
}

/// A use of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
}

impl Use {
    /// The type, which tells of null itself: for elements, values and the like.
    pub(super) fn inner(self) -> TypeRef {
        match self.ty {
            TypeRef::Json => TypeRef::Json,
            nullable @ TypeRef::Nullable(_) => nullable,
            ty if self.nullable => TypeRef::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

impl From<TypeRef> for Use {
    fn from(ty: TypeRef) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }
}

/// How deep schemas may nest without an object in between.
const DEEPEST: usize = 64;

/// The longest array that becomes a tuple.
const LONGEST_TUPLE: usize = 12;

/// How many compositions the type of a schema is looked for in.
const PLAINLY: usize = 8;

impl<'a> Lowerer<'a> {
    /// The type of a schema or of the component that it refers to.
    pub(super) fn schema(&mut self, node: &'a ReferenceOr<Schema>, site: &Site) -> Use {
        match node {
            ReferenceOr::Item(schema) => self.inline(schema, site),
            ReferenceOr::Reference { reference } => self.component(reference, &site.pointer),
        }
    }

    pub(super) fn boxed(&mut self, node: &'a ReferenceOr<Box<Schema>>, site: &Site) -> Use {
        match node {
            ReferenceOr::Item(schema) => self.inline(schema, site),
            ReferenceOr::Reference { reference } => self.component(reference, &site.pointer),
        }
    }

    fn component(&mut self, reference: &'a str, pointer: &Pointer) -> Use {
        let Some(found) = self.description.component::<Schema>(reference) else {
            return self.any_json(
                pointer,
                &format!("`{reference}` leads to no schema and is read as any JSON"),
            );
        };
        self.component_named(found.name.unwrap_or_default(), found.object, pointer)
    }

    /// The type of a component.
    pub(super) fn component_named(
        &mut self,
        name: &'a str,
        schema: &'a Schema,
        pointer: &Pointer,
    ) -> Use {
        match self.slots.get(name).cloned() {
            Some(Slot::Done(known, losses)) => {
                self.lose_all(losses);
                return known;
            }
            Some(Slot::Open) => {
                let reason = format!(
                    "`{name}` contains itself without an object in between and is read as any JSON"
                );
                return self.any_json(pointer, &reason);
            }
            None => {}
        }
        self.slots.insert(name.to_owned(), Slot::Open);
        self.sinks.push(Vec::new());
        let site = Site::of_component(name);
        let lowered = match self.descendants(name, schema, &site) {
            Some(union) => union,
            None => self.inline(schema, &site),
        };
        let losses = self.sinks.pop().unwrap_or_default();
        self.lose_all(losses.clone());
        self.slots
            .insert(name.to_owned(), Slot::Done(lowered.clone(), losses));
        lowered
    }

    /// An inline schema, or the object at the end of a reference. One that is met twice is one type.
    pub(super) fn inline(&mut self, schema: &'a Schema, site: &Site) -> Use {
        let key = std::ptr::from_ref(schema);
        if self.depth >= DEEPEST {
            return self.any_json(
                &site.pointer,
                "schemas that are nested too deep are read as any JSON",
            );
        }
        if site.component.is_none()
            && let Some(known) = self.inlined.get(&key)
        {
            return known.clone();
        }
        self.depth += 1;
        let lowered = self.inline_once(schema, site);
        self.depth -= 1;
        if site.component.is_none() {
            self.inlined.insert(key, lowered.clone());
        }
        lowered
    }

    fn inline_once(&mut self, schema: &'a Schema, site: &Site) -> Use {
        let view = View::of(schema);
        // A reference with annotations, which 3.0 can only write as a composition of one.
        if let Some((keyword, index, only)) = self.sole_part(&view) {
            let mut lowered = self.schema(only, &site.member(keyword, index).with_component(site));
            lowered.nullable |= view.data.nullable;
            return lowered;
        }
        let flat = self.flatten(schema, site);
        self.shape(&flat, site)
    }

    /// The only part of a composition that says anything.
    fn sole_part(&self, view: &View<'a>) -> Option<(&'static str, usize, &'a ReferenceOr<Schema>)> {
        let mut rest = view.clone();
        (rest.all_of, rest.one_of, rest.any_of) = (&[], &[], &[]);
        let lists = [
            ("allOf", view.all_of),
            ("oneOf", view.one_of),
            ("anyOf", view.any_of),
        ];
        let mut filled = lists.into_iter().filter(|(_, list)| !list.is_empty());
        let (Some((keyword, list)), None) = (filled.next(), filled.next()) else {
            return None;
        };
        let mut telling = list.iter().enumerate().filter(|(_, part)| match part {
            ReferenceOr::Item(schema) => keyword != "allOf" || !View::of(schema).is_bare(),
            ReferenceOr::Reference { .. } => true,
        });
        let (Some((index, only)), None) = (telling.next(), telling.next()) else {
            return None;
        };
        // The type beside the composition says nothing that its part does not.
        let silent = rest.is_bare() || self.kind_of(only, 0).is_some_and(|it| rest.is_only(it));
        silent.then_some((keyword, index, only))
    }

    /// The type that all values of a schema have, as far as that is said plainly.
    fn kind_of(&self, node: &'a ReferenceOr<Schema>, depth: usize) -> Option<Kind> {
        let view = View::of(self.description.resolve(node)?.object);
        if view.kind.is_some() || depth > PLAINLY {
            return view.kind;
        }
        if let Some(kind) = view
            .all_of
            .iter()
            .find_map(|it| self.kind_of(it, depth + 1))
        {
            return Some(kind);
        }
        let mut kinds = view
            .one_of
            .iter()
            .chain(view.any_of)
            .map(|it| self.kind_of(it, depth + 1));
        let first = kinds.next()??;
        kinds.all(|it| it == Some(first)).then_some(first)
    }

    /// The type of a schema without `allOf`.
    pub(super) fn shape(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        if let Some(reason) = &flat.conflict {
            self.lose(&site.pointer, reason);
        }
        let mut lowered = self.shape_of_kind(flat, site);
        lowered.nullable |= flat.nullable;
        lowered
    }

    fn shape_of_kind(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        if !flat.values.is_empty() {
            return self.enumeration(flat, site);
        }
        if let Some(union) = self.union(flat, site) {
            return union;
        }
        if flat.is_object() {
            return self.object(flat, site);
        }
        match flat.kind {
            Some(Kind::Array) => self.array(flat, site),
            None if flat.items.is_some() => self.array(flat, site),
            Some(Kind::String) => scalars::string(flat.format.as_deref()).into(),
            Some(Kind::Integer) => scalars::integer(flat.format.as_deref(), flat.range).into(),
            Some(Kind::Number) => scalars::number(flat.format.as_deref()).into(),
            Some(Kind::Boolean) => TypeRef::Boolean.into(),
            Some(Kind::Object) | None => {
                if flat.not {
                    self.lose(
                        &site.pointer,
                        "`not` alone says what is forbidden; it is read as any JSON",
                    );
                }
                // A format without a type is that of texts; any other keyword leaves everything open.
                match flat.format.as_deref().map(|it| scalars::string(Some(it))) {
                    Some(text @ TypeRef::Text(_)) => text.into(),
                    _ => Use {
                        ty: TypeRef::Json,
                        nullable: true,
                    },
                }
            }
        }
    }

    fn array(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        let Some((items, at)) = &flat.items else {
            return TypeRef::List(Box::new(TypeRef::Json)).into();
        };
        if let Some(count) = flat.tuple
            && let Some(tuple) = self.tuple(items, count, flat.min_items, at)
        {
            return tuple.into();
        }
        let at = Site {
            words: site.words.clone(),
            root: site.root.clone(),
            ..at.clone()
        }
        .items();
        let item = self.boxed(items, &at).inner();
        TypeRef::List(Box::new(item)).into()
    }

    /// The elements of an array that has a schema for each of the first ones.
    fn tuple(
        &mut self,
        items: &'a ReferenceOr<Box<Schema>>,
        count: usize,
        min_items: usize,
        site: &Site,
    ) -> Option<TypeRef> {
        let ReferenceOr::Item(items) = items else {
            return None;
        };
        let members = View::of(items).any_of;
        // More or fewer elements than the first ones are possible: a list of what they may be.
        if members.len() != count || min_items < count || count > LONGEST_TUPLE || count == 0 {
            return None;
        }
        let at = site.items();
        let elements = members.iter().enumerate().map(|(index, member)| {
            let at = at.member("anyOf", index).named(&index.to_string());
            self.schema(member, &at).inner()
        });
        Some(TypeRef::Tuple(elements.collect()))
    }

    fn object(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        if flat.properties.is_empty() {
            let values = match &flat.additional {
                Some((AdditionalProperties::Schema(values), at)) => {
                    self.schema(values, &at.values()).inner()
                }
                _ => TypeRef::Json,
            };
            return TypeRef::Map(Box::new(values)).into();
        }
        let id = self.define(flat, Shape::Object(ObjectShape::default()), site);
        self.complete(id, Shape::Object(ObjectShape::default()));
        // Its fields come later: chains of objects may be longer than the stack is deep.
        self.unfinished.push_back((id, flat.clone()));
        TypeRef::Named(id).into()
    }

    /// Lowers the fields of all objects that were met.
    pub(super) fn finish(&mut self) {
        while let Some((id, flat)) = self.unfinished.pop_front() {
            self.sinks.push(Vec::new());
            let shape = self.object_shape(&flat);
            self.complete(id, Shape::Object(shape));
        }
    }

    fn object_shape(&mut self, flat: &Flat<'a>) -> ObjectShape {
        let fields = flat
            .properties
            .iter()
            .map(|property| self.field(property, flat))
            .collect();
        let additional = match &flat.additional {
            Some((AdditionalProperties::Any(true), _)) => Additional::Allowed(TypeRef::Json),
            Some((AdditionalProperties::Schema(values), at)) => {
                Additional::Allowed(self.schema(values, &at.values()).inner())
            }
            Some((AdditionalProperties::Any(false), _)) | None => Additional::Unspoken,
        };
        ObjectShape { fields, additional }
    }

    pub(super) fn field(&mut self, property: &Property<'a>, flat: &Flat<'a>) -> Field {
        let constant = self.constant(property);
        let lowered = match &constant {
            // An enum of one value would be a type that tells nothing.
            Some((_, nullable)) => Use {
                ty: TypeRef::String,
                nullable: *nullable,
            },
            None => self.property(property),
        };
        let mut field = self.field_of(property, flat, lowered);
        field.constant = constant.map(|(text, _)| text);
        field
    }

    /// The only text that a property can have, and whether it can be null as well.
    fn constant(&self, property: &Property<'a>) -> Option<(String, bool)> {
        let (ReferenceOr::Item(schema), _) = property.nodes.last()? else {
            return None;
        };
        let view = View::of(schema);
        let mut texts = view.values.iter().filter(|it| !it.is_null());
        let (Some(only), None) = (texts.next(), texts.next()) else {
            return None;
        };
        let nullable = view.data.nullable || view.values.iter().any(Json::is_null);
        Some((only.as_str()?.to_owned(), nullable))
    }

    /// What stands beside the type of a property.
    pub(super) fn field_of(&self, property: &Property<'a>, flat: &Flat<'a>, lowered: Use) -> Field {
        let own = property
            .nodes
            .iter()
            .rev()
            .find_map(|(node, _)| match node {
                ReferenceOr::Item(schema) => Some(&schema.schema_data),
                ReferenceOr::Reference { .. } => None,
            });
        let resolved: Vec<_> = property
            .nodes
            .iter()
            .rev()
            .filter_map(|(node, _)| self.description.resolve_boxed(node))
            .map(|it| &it.object.schema_data)
            .collect();
        let described = own.and_then(|it| it.description.clone());
        Field {
            name: property.name.to_owned(),
            ty: lowered.ty,
            required: flat.required.contains(property.name),
            nullable: lowered.nullable,
            read_only: resolved.iter().any(|it| it.read_only),
            write_only: resolved.iter().any(|it| it.write_only),
            constant: None,
            default: resolved
                .iter()
                .find_map(|it| it.default.as_ref())
                .and_then(scalars::plain_text),
            description: described.or_else(|| self.description_below(property)),
            deprecated: resolved.iter().any(|it| it.deprecated),
        }
    }

    /// The type of a property that several parts of an `allOf` may speak of.
    fn property(&mut self, property: &Property<'a>) -> Use {
        let mut telling: Vec<_> = property
            .nodes
            .iter()
            .filter(|(node, _)| match node {
                ReferenceOr::Item(schema) => !View::of(schema).is_bare(),
                ReferenceOr::Reference { .. } => true,
            })
            .collect();
        if telling.is_empty() {
            telling.extend(property.nodes.last());
        }
        if let [(node, site)] = telling.as_slice() {
            return self.boxed(node, site);
        }
        let Some((_, site)) = telling.last().copied() else {
            return TypeRef::Json.into();
        };
        // Recursion leads back here with the same parts.
        let key: Vec<*const ReferenceOr<Box<Schema>>> = telling
            .iter()
            .map(|(node, _)| std::ptr::from_ref(*node))
            .collect();
        if let Some(known) = self.merged.get(&key) {
            return known.clone();
        }
        let mut flat = Flat::default();
        for (node, at) in &telling {
            if let Some(found) = self.description.resolve_boxed(node) {
                flat.nullable = found.object.schema_data.nullable;
                let at = found.name.map_or_else(|| at.clone(), Site::of_component);
                self.merge(&mut flat, found.object, &at, 1);
            }
        }
        let site = site.clone();
        let lowered = self.shape(&flat, &site);
        self.merged.insert(key, lowered.clone());
        lowered
    }

    /// The description of the schema that a property refers to, also through a nullable wrapper.
    fn description_below(&self, property: &Property<'a>) -> Option<String> {
        let (node, _) = property.nodes.last()?;
        let schema = self.description.resolve_boxed(node)?.object;
        let own = schema.schema_data.description.clone();
        own.or_else(|| {
            let (_, _, only) = self.sole_part(&View::of(schema))?;
            self.description
                .resolve(only)?
                .object
                .schema_data
                .description
                .clone()
        })
    }

    /// Adds a type; a component is known from now on, so that it may contain itself.
    pub(super) fn define(&mut self, flat: &Flat<'a>, shape: Shape, site: &Site) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            component: site.component.clone(),
            root: site.root.clone(),
            words: site.words.clone(),
            description: flat.description.map(str::to_owned),
            deprecated: flat.deprecated,
            shape,
            received: false,
            sent: false,
            pointer: site.pointer.clone(),
        });
        if let Some(name) = &site.component {
            let known = Use {
                ty: TypeRef::Named(id),
                nullable: flat.nullable,
            };
            self.slots
                .insert(name.clone(), Slot::Done(known, Vec::new()));
        }
        self.sinks.push(Vec::new());
        id
    }

    /// Fills in a type that was added; what was lost since then is its loss.
    pub(super) fn complete(&mut self, id: TypeId, shape: Shape) {
        let mut losses = self.sinks.pop().unwrap_or_default();
        let place = self.types.get(id.0).map(|it| it.pointer.clone());
        losses.extend(place.iter().flat_map(|it| self.broken_below(it)));
        if !losses.is_empty() {
            self.type_losses.entry(id).or_default().extend(losses);
        }
        if let Some(definition) = self.types.get_mut(id.0) {
            definition.shape = shape;
        }
    }

    fn enumeration(&mut self, flat: &Flat<'a>, site: &Site) -> Use {
        let (shape, nullable) = scalars::enumeration(flat);
        match shape {
            scalars::Values::Enum(shape) => Use {
                ty: self.define_enum(flat, shape, site),
                nullable,
            },
            scalars::Values::Plain(ty) => Use { ty, nullable },
            scalars::Values::Composite => {
                let mut without = flat.clone();
                without.values = Vec::new();
                let mut lowered = self.shape_of_kind(&without, site);
                lowered.nullable |= nullable;
                lowered
            }
        }
    }

    pub(super) fn define_enum(
        &mut self,
        flat: &Flat<'a>,
        shape: EnumShape,
        site: &Site,
    ) -> TypeRef {
        let id = self.define(flat, Shape::Enum(shape.clone()), site);
        self.complete(id, Shape::Enum(shape));
        TypeRef::Named(id)
    }

    fn any_json(&mut self, pointer: &Pointer, reason: &str) -> Use {
        self.lose(pointer, reason);
        Use {
            ty: TypeRef::Json,
            nullable: true,
        }
    }
}

impl Site {
    /// The same place, being the component that `whole` is.
    fn with_component(self, whole: &Site) -> Self {
        Self {
            component: whole.component.clone(),
            ..self
        }
    }
}

/// The values of a property that can only be these texts.
pub(super) fn constants(values: &[Json]) -> Option<Vec<String>> {
    let texts: Option<Vec<String>> = values
        .iter()
        .map(|it| it.as_str().map(str::to_owned))
        .collect();
    texts.filter(|it| !it.is_empty())
}
