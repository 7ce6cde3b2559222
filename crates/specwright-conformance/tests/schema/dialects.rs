//! What keywords mean in each version.

use crate::{assert_all, check, schemas};
use serde_json::json;

#[test]
fn schemas_of_3_0() {
    let all = schemas(
        "3.0.3",
        "
    Null: {type: string, nullable: true}
    NullEnum: {type: string, nullable: true, enum: [a]}
    NullAll: {nullable: true, allOf: [{$ref: '#/components/schemas/Null'}, {type: string, minLength: 2}]}
    Sibling: {$ref: '#/components/schemas/Text', maxLength: 1}
    Text: {type: string}
    More: {type: integer, minimum: 1, exclusiveMinimum: true}
    Most: {type: number, maximum: 10, exclusiveMaximum: false}
    Int32: {type: integer, format: int32}
    Tree: {type: object, required: [name], properties: {name: {type: string}, kids: {type: array, items: {$ref: '#/components/schemas/Tree'}}}, additionalProperties: false}
    One: {oneOf: [{type: integer}, {type: number, minimum: 5}]}
    Not: {not: {type: string}}
    Set: {type: array, uniqueItems: true, items: {}}
    Word: {type: string, pattern: '^[a-z]+$'}
    Map: {type: object, additionalProperties: {type: integer}, maxProperties: 2}
    Any: {}
",
    );
    assert_all(
        &all,
        &[
            ("Null", "null", true),
            ("Null", "1", false),
            ("NullEnum", "null", true),
            ("NullEnum", r#""a""#, true),
            ("NullEnum", r#""b""#, false),
            ("NullAll", "null", true),
            ("NullAll", r#""a""#, false),
            ("NullAll", r#""ab""#, true),
            // What stands beside a reference is ignored (OAS 3.0.3, Reference Object).
            ("Sibling", r#""ab""#, true),
            ("Sibling", "1", false),
            ("More", "1", false),
            ("More", "2", true),
            ("Most", "10", true),
            ("Most", "10.5", false),
            ("Int32", "2147483648", false),
            ("Int32", "-1", true),
            (
                "Tree",
                r#"{"name":"a","kids":[{"name":"b","kids":[]}]}"#,
                true,
            ),
            ("Tree", r#"{"name":"a","kids":[{"kids":[]}]}"#, false),
            ("Tree", r#"{"name":"a","other":1}"#, false),
            ("One", "1", true),
            ("One", "6", false),
            ("One", "6.5", true),
            ("One", "1.5", false),
            ("Not", "1", true),
            ("Not", r#""a""#, false),
            ("Set", "[1,2,1.0]", false),
            ("Set", r#"[{"a":1,"b":2},{"b":2,"a":1}]"#, false),
            ("Set", "[1,2]", true),
            ("Word", r#""ab""#, true),
            ("Word", r#""a1""#, false),
            ("Map", r#"{"a":1,"b":2}"#, true),
            ("Map", r#"{"a":1,"b":"2"}"#, false),
            ("Map", r#"{"a":1,"b":2,"c":3}"#, false),
            ("Any", "null", true),
            ("Any", "[1]", true),
        ],
    );
}

#[test]
fn schemas_of_2_0() {
    let all = schemas(
        "2.0",
        "
  Null: {type: string, x-nullable: true}
  Nullable: {type: string, nullable: true}
  File: {type: file}
  Bounded: {type: number, minimum: 0, exclusiveMinimum: true}
  Dog: {allOf: [{$ref: '#/definitions/Animal'}, {type: object, required: [bark], properties: {bark: {type: boolean}}}]}
  Animal: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
",
    );
    assert_all(
        &all,
        &[
            ("Null", "null", true),
            // 2.0 has no such keyword.
            ("Nullable", "null", false),
            ("Bounded", "0", false),
            ("Bounded", "0.1", true),
            ("Dog", r#"{"kind":"Dog","bark":true}"#, true),
            ("Dog", r#"{"bark":true}"#, false),
            ("Dog", r#"{"kind":"Dog"}"#, false),
        ],
    );
}

#[test]
fn schemas_of_3_1() {
    let all = schemas(
        "3.1.0",
        "
    Null: {type: [string, 'null']}
    Nullable: {type: string, nullable: true}
    Sibling: {$ref: '#/components/schemas/Text', maxLength: 1}
    Text: {type: string}
    More: {type: integer, exclusiveMinimum: 1}
    Const: {const: {a: [1]}}
    Tuple: {type: array, prefixItems: [{type: integer}, {type: string}], items: false}
    If: {type: object, if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}
    Names: {type: object, propertyNames: {pattern: '^[a-z]$'}}
    Patterns: {type: object, patternProperties: {'^x': {type: integer}}, additionalProperties: false}
    Contains: {type: array, contains: {type: integer}, maxContains: 1}
    Needs: {type: object, dependentRequired: {a: [b]}, dependentSchemas: {c: {required: [d]}}}
    Never: false
    Whole: {type: integer}
",
    );
    assert_all(
        &all,
        &[
            ("Null", "null", true),
            ("Nullable", "null", false),
            ("Sibling", r#""a""#, true),
            ("Sibling", r#""ab""#, false),
            ("Sibling", "1", false),
            ("More", "1", false),
            ("More", "2", true),
            ("Const", r#"{"a":[1.0]}"#, true),
            ("Const", r#"{"a":[2]}"#, false),
            ("Tuple", r#"[1,"a"]"#, true),
            ("Tuple", r#"[1,"a",2]"#, false),
            ("Tuple", r#"["a"]"#, false),
            ("If", r#"{"a":1,"b":1}"#, true),
            ("If", r#"{"a":1}"#, false),
            ("If", r#"{"c":1}"#, true),
            ("If", "{}", false),
            ("Names", r#"{"a":1}"#, true),
            ("Names", r#"{"ab":1}"#, false),
            ("Patterns", r#"{"xa":1}"#, true),
            ("Patterns", r#"{"xa":"1"}"#, false),
            ("Patterns", r#"{"a":1}"#, false),
            ("Contains", r#"[1,"a"]"#, true),
            ("Contains", r#"["a"]"#, false),
            ("Contains", "[1,2]", false),
            ("Needs", r#"{"a":1}"#, false),
            ("Needs", r#"{"a":1,"b":1}"#, true),
            ("Needs", r#"{"c":1}"#, false),
            ("Needs", r#"{"c":1,"d":1}"#, true),
            ("Never", "1", false),
            // A number without a fraction is an integer (2020-12 Validation §6.1.1).
            ("Whole", "1.0", true),
        ],
    );
}

#[test]
fn what_the_document_does_not_say_is_undecided() {
    let all = schemas(
        "3.0.3",
        "
    Pattern: {type: object, properties: {a: {type: string, pattern: '('}, b: {type: integer}}}
    Self: {allOf: [{$ref: '#/components/schemas/Self'}]}
    Ping: {anyOf: [{$ref: '#/components/schemas/Pong'}, {type: string}]}
    Pong: {anyOf: [{$ref: '#/components/schemas/Ping'}, {type: integer}]}
    User: {type: object, properties: {a: {$ref: '#/components/schemas/Self'}}}
    Choice: {anyOf: [{type: string, pattern: '('}, {type: integer}]}
",
    );
    let open = |name: &str, value: serde_json::Value| {
        let checked = check(&all, name, &value);
        assert!(checked.violations.is_empty(), "{name} {value}: {checked:?}");
        assert!(!checked.undecided.is_empty(), "{name} {value}: {checked:?}");
    };
    open("Pattern", json!({"a": "x"}));
    open("Self", json!(1));
    open("User", json!({"a": 1}));
    open("Choice", json!("a"));
    assert!(check(&all, "Pattern", &json!({"b": 1})).is_valid());
    assert!(check(&all, "Choice", &json!(1)).is_valid());
    assert!(check(&all, "User", &json!({})).is_valid());
    let checked = check(&all, "Pattern", &json!({"a": "x", "b": "y"}));
    assert_eq!(checked.violations.len(), 1, "{checked:?}");
    assert_eq!(
        checked.undecided[0].schema.as_str(),
        "/components/schemas/Pattern/properties/a"
    );
    // Two schemas that are variants of each other; what surely fits one fits both.
    let checked = check(&all, "Ping", &json!(true));
    assert!(
        checked.violations.is_empty() || checked.undecided.is_empty(),
        "{checked:?}"
    );
}

#[test]
fn other_drafts_are_honoured() {
    let all = schemas(
        "3.1.0",
        "
    Old: {$schema: 'http://json-schema.org/draft-07/schema#', type: object, dependencies: {a: [b]}, $defs: {}}
    New: {type: object, dependencies: {a: [b]}}
    Recent: {$schema: 'https://json-schema.org/draft/2019-09/schema', type: object, dependentRequired: {a: [b]}}
    Unknown: {$schema: 'https://example.com/mine', type: integer}
",
    );
    assert_all(
        &all,
        &[
            ("Old", r#"{"a":1,"b":1}"#, true),
            ("Old", r#"{"a":1}"#, false),
            // 2020-12 has no such keyword.
            ("New", r#"{"a":1}"#, true),
            ("Recent", r#"{"a":1}"#, false),
            ("Unknown", "1", true),
            ("Unknown", r#""a""#, false),
        ],
    );
}

#[test]
fn what_would_take_forever_is_undecided() {
    // Each level is looked at twice, so that the work doubles with every level.
    for keyword in ["allOf", "anyOf"] {
        let all = schemas(
            "3.1.0",
            &format!(
                "    Twice: {{{keyword}: [{{$ref: '#/components/schemas/Part'}}, {{$ref: '#/components/schemas/Part'}}]}}
    Part: {{type: object, minProperties: 1, properties: {{t: {{$ref: '#/components/schemas/Twice'}}}}, patternProperties: {{'^t': {{$ref: '#/components/schemas/Twice'}}}}}}\n"
            ),
        );
        let value = (0..90).fold(json!({}), |inner, _| json!({ "t": inner }));
        let checked = check(&all, "Twice", &value);
        assert!(!checked.is_valid(), "{checked:?}");
    }
}
