//! The rule `reference/unused-component`.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "reference/unused-component",
        severity: Warning,
        summary: "Components are used.",
        explanation: "A component does nothing until something refers to it (Components Object). One that nothing refers to is \
            a leftover, or the reference to it is misspelt. Schemas that others extend by `allOf` with a \
            discriminator are used, and so are security schemes that are required by name.",
    },
    set: Recommended,
    section: "components-object",
    covers: &["spectral:oas3-unused-component", "spectral:oas2-unused-definition", "redocly:no-unused-components", "vacuum:oas3-unused-component", "vacuum:oas2-unused-definition"],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      responses:
        '200':
          description: Cats.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cats'}}}
components:
  schemas:
    Cats: {type: array, items: {type: string}}
    Dogs: {type: array, items: {$ref: '#/components/schemas/Dog'}} # here
    Dog: {$ref: '#/components/schemas/Dog2'}
    Dog2: {type: object, properties: {puppy: {$ref: '#/components/schemas/Dog2'}}}
    Loop: {type: object, properties: {next: {$ref: '#/components/schemas/Loop'}}} # here
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}} # here
",
    passes: "
paths:
  /cats:
    get:
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses:
        '200':
          description: Cats.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {dog: Dog}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
",
    check: Check::Document(check),
};

const SECTIONS: [&str; 10] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// A component by the name of its section (as in 3.x) and its own.
type Component<'d> = (&'static str, &'d str);

fn check<'d>(context: &Context<'d>, report: &mut Report<'_>) {
    let components: Vec<Component<'d>> = SECTIONS
        .into_iter()
        .flat_map(|section| {
            let members = context.section(section).into_iter().flat_map(Object::iter);
            members.filter(|(name, _)| !name.starts_with("x-")).map(move |(name, _)| (section, name))
        })
        .collect();
    let users = users(context);
    // Everything that references lead to from outside of the components, and from there on.
    let mut used: BTreeSet<Component<'_>> = BTreeSet::new();
    let mut queue: Vec<Option<Component<'_>>> = vec![None];
    while let Some(user) = queue.pop() {
        for target in users.get(&user).into_iter().flatten() {
            if used.insert(*target) {
                queue.push(Some(*target));
            }
        }
    }
    // A document without operations is a library of components.
    if !users.contains_key(&None) {
        return;
    }
    // What an unused component refers to is unused because of it: one finding for each cause.
    let unused: Vec<Component<'_>> = components.into_iter().filter(|it| !used.contains(it)).collect();
    let roots = roots(&unused, &users);
    for (section, name) in roots {
        let pointer = place(section, context.version()).join(name);
        if !context.document.is_moved(&pointer) {
            report.at(pointer, format!("nothing refers to `{name}`")).on_key();
        }
    }
}

/// Of the unused components those that no other unused one refers to; of a circle its first.
fn roots<'d>(
    unused: &[Component<'d>],
    users: &BTreeMap<Option<Component<'d>>, Vec<Component<'d>>>,
) -> Vec<Component<'d>> {
    let mut reached: BTreeSet<Component<'_>> = BTreeSet::new();
    let reach = |from: Component<'d>, reached: &mut BTreeSet<Component<'d>>| {
        let mut queue = vec![from];
        while let Some(user) = queue.pop() {
            for target in users.get(&Some(user)).into_iter().flatten() {
                if reached.insert(*target) {
                    queue.push(*target);
                }
            }
        }
    };
    let mut referred: BTreeSet<Component<'_>> = BTreeSet::new();
    for user in unused {
        let targets = users.get(&Some(*user)).into_iter().flatten();
        referred.extend(targets.filter(|target| *target != user));
    }
    let mut roots: Vec<Component<'_>> = unused.iter().copied().filter(|it| !referred.contains(it)).collect();
    for root in &roots {
        reach(*root, &mut reached);
    }
    for component in unused {
        if !roots.contains(component) && reached.insert(*component) {
            reach(*component, &mut reached);
            roots.push(*component);
        }
    }
    roots
}

/// What each component refers to; `None` is everything outside of the components.
fn users<'d>(context: &Context<'d>) -> BTreeMap<Option<Component<'d>>, Vec<Component<'d>>> {
    let mut users: BTreeMap<Option<Component<'d>>, Vec<Component<'d>>> = BTreeMap::new();
    let by_name = |name: &str| {
        Some(("schemas", context.section("schemas")?.get_key(name)?))
    };
    for (target, places) in &context.references().by_target {
        let Some(target) = component_of(target, context) else {
            continue;
        };
        for place in places {
            let user = owner(place, context);
            users.entry(user).or_default().push(target);
            // Whoever extends a schema with a discriminator is one of its variants, and used as soon as that is.
            let extends = place.parent().and_then(|it| it.last()).as_deref() == Some("allOf");
            if let (true, Some(user)) = (extends, user)
                && has_discriminator(target, context)
            {
                users.entry(Some(target)).or_default().push(user);
            }
        }
    }
    context.document.walk(&mut |visit| {
        if visit.kind != Kind::Discriminator {
            return;
        }
        let mapping = visit.object.get("mapping").and_then(Node::as_object);
        let texts = mapping.into_iter().flat_map(Object::iter).map(|(_, node)| node);
        let texts = texts.chain(visit.object.get("defaultMapping"));
        for text in texts.filter_map(Node::as_str) {
            if let Some(target) = component_of(text, context).or_else(|| by_name(text)) {
                users.entry(owner(&visit.path.pointer(), context)).or_default().push(target);
            }
        }
    });
    users
}

fn has_discriminator(component: Component<'_>, context: &Context<'_>) -> bool {
    let (section, name) = component;
    let object = context.section(section).and_then(|it| it.get(name)).and_then(Node::as_object);
    object.is_some_and(|it| it.contains("discriminator"))
}

fn component_of<'d>(reference: &str, context: &Context<'d>) -> Option<Component<'d>> {
    let fragment = reference.strip_prefix('#')?;
    let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
    owner(&Pointer::parse(&fragment)?, context)
}

/// The component in which a place is.
fn owner<'d>(place: &Pointer, context: &Context<'d>) -> Option<Component<'d>> {
    let mut segments = place.segments();
    if context.version() != Version::V2_0 && segments.next()? != "components" {
        return None;
    }
    let section = segments.next()?;
    let section = if section == "definitions" { "schemas" } else { section.as_str() };
    let section = SECTIONS.into_iter().find(|it| *it == section)?;
    Some((section, context.section(section)?.get_key(&segments.next()?)?))
}

fn place(section: &str, version: Version) -> Pointer {
    match (version, section) {
        (Version::V2_0, "schemas") => Pointer::root().join("definitions"),
        (Version::V2_0, section) => Pointer::root().join(section),
        _ => Pointer::root().join("components").join(section),
    }
}
