//! `specwright mock`.

use std::{
    collections::HashSet,
    future::{Future, poll_fn},
    net::{Ipv4Addr, SocketAddr},
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::Duration,
};

use clap::Args;
use specwright_conformance::{self as conformance, Latency, MockServer, PlacedFault, served_plan};
use specwright_openapi::{Description, Loaded, diagnostics::render};
use tokio::time::{sleep, timeout};

use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    terminal,
    watch::Watched,
};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(300);

/// How long files have to rest before they are read: who writes them may not be done.
const REST: Duration = Duration::from_millis(50);

/// How many operations are named when they are added or removed.
const NAMED: usize = 4;

/// Serve a document with generated data that really pages.
#[derive(Debug, Args)]
pub(crate) struct Mock {
    /// The document: a path, `-`, or the name of a built-in API.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// What all data follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of items in each list.
    #[arg(long, default_value_t = 1_000)]
    items: usize,
    /// Go wrong on purpose; may be repeated. `NAME`, or `NAME@PAGE` for a page other than the third. A request may ask
    /// for it itself, in the field `Specwright-Fault`.
    #[arg(long = "fault", value_name = "NAME")]
    faults: Vec<PlacedFault>,
    /// Hold every answer back: milliseconds, or `MIN..MAX`.
    #[arg(long, value_name = "MS")]
    latency: Option<Latency>,
    /// The only secret that is accepted where one is required: a bearer token, an API key, or the password of HTTP
    /// Basic; any if not given.
    #[arg(long)]
    token: Option<String>,
    /// Generate bodies even where the document has examples.
    #[arg(long)]
    dynamic: bool,
    /// Serve the document as it is now, whatever becomes of its files.
    #[arg(long)]
    no_watch: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Mock {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let document = Document::named(&self.document, &self.reading);
        let loaded = document.load()?;
        report(&loaded);
        let watched = Watched::new(document.files(&loaded));
        let Some(description) = loaded.description else {
            return Ok(Outcome::Findings);
        };
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Failure::doing("start the mock", error))?;
        let served = Served {
            document,
            watched,
            description: Arc::new(description),
        };
        runtime.block_on(self.serve(served))
    }

    async fn serve(self, mut served: Served) -> Result<Outcome, Failure> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut server = self
            .mock(&served.description)
            .start(address)
            .await
            .map_err(|error| Failure::doing(format_args!("serve on {address}"), error))?;
        // The first poll installs the handler: who reads the address may interrupt at once.
        let mut interrupt = pin!(tokio::signal::ctrl_c());
        let early = poll_fn(|context| Poll::Ready(interrupt.as_mut().poll(context))).await;
        let count = served.description.operations().count();
        terminal::print(&format!(
            "listening on {}\n{}\n{}",
            server.url(),
            terminal::count(count, "operation"),
            lists(&served.description)
        ))?;
        let interrupted = match early {
            Poll::Ready(interrupted) => interrupted,
            Poll::Pending if self.no_watch || served.watched.is_empty() => interrupt.await,
            Poll::Pending => self.watch(&mut server, &mut served, interrupt).await?,
        };
        interrupted.map_err(|error| Failure::doing("wait for Ctrl-C", error))?;
        server.shutdown().await;
        Ok(Outcome::Clean)
    }

    fn mock(&self, description: &Arc<Description>) -> conformance::Mock {
        let mut mock = conformance::Mock::new(Arc::clone(description))
            .seed(self.seed)
            .items(self.items)
            .latency(self.latency.unwrap_or_default());
        for fault in &self.faults {
            mock = mock.fault(*fault);
        }
        if self.dynamic {
            mock = mock.dynamic();
        }
        if let Some(token) = &self.token {
            mock = mock.token(token);
        }
        mock
    }

    /// Serves what the files say until it is interrupted.
    async fn watch<I: Future>(
        &self,
        server: &mut MockServer,
        served: &mut Served,
        mut interrupt: Pin<&mut I>,
    ) -> Result<I::Output, Failure> {
        loop {
            match timeout(LOOK, interrupt.as_mut()).await {
                Ok(interrupted) => return Ok(interrupted),
                Err(_) if !served.watched.has_changed() => {}
                Err(_) => {
                    while served.watched.has_changed() {
                        served.watched.remember();
                        sleep(REST).await;
                    }
                    self.reload(server, served)?;
                }
            }
        }
    }

    /// Serves the document as its files are now, or keeps what is served if they cannot be.
    fn reload(&self, server: &mut MockServer, served: &mut Served) -> Result<(), Failure> {
        let loaded = match served.document.load() {
            Ok(loaded) => loaded,
            Err(failure) => return keep(&failure.to_string()),
        };
        report(&loaded);
        served.watched.exchange(served.document.files(&loaded));
        let Some(description) = loaded.description.map(Arc::new) else {
            return keep("the document cannot be used");
        };
        let url = server.url().to_owned();
        if let Err(error) = server.replace(self.mock(&description)) {
            return keep(&error.to_string());
        }
        let mut line = format!(
            "reloaded: {}",
            difference(&served.description, &description)
        );
        if server.url() != url {
            line.push_str(&format!(", now at {}", server.url()));
        }
        served.description = description;
        terminal::print(&format!("{line}\n"))
    }
}

/// What is served.
struct Served {
    document: Document,
    watched: Watched,
    description: Arc<Description>,
}

fn report(loaded: &Loaded) {
    terminal::report(&render::text(
        &loaded.diagnostics,
        &loaded.sources,
        terminal::stderr_style(),
    ));
}

/// Says why the files are not served.
fn keep(why: &str) -> Result<(), Failure> {
    terminal::report_error(why);
    terminal::print("not reloaded: the last version is still served\n")
}

/// The number of operations, and which of them are new or gone.
fn difference(old: &Description, new: &Description) -> String {
    let names = |description: &Description| -> Vec<String> {
        let operations = description.operations();
        operations
            .map(|it| format!("{} {}", it.method, it.path))
            .collect()
    };
    let (old, new) = (names(old), names(new));
    let beside = |all: &[String], others: &[String], what: &str| {
        let others: HashSet<&String> = others.iter().collect();
        let only: Vec<&str> = all
            .iter()
            .filter(|it| !others.contains(it))
            .map(String::as_str)
            .collect();
        let (named, further) = only.split_at(only.len().min(NAMED));
        let mut text = format!(", {what} {}", named.join(", "));
        if !further.is_empty() {
            text.push_str(&format!(" and {} more", further.len()));
        }
        if only.is_empty() { String::new() } else { text }
    };
    format!(
        "{}{}{}",
        terminal::count(new.len(), "operation"),
        beside(&new, &old, "added"),
        beside(&old, &new, "removed")
    )
}

/// One line per operation that pages.
fn lists(description: &Description) -> String {
    let mut lines = String::new();
    for operation in description.operations() {
        let Some(plan) = served_plan(description, &operation) else {
            continue;
        };
        let (style, Some(position)) = (plan.style, plan.position_parameter()) else {
            continue;
        };
        lines.push_str(&format!(
            "{} {} pages by {style}: ?{position}=\n",
            operation.method, operation.path
        ));
    }
    lines
}
