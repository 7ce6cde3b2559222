//! The list operations of a document.

use specwright_openapi::{
    Description, Node, OperationRef,
    diagnostics::Pointer,
    pagination::{self, Confidence, Found, PagePlan, PlaceSchema, ResponsePlace, Style},
};

use super::context::Context;

/// An operation that looks like a list, with what is known of its pages.
#[derive(Debug)]
pub(crate) struct List<'d> {
    pub(crate) operation: OperationRef<'d>,
    pub(crate) found: Found,
    /// What takes the position, if the plan is sure enough to be judged.
    pub(crate) position: Option<PlaceSchema<'d>>,
    /// What takes the page size, if the plan is sure enough to be judged.
    pub(crate) size: Option<PlaceSchema<'d>>,
}

/// How many references may follow each other.
const LONGEST_CHAIN: usize = 64;

impl<'d> List<'d> {
    /// The plan, if it is sure enough to be judged.
    pub(crate) fn plan(&self) -> Option<&PagePlan> {
        let plan = self.found.plan.as_ref();
        plan.filter(|_| self.found.confidence >= Confidence::Likely)
    }

    /// The plan and what takes the page size.
    pub(crate) fn sized(&self) -> Option<(&PagePlan, &PlaceSchema<'d>)> {
        self.plan().zip(self.size.as_ref())
    }

    /// The plan and what takes the position.
    pub(crate) fn positioned(&self) -> Option<(&PagePlan, &PlaceSchema<'d>)> {
        self.plan().zip(self.position.as_ref())
    }

    /// What is said of the array of items.
    pub(crate) fn items<'a>(&'a self, context: &'a Context<'_>) -> Option<PlaceSchema<'a>> {
        let items = self.plan()?.response.items.clone();
        self.answer(&ResponsePlace::Body(items), context)
    }

    /// What is said of the value at a place of the response.
    pub(crate) fn answer<'a>(
        &'a self,
        place: &ResponsePlace,
        context: &'a Context<'_>,
    ) -> Option<PlaceSchema<'a>> {
        let items = &self.plan()?.response.items;
        pagination::response_schema(context.description, &self.operation, items, place)
    }

    /// Where the operation stands in the document.
    pub(crate) fn pointer(&self, context: &Context<'_>) -> Pointer {
        context
            .description
            .document_pointer(&self.operation.pointer)
    }

    /// `operationId`, or the method and path.
    pub(crate) fn name(&self) -> String {
        self.operation.id()
    }
}

/// How a style is called in sentences.
pub(crate) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Cursor | Style::Bidirectional | Style::Token => "cursor",
        Style::Keyset => "key of the last item",
        Style::Offset => "offset",
        Style::Page => "page number",
        Style::NextUrl | Style::Link => "link",
    }
}

/// Where what stands at `normal` of the normal form stands in the document, behind the references on the way to it.
pub(crate) fn place(context: &Context<'_>, normal: &Pointer) -> Pointer {
    let mut at = Pointer::root();
    for segment in context.description.document_pointer(normal).segments() {
        at = behind(context, at);
        at.push(&segment);
    }
    at
}

/// The same; if a reference stands there itself, what it leads to.
pub(crate) fn target(context: &Context<'_>, normal: &Pointer) -> Pointer {
    behind(context, place(context, normal))
}

fn behind(context: &Context<'_>, mut at: Pointer) -> Pointer {
    for _ in 0..LONGEST_CHAIN {
        let reference = context.document.at(&at).and_then(|it| it.get("$ref"));
        let target = reference
            .and_then(Node::as_str)
            .and_then(|it| it.strip_prefix('#'));
        match target.and_then(Pointer::parse) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// Every list operation of a description.
pub(crate) fn lists(description: &Description) -> Vec<List<'_>> {
    let lists = description.operations().filter_map(|operation| {
        let found = pagination::find(description, &operation)?;
        let sure = found
            .plan
            .as_ref()
            .filter(|_| found.confidence >= Confidence::Likely);
        let schema = |place: &Option<pagination::RequestPlace>| {
            pagination::request_schema(description, &operation, place.as_ref()?)
        };
        let (position, size) = match sure {
            Some(plan) => (schema(&plan.request.position), schema(&plan.request.size)),
            None => (None, None),
        };
        Some(List {
            operation,
            found,
            position,
            size,
        })
    });
    lists.collect()
}
