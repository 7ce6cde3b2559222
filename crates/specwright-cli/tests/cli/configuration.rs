//! Which rules `specwright check` judges by.

use crate::folder::Folder;

const CATS: &str = "openapi: 3.0.4
info: {title: Cats, version: '1.0'}
servers: [{url: https://cats.test}]
security: []
paths:
  /cats:
    get:
      operationId: listCats
      responses: {'200': {description: Cats.}, '400': {description: No.}}
";

const TAGS_ONLY: &str = "extends = 'minimal'\n[rules]\n'style/operation-tags' = 'warning'\n";

#[test]
fn a_configuration_chooses_rules_and_severities() {
    let folder = Folder::new().with("cats.yaml", CATS);
    folder
        .run("check cats.yaml")
        .exits(0)
        .prints("style/operation-tags");
    folder
        .run("check --rules minimal cats.yaml")
        .exits(0)
        .reports("0 errors, 0 warnings in 1 document\n");
    // A file of this name in the current folder is taken, another one where it is named.
    folder.put("specwright.toml", TAGS_ONLY);
    folder
        .run("check cats.yaml")
        .exits(0)
        .reports("0 errors, 1 warning in 1 document\n");
    folder.run("check --deny warnings cats.yaml").exits(1);
    folder.put(
        "other.toml",
        "extends = 'minimal'\n[rules]\n'style/*' = 'error'\n",
    );
    folder
        .run("check --config other.toml cats.yaml")
        .exits(1)
        .prints("error[style/operation-tags]");
}

#[test]
fn a_suppression_has_to_meet_a_finding() {
    let folder = Folder::new()
        .with("cats.yaml", CATS)
        .with("specwright.toml", TAGS_ONLY);
    let suppress = |at: &str| {
        format!(
            "{TAGS_ONLY}[[suppress]]\nrule = 'style/operation-tags'\nat = '{at}'\nreason = 'There is one resource.'\n"
        )
    };
    folder.put("specwright.toml", &suppress("/paths/~1cats"));
    folder
        .run("check cats.yaml")
        .exits(0)
        .reports("0 errors, 0 warnings in 1 document; 1 expected\n");
    folder.put("specwright.toml", &suppress("/paths/~1dogs"));
    folder
        .run("check cats.yaml")
        .exits(1)
        .prints("error[config/unused-suppression]: the suppression of `style/operation-tags` at `/paths/~1dogs` meets no finding")
        .prints("specwright.toml:5:8");
}

#[test]
fn a_configuration_that_cannot_be_used_exits_with_2() {
    let folder = Folder::new().with("cats.yaml", CATS);
    for (text, message) in [
        ("extends = 'everything'", "not `everything`"),
        (
            "[rules]\n'style/operation-tag' = 'error'",
            "line 2: there is no rule `style/operation-tag`; did you mean `style/operation-tags`?",
        ),
        (
            "[rules]\n'style/operation-tags' = 'loud'",
            "line 2: `loud` is none of",
        ),
        (
            "[[suppress]]\nrule = 'style/operation-tags'",
            "missing field `reason`",
        ),
        (
            "[[suppress]]\nrule = 'style/operation-tags'\nreason = ' '",
            "line 3: a suppression needs a reason",
        ),
        (
            "[[suppress]]\nrule = 'style/*'\nat = 'cats'\nreason = 'No.'",
            "line 3: `cats` is no JSON pointer",
        ),
        ("extend = 'minimal'", "unknown field `extend`"),
    ] {
        folder.put("specwright.toml", text);
        folder.run("check cats.yaml").exits(2).reports(message);
    }
    folder
        .run("check --config nowhere.toml cats.yaml")
        .exits(2)
        .reports("nowhere.toml");
}

#[test]
fn deviations_name_findings_that_are_expected() {
    let folder = Folder::new()
        .with("cats.yaml", CATS)
        .with("specwright.toml", TAGS_ONLY);
    folder.put(
        "deviations.toml",
        "[[deviation]]\nid = 'D1'\nlocation = '/paths'\nrule = 'style/operation-tags'\n[[deviation]]\nid = 'D2'\nlocation = '/info'\n",
    );
    folder
        .run("check --deviations deviations.toml cats.yaml")
        .exits(0)
        .reports("0 errors, 0 warnings in 1 document; 1 expected\n");
    folder.put(
        "deviations.toml",
        "[[deviation]]\nid = 'D1'\nlocation = '/info'\nrule = 'style/operation-tags'\n",
    );
    folder
        .run("check --deviations deviations.toml cats.yaml")
        .exits(1)
        .prints("the deviation of `style/operation-tags` at `/info` meets no finding");
}
