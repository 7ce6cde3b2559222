#![allow(warnings)]
use specwright_conformance::schema::*;
use specwright_conformance::value::*;
use specwright_openapi::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let path = std::path::Path::new(&a[1]);
    let l = load_with_document(
        path.file_name().unwrap().to_str().unwrap(),
        &FolderLoader::new(path.parent().unwrap()),
    )
    .unwrap();
    let d = l.description.unwrap();
    for op in d.operations() {
        if op.id() != a[2] {
            continue;
        }
        let seed = a[4].parse().unwrap();
        let p = match a[5].as_str() {
            "Full" => Presence::Full,
            "Minimal" => Presence::Minimal,
            _ => Presence::Varied,
        };
        let v = Values::new(&d).seed(seed).presence(p);
        let v = if a[3] == "request" {
            v.request(&op, "application/json")
        } else {
            let s = openapiv3::StatusCode::Code(a[3].parse().unwrap());
            v.response(&op, Some(&s), "application/json")
        };
        println!("{:#}", v.unwrap_or_default());
    }
}
