//! Webhooks and callbacks: what the API sends to its users.

use specwright_openapi::{
    OperationRef,
    diagnostics::Pointer,
    is_json,
    openapiv3::{PathItem, RequestBody},
};

use super::{Lowerer, site::Site};
use crate::ir::Message;

impl<'a> Lowerer<'a> {
    /// The JSON bodies of all webhooks and callbacks.
    pub(super) fn messages(&mut self) -> Vec<Message> {
        let description = self.description;
        let mut messages = Vec::new();
        for (name, item) in description.webhooks() {
            let at = Pointer::root().join("x-specwright-webhooks").join(name);
            self.item(item, &[name.to_owned()], &at, &mut messages);
        }
        let operations: Vec<OperationRef<'a>> = description.operations().collect();
        for operation in &operations {
            for (name, callback) in description.callbacks(operation) {
                let at = operation.pointer.join("callbacks").join(name);
                for (expression, item) in callback {
                    let words = [operation.id(), name.to_owned()];
                    self.item(item, &words, &at.join(expression), &mut messages);
                }
            }
        }
        self.finish();
        // Losses of what nobody calls are no operation's.
        drop(self.take_losses());
        messages
    }

    fn item(
        &mut self,
        item: &'a PathItem,
        words: &[String],
        at: &Pointer,
        messages: &mut Vec<Message>,
    ) {
        let description = self.description;
        let methods = [
            ("post", &item.post),
            ("put", &item.put),
            ("patch", &item.patch),
            ("get", &item.get),
            ("delete", &item.delete),
        ];
        for (method, operation) in methods {
            let Some(operation) = operation.as_ref() else {
                continue;
            };
            let body = operation.request_body.as_ref();
            let Some(found) = body.and_then(|it| description.resolve::<RequestBody>(it)) else {
                continue;
            };
            let json = found.object.content.iter().find(|(name, _)| is_json(name));
            let Some((media, content)) = json else {
                continue;
            };
            let at = at
                .join(method)
                .join("requestBody")
                .join("content")
                .join(media)
                .join("schema");
            let site = Site::of_operation(&words.join(" "), "message", at);
            let body = self.media_type(content, &site).inner();
            let text = operation
                .description
                .clone()
                .or_else(|| operation.summary.clone());
            messages.push(Message {
                words: words.to_vec(),
                description: text,
                body,
            });
        }
    }
}
