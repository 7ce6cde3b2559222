//! First way in: a client crate, generated with `specwright generate talktohumans --out …` and committed.
//!
//! The program depends on the crate as on any other. With the feature `reqwest`, which is on by default, the client
//! brings its own transport; here it is off, so that the example needs no HTTP library.

use talktohumans::{Client, Error};

/// The titles of all conversations with a tag, read page by page.
///
/// # Errors
/// If a page cannot be had, or does not prove that the walk makes progress.
pub async fn titles(client: &Client, tag: &str) -> Result<Vec<String>, Error> {
    let mut conversations = client.conversations().list().tag(tag).items();
    let mut titles = Vec::new();
    while let Some(conversation) = conversations.try_next().await? {
        titles.extend(conversation.title);
    }
    Ok(titles)
}
