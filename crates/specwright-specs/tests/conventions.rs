//! How the documents are written: what every one of them has in common.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_specs::Api;

const PROVENANCE: &str = "x-specwright-provenance";

/// Runs a rule on every document and expects no complaint.
fn holds(rule: impl Fn(&Value) -> Vec<String>) {
    for api in specwright_specs::all() {
        let complaints = rule(&document(api));
        assert!(
            complaints.is_empty(),
            "{}:\n{}",
            api.name,
            complaints.join("\n")
        );
    }
}

#[expect(
    clippy::expect_used,
    reason = "without a document there is nothing to test"
)]
fn document(api: &Api) -> Value {
    serde_yaml::from_str(api.document).expect("valid YAML")
}

/// Every object of a value, with its JSON pointer.
fn objects<'a>(value: &'a Value, place: &str, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) => {
            found.push((place.to_owned(), value));
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                objects(member, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                objects(element, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn all_objects(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    objects(document, "", &mut found);
    found
}

/// Names of the component schemas.
fn schemas(document: &Value) -> BTreeSet<String> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    schemas
        .into_iter()
        .flat_map(|schemas| schemas.keys().cloned())
        .collect()
}

/// Names of the component schemas that a value leads to.
fn reached(document: &Value, value: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        for (_, object) in all_objects(value) {
            let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
                continue;
            };
            let place = reference.trim_start_matches('#');
            let is_new = match place.strip_prefix("/components/schemas/") {
                Some(name) => names.insert(name.to_owned()),
                None => true,
            };
            open.extend(document.pointer(place).filter(|_| is_new));
        }
    }
    names
}

/// The one operation of a document.
fn operation(document: &Value) -> Option<&Value> {
    let path = document.get("paths")?.as_object()?.values().next()?;
    path.get("get")
}

fn sides(document: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let part = |key| operation(document).and_then(|operation| operation.get(key));
    let reached = |key| {
        part(key)
            .map(|value| reached(document, value))
            .unwrap_or_default()
    };
    (reached("parameters"), reached("responses"))
}

fn is_closed(schema: &Value) -> bool {
    schema.get("enum").is_some()
}

fn is_open(schema: &Value) -> bool {
    let branches = schema
        .get("anyOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice);
    matches!(branches, Some([known, any]) if is_closed(known) && *any == serde_json::json!({"type": "string"}))
}

/// Request enums are closed, response enums are open, none serves both, and all of them have a name.
fn enums(document: &Value) -> Vec<String> {
    let (requests, responses) = sides(document);
    let mut complaints = Vec::new();
    for name in requests.intersection(&responses) {
        complaints.push(format!("{name} is shared between request and response"));
    }
    for name in schemas(document) {
        let Some(schema) = document.pointer(&format!("/components/schemas/{name}")) else {
            continue;
        };
        if is_closed(schema) && responses.contains(&name) {
            complaints.push(format!("{name} is closed, but part of a response"));
        }
        if is_open(schema) && requests.contains(&name) && name != "AccountId" {
            complaints.push(format!("{name} is open, but part of a request"));
        }
    }
    for (place, object) in all_objects(document) {
        let is_named = place.starts_with("/components/schemas/") && place.matches('/').count() == 3;
        let is_branch = place.contains("/anyOf/") && place.matches('/').count() == 5;
        if object.get("enum").is_some_and(Value::is_array) && !is_named && !is_branch {
            complaints.push(format!("{place} is an enum without a name"));
        }
    }
    complaints
}

/// What is not required permits `null`, so that absent and null are the same to a reader.
fn optional_members(document: &Value) -> Vec<String> {
    let (_, responses) = sides(document);
    let mut complaints = Vec::new();
    for name in responses {
        let Some(schema) = document.pointer(&format!("/components/schemas/{name}")) else {
            continue;
        };
        let required = schema.get("required").and_then(Value::as_array);
        let is_required =
            |member: &str| required.is_some_and(|names| names.iter().any(|name| name == member));
        for (member, schema) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            // What says nothing of a type permits `null` as it is.
            let typed = ["type", "allOf", "anyOf", "oneOf"]
                .iter()
                .any(|keyword| schema.get(*keyword).is_some());
            if !is_required(member) && typed && schema.get("nullable") != Some(&Value::Bool(true)) {
                complaints.push(format!("{name}.{member} is optional, but not nullable"));
            }
        }
    }
    complaints
}

