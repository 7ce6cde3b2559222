//! Operations as data: methods, servers, media types.

use specwright_runtime::{ClientBuilder, Credential, Operation, Server, ServerVariable};

use crate::server::{self, Reply, in_time};

static NOWHERE: Server = Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

fn builder(server: &server::Server) -> ClientBuilder {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    builder
}

#[tokio::test]
async fn any_token_is_a_method() {
    static SEARCH: Operation = Operation::new("searchThings", "QUERY", "/things");
    static BROKEN: Operation = Operation::new("broken", "GE T", "/things");
    in_time(async {
        let server = server::Server::start(|_| Reply::json("null")).await;
        let client = builder(&server).build().unwrap();
        let mut search = client.request(&SEARCH);
        search.json(&"needle");
        search.send_unit().await.unwrap();
        let received = server.only();
        assert_eq!(received.method, "QUERY");
        assert_eq!(received.body, b"\"needle\"");
        assert_eq!(received.header("accept"), Some("*/*"));
        let error = client.request(&BROKEN).send_unit().await.unwrap_err();
        assert_eq!(error.to_string(), "broken: `GE T` is no method");
        assert!(error.configuration().is_some());
        assert_eq!(
            (SEARCH.id(), SEARCH.method(), SEARCH.path()),
            ("searchThings", "QUERY", "/things")
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_accepted_can_be_changed_for_a_request() {
    static GET: Operation = Operation::new("getThing", "GET", "/thing").accept("application/json");
    in_time(async {
        let server = server::Server::start(|_| Reply::json("null")).await;
        let mut request = builder(&server).build().unwrap().request(&GET);
        request.accept("text/event-stream");
        request.send_unit().await.unwrap();
        assert_eq!(server.only().header("accept"), Some("text/event-stream"));
    })
    .await;
}

static FILES: Server = Server {
    url: "http://127.0.0.1:{port}/files",
    variables: &[ServerVariable {
        name: "port",
        default: "1",
        allowed: &[],
    }],
};

static MAIN: Server = Server {
    url: "http://127.0.0.1:1/{port}",
    variables: &[ServerVariable {
        name: "port",
        default: "1",
        allowed: &[],
    }],
};

static UPLOAD: Operation = Operation::new("upload", "PUT", "/thing")
    .server(&FILES)
    .security(&[&["bearer"]]);

#[tokio::test]
async fn an_operation_can_have_a_server_of_its_own() {
    in_time(async {
        let files = server::Server::start(|_| Reply::json("null")).await;
        let mut builder = ClientBuilder::new(&MAIN);
        builder.server_variable("port", files.port().to_string());
        builder.credential("bearer", Credential::bearer("t"));
        let client = builder.build().unwrap();
        client.request(&UPLOAD).send_unit().await.unwrap();
        let received = files.only();
        assert_eq!(received.target, "/files/thing");
        assert_eq!(received.header("authorization"), Some("Bearer t"));
    })
    .await;
}

#[tokio::test]
async fn a_base_url_of_the_user_counts_for_all_operations() {
    in_time(async {
        let server = server::Server::start(|_| Reply::json("null")).await;
        let client = builder(&server).build().unwrap();
        client.request(&UPLOAD).send_unit().await.unwrap();
        assert_eq!(server.only().target, "/thing");
    })
    .await;
}

#[tokio::test]
async fn a_servers_url_that_is_not_absolute_is_reported_when_sending() {
    static RELATIVE: Server = Server {
        url: "/files",
        variables: &[],
    };
    static GET: Operation = Operation::new("getFile", "GET", "/x").server(&RELATIVE);
    let client = ClientBuilder::new(&NOWHERE).build().unwrap();
    let error = client.request(&GET).send_unit().await.unwrap_err();
    assert!(error.configuration().is_some(), "{error:?}");
    assert!(
        error.to_string().contains("`/files` is not absolute"),
        "{error}"
    );
}
