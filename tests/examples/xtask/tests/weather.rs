//! The committed module is fresh, and works as a file of a crate's own.

use std::process::Command;

use specwright_runtime::{
    BoxFuture, HeaderMap, StatusCode, Transport, TransportError, TransportRequest,
    TransportResponse,
};
use weather::types::WeatherSky;

#[path = "../client/weather.rs"]
mod weather;

struct Rain;

impl Transport for Rain {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        assert_eq!(request.url.as_str(), "https://weather.example/now/Cork");
        Box::pin(async {
            let body = r#"{"sky": "rain", "celsius": 9.5}"#;
            Ok(TransportResponse::full(
                StatusCode::OK,
                HeaderMap::new(),
                body,
            ))
        })
    }
}

#[tokio::test]
async fn the_module_calls_the_api() {
    let client = weather::Client::builder().transport(Rain).build().unwrap();
    let now = client.weather().now("Cork").await.unwrap();
    assert_eq!((now.sky, now.celsius), (WeatherSky::Rain, Some(9.5)));
}

#[test]
fn the_module_is_fresh() {
    let run = Command::new(env!("CARGO_BIN_EXE_example-xtask"))
        .arg("--check")
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
