//! Page plans → ways through types.

use specwright_openapi::{diagnostics::Pointer, pagination::PagePlan};

use super::Lowerer;
use crate::ir::{FieldPath, FieldStep, Operation, Paging, Shape, Signal, TypeRef};

impl Lowerer<'_> {
    /// The plan with ways to its places; what cannot be reached through types is a loss.
    pub(super) fn paging(
        &mut self,
        operation: &Operation,
        plan: PagePlan,
        pointer: &Pointer,
    ) -> Option<Paging> {
        let body = operation.json_success()?.clone();
        let at = pointer
            .join(specwright_openapi::pagination::EXTENSION)
            .join("response");
        let Some(items) = self.way(&body, &plan.response.items) else {
            self.lose(
                &at.join("items"),
                "there is no pagination, because the items are not at a typed place",
            );
            return None;
        };
        let TypeRef::List(item) = &items.ty else {
            self.lose(
                &at.join("items"),
                "there is no pagination, because the items are no typed list",
            );
            return None;
        };
        let places = [
            (Signal::Next, "next", &plan.response.next),
            (Signal::Previous, "previous", &plan.response.previous),
            (Signal::HasMore, "has_more", &plan.response.has_more),
            (Signal::Current, "current", &plan.response.current),
            (Signal::Last, "last", &plan.response.last),
            (Signal::Total, "total", &plan.response.total),
        ];
        let mut signals = Vec::new();
        for (signal, name, place) in places {
            let Some(place) = place else { continue };
            match self.way(&body, place).filter(|way| fits(signal, &way.ty)) {
                Some(way) => signals.push((signal, way)),
                None => {
                    let reason =
                        format!("there is no pagination, because `{name}` has an unexpected type");
                    self.lose(&at.join(name), &reason);
                    return None;
                }
            }
        }
        Some(Paging {
            item: (**item).clone(),
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

fn fits(signal: Signal, ty: &TypeRef) -> bool {
    match signal {
        Signal::Next | Signal::Previous => matches!(ty, TypeRef::String | TypeRef::Text(_)),
        Signal::HasMore => matches!(ty, TypeRef::Boolean),
        Signal::Current | Signal::Last | Signal::Total => {
            matches!(ty, TypeRef::Integer(_))
        }
    }
}
