//! Whether a plan fits its operation: every name and pointer leads somewhere, and nothing that the style needs is missing.

use specwright_diagnostics::Pointer;

use super::{
    plan::{PagePlan, RequestPlace, ResponsePlace, Style},
    surface::{self, Kind, Located},
};
use crate::{Description, OperationRef, parameter_data};

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    /// The way to the member of the declaration: `["response", "next"]`.
    pub(super) part: Vec<&'static str>,
    pub(super) message: String,
    /// The part is not there and should be.
    pub(super) is_missing: bool,
}

/// What does not fit.
pub(super) fn misfits<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    plan: &PagePlan,
) -> Vec<Misfit> {
    let mut fitting = Fitting {
        description,
        operation,
        misfits: Vec::new(),
    };
    fitting.style(plan);
    for (name, place) in plan.request.places() {
        if let Some(place) = place {
            fitting.request(name, place);
        }
    }
    fitting.response(plan);
    fitting.misfits
}

/// The schema of what a request carries at a place.
pub(super) fn schema_of<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    place: &RequestPlace,
) -> Option<Located<'a>> {
    match place {
        RequestPlace::Body(pointer) => {
            let body = surface::request_body(description, operation)?;
            surface::descend(description, &body, pointer)
        }
        RequestPlace::Query(_) | RequestPlace::Header(_) => {
            let inputs = surface::inputs(description, operation).into_iter();
            inputs
                .filter(|it| it.place == *place)
                .find_map(|it| it.schema)
        }
    }
}

/// Adds what the schema of the size parameter says.
pub(super) fn complete(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &mut PagePlan,
) {
    let Some(place) = &plan.request.size else {
        return;
    };
    let Some(schema) = schema_of(description, operation, place) else {
        return;
    };
    let size = &mut plan.size;
    let (minimum, maximum) = schema.bounds();
    size.default = size.default.or(schema.default_number());
    size.maximum = size.maximum.or(maximum);
    // A size of 0 asks for everything, or for nothing: neither is a page.
    size.minimum = size.minimum.or(minimum.filter(|it| *it > 0));
}

struct Fitting<'a> {
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    misfits: Vec<Misfit>,
}

