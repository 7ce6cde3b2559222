//! `Builder`, in a folder of its own for each test.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use specwright_generator::Builder;

const GOOD: &str = "\
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      operationId: listCats
      tags: [Cats]
      responses: { '204': { description: None } }
";

/// An empty folder of that name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("builder-{name}"));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn builder(folder: &Path, text: &str) -> Builder {
    fs::write(folder.join("cats.yaml"), text).unwrap();
    Builder::new(folder.join("cats.yaml")).out_dir(folder.join("out"))
}

#[test]
fn the_module_is_named_after_the_document() {
    let folder = folder("name");
    let builder = builder(&folder, GOOD);
    let path = builder.generate().unwrap();
    assert_eq!(path, folder.join("out/cats.rs"));
    assert!(fs::read_to_string(path).unwrap().contains("pub mod cats {"));
    let path = builder.clone().name("client").generate().unwrap();
    assert_eq!(path, folder.join("out/client.rs"));
    for name in ["", "../client", ".hidden", "a/b"] {
        let error = builder.clone().name(name).generate().unwrap_err();
        assert!(error.to_string().contains("names no file"), "{error}");
    }
}

#[test]
fn what_is_fresh_is_not_written_again() {
    let folder = folder("fresh");
    let builder = builder(&folder, GOOD);
    let path = builder.generate().unwrap();
    let time = || fs::metadata(&path).unwrap().modified().unwrap();
    let before = time();
    builder.generate().unwrap();
    assert_eq!(time(), before);
}

#[test]
fn errors_write_nothing_unless_they_are_allowed() {
    let folder = folder("errors");
    // A field that nobody knows is shown and has no consequence.
    let unknown = GOOD.replace("tags:", "tag:");
    self::builder(&folder, &unknown).generate().unwrap();
    fs::remove_dir_all(folder.join("out")).unwrap();
    let builder = builder(&folder, &GOOD.replace("{ '204':", "[] #"));
    let error = builder.generate().unwrap_err();
    assert!(error.to_string().contains("has errors"), "{error}");
    assert!(!folder.join("out").exists());
    builder.allow_errors().generate().unwrap();
    assert!(folder.join("out/cats.rs").exists());
}

#[test]
fn recipes_and_selections_are_used() {
    let folder = folder("recipe");
    let builder = builder(&folder, GOOD);
    let recipe = folder.join("generate.toml");
    fs::write(&recipe, "[operations.listCats]\nname = 'everyone'\n").unwrap();
    let path = builder.clone().recipe(&recipe).generate().unwrap();
    assert!(
        fs::read_to_string(path)
            .unwrap()
            .contains("pub fn everyone(")
    );
    builder.clone().only(["Cats"]).generate().unwrap();
    let error = builder.clone().only(["Dogs"]).generate().unwrap_err();
    assert!(error.to_string().contains("does not have"), "{error}");
    fs::write(&recipe, "[crate]\nnmae = 'x'\n").unwrap();
    let error = builder.clone().recipe(&recipe).generate().unwrap_err();
    assert!(error.to_string().contains("line 2"), "{error}");
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = folder("missing");
    let builder = builder(&folder, GOOD);
    let error = builder.clone().recipe("no/such.toml").generate();
    assert!(error.unwrap_err().to_string().contains("no/such.toml"));
    let error = Builder::new("no/such.yaml").out_dir(&folder).generate();
    assert!(error.unwrap_err().to_string().contains("no/such.yaml"));
    let error = builder.root(folder.join("out")).generate();
    assert!(error.is_err());
}
