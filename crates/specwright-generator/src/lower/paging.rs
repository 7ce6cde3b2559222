//! Page plans → ways through types.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    pagination::{self, PagePlan, RequestPlace, ResponsePlace},
};

use super::Lowerer;
use crate::ir::{
    Content, FieldPath, FieldStep, Operation, Paging, Shape, Signal, SignalPlace, TypeRef,
};

impl<'a> Lowerer<'a> {
    /// The plan that the recipe has for the operation, or what is known of it, if that is sure enough.
    pub(super) fn page_plan(&mut self, from: &OperationRef<'a>) -> Option<PagePlan> {
        let found = self.recipe.pages(self.description, from)?;
        found.plan_from(self.recipe.least_confidence())
    }

    /// The plan with ways to its places; items that cannot be reached through types are a loss.
    pub(super) fn paging(
        &mut self,
        operation: &Operation,
        plan: PagePlan,
        from: &OperationRef<'a>,
    ) -> Option<Paging> {
        let pointer = &from.pointer;
        let is_number = plan.request.position.as_ref().is_some_and(|place| {
            matches!(place, RequestPlace::Body(_))
                && pagination::takes_number(self.description, from, place)
        });
        let paging = self.ways(operation, plan);
        let paging = paging.map(|it| Paging { is_number, ..it });
        let is_page = |content: &Option<(String, Content)>| match content {
            Some((_, Content::Json(ty))) => Some(ty) == operation.json_success(),
            Some(_) => false,
            // The end of a list.
            None => true,
        };
        let others = operation.success.iter().filter(|it| !is_page(&it.content));
        let others: Vec<_> = others.map(|it| it.status.words()).collect();
        if paging.is_ok() && !others.is_empty() {
            let others = others.join(", ");
            let reason = format!("walking the pages takes no response of another kind ({others})");
            self.lose(&pointer.join("responses"), &reason);
        }
        let lost = |reason: String| {
            let reason = format!("there is no pagination, because {reason}");
            self.lose(&pointer.join("responses"), &reason);
        };
        paging.map_err(lost).ok()
    }

    fn ways(&self, operation: &Operation, plan: PagePlan) -> Result<Paging, String> {
        let lose = |reason: &str| Err(reason.to_owned());
        let Some(body) = operation.json_success().cloned() else {
            return lose("no response has a typed JSON body");
        };
        let Some(items) = self.way(&body, &plan.response.items) else {
            return lose("the items are not at a typed place");
        };
        let TypeRef::List(item) = &items.ty else {
            return lose("the items are no typed list");
        };
        let item = (**item).clone();
        let mut signals = Vec::new();
        for (name, place) in plan.response.places() {
            let (Some(signal), Some(place)) = (signal_of(name), place) else {
                continue;
            };
            let place = match place {
                ResponsePlace::Header(name) if name.eq_ignore_ascii_case("link") => continue,
                ResponsePlace::Header(name) => SignalPlace::Header(name.to_ascii_lowercase()),
                ResponsePlace::Body(pointer) => {
                    let way = self.way(&body, pointer);
                    match way.filter(|way| fits(signal, &way.ty)) {
                        Some(way) => SignalPlace::Field(way),
                        None => SignalPlace::Pointer(pointer.to_string()),
                    }
                }
                ResponsePlace::LastItem(field) | ResponsePlace::FirstItem(field) => {
                    let way = self.way(&item, field);
                    let way = way.filter(|way| fits(signal, &way.ty));
                    match (place, way) {
                        (ResponsePlace::LastItem(_), Some(way)) => SignalPlace::LastItem(way),
                        (_, Some(way)) => SignalPlace::FirstItem(way),
                        (ResponsePlace::LastItem(_), None) => {
                            SignalPlace::LastItemPointer(field.to_string())
                        }
                        (_, None) => SignalPlace::FirstItemPointer(field.to_string()),
                    }
                }
            };
            signals.push((signal, place));
        }
        Ok(Paging {
            is_number: false,
            page: body,
            item,
            items,
            signals,
            plan,
        })
    }

    /// The fields to pass from a body to a pointer's end.
    fn way(&self, body: &TypeRef, pointer: &Pointer) -> Option<FieldPath> {
        let mut ty = match body {
            TypeRef::Nullable(inner) if pointer.is_root() => (**inner).clone(),
            body => body.clone(),
        };
        let mut steps = Vec::new();
        for segment in pointer.segments() {
            let TypeRef::Named(owner) = ty else {
                return None;
            };
            let Shape::Object(object) = &self.types.get(owner.0)?.shape else {
                return None;
            };
            let place = object
                .fields
                .iter()
                .position(|field| field.name == segment)?;
            let field = object.fields.get(place)?;
            steps.push(FieldStep {
                owner,
                field: segment,
            });
            ty = field.ty.clone();
        }
        Some(FieldPath { steps, ty })
    }
}

fn signal_of(name: &str) -> Option<Signal> {
    Some(match name {
        "next" => Signal::Next,
        "previous" => Signal::Previous,
        "has_more" => Signal::HasMore,
        "is_last" => Signal::IsLast,
        "total" => Signal::Total,
        "current" => Signal::Current,
        "last" => Signal::Last,
        "size" => Signal::Size,
        _ => return None,
    })
}

/// Whether a field of this type can be handed to the pager; others are read from the body by their pointer.
fn fits(signal: Signal, ty: &TypeRef) -> bool {
    match signal {
        Signal::Next | Signal::Previous => {
            matches!(ty, TypeRef::String | TypeRef::Text(_) | TypeRef::Integer(_))
        }
        Signal::HasMore | Signal::IsLast => matches!(ty, TypeRef::Boolean),
        Signal::Current | Signal::Last | Signal::Total | Signal::Size => {
            matches!(ty, TypeRef::Integer(_))
        }
    }
}
