//! Generates `library.rs` into `OUT_DIR`.

fn main() {
    specwright_generator::Builder::new("api/library.yaml")
        .recipe("api/generate.toml")
        .run();
}
