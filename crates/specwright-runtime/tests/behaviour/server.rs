//! An HTTP/1.1 server on the loopback interface that answers with what a closure says and remembers
//! what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// A parameter of the query, still encoded.
    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.query(name).map(|value| value.parse().unwrap())
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Answers in full.
    Full {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// Promises more than it sends, then closes the connection.
    Cut { body: &'static str, promised: usize },
    /// Closes the connection without a word.
    Close,
    /// Sends the head and a part of the body, then nothing.
    Stall,
    /// Answers after a while.
    Late(Duration, String),
    /// Answers once so many requests have arrived, this one included.
    AfterRequests(usize, String),
    /// Sends chunks without an end in sight.
    Endless,
    /// Sends these chunks of a 200 response, with a pause before each.
    Chunks {
        content_type: &'static str,
        chunks: Vec<String>,
        pause: Duration,
        end: End,
    },
}

/// What follows the last of [`Reply::Chunks`].
#[derive(Debug, Clone, Copy)]
pub enum End {
    /// The end of the body.
    Complete,
    /// The end of the connection.
    Cut,
    /// Nothing, for a long time.
    Stall,
}

impl Reply {
    pub fn json(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    /// A response that arrives in these chunks.
    pub fn chunks(content_type: &'static str, chunks: &[&str]) -> Self {
        Self::Chunks {
            content_type,
            chunks: chunks.iter().map(|chunk| (*chunk).to_owned()).collect(),
            pause: Duration::ZERO,
            end: End::Complete,
        }
    }

    pub fn status(status: u16, body: impl Into<String>) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self::Full {
            status,
            headers,
            body: body.into(),
        }
    }

    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Full { headers, .. } = &mut self {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, value.into()));
        }
        self
    }
}

/// A running server; it stops when dropped.
pub struct Server {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    listening: JoinHandle<()>,
}

impl Server {
    pub async fn start(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&received));
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                tokio::spawn(async move {
                    let _ = serve(stream, &*answer, &seen).await;
                });
            }
        });
        Self {
            port,
            received,
            listening,
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.received.lock().unwrap().len()
    }

    /// The only request so far.
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Answers one request and closes the connection.
async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&Received) -> Reply + Send + Sync),
    seen: &Mutex<Vec<Received>>,
) -> std::io::Result<()> {
    let Some(request) = read(&mut stream).await? else {
        return Ok(());
    };
    seen.lock().unwrap().push(request.clone());
    match answer(&request) {
        Reply::Full {
            status,
            headers,
            body,
        } => {
            let headers: String = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\r\n"))
                .collect();
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
            );
            stream.write_all((head + &body).as_bytes()).await?;
        }
        Reply::Cut { body, promised } => {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {promised}\r\n\r\n{body}");
            stream.write_all(head.as_bytes()).await?;
        }
        Reply::Close => {}
        Reply::Stall => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"")
                .await?;
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
        Reply::Late(delay, body) => {
            tokio::time::sleep(delay).await;
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            stream.write_all(head.as_bytes()).await?;
        }
        Reply::AfterRequests(count, body) => {
            while seen.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let length = body.len();
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream.write_all((head + &body).as_bytes()).await?;
            return stream.shutdown().await;
        }
        Reply::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                .await?;
            let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
            while stream.write_all(chunk.as_bytes()).await.is_ok() {}
        }
        Reply::Chunks {
            content_type,
            chunks,
            pause,
            end,
        } => {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await?;
            for chunk in chunks {
                tokio::time::sleep(pause).await;
                let chunk = format!("{:x}\r\n{chunk}\r\n", chunk.len());
                stream.write_all(chunk.as_bytes()).await?;
            }
            match end {
                End::Complete => stream.write_all(b"0\r\n\r\n").await?,
                End::Cut => {}
                End::Stall => tokio::time::sleep(Duration::from_secs(30)).await,
            }
        }
    }
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Option<Received>> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (
        first.next().unwrap().to_owned(),
        first.next().unwrap().to_owned(),
    );
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut request = Received {
        method,
        target,
        headers,
        body: Vec::new(),
    };
    if request.header("transfer-encoding") == Some("chunked") {
        let mut rest = bytes.split_off(head_end + 4);
        request.body = loop {
            if let Some(body) = dechunked(&rest) {
                break body;
            }
            if stream.read_buf(&mut rest).await? == 0 {
                return Ok(None);
            }
        };
        return Ok(Some(request));
    }
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    request.body = bytes[head_end + 4..head_end + 4 + length].to_vec();
    Ok(Some(request))
}

/// The content of a chunked body, once all of it is there.
fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        body.extend_from_slice(rest.get(line + 2..line + 2 + size)?);
        rest = rest.get(line + 4 + size..)?;
        if size == 0 {
            return Some(body);
        }
    }
}

/// Fails a test that would hang.
pub async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work)
        .await
        .expect("the test took too long")
}
