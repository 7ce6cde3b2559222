//! `specwright mock`.

use std::{
    future::{Future as _, poll_fn},
    net::{Ipv4Addr, SocketAddr},
    pin::pin,
    task::Poll,
};

use clap::Args;
use specwright_conformance::{self as conformance, PlacedFault, served_plan};
use specwright_openapi::{Description, diagnostics::render};

use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    terminal,
};

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
    /// Go wrong on purpose; may be repeated. `NAME`, or `NAME@PAGE` for a page other than the third.
    #[arg(long = "fault", value_name = "NAME")]
    faults: Vec<PlacedFault>,
    /// The only bearer token that is accepted; any if not given.
    #[arg(long)]
    token: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

impl Mock {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let loaded = Document::named(&self.document, &self.reading).load()?;
        terminal::report(&render::text(
            &loaded.diagnostics,
            &loaded.sources,
            terminal::stderr_style(),
        ));
        let Some(description) = loaded.description else {
            return Ok(Outcome::Findings);
        };
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Failure::doing("start the mock", error))?;
        runtime.block_on(self.serve(description))
    }

    async fn serve(self, description: Description) -> Result<Outcome, Failure> {
        let lists = lists(&description);
        let mut mock = conformance::Mock::new(description)
            .seed(self.seed)
            .items(self.items);
        for fault in self.faults {
            mock = mock.fault(fault);
        }
        if let Some(token) = self.token {
            mock = mock.token(token);
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let server = mock
            .start(address)
            .await
            .map_err(|error| Failure::doing(format_args!("serve on {address}"), error))?;
        // The first poll installs the handler: who reads the address may interrupt at once.
        let mut interrupt = pin!(tokio::signal::ctrl_c());
        let early = poll_fn(|context| Poll::Ready(interrupt.as_mut().poll(context))).await;
        terminal::print(&format!("listening on {}\n{lists}", server.url()))?;
        let interrupted = match early {
            Poll::Ready(interrupted) => interrupted,
            Poll::Pending => interrupt.await,
        };
        interrupted.map_err(|error| Failure::doing("wait for Ctrl-C", error))?;
        server.shutdown().await;
        Ok(Outcome::Clean)
    }
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
