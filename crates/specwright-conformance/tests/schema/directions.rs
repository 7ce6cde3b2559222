//! Properties that go one way need not be there the other way (OAS 3.0.3, Schema Object; 3.1 means the same).

use crate::{checker, schemas};
use serde_json::json;
use specwright_conformance::schema::Direction::{Either, Request, Response};

#[test]
fn required_properties() {
    let own = "
    User:
      type: object
      required: [id, password, name]
      properties:
        id: {$ref: '#/components/schemas/Id'}
        password: {type: string, writeOnly: true}
        name: {type: string}
    Id: {type: integer, readOnly: true}
    Other:
      required: [id]
      allOf: [{$ref: '#/components/schemas/User'}]
";
    for version in ["3.0.3", "3.1.0"] {
        let all = schemas(version, own);
        for (direction, value, expected) in [
            (Request, json!({"password": "a", "name": "b"}), true),
            (Request, json!({"id": 1, "name": "b"}), false),
            (Response, json!({"id": 1, "name": "b"}), true),
            (Response, json!({"password": "a", "name": "b"}), false),
            (Either, json!({"name": "b"}), true),
            (Either, json!({"id": 1, "password": "a"}), false),
        ] {
            for name in ["User", "Other"] {
                let checker = checker(&all, name, direction);
                let checked = checker.check(&value);
                assert_eq!(
                    checked.is_valid(),
                    expected,
                    "{version} {name} {direction:?} {value}: {checked:?}"
                );
            }
        }
    }
}
