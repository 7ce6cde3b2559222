//! How many small requests the mock answers, with many connections at once, and what memory it takes for that.
//!
//! `cargo xtask bench load`. The mock and the load run side by side on the same machine, each in a process of its own.

use std::{
    env::current_exe,
    io::{BufRead, BufReader, Write, stdin, stdout},
    net::SocketAddr,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use specwright_conformance::Mock;
use specwright_openapi::{MemoryLoader, load};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    runtime::Builder,
    task::JoinSet,
};

use crate::{Failure, meter};

/// The fewest requests a second that are good enough.
const FEWEST: f64 = 5_000.0;

/// The most memory that is good enough, in kilobytes.
const MOST_MEMORY: u64 = 256 << 10;

/// An object, a list of twenty on a page, and an example.
const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}: {get: {responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /pets:
    get:
      x-specwright-pagination: {style: page, request: {position: page, size: limit}, response: {items: /data, total: /total}}
      parameters: [{name: page, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: A page., content: {application/json: {schema: {type: object, required: [data, total], properties: {data: {type: array, items: {$ref: '#/components/schemas/Pet'}}, total: {type: integer}}}}}}}
  /example: {get: {responses: {'200': {description: One., content: {application/json: {example: {id: 7, name: Tom}}}}}}}
components:
  schemas:
    Pet: {type: object, required: [id, name, tags], properties: {id: {type: integer}, name: {type: string}, born: {type: string, format: date}, tags: {type: array, items: {type: string}}}}
";

/// What is asked for: a name and a target.
const TARGETS: [(&str, &str); 3] = [
    ("a generated object", "/pets/7"),
    ("a page of 20", "/pets?page=3&limit=20"),
    ("an example", "/example"),
];

/// Serves until the input ends; each line of it asks for the peak of memory.
pub(crate) fn serve() -> Result<(), Failure> {
    let loaded = load(
        "api.yaml",
        &MemoryLoader::default().with("api.yaml", DOCUMENT),
    )?;
    let description = loaded.description.ok_or("the document is broken")?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let server = runtime.block_on(Mock::new(description).start(([127, 0, 0, 1], 0).into()))?;
    let mut output = stdout();
    writeln!(output, "{}", server.address())?;
    for line in stdin().lines() {
        line?;
        writeln!(output, "{}", meter::peak().unwrap_or_default())?;
    }
    Ok(())
}

/// The mock in a process of its own; it ends with its input.
struct Server {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Result<Self, Failure> {
        let mut process = Command::new(current_exe()?)
            .arg("serve-load")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let to = process.stdin.take();
        let from = process.stdout.take().ok_or("the mock has no output")?;
        Ok(Self {
            process,
            to,
            from: BufReader::new(from),
        })
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    /// The most memory that it has taken, in kilobytes.
    fn peak(&mut self) -> Result<u64, Failure> {
        if let Some(to) = &mut self.to {
            writeln!(to)?;
        }
        Ok(self.line()?.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.to.take());
        // It ends with its input; if it does not, there is nothing further to be done.
        let _ = self.process.wait();
    }
}

/// Asks for each target for so many seconds by so many connections, prints the rates, and says whether they are good
/// enough.
pub(crate) fn run(seconds: u64, connections: &[usize]) -> Result<bool, Failure> {
    let mut server = Server::start()?;
    let address: SocketAddr = server.line()?.parse()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut table = String::from(
        "| what | connections | requests a second | slowest, ms | peak memory of the mock, MB |\n|---|---:|---:|---:|---:|\n",
    );
    let mut good = true;
    for (name, target) in TARGETS {
        for count in connections {
            let time = Duration::from_secs(seconds);
            let (requests, slowest) = runtime.block_on(ask(address, target, *count, time))?;
            let rate = requests as f64 / seconds as f64;
            let peak = server.peak()?;
            good &= rate >= FEWEST && peak <= MOST_MEMORY;
            table.push_str(&format!(
                "| {name} | {count} | {rate:.0} | {:.0} | {:.1} |\n",
                slowest.as_secs_f64() * 1e3,
                peak as f64 / 1024.0
            ));
        }
    }
    println!("{table}");
    Ok(good)
}

/// The number of answers, and the longest time that one took.
async fn ask(
    address: SocketAddr,
    target: &str,
    connections: usize,
    time: Duration,
) -> Result<(u64, Duration), Failure> {
    // All are open before the first asks.
    let mut streams = Vec::new();
    for _ in 0..connections {
        streams.push(TcpStream::connect(address).await?);
    }
    let request =
        format!("GET {target} HTTP/1.1\r\nhost: mock\r\naccept: application/json\r\n\r\n");
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for stream in streams {
        tasks.spawn(keep_asking(stream, request.clone(), end));
    }
    let mut all = (0, Duration::ZERO);
    while let Some(done) = tasks.join_next().await {
        let (requests, slowest) = done??;
        all = (all.0 + requests, all.1.max(slowest));
    }
    Ok(all)
}

async fn keep_asking(
    mut stream: TcpStream,
    request: String,
    end: Instant,
) -> Result<(u64, Duration), Failure> {
    stream.set_nodelay(true)?;
    let (mut requests, mut slowest) = (0, Duration::ZERO);
    let mut answer = Vec::new();
    while Instant::now() < end {
        let begun = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        answer.clear();
        while !is_whole(&answer)? {
            if stream.read_buf(&mut answer).await? == 0 {
                return Err("the mock has closed a connection".into());
            }
        }
        slowest = slowest.max(begun.elapsed());
        requests += 1;
    }
    Ok((requests, slowest))
}

/// Whether an answer of status 200 has arrived to its end.
fn is_whole(answer: &[u8]) -> Result<bool, Failure> {
    let Some(end) = answer.windows(4).position(|it| it == b"\r\n\r\n") else {
        return Ok(false);
    };
    let head = std::str::from_utf8(answer.get(..end).unwrap_or_default())?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(format!("unexpected: {head}").into());
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .ok_or("an answer without a length")?;
    Ok(answer.len() >= end + 4 + length.parse::<usize>()?)
}
