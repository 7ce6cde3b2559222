//! Any bytes as a document, and as a second file that it refers to: diagnostics, never a panic or a hang.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright_openapi::{
    MemoryLoader,
    diagnostics::render::{self, Style},
    load,
};

fuzz_target!(|data: &[u8]| {
    let (entry, other) = match data.iter().position(|byte| *byte == 0) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, &data[..0]),
    };
    let loader = MemoryLoader::default().with("api.yaml", entry).with("b.yaml", other);
    let loaded = load("api.yaml", &loader).expect("the entry file is there");
    let text = render::text(&loaded.diagnostics, &loaded.sources, Style::Plain);
    assert_eq!(text.is_empty(), loaded.diagnostics.is_empty());
    assert!(loaded.description.is_some() || loaded.has_errors());
});
