//! Cases of the rules about pagination beyond their examples, above all of what must not be reported.
#![expect(clippy::expect_used, reason = "tests")]

use specwright_conformance::check::{Config, judge};
use specwright_openapi::{Loaded, MemoryLoader, diagnostics::Severity, load_with_document};

fn load(text: &str) -> Loaded {
    let loader = MemoryLoader::default().with("case.yaml", text);
    load_with_document("case.yaml", &loader).expect("memory can be read")
}

/// The lines in which the rule finds something, and those that end with `# here`.
fn found_and_marked(rule: &str, text: &str) -> (Vec<usize>, Vec<usize>) {
    let loaded = load(text);
    let found = judge(&loaded, &Config::none().rule(rule, Some(Severity::Warning)));
    let lines = found.iter().filter_map(|it| {
        let source = loaded.sources.get(it.file?)?;
        Some(source.line_column(it.span.as_ref()?.bytes.start).line)
    });
    let mut lines: Vec<usize> = lines.collect();
    lines.sort_unstable();
    let marked = text.lines().enumerate();
    let marked = marked.filter(|(_, line)| line.trim_end().ends_with("# here"));
    (lines, marked.map(|(index, _)| index + 1).collect())
}

fn verify(rule: &str, text: &str) {
    let text = text.trim_start();
    let (found, marked) = found_and_marked(rule, text);
    assert_eq!(found, marked, "{rule}:\n{text}");
}

/// A list operation of 3.0 with these parameters, properties of the response and names of required ones.
fn list(parameters: &str, properties: &str, required: &str) -> String {
    format!(
        "openapi: 3.0.4
info: {{title: A, version: '1'}}
paths:
  /cats:
    get:
      parameters:
{parameters}
      responses:
        '200':
          description: Cats.
          content:
            application/json:
              schema:
                type: object
                required: {required}
                properties:
                  cats: {{type: array, items: {{type: object}}}}
{properties}
"
    )
}

const CURSOR: &str = "        - {name: cursor, in: query, schema: {type: string}}";
const OFFSET: &str = "        - {name: offset, in: query, schema: {type: integer}}";
const NEXT: &str = "                  next_cursor: {type: string}";
const TOTAL: &str = "                  total: {type: integer}";

#[test]
fn parameters_of_2_0_are_their_own_schemas() {
    let text = "
swagger: '2.0'
info: {title: A, version: '1'}
paths:
  /cats:
    get:
      produces: [application/json]
      parameters:
        - {name: cursor, in: query, type: string}
        - {name: limit, in: query, type: integer} # here
      responses:
        '200':
          description: Cats.
          schema:
            type: object
            properties:
              cats: {type: array, items: {type: object}}
              next_cursor: {type: string}
";
    verify("pagination/unbounded-size", text);
    verify("pagination/no-default-size", text);
    verify("pagination/size-minimum", text);
}

#[test]
fn a_shared_parameter_is_reported_once_where_it_stands() {
    let operation = "
    get:
      parameters:
        - $ref: '#/components/parameters/Cursor'
        - $ref: '#/components/parameters/Limit'
      responses:
        '200':
          description: Cats.
          content:
            application/json:
              schema: {type: object, properties: {cats: {type: array, items: {type: object}}, next_cursor: {type: string}}}
";
    let text = format!(
        "openapi: 3.0.4
info: {{title: A, version: '1'}}
paths:
  /cats:{operation}  /dogs:{operation}components:
  parameters:
    Cursor:
      name: cursor
      in: query
      required: true # 1
      schema: {{type: string}}
    Limit:
      name: limit
      in: query
      schema: {{$ref: '#/components/schemas/Size'}}
  schemas:
    Size: {{type: integer}} # 2
"
    );
    verify(
        "pagination/required-position",
        &text.replace("# 1", "# here"),
    );
    verify("pagination/unbounded-size", &text.replace("# 2", "# here"));
}

#[test]
fn a_bound_may_stand_in_a_part_or_be_a_list_of_sizes() {
    let sizes = [
        "{allOf: [{type: integer, maximum: 50}], default: 10}",
        "{type: integer, enum: [10, 20, 50]}",
        "{type: integer, maximum: 50, exclusiveMaximum: true}",
    ];
    for size in sizes {
        let limit = format!("{CURSOR}\n        - {{name: limit, in: query, schema: {size}}}");
        verify("pagination/unbounded-size", &list(&limit, NEXT, "[cats]"));
    }
}

#[test]
fn a_declared_plan_can_say_what_the_parameter_does_not() {
    let limit = format!(
        "{CURSOR}\n        - {{name: limit, in: query, schema: {{type: integer, minimum: 0}}}}"
    );
    let text = list(&limit, NEXT, "[cats]").replace(
        "      parameters:",
        "      x-specwright-pagination:
        style: cursor
        request: {position: cursor, size: limit}
        response: {items: /cats, next: /next_cursor}
        size: {default: 10, maximum: 50, all: 0}
      parameters:",
    );
    for rule in ["unbounded-size", "no-default-size", "size-minimum"] {
        verify(&format!("pagination/{rule}"), &text);
    }
}

