//! Page plans → ways through types.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    pagination::{PagePlan, ResponsePlace},
};

use super::Lowerer;
use crate::ir::{FieldPath, FieldStep, Operation, Paging, Shape, Signal, SignalPlace, TypeRef};

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
        pointer: &Pointer,
    ) -> Option<Paging> {
        let paging = self.ways(operation, plan);
        let lost = |reason: String| {
            let reason = format!("there is no pagination, because {reason}");
            self.lose(&pointer.join("responses"), &reason);
        };
        paging.map_err(lost).ok()
    }

    fn ways(&self, operation: &Operation, plan: PagePlan) -> Result<Paging, String> {
        let lose = |reason: &str| Err(reason.to_owned());
        let Some(body) = operation.json_success().cloned() else {
            return lose("more than one kind of response is a success");
        };
        let Some(items) = self.way(&body, &plan.response.items) else {
            return lose("the items are not at a typed place");
        };
        let TypeRef::List(item) = &items.ty else {
            return lose("the items are no typed list");
        };
        let item = match &**item {
            TypeRef::Nullable(_) => return lose("items may be null"),
            item => item.clone(),
        };
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
                    let Some(way) = way.filter(|way| fits(signal, &way.ty)) else {
                        let reason = format!("the items have no typed field at `{field}`");
                        return lose(&reason);
                    };
                    match place {
                        ResponsePlace::LastItem(_) => SignalPlace::LastItem(way),
                        _ => SignalPlace::FirstItem(way),
                    }
                }
            };
            signals.push((signal, place));
        }
        Ok(Paging {
            item,
            items,
            signals,
            plan,
        })
    }

    /// The fields to pass from a body to a pointer's end.
    fn way(&self, body: &TypeRef, pointer: &Pointer) -> Option<FieldPath> {
        let mut ty = body.clone();
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
                optional: !field.required || field.nullable,
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
