//! `specwright mock`.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStdout, Stdio},
    time::{Duration, Instant},
};

use crate::folder::{Folder, GOOD};

/// A mock that is stopped when the test ends.
struct Mock {
    child: Child,
    output: BufReader<ChildStdout>,
    address: String,
    path: String,
}

impl Mock {
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut command = folder.command(&format!("mock --port 0 {arguments}"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("the binary starts");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("readable");
        let url = line
            .trim_end()
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| panic!("`{line}`"));
        let (address, path) = url
            .split_once('/')
            .map_or((url, String::new()), |(host, path)| {
                (host, format!("/{path}"))
            });
        Self {
            child,
            address: address.to_owned(),
            path,
            output,
        }
    }

    /// The next line that it prints.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("readable");
        line
    }

    /// The status line, the headers and the body of an answer.
    fn get(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request = format!(
            "GET {}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n",
            self.path
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const TOKEN: &str = "Authorization: Bearer secret\r\n";

#[test]
fn it_says_where_it_listens_and_what_pages_and_serves_pages() {
    let mut mock = Mock::start(&Folder::new(), "famulor");
    assert_eq!(mock.line(), "1 operation\n");
    assert_eq!(
        mock.line(),
        "GET /user/conversations pages by bidirectional: ?cursor=\n"
    );
    let answer = mock.get("/user/conversations?per_page=3", TOKEN);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"next_cursor\""), "{answer}");
}

#[test]
fn the_same_seed_gives_the_same_data() {
    let folder = Folder::new();
    let body = |arguments: &str| {
        let answer = Mock::start(&folder, arguments).get("/user/conversations", TOKEN);
        answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
    };
    let first = body("famulor --seed 7 --items 20");
    assert_eq!(first, body("famulor --seed 7 --items 20"));
    assert_ne!(first, body("famulor --seed 8 --items 20"));
}

#[test]
fn token_and_faults_are_applied() {
    let folder = Folder::new();
    let mock = Mock::start(&folder, "famulor --token secret --fault server-error@1");
    assert!(
        mock.get("/user/conversations", "Authorization: Bearer other\r\n")
            .starts_with("HTTP/1.1 401")
    );
    assert!(
        mock.get("/user/conversations", TOKEN)
            .starts_with("HTTP/1.1 500")
    );
}

#[test]
fn latency_holds_answers_back() {
    let folder = Folder::new();
    let mock = Mock::start(&folder, "famulor --latency 80..90");
    let begun = Instant::now();
    mock.get("/user/conversations", TOKEN);
    assert!(begun.elapsed() >= Duration::from_millis(80));
    folder
        .run("mock famulor --latency 9..1")
        .exits(2)
        .reports("milliseconds");
}

#[test]
fn documents_are_reloaded_when_one_of_their_files_changes() {
    let path = |path: &str| format!("  {path}: {{$ref: 'paths.yaml#/any'}}\n");
    let document =
        |paths: &str| format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}");
    let answering = |example: &str| {
        format!(
            "any: {{get: {{responses: {{'200': {{description: A., content: {{application/json: {{example: {example}}}}}}}}}}}}}\n"
        )
    };
    let folder = Folder::new()
        .with("api/api.yaml", &document(&path("/old")))
        .with("api/paths.yaml", &answering("first"));
    let mut mock = Mock::start(&folder, "api/api.yaml");
    assert_eq!(mock.line(), "1 operation\n");
    assert!(mock.get("/old", "").ends_with("\"first\""));
    // A file that is referred to.
    folder.put("api/paths.yaml", &answering("second time"));
    assert_eq!(mock.line(), "reloaded: 1 operation\n");
    assert!(mock.get("/old", "").ends_with("\"second time\""));
    // What cannot be used is not served.
    folder.put("api/api.yaml", "openapi: 9\n");
    assert_eq!(
        mock.line(),
        "not reloaded: the last version is still served\n"
    );
    assert!(mock.get("/old", "").starts_with("HTTP/1.1 200"));
    std::fs::remove_file(folder.path("api/api.yaml")).expect("it was there");
    assert_eq!(
        mock.line(),
        "not reloaded: the last version is still served\n"
    );
    folder.put("api/api.yaml", &document(&(path("/new") + &path("/newer"))));
    assert_eq!(
        mock.line(),
        "reloaded: 2 operations, added GET /new, GET /newer, removed GET /old\n"
    );
    assert!(mock.get("/old", "").starts_with("HTTP/1.1 404"));
    assert!(mock.get("/newer", "").ends_with("\"second time\""));
}

#[test]
fn documents_are_not_watched_on_demand() {
    let folder = Folder::new().with("api.yaml", GOOD);
    let mock = Mock::start(&folder, "api.yaml --no-watch");
    folder.put("api.yaml", "openapi: 9\n");
    std::thread::sleep(Duration::from_millis(900));
    folder.put("api.yaml", &GOOD.replace("/cats", "/dogs"));
    std::thread::sleep(Duration::from_millis(900));
    assert!(mock.get("/cats", "").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_in_use_exits_with_2() {
    let folder = Folder::new();
    let first = Mock::start(&folder, "parrot");
    let port = first.address.rsplit(':').next().expect("a port");
    folder
        .run(&format!("mock famulor --port {port}"))
        .exits(2)
        .reports(port);
}

#[test]
fn a_document_that_cannot_be_used_exits_with_1() {
    let folder = Folder::new().with("api.yaml", "openapi: 4.0.0\n");
    folder
        .run("mock api.yaml --port 0")
        .exits(1)
        .reports("--> api.yaml:1:10");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_in_order() {
    let mut mock = Mock::start(&Folder::new(), "famulor");
    let status = std::process::Command::new("kill")
        .args(["-INT", &mock.child.id().to_string()])
        .status();
    assert!(status.expect("kill is there").success());
    assert_eq!(mock.child.wait().expect("it ends").code(), Some(0));
}
