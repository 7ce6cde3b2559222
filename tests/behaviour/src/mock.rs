//! The mock server of an API.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
};

use specwright_conformance::{Mock, MockServer};
use specwright_openapi::MemoryLoader;

use crate::Api;

/// A free port of this machine, reachable from nowhere else.
pub const LOOPBACK: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// The mock of an API, from the document inside this repository.
///
/// # Errors
/// If there is no such document, or it is none.
pub fn mock<A: Api>() -> io::Result<Mock> {
    let missing = || io::Error::other(format!("no usable document describes {}", A::NAME));
    let api = specwright_specs::get(A::NAME).ok_or_else(missing)?;
    let loader = MemoryLoader::default().with("openapi.yaml", api.document);
    let loaded = specwright_openapi::load("openapi.yaml", &loader)?;
    loaded.description.map(Mock::new).ok_or_else(missing)
}

/// The ids of all items that the server has, in its order.
#[must_use]
pub fn ids<A: Api>(server: &MockServer) -> Vec<String> {
    let id = |item: &serde_json::Value| {
        item.get(A::ID)
            .and_then(|id| id.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    server.data(A::OPERATION).iter().map(id).collect()
}
