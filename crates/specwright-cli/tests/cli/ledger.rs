//! `specwright ledger`.

use crate::folder::{Folder, GOOD};

/// Operations of every fate.
const MIXED: &str = "\
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      operationId: listCats
      tags: [Cats]
      responses: { '204': { description: None } }
  /cats/{id}:
    get:
      responses:
        '200':
          description: A cat
          content:
            application/json:
              schema: { not: { type: string } }
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
  /cats}/all:
    put:
      operationId: putCats
      responses: { '204': { description: None } }
";

#[test]
fn a_clean_document_exits_with_0() {
    let folder = Folder::new().with("api.yaml", GOOD);
    let run = folder.run("ledger api.yaml");
    run.exits(0);
    let expected =
        "supported  GET /cats  listCats\n\n1 operation: 1 supported, 0 degraded, 0 refused\n";
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (expected, ""));
}

#[test]
fn losses_and_refusals_have_their_reason_and_place() {
    let folder = Folder::new().with("api.yaml", MIXED);
    let run = folder.run("ledger api.yaml");
    run.exits(1)
        .prints("supported  GET /cats       listCats\n")
        .prints("degraded   GET /cats/{id}\n           - ")
        .prints(" (api.yaml:16:15)\n")
        .prints("refused    PUT /cats}/all  putCats\n           - ")
        .prints(" (api.yaml:20:")
        .prints("\n\n3 operations: 1 supported, 1 degraded, 1 refused\n");
    assert!(!run.stderr.contains("generate/"), "{}", run.stderr);
}

#[test]
fn json_is_what_the_crate_form_writes() {
    let folder = Folder::new().with("api.yaml", GOOD);
    let run = folder.run("ledger api.yaml --format json");
    run.exits(0);
    folder.run("generate api.yaml --out client").exits(0);
    assert_eq!(run.stdout, folder.read("client/ledger.json"));
}

#[test]
fn recipes_and_filters_are_used() {
    let folder = Folder::new()
        .with("api.yaml", MIXED)
        .with("generate.toml", "[operations.listDogs]\nname = \"list\"\n");
    folder
        .run("ledger api.yaml --only Cats")
        .exits(0)
        .prints("1 operation: 1 supported");
    folder
        .run("ledger api.yaml --recipe generate.toml")
        .exits(1)
        .reports("error[generate/unused-knob]");
}

#[test]
fn a_document_with_errors_exits_with_1_and_has_a_ledger_all_the_same() {
    let broken = GOOD.replace("{ type: string }", "{ type: strin }");
    let folder = Folder::new()
        .with("api.yaml", &broken)
        .with("none.yaml", "openapi: 4.0.0\n");
    folder
        .run("ledger api.yaml")
        .exits(1)
        .prints("GET /cats")
        .reports("error[structure/invalid-value]");
    folder
        .run("ledger none.yaml")
        .exits(1)
        .reports("cannot be used");
}
