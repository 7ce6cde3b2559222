//! The rule `pagination/contradicting-example`.

use specwright_openapi::{
    Json,
    pagination::{PagePlan, ResponsePlace, response_examples},
};

use crate::check::list;
use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/contradicting-example",
        severity: Warning,
        summary: "Examples of pages are pages that can be.",
        explanation: "An example shows how to read a page, and whoever writes a client believes it. A page with more \
            items than the largest size, than its own size or than the total, a flag that says there is nothing more \
            beside a next cursor, or a page number behind the last page contradicts what the document says of pages.",
    },
    set: Recommended,
    section: "https://google.aip.dev/158",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 2, default: 2}}
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
                  has_more: {type: boolean}
                  total: {type: integer}
              examples:
                first:
                  value:
                    cats: [{name: Tom}]
                    next_cursor: Y2F0
                    has_more: false # here
                    total: 0 # here
                second:
                  value:
                    cats: [{name: Tom}, {name: Kit}, {name: Zoe}] # here
                    has_more: false
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 2, default: 2}}
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
                  has_more: {type: boolean}
                  total: {type: integer}
              examples:
                first:
                  value:
                    cats: [{name: Tom}, {name: Kit}]
                    next_cursor: Y2F0
                    has_more: true
                    total: 3
                last:
                  value:
                    cats: [{name: Zoe}]
                    has_more: false
                    total: 3
",
    check: Check::Lists(check),
};

fn check(list: &List<'_>, context: &Context<'_>, report: &mut Report<'_>) {
    let Some(plan) = list.plan() else { return };
    let maximum = plan
        .size
        .maximum
        .or(list.size.as_ref().and_then(|it| it.maximum));
    for (page, at) in response_examples(context.description, &list.operation) {
        let shown = Shown { page, plan };
        for (pointer, message) in shown.contradictions(maximum) {
            report.at(list::place(context, &at.concat(&pointer)), message);
        }
    }
}

/// An example of a page.
struct Shown<'a> {
    page: &'a Json,
    plan: &'a PagePlan,
}

impl<'a> Shown<'a> {
    fn contradictions(&self, maximum: Option<u64>) -> Vec<(Pointer, String)> {
        let response = &self.plan.response;
        let mut found = Vec::new();
        let items = self
            .page
            .pointer(response.items.as_str())
            .and_then(Json::as_array);
        if let Some(count) = items.map(|it| it.len() as u64) {
            if let Some(maximum) = maximum.filter(|maximum| count > *maximum) {
                let message = format!("the page has {count} items, and {maximum} are the most");
                found.push((response.items.clone(), message));
            }
            for (place, what) in [
                (&response.size, "a page size"),
                (&response.total, "a total"),
            ] {
                if let Some((pointer, number)) = self.number(place).filter(|(_, it)| count > *it) {
                    let items = if count == 1 { "item" } else { "items" };
                    let message = format!("the page has {count} {items} and {what} of {number}");
                    found.push((pointer.clone(), message));
                }
            }
        }
        let (current, last) = (self.number(&response.current), self.number(&response.last));
        if let (Some((pointer, current)), Some((_, last))) = (current, last)
            && current > last.max(1)
        {
            let message = format!("this is page {current}, and the last one is {last}");
            found.push((pointer.clone(), message));
        }
        found.extend(self.flag());
        found
    }

    /// A flag that contradicts the next position.
    fn flag(&self) -> Option<(Pointer, String)> {
        let (place, ends) = match (&self.plan.response.has_more, &self.plan.response.is_last) {
            (Some(place), _) => (place, false),
            (None, Some(place)) => (place, true),
            (None, None) => return None,
        };
        let (flag, value) = self.value(place)?;
        let is_end = value.as_bool()? == ends;
        let (pointer, next) = self.value(self.plan.response.next.as_ref()?)?;
        let has_next = match next {
            Json::String(text) => !text.trim().is_empty(),
            Json::Null => false,
            _ => return None,
        };
        // A cursor that is not called the next one may be that of the last item, which every page has.
        let is_next = pointer.as_str().to_ascii_lowercase().contains("next");
        match (is_end, has_next) {
            (true, true) if is_next => {
                let message = format!("this is the last page, and `{pointer}` leads on");
                Some((flag.clone(), message))
            }
            (false, false) => {
                let message = format!("this is not the last page, and `{pointer}` leads nowhere");
                Some((flag.clone(), message))
            }
            _ => None,
        }
    }

    fn value<'p>(&self, place: &'p ResponsePlace) -> Option<(&'p Pointer, &'a Json)> {
        let pointer = place.body()?;
        Some((pointer, self.page.pointer(pointer.as_str())?))
    }

    fn number<'p>(&self, place: &'p Option<ResponsePlace>) -> Option<(&'p Pointer, u64)> {
        let (pointer, value) = self.value(place.as_ref()?)?;
        Some((pointer, value.as_u64()?))
    }
}
