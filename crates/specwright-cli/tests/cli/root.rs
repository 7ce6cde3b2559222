//! `--root`: how far references may lead.

use crate::folder::Folder;

const ENTRY: &str = "\
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      responses:
        '200': { $ref: '../shared/responses.yaml#/Cats' }
";

#[test]
fn references_leave_the_folder_only_when_asked() {
    let folder = Folder::new()
        .with("apis/cats.yaml", ENTRY)
        .with("shared/responses.yaml", "Cats: { description: All cats }\n");
    folder
        .run("check apis/cats.yaml")
        .exits(1)
        .prints("error[reference/forbidden]")
        .prints("--> apis/cats.yaml:7:");
    folder.run("check --root . apis/cats.yaml").exits(0);
    folder
        .run("check --root shared apis/cats.yaml")
        .exits(2)
        .reports("it is not below");
}

#[test]
fn findings_in_other_files_show_their_path() {
    let folder = Folder::new()
        .with("apis/cats.yaml", ENTRY)
        .with("shared/responses.yaml", "Cats: { descripton: All cats }\n");
    folder
        .run("check --root . apis/cats.yaml")
        .exits(1)
        .prints("./shared/responses.yaml:1:");
}
