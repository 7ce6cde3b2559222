//! Page plans in the words of other vendors, and as OpenAPI links.
//!
//! Each dialect is translated as far as it goes. What it does not say although the document shows it is a reservation of
//! the plan, so that nobody takes a translation for all there is to know.

mod autorest;
mod datadog;
mod dropshot;
mod fern;
mod links;
mod path;
mod speakeasy;
mod stainless;

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    fit,
    found::{Confidence, Evidence, Found},
    infer,
    plan::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlan, Style},
    surface,
};
use crate::{Description, OperationRef};

/// What a dialect declares.
enum Spoken {
    /// The operation does not page.
    No,
    Plan {
        plan: Box<PagePlan>,
        /// What the declaration says that a plan has no word for.
        lost: Vec<String>,
    },
    /// It cannot be translated, and why.
    Unclear(String),
}

/// An operation with a declaration of a dialect.
struct Speaker<'a> {
    description: &'a Description,
    operation: &'a OperationRef<'a>,
}

/// Reads the declaration and says where it stands.
type Reader = fn(&Speaker<'_>) -> Option<(Spoken, Pointer)>;

/// In the order of their precision.
const DIALECTS: [(&str, Reader); 7] = [
    (stainless::NAME, stainless::read),
    (speakeasy::NAME, speakeasy::read),
    (fern::NAME, fern::read),
    (autorest::NAME, autorest::read),
    (dropshot::NAME, dropshot::read),
    (datadog::NAME, datadog::read),
    (links::NAME, links::read),
];

/// The plan of the first dialect that the operation speaks.
pub(super) fn find<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<Found> {
    let speaker = Speaker {
        description,
        operation,
    };
    let (name, (spoken, at)) = DIALECTS
        .into_iter()
        .find_map(|(name, read)| Some((name, read(&speaker)?)))?;
    let mut found = Found {
        plan: None,
        confidence: Confidence::Declared,
        declared_by: Some(name),
        evidence: vec![Evidence {
            part: "plan",
            says: format!("`{name}`"),
            pointer: at,
        }],
        reservations: Vec::new(),
    };
    let (mut plan, lost) = match spoken {
        Spoken::No => {
            found.reservations.push("declared not to page".to_owned());
            return Some(found);
        }
        Spoken::Plan { plan, lost } => (*plan, lost),
        Spoken::Unclear(reason) => {
            return Some(instead(description, operation, name, vec![reason], found));
        }
    };
    let misfits = fit::misfits(description, operation, &plan);
    if !misfits.is_empty() {
        let reasons = misfits.into_iter().map(|it| it.message).collect();
        return Some(instead(description, operation, name, reasons, found));
    }
    fit::complete(description, operation, &mut plan);
    found.reservations = lost;
    found
        .reservations
        .extend(unsaid(description, operation, name, &plan));
    found.plan = Some(plan);
    Some(found)
}

/// What the document shows, where the declaration cannot be used.
fn instead<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    name: &str,
    reasons: Vec<String>,
    declared: Found,
) -> Found {
    let mut found = infer::find(description, operation).unwrap_or(declared);
    let reasons = reasons.into_iter();
    found
        .reservations
        .extend(reasons.map(|reason| format!("`{name}` is not used: {reason}")));
    found
}

/// What the document shows of the same pages and the declaration does not say.
fn unsaid<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
    name: &str,
    plan: &PagePlan,
) -> Vec<String> {
    let shown = infer::find(description, operation).and_then(|it| it.plan);
    let Some(shown) = shown.filter(|it| it.response.items == plan.response.items) else {
        return Vec::new();
    };
    let said = |name: &str, of: &PagePlan| {
        let places = of.response.places().into_iter();
        places
            .filter(|(it, _)| *it == name)
            .any(|(_, place)| place.is_some())
    };
    let response = shown.response.places().into_iter();
    let response = response.filter_map(|(part, place)| Some((part, place?.to_string())));
    let response = response.filter(|(part, _)| *part != "next" && !said(part, plan));
    let size = match (&plan.request.size, &shown.request.size) {
        (None, Some(size)) => Some(("size", size.to_string())),
        _ => None,
    };
    size.into_iter()
        .chain(response)
        .map(|(part, place)| format!("`{name}` does not say `{part}`, which `{place}` seems to be"))
        .collect()
}

impl Speaker<'_> {
    /// The operation's extension of this name and where it stands.
    fn extension(&self, name: &str) -> Option<(&Value, Pointer)> {
        let value = self.operation.operation.extensions.get(name)?;
        Some((value, self.operation.pointer.join(name)))
    }

    /// The array that holds the items, where a declaration leaves it to the reader.
    fn items(&self) -> Option<Pointer> {
        infer::items(self.description, self.operation)
    }

    /// Where the input of this name is: a query parameter, a header, or a member of the body.
    fn input(&self, name: &str) -> RequestPlace {
        let inputs = surface::inputs(self.description, self.operation);
        let by_name = inputs.into_iter().find(|it| it.name == name);
        by_name.map_or_else(|| RequestPlace::Query(name.to_owned()), |it| it.place)
    }
}

/// A plan with a style and items.
fn plan(style: Style, items: Pointer) -> PagePlan {
    PagePlan {
        style,
        request: RequestPlan::default(),
        response: ResponsePlan::of(items),
        size: PageSize::default(),
        first: None,
    }
}

fn unclear(reason: &str) -> Spoken {
    Spoken::Unclear(reason.to_owned())
}

/// A plan that says everything that was declared.
fn whole(plan: PagePlan) -> Spoken {
    Spoken::Plan {
        plan: Box::new(plan),
        lost: Vec::new(),
    }
}
