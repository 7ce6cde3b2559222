//! `specwright pagination`.

use serde_json::{Value, json};

use crate::folder::Folder;

/// A list that says how it pages, one that shows it, one that might, one that cannot be walked, and no list.
const LISTS: &str = "\
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      operationId: listCats
      x-specwright-pagination:
        { style: page, request: { position: page }, response: { items: /cats } }
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses: &list
        '200':
          description: Cats
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: { type: array, items: { type: object } }
                  next_cursor: { type: string }
  /dogs:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, default: 10, maximum: 50 } }
      responses: *list
  /birds:
    get:
      parameters:
        - { name: start, in: query, schema: { type: integer } }
      responses: &bare
        '200':
          description: Birds
          content: { application/json: { schema: { type: array, items: { type: object } } } }
  /fish:
    get:
      parameters:
        - { name: page_token, in: query, schema: { type: string } }
      responses: *bare
  /count:
    get: { responses: { '204': { description: None } } }
";

#[test]
fn each_list_has_its_plan_and_evidence() {
    let folder = Folder::new().with("api.yaml", LISTS);
    let run = folder.run("pagination api.yaml");
    run.exits(0)
        .prints("GET /cats  listCats\n  page, declared by x-specwright-pagination\n")
        .prints("    - plan: `x-specwright-pagination` (api.yaml:7:7)\n")
        .prints("GET /dogs\n  token, certain\n    request   position cursor, size limit\n")
        .prints("    response  items /cats, next /next_cursor\n    size      default 10, maximum 50\n")
        .prints("    - position: query parameter `cursor` (api.yaml:24:11)\n")
        .prints("GET /birds\n  offset, unsure\n")
        .prints("GET /fish\n  no plan\n    - position: query parameter `page_token` (api.yaml:")
        .prints("    ! query parameter `page_token` takes a position, and nothing in the response is one\n")
        .prints(
            "\n4 list operations: 1 declared, 1 certain, 1 unsure, 1 without a plan; clients page from `likely` up\n",
        );
    assert!(!run.stdout.contains("/count"), "{}", run.stdout);
}

#[test]
fn json_is_versioned_and_has_everything() {
    let folder = Folder::new().with("api.yaml", LISTS);
    let run = folder.run("pagination api.yaml --format json");
    run.exits(0);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report.pointer("/version"), Some(&json!(1)));
    let operation = |index: usize, member: &str| {
        let pointer = format!("/operations/{index}/{member}");
        report.pointer(&pointer).cloned().expect(&pointer)
    };
    assert_eq!(operation(0, "operation"), json!("listCats"));
    assert_eq!(
        operation(0, "declared_by"),
        json!("x-specwright-pagination")
    );
    assert_eq!(operation(0, "confidence"), json!("declared"));
    let plan = json!({
        "style": "token",
        "request": {"position": "cursor", "size": "limit"},
        "response": {"items": "/cats", "next": "/next_cursor"},
        "size": {"default": 10, "maximum": 50},
    });
    assert_eq!(operation(1, "plan"), plan);
    assert_eq!(operation(1, "confidence"), json!("certain"));
    assert_eq!(
        (operation(1, "method"), operation(1, "path")),
        (json!("GET"), json!("/dogs"))
    );
    let evidence = json!({
        "part": "position",
        "says": "query parameter `cursor`",
        "pointer": "/paths/~1dogs/get/parameters/0",
        "file": "api.yaml",
        "line": 24,
        "column": 11,
    });
    assert_eq!(operation(1, "evidence/1"), evidence);
    assert_eq!(
        (operation(3, "plan"), operation(3, "confidence")),
        (json!(null), json!(null))
    );
}

#[test]
fn an_overlay_declares_what_is_not_declared() {
    let folder = Folder::new().with("api.yaml", LISTS);
    let run = folder.run("pagination api.yaml --overlay plans.yaml");
    run.exits(0).reports("1 plan written to plans.yaml\n");
    let text = folder.read("plans.yaml");
    assert!(text.starts_with("overlay: 1.0.0\n"), "{text}");
    assert!(text.contains("$.paths['/dogs']['get']"), "{text}");
    assert!(text.contains("x-specwright-pagination:"), "{text}");
    folder
        .run("pagination api.yaml --overlay all.json --from unsure")
        .exits(0)
        .reports("2 plans written to all.json\n");
    let all: Value = serde_json::from_str(&folder.read("all.json")).expect("JSON");
    let target = all.pointer("/actions/1/target");
    assert_eq!(target, Some(&json!("$.paths['/birds']['get']")));
}

#[test]
fn the_recipe_goes_first() {
    let recipe = "\
[pagination]
from = 'unsure'
[operations.listCats]
pagination = false
[operations.\"GET /fish\".pagination]
style = 'keyset'
request = { position = 'page_token' }
response = { items = '', next = 'last-item:id' }
";
    let folder = Folder::new()
        .with("api.yaml", LISTS)
        .with("recipe.toml", recipe);
    folder
        .run("pagination api.yaml --recipe recipe.toml")
        .exits(0)
        .prints("GET /cats  listCats\n  no plan by the recipe\n    ! declared not to page\n")
        .prints("GET /fish\n  no plan by the recipe\n    ! `/response/next`: the schema of the items has nothing at `/id`\n")
        .prints("clients page from `unsure` up\n");
    folder
        .run("generate api.yaml --out client --recipe recipe.toml")
        .exits(1)
        .reports("generate/invalid-plan")
        .reports("the recipe's plan for `GET /fish`");
}

#[test]
fn a_plan_that_cannot_be_used_is_a_finding() {
    let wrong = LISTS.replace("position: page }", "position: pag }");
    let folder = Folder::new().with("api.yaml", &wrong);
    folder
        .run("pagination api.yaml")
        .exits(1)
        .prints("  no plan by x-specwright-pagination\n")
        .reports("error[pagination/invalid-plan]: the operation has no query parameter `pag`\n");
}

#[test]
fn from_is_about_the_overlay() {
    let folder = Folder::new().with("api.yaml", LISTS);
    folder.run("pagination api.yaml --from certain").exits(2);
}