impl<'a> Fitting<'a> {
    fn miss(&mut self, part: &[&'static str], message: impl Into<String>) {
        self.misfits.push(Misfit {
            part: part.to_vec(),
            message: message.into(),
            is_missing: false,
        });
    }

    fn needs(&mut self, style: Style, part: [&'static str; 2]) {
        let [_, name] = part;
        self.misfits.push(Misfit {
            part: part.to_vec(),
            message: format!("the style `{style}` needs `{name}`"),
            is_missing: true,
        });
    }

    /// What each style cannot do without, and what it has no use for.
    fn style(&mut self, plan: &PagePlan) {
        let (style, request, response) = (plan.style, &plan.request, &plan.response);
        let by_url = matches!(style, Style::NextUrl | Style::Link);
        let needs_next = matches!(
            style,
            Style::Cursor | Style::Bidirectional | Style::NextUrl | Style::Keyset | Style::Token
        );
        if !by_url && request.position.is_none() {
            self.needs(style, ["request", "position"]);
        }
        if needs_next && response.next.is_none() {
            self.needs(style, ["response", "next"]);
        }
        if style == Style::Bidirectional && response.previous.is_none() {
            self.needs(style, ["response", "previous"]);
        }
        if style == Style::Token && (response.has_more.is_some() || response.is_last.is_some()) {
            self.miss(
                &["style"],
                "a `token` alone tells the end; a list with a flag has the style `cursor`",
            );
        }
        let is_of_item = |place: &Option<ResponsePlace>| {
            matches!(
                place,
                Some(ResponsePlace::LastItem(_) | ResponsePlace::FirstItem(_))
            )
        };
        if style == Style::Keyset {
            if response.next.is_some() && !is_of_item(&response.next) {
                self.miss(
                    &["response", "next"],
                    "a `keyset` goes on after an item: write `last-item:` and the field of the item",
                );
            }
        } else {
            let places = [("next", &response.next), ("previous", &response.previous)];
            for (name, _) in places.into_iter().filter(|(_, place)| is_of_item(place)) {
                self.miss(
                    &["response", name],
                    "fields of items lead on only in the style `keyset`",
                );
            }
        }
        if style == Style::Link
            && let Some(place) = &response.next
            && !matches!(place, ResponsePlace::Header(name) if name.eq_ignore_ascii_case("link"))
        {
            self.miss(
                &["response", "next"],
                "the style `link` reads the header `Link`; a URL elsewhere has the style `next-url`",
            );
        }
        if plan.first.is_some() && style != Style::Page {
            self.miss(
                &["first"],
                "only pages that are counted have a first number",
            );
        }
    }

    fn request(&mut self, name: &'static str, place: &RequestPlace) {
        let part = ["request", name];
        match place {
            RequestPlace::Query(parameter) => {
                if !self.has_parameter("query", parameter) {
                    self.miss(
                        &part,
                        format!("the operation has no query parameter `{parameter}`"),
                    );
                }
            }
            RequestPlace::Header(parameter) => {
                if !self.has_parameter("header", parameter) {
                    self.miss(
                        &part,
                        format!("the operation has no header parameter `{parameter}`"),
                    );
                }
            }
            RequestPlace::Body(pointer) => {
                match surface::request_body(self.description, self.operation) {
                    None => self.miss(&part, "the operation has no JSON request body"),
                    Some(body) => {
                        if surface::descend(self.description, &body, pointer).is_none() {
                            self.miss(
                                &part,
                                format!(
                                    "the schema of the request's body has nothing at `{pointer}`"
                                ),
                            );
                        }
                    }
                }
            }
        }
    }

    fn has_parameter(&self, place: &str, name: &str) -> bool {
        let parameters = self.description.parameters(self.operation);
        parameters.into_iter().any(|(parameter, _)| {
            let (_, of) = crate::parameter_key(parameter);
            let found = &parameter_data(parameter).name;
            of == place && (found == name || place == "header" && found.eq_ignore_ascii_case(name))
        })
    }

    fn response(&mut self, plan: &PagePlan) {
        let success = surface::success(self.description, self.operation);
        let Some((body, headers)) = success.and_then(|it| Some((it.body?, it.headers))) else {
            self.miss(
                &["response"],
                "the operation has no successful JSON response with a schema",
            );
            return;
        };
        let items = self.body(&["response", "items"], &body, &plan.response.items);
        let element = match items {
            None => None,
            Some(items) if !self.is_array(&items) => {
                let message = format!("`{}` of the response is no array", plan.response.items);
                self.miss(&["response", "items"], message);
                None
            }
            Some(items) => surface::elements(self.description, &items),
        };
        for (name, place) in plan.response.places() {
            let part = ["response", name];
            match place {
                None => {}
                Some(ResponsePlace::Body(pointer)) => {
                    self.body(&part, &body, pointer);
                }
                Some(ResponsePlace::Header(header)) => {
                    // Few documents declare the header that RFC 8288 defines for all of HTTP.
                    let is_standard =
                        plan.style == Style::Link && header.eq_ignore_ascii_case("link");
                    let is_declared = is_standard
                        || headers
                            .iter()
                            .any(|(it, ..)| it.eq_ignore_ascii_case(header));
                    if !is_declared {
                        self.miss(&part, format!("the response declares no header `{header}`"));
                    }
                }
                Some(ResponsePlace::LastItem(field) | ResponsePlace::FirstItem(field)) => {
                    let found = element
                        .as_ref()
                        .and_then(|element| surface::descend(self.description, element, field));
                    if found.is_none() {
                        self.miss(
                            &part,
                            format!("the schema of the items has nothing at `{field}`"),
                        );
                    }
                }
            }
        }
    }

    fn is_array(&self, schema: &Located<'_>) -> bool {
        surface::kind(self.description, schema.schema) == Kind::Array
            || self.description.is_array(schema.schema)
    }

    fn body(
        &mut self,
        part: &[&'static str],
        body: &Located<'a>,
        pointer: &Pointer,
    ) -> Option<Located<'a>> {
        let found = surface::descend(self.description, body, pointer);
        if found.is_none() {
            let message = format!("the schema of the response has nothing at `{pointer}`");
            self.miss(part, message);
        }
        found
    }
}