#[test]
fn the_end_may_be_null_empty_said_in_words_or_told_by_something_else() {
    let nexts = [
        "{type: string, minLength: 1, nullable: true}",
        "{type: string, description: Empty when there are no more cats.}",
        "{type: string, format: uri, description: Not there on the last page.}",
        "{type: string, minLength: 1}\n                  has_more: {type: boolean}",
        "{oneOf: [{type: string, minLength: 1}, {type: boolean, enum: [false]}]}",
    ];
    for next in nexts {
        let next = format!("                  next_cursor: {next}");
        verify(
            "pagination/no-end-condition",
            &list(CURSOR, &next, "[next_cursor]"),
        );
    }
}

#[test]
fn a_total_is_expected_only_where_the_document_says_what_is_there() {
    verify("pagination/optional-total", &list(OFFSET, TOTAL, "[total]"));
    let nothing_required = list(OFFSET, TOTAL, "[]").replace("                required: []\n", "");
    verify("pagination/optional-total", &nothing_required);
    let another_end = format!("{TOTAL}\n                  has_more: {{type: boolean}}");
    verify(
        "pagination/optional-total",
        &list(OFFSET, &another_end, "[cats]"),
    );
    let fraction = "                  total: {type: number} # here";
    verify(
        "pagination/optional-total",
        &list(OFFSET, fraction, "[total]"),
    );
}

#[test]
fn cursors_may_be_numbers_on_both_sides() {
    let number = "        - {name: cursor, in: query, schema: {type: integer}}";
    let next = "                  next_cursor: {type: integer}";
    verify("pagination/position-type", &list(number, next, "[cats]"));
    let marked = format!("{number} # here");
    verify("pagination/position-type", &list(&marked, NEXT, "[cats]"));
}

#[test]
fn a_position_that_may_be_a_number_or_a_word_is_left_alone() {
    let page = "        - {name: page, in: query, schema: {oneOf: [{type: integer}, {type: string, enum: [last]}]}}";
    verify("pagination/position-type", &list(page, TOTAL, "[cats]"));
}

#[test]
fn the_cursor_of_the_last_item_may_stand_on_the_last_page() {
    let properties = "                  page_info:
                    type: object
                    properties: {end_cursor: {type: string}, has_next_page: {type: boolean}}
              example:
                cats: [{}]
                page_info: {end_cursor: abc, has_next_page: false}";
    let after = "        - {name: after, in: query, schema: {type: string}}";
    verify(
        "pagination/contradicting-example",
        &list(after, properties, "[cats]"),
    );
}

#[test]
fn an_example_of_an_empty_list_may_have_no_last_page() {
    let page = "        - {name: page, in: query, schema: {type: integer}}";
    let properties = "                  page: {type: integer}
                  total_pages: {type: integer}
              example: {cats: [], page: 1, total_pages: 0}";
    verify(
        "pagination/contradicting-example",
        &list(page, properties, "[cats]"),
    );
}

#[test]
fn lists_without_pages_are_reported_where_they_grow() {
    let path = |path: &str, schema: &str, more: &str| {
        format!(
            "openapi: 3.0.4
info: {{title: A, version: '1'}}
paths:
  {path}:
    get:
      responses:
        '200':
          description: Cats.
          content: {{application/json: {{schema: {schema}}}}}
{more}"
        )
    };
    let post = "    post: {responses: {'201': {description: A new one.}}}\n";
    let objects = "{type: array, items: {type: object}}";
    let grows = path("/cats", objects, post);
    verify(
        "pagination/no-plan",
        &grows.replace("    get:", "    get: # here"),
    );
    let quiet = [
        path("/cats", objects, ""),
        path("/cats/{id}", objects, "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n    post: {responses: {'201': {description: A new one.}}}\n"),
        path("/cats", "{type: array, items: {type: string}}", post),
        path("/cats", "{type: array, maxItems: 10, items: {type: object}}", post),
        path("/cats", "{type: object, properties: {id: {type: string}, toys: {type: array, items: {type: object}}}}", post),
        grows.replace("    get:", "    get:\n      x-specwright-pagination: false"),
        grows.replace("    get:", "    get:\n      parameters: [{name: before, in: query, schema: {type: string, format: date-time}}]"),
        grows.replace("    get:", "    get:\n      parameters: [{name: ids, in: query, schema: {type: array, items: {type: string}}}]"),
    ];
    for text in quiet {
        verify("pagination/no-plan", &text);
    }
}

#[test]
fn a_list_that_is_not_sure_is_not_judged() {
    let start = "        - {name: start, in: query, required: true, schema: {type: string}}";
    for rule in [
        "required-position",
        "position-type",
        "no-size",
        "no-order",
        "prefer-cursor",
    ] {
        verify(&format!("pagination/{rule}"), &list(start, "", "[cats]"));
    }
}
