//! The rule `pagination/mixed-styles`.

use crate::check::list::style_name;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/mixed-styles",
        severity: Info,
        summary: "All lists of a document page in one way.",
        explanation: "With cursors here and page numbers there, users write two kinds of loops and have to look up \
            which list needs which. Reported once, at the first list that pages in another way than most.",
    },
    set: Strict,
    section: "https://google.aip.dev/158",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string}
  /mice:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  mice: {type: array, items: {type: object}}
                  next_cursor: {type: string}
  /dogs:
    get: # here
      parameters:
        - {name: offset, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  dogs: {type: array, items: {type: object}}
                  total: {type: integer}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string}
  /dogs:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  dogs: {type: array, items: {type: object}}
                  next_cursor: {type: string}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut styles: Vec<(&str, usize, &List<'_>)> = Vec::new();
    for list in context.lists() {
        let Some(plan) = list.plan() else { continue };
        let name = style_name(plan.style);
        match styles.iter_mut().find(|(it, ..)| *it == name) {
            Some((_, count, _)) => *count += 1,
            None => styles.push((name, 1, list)),
        }
    }
    let most = styles.iter().map(|(_, count, _)| *count).max();
    let Some((most, ..)) = styles.iter().find(|(_, count, _)| Some(*count) == most) else {
        return;
    };
    let Some((style, _, list)) = styles.iter().find(|(style, ..)| style != most) else {
        return;
    };
    let counts = styles
        .iter()
        .map(|(name, count, _)| format!("{count} by {name}"));
    let counts: Vec<String> = counts.collect();
    let message = format!("`{}` pages by {style}, and others by {most}", list.name());
    let finding = report.at(list.pointer(context), message).on_key();
    finding.label(counts.join(", "));
}
