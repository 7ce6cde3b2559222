//! Any bytes as a document that a client is generated from: the output is Rust, twice the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright_generator::{Recipe, generate};
use specwright_openapi::{MemoryLoader, load};

fuzz_target!(|data: &[u8]| {
    let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", data)).expect("the entry file is there");
    let Some(description) = &loaded.description else { return };
    let generated = generate(description, &Recipe::default());
    assert_eq!(generated.ledger.operations.len(), description.operations().count());
    assert_eq!(generated.files, generate(description, &Recipe::default()).files);
});
