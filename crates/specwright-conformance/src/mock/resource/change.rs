//! Operations on single items: from a request to what changes and what is answered.

use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};
use specwright_openapi::{Description, OperationRef, openapiv3::Schema};

use super::{
    Deed,
    fit::{is_read_only, overlay},
    merge::{merge, merged},
    parent,
    present::{self, sent},
};
use crate::mock::{
    data::{Blueprint, at},
    endpoint::Chosen,
    links::ESCAPED,
    list::List,
    refusal,
    reply::Reply,
    state::Asked,
    store::{Changes, Entry, Store, as_text},
    value::Shape,
};

/// An operation on an item of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'c> {
    pub(crate) description: &'c Description,
    /// The list operation.
    pub(crate) of: &'c OperationRef<'c>,
    /// The operation that is called.
    pub(crate) operation: &'c OperationRef<'c>,
    pub(crate) deed: Deed,
    /// The response that is chosen for it.
    pub(crate) chosen: &'c Chosen<'c>,
    pub(crate) seed: u64,
}

/// Does what is asked for, and answers. `None` if the items of the list cannot be told apart.
pub(crate) fn answer(list: &List, call: Call<'_>, asked: &Asked<'_>) -> Option<Reply> {
    let path = asked.path;
    let (parent, item) = match call.deed {
        Deed::Create => (parent::of_list(call.of.path, path), None),
        _ => {
            let (parent, item) = parent::of_item(call.operation.path, path)?;
            (parent, Some(item))
        }
    };
    let blueprint = list.blueprint(call.description, call.of, &parent);
    let identity = blueprint.identity.clone()?;
    let store = list.store(call.description, call.of, &parent);
    let desk = Desk {
        call,
        blueprint,
        identity,
        store: &store,
        path,
    };
    Some(match item {
        None => desk.create(asked.body),
        Some(item) => desk.item(&item, asked.body),
    })
}

/// Everything that the work on one item needs.
struct Desk<'c> {
    call: Call<'c>,
    blueprint: Blueprint<'c>,
    identity: Vec<String>,
    store: &'c Store,
    path: &'c str,
}

impl Desk<'_> {
    fn create(&self, body: &[u8]) -> Reply {
        let sent = sent(body);
        let mut changes = self.store.change();
        let Some(mut item) = self.further(&changes) else {
            return self.refuse(409, "the schema of the items permits no further one");
        };
        let description = self.call.description;
        let fixed = |_: &str, schemas: &[&Schema]| is_read_only(schemas);
        overlay(
            description,
            &self.blueprint.schemas,
            &mut item,
            &sent,
            &fixed,
        );
        if !self.is_new(&changes, &item) {
            let name = self.identity.join("/");
            return self.refuse(409, &format!("there is an item with this `{name}`"));
        }
        let entry = Entry {
            item,
            sent,
            bytes: body.len(),
        };
        changes.create(entry.clone());
        drop(changes);
        let mut reply = self.show(&entry);
        if reply.status == 201 {
            let name = at(&entry.item, &self.identity).and_then(as_text);
            let path = self.path.strip_suffix('/').unwrap_or(self.path);
            if let Some(name) = name {
                let name = utf8_percent_encode(&name, ESCAPED);
                reply = reply.with("location", format!("{path}/{name}"));
            }
        }
        reply
    }

    /// A further item whose identity no other one has.
    fn further(&self, changes: &Changes) -> Option<Value> {
        let mut index = changes.next();
        for _ in 0..100 {
            let item = self.blueprint.further(index)?;
            if self.is_new(changes, &item) {
                return Some(item);
            }
            index = index.saturating_add(7_919);
        }
        None
    }

    fn is_new(&self, changes: &Changes, item: &Value) -> bool {
        let name = at(item, &self.identity).and_then(as_text);
        name.is_none_or(|name| self.store.find(changes, &self.identity, &name).is_none())
    }

    fn item(&self, name: &str, body: &[u8]) -> Reply {
        let mut changes = self.store.change();
        let Some(number) = self.store.find(&changes, &self.identity, name) else {
            return self.refuse(404, "there is no item of this name");
        };
        let known = changes.entry(number).cloned();
        let Some(mut entry) = known.or_else(|| {
            let item = self.store.generated().get(number)?.clone();
            Some(Entry {
                item,
                sent: Map::new(),
                bytes: 0,
            })
        }) else {
            return self.refuse(404, "there is no item of this name");
        };
        match self.call.deed {
            Deed::Read | Deed::Create => {}
            Deed::Delete => changes.delete(number),
            Deed::Replace | Deed::Merge => {
                self.change(&mut entry, sent(body), body.len());
                changes.replace(number, entry.clone());
            }
        }
        drop(changes);
        self.show(&entry)
    }

    fn change(&self, entry: &mut Entry, sent: Map<String, Value>, bytes: usize) {
        let (description, schemas) = (self.call.description, &self.blueprint.schemas);
        let kept = [Some(&self.identity), self.blueprint.key.as_ref()];
        let fixed = |name: &str, schemas: &[&Schema]| {
            let is_kept = |path: &&Vec<String>| path.first().is_some_and(|it| it == name);
            is_read_only(schemas) || kept.iter().flatten().any(is_kept)
        };
        if self.call.deed == Deed::Merge {
            merge(description, schemas, &mut entry.item, &sent, &fixed);
            let before = Value::Object(std::mem::take(&mut entry.sent));
            if let Value::Object(all) = merged(Some(before), &Value::Object(sent), 0) {
                entry.sent = all;
            }
            entry.bytes = entry.bytes.saturating_add(bytes);
            return;
        }
        let shape = &self.blueprint.shape;
        if let Value::Object(members) = &mut entry.item {
            members.retain(|name, _| {
                let own = shape.properties.get(name.as_str());
                let stays = own.is_none_or(|own| fixed(name, own));
                stays || shape.required.contains(name.as_str()) || sent.contains_key(name)
            });
        }
        overlay(description, schemas, &mut entry.item, &sent, &fixed);
        (entry.sent, entry.bytes) = (sent, bytes);
    }

    fn show(&self, entry: &Entry) -> Reply {
        let Call {
            description,
            operation,
            chosen,
            seed,
            ..
        } = self.call;
        let mut entry = entry.clone();
        // What the server alone sets is not taken from requests.
        let shape = Shape::first(description, &self.blueprint.schemas);
        entry.sent.retain(|name, _| {
            let own = shape.properties.get(name.as_str());
            own.is_none_or(|own| !is_read_only(own))
        });
        present::answer(
            (description, operation, chosen),
            &self.blueprint,
            &entry,
            self.path,
            seed,
        )
    }

    fn refuse(&self, status: u16, detail: &str) -> Reply {
        refusal::documented(self.call.description, self.call.operation, status, detail)
    }
}
