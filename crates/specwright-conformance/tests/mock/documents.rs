//! The documents that are served.

use std::sync::Arc;

use specwright_conformance::{Mock, MockServer};
use specwright_openapi::{Description, FolderLoader, MemoryLoader, load};

/// A built-in API: its folder, its list operation and where that is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Api {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) path: &'static str,
    pub(crate) size: &'static str,
    pub(crate) maximum: usize,
    /// Where the items are.
    pub(crate) items: &'static str,
}

pub(crate) const TALKTOHUMANS: Api = Api {
    name: "talktohumans",
    operation: "listConversations",
    path: "/v1/conversations",
    size: "limit",
    maximum: 25,
    items: "/data/conversations",
};

pub(crate) const PARROT: Api = Api {
    name: "parrot",
    operation: "ParrotMobMacaw.ConversationController.index",
    path: "/api/v2/accounts/me/conversations",
    size: "limit",
    maximum: usize::MAX,
    items: "/data",
};

pub(crate) const FAMULOR: Api = Api {
    name: "famulor",
    operation: "listConversations",
    path: "/api/user/conversations",
    size: "per_page",
    maximum: 100,
    items: "/data",
};

pub(crate) const MINDHUNTERS: Api = Api {
    name: "mindhunters",
    operation: "listConversations",
    path: "/api/v1/conversations",
    size: "per_page",
    maximum: 100,
    items: "/data/data",
};

pub(crate) const APIS: [Api; 4] = [TALKTOHUMANS, PARROT, FAMULOR, MINDHUNTERS];

impl Api {
    pub(crate) fn description(&self) -> Arc<Description> {
        let folder = FolderLoader::new(format!("../../specs/{}", self.name));
        let loaded = load("openapi.yaml", &folder).expect("a document");
        assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
        Arc::new(loaded.description.expect("a description"))
    }

    pub(crate) fn mock(&self) -> Mock {
        Mock::new(self.description())
    }

    /// A page of `size` items; `further` are query parameters, starting with `&`.
    pub(crate) fn target(&self, size: usize, further: &str) -> String {
        format!("{}?{}={size}{further}", self.path, self.size)
    }
}

pub(crate) fn description(text: &str) -> Description {
    let loaded =
        load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).expect("a document");
    assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
    loaded.description.expect("a description")
}

pub(crate) async fn start(mock: Mock) -> MockServer {
    mock.start(([127, 0, 0, 1], 0).into())
        .await
        .expect("a free port")
}