/// Objects with members are components; only error bodies and the assumed item of Parrot declare that they are open.
fn object_schemas(document: &Value) -> Vec<String> {
    let is_parrot = document
        .pointer("/info/title")
        .is_some_and(|title| title == "Parrot");
    let mut complaints = Vec::new();
    for (place, object) in all_objects(document) {
        let name = place
            .strip_prefix("/components/schemas/")
            .unwrap_or_default();
        let has_members = object.get("properties").is_some_and(Value::is_object);
        if has_members && object.get("type").is_some() && (name.is_empty() || name.contains('/')) {
            complaints.push(format!("{place} is an object without a name"));
        }
        let may_be_open = name.starts_with("Error") || (is_parrot && name == "Conversation");
        if has_members
            && object.get("additionalProperties").is_some() != may_be_open
            && !name.contains('/')
        {
            complaints.push(format!("{name} is open or closed against the convention"));
        }
    }
    complaints
}

/// References lead to something, and every component is used.
fn references(document: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut used = BTreeSet::new();
    for (place, object) in all_objects(document) {
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
            continue;
        };
        match reference
            .strip_prefix('#')
            .filter(|pointer| document.pointer(pointer).is_some())
        {
            Some(pointer) => drop(used.insert(pointer.to_owned())),
            None => complaints.push(format!("{place}: there is no {reference}")),
        }
    }
    for kind in ["schemas", "responses", "headers"] {
        let components = document
            .pointer(&format!("/components/{kind}"))
            .and_then(Value::as_object);
        for name in components
            .into_iter()
            .flat_map(|components| components.keys())
        {
            if !used.contains(&format!("/components/{kind}/{name}")) {
                complaints.push(format!("{kind}/{name} is not used"));
            }
        }
    }
    complaints
}

/// Provenance is marked where it is not the page itself, in known words.
fn provenance(document: &Value) -> Vec<String> {
    let marks = all_objects(document)
        .into_iter()
        .filter_map(|(place, object)| Some((place, object.get(PROVENANCE)?)));
    let is_known = |mark: &Value| mark == "public" || mark == "inferred" || mark == "assumed";
    marks
        .filter(|(_, mark)| !is_known(mark))
        .map(|(place, mark)| format!("{place}: {mark}"))
        .collect()
}

