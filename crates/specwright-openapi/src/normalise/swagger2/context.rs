//! What every part of the rewrite needs to know of the whole document.

use specwright_diagnostics::Pointer;

use super::{
    build::{object, text},
    media_types::MediaTypes,
    parameters::{Payload, Role},
    place::Record,
    responses,
    servers::Hosts,
    shared::{self, Variants},
};
use crate::tree::{Node, Object};

const PARAMETERS: &str = "parameters";
const RESPONSES: &str = "responses";

/// The parts of the root that hold for all operations.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) record: Record<'a>,
    pub(super) hosts: Hosts,
    pub(super) consumes: MediaTypes,
    pub(super) produces: MediaTypes,
    /// `parameters`, as written.
    pub(super) parameters: Object,
    /// `responses`, as written.
    pub(super) responses: Object,
    /// The components for the `parameters` that are bodies.
    pub(super) bodies: Variants,
    /// The components for the `responses`.
    pub(super) answers: Variants,
}

impl Context<'_> {
    /// What the parameter is to which the reference at `source` leads.
    ///
    /// Of fields, which have no components, it is the parameter itself, of others the reference. `None` if there are
    /// too many copies.
    pub(super) fn shared_parameter(
        &mut self,
        target: &str,
        source: Pointer,
    ) -> Option<(Role, Payload)> {
        let found = shared::name_in(PARAMETERS, target)
            .and_then(|name| shared::resolve(&self.parameters, PARAMETERS, &name));
        let role = found
            .as_ref()
            .map_or(Role::Parameter, |(_, object)| Role::of(object));
        if let (Role::Field, Some((name, field))) = (role, &found) {
            let source = Pointer::root().join(PARAMETERS).join(name);
            let copied = self.record.may_copy(field, 1, &source);
            return copied.then(|| (role, Payload::new((*field).clone(), source)));
        }
        let shared = found.map(|(name, _)| name);
        let payload = Payload::new(object([("$ref", text(target))]), source);
        Some((role, Payload { shared, ..payload }))
    }

    /// The component for the member `name` of `parameters`, a body that is sent as `types`.
    pub(super) fn shared_body(&mut self, name: &str, types: &MediaTypes) -> String {
        let body = self.parameters.get(name).and_then(Node::as_object);
        let source = || Pointer::root().join(PARAMETERS).join(name);
        let may_copy = || body.is_some_and(|body| self.record.may_copy(body, 1, &source()));
        self.bodies.component(name, types, may_copy)
    }

    /// The component for the response to which `target` leads, in an operation that gives `types`.
    pub(super) fn shared_response(&mut self, target: &str, types: &MediaTypes) -> Option<String> {
        let name = shared::name_in(RESPONSES, target)?;
        let (name, response) = shared::resolve(&self.responses, RESPONSES, &name)?;
        let nothing = MediaTypes::default();
        let types = if responses::has_content(response) {
            types
        } else {
            &nothing
        };
        let source = || Pointer::root().join(RESPONSES).join(&name);
        let may_copy = || self.record.may_copy(response, 1, &source());
        Some(self.answers.component(&name, types, may_copy))
    }
}
