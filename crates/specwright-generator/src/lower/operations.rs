//! Operations → what can be called.

use specwright_openapi::OperationRef;

use super::{Loss, Lowerer, loss};
use crate::ir::{Operation, OperationKey};

impl<'a> Lowerer<'a> {
    /// The operation, or why it cannot be called as the document demands.
    pub(super) fn operation(
        &mut self,
        from: &OperationRef<'a>,
        key: OperationKey,
    ) -> Result<Operation, Loss> {
        if let Some(reason) = unsendable(from) {
            return Err(loss(&from.pointer, &reason));
        }
        let object = from.operation;
        let id = key.id.clone();
        let parameters = self.parameters(from, &id);
        let body = self.request_body(from, &id);
        let success = self.success(from, &id);
        let errors = self.errors(from, &id);
        let mut operation = Operation {
            id: object.operation_id.clone().filter(|it| !it.is_empty()),
            method: from.method.to_owned(),
            path: from.path.to_owned(),
            summary: object.summary.clone().or_else(|| from.item.summary.clone()),
            description: object
                .description
                .clone()
                .or_else(|| from.item.description.clone()),
            external_docs: object.external_docs.as_ref().map(|it| it.url.clone()),
            deprecated: object.deprecated,
            server: self.own_server(from),
            parameters,
            body,
            success: success.responses,
            stream: success.stream,
            headers: success.headers,
            errors,
            security: self.security(from),
            paging: None,
            key,
        };
        self.finish();
        if let Some(plan) = self.page_plan(from) {
            operation.paging = self.paging(&operation, plan, from);
        }
        Ok(operation)
    }

    fn security(&mut self, from: &OperationRef<'a>) -> Vec<Vec<String>> {
        let description = self.description;
        let schemes = description
            .document()
            .components
            .as_ref()
            .map(|it| &it.security_schemes);
        for name in description.security(from).iter().flat_map(|it| it.keys()) {
            if !schemes.is_some_and(|it| it.contains_key(name)) {
                let reason = format!(
                    "no usable security scheme has the name `{name}`, so no credential can be set for it"
                );
                self.lose(&from.pointer, &reason);
            }
        }
        let requirements = description.security(from).iter();
        requirements
            .map(|it| it.keys().cloned().collect())
            .collect()
    }
}

/// Why no request can be made of the method and path.
fn unsendable(from: &OperationRef<'_>) -> Option<String> {
    // RFC 9110 section 5.6.2.
    let token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if from.method.is_empty() || !from.method.chars().all(token) {
        return Some(format!("`{}` is no method that can be sent", from.method));
    }
    let mut open = false;
    for character in from.path.chars() {
        match (character, open) {
            ('{', false) => open = true,
            ('}', true) => open = false,
            ('{' | '}', _) => return Some("a brace in the path is without its partner".to_owned()),
            _ => {}
        }
    }
    open.then(|| "a brace in the path is without its partner".to_owned())
}