/// Parameters, component schemas and their own members are described.
fn descriptions(document: &Value) -> Vec<String> {
    let is_described = |place: &str, object: &Value| {
        let steps: Vec<_> = place.split('/').skip(1).collect();
        let wants = match steps.as_slice() {
            ["paths", _, "get", "parameters", _] | ["components", "schemas", _] => true,
            ["components", "schemas", _, "properties", _] => {
                object.get("$ref").is_none() && object.get("allOf").is_none()
            }
            ["components", "responses" | "headers" | "securitySchemes", _] => true,
            _ => false,
        };
        let text = object
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        !wants || text.ends_with('.')
    };
    let objects = all_objects(document).into_iter();
    objects
        .filter(|(place, object)| !is_described(place, object))
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn enums_are_closed_in_requests_and_open_in_responses() {
    holds(enums);
}

#[test]
fn optional_members_are_nullable() {
    holds(optional_members);
}

#[test]
fn objects_have_names() {
    holds(object_schemas);
}

#[test]
fn references_lead_somewhere_and_components_are_used() {
    holds(references);
}

#[test]
fn provenance_uses_known_words() {
    holds(provenance);
}

#[test]
fn everything_is_described() {
    holds(descriptions);
}

#[test]
fn the_frame_is_the_same() {
    for api in specwright_specs::all() {
        let document = document(api);
        assert_eq!(document["openapi"], "3.0.3", "{}", api.name);
        assert_eq!(
            document["security"],
            serde_json::json!([{"bearerAuth": []}]),
            "{}",
            api.name
        );
        assert_eq!(document["tags"][0]["name"], "Conversations", "{}", api.name);
        let operation = operation(&document).expect("an operation");
        assert_eq!(
            operation["tags"],
            serde_json::json!(["Conversations"]),
            "{}",
            api.name
        );
        assert!(
            operation["x-specwright-pagination"].is_object(),
            "{}",
            api.name
        );
    }
}

#[test]
fn recipes_name_the_operation_of_their_document() {
    for api in specwright_specs::all() {
        let document = document(api);
        let recipe: Value = toml::from_str(api.recipe).expect("valid TOML");
        let operations: Vec<_> = recipe["operations"]
            .as_object()
            .expect("a table")
            .keys()
            .collect();
        let id = &operation(&document).expect("an operation")["operationId"];
        assert_eq!(operations, [id.as_str().expect("a text")], "{}", api.name);
        assert_eq!(recipe["crate"]["name"], api.name);
    }
}

#[test]
fn texts_are_tidy() {
    for api in specwright_specs::all() {
        for text in [
            api.document,
            api.recipe,
            api.deviations,
            api.facts,
            api.example.unwrap_or("\n"),
        ] {
            assert!(
                text.ends_with('\n') && !text.contains('\t') && !text.contains(" \n"),
                "{}",
                api.name
            );
        }
        let long = api.document.lines().find(|line| line.len() > 120);
        assert_eq!(long, None, "{}", api.name);
    }
}

/// Each rule finds what it is there for.
#[test]
fn breaches_are_found() {
    let changed = |pointer: &str, key: &str, value: Option<Value>| {
        let mut document = document(specwright_specs::get("famulor").expect("built in"));
        let target = document
            .pointer_mut(pointer)
            .and_then(Value::as_object_mut)
            .expect("an object");
        match value {
            Some(value) => drop(target.insert(key.to_owned(), value)),
            None => drop(target.shift_remove(key)),
        }
        document
    };
    let schemas = "/components/schemas";
    let closed = Some(serde_json::json!({"type": "string", "enum": ["test"]}));
    let found = enums(&changed(schemas, "ConversationType", closed.clone()));
    assert_eq!(
        found,
        ["ConversationType is closed, but part of a response"]
    );

    let member = format!("{schemas}/Customer/properties");
    let found = enums(&changed(&member, "kind", closed));
    assert_eq!(found, [format!("{member}/kind is an enum without a name")]);

    let shared = serde_json::json!({"$ref": "#/components/schemas/ConversationTypeFilter"});
    let found = enums(&changed(&member, "kind", Some(shared)));
    let expected = [
        "ConversationTypeFilter is shared between request and response",
        "ConversationTypeFilter is closed, but part of a response",
    ];
    assert_eq!(found, expected);

    let found = optional_members(&changed(&format!("{member}/phone"), "nullable", None));
    assert_eq!(found, ["Customer.phone is optional, but not nullable"]);

    let nested = serde_json::json!({"type": "object", "properties": {}});
    let found = object_schemas(&changed(&member, "address", Some(nested)));
    assert_eq!(
        found,
        [format!("{member}/address is an object without a name")]
    );
    let found = object_schemas(&changed(
        &format!("{schemas}/Customer"),
        "additionalProperties",
        Some(true.into()),
    ));
    assert_eq!(found, ["Customer is open or closed against the convention"]);

    let found = references(&changed(
        schemas,
        "Spare",
        Some(serde_json::json!({"type": "string"})),
    ));
    assert_eq!(found, ["schemas/Spare is not used"]);
    let found = references(&changed(schemas, "WhatsappSender", None));
    let expected = "/components/schemas/Conversation/properties/whatsapp_sender/allOf/0: there is no #/components/schemas/WhatsappSender";
    assert_eq!(found, [expected]);

    let found = provenance(&changed(
        &format!("{schemas}/Customer"),
        PROVENANCE,
        Some("guessed".into()),
    ));
    assert_eq!(found, ["/components/schemas/Customer: \"guessed\""]);

    let found = descriptions(&changed(&format!("{member}/phone"), "description", None));
    assert_eq!(found, [format!("{member}/phone")]);
}
