//! Bodies of several parts (RFC 2046 §5.1, RFC 7578).

use super::media::{MediaType, split_quoted, unquoted};

/// How many parts are looked at.
const MOST: usize = 1_000;

/// How long a boundary may be (RFC 2046 §5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// A part of a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'b> {
    /// The name of the field.
    pub(crate) name: Option<String>,
    /// Whether it is a file.
    pub(crate) is_file: bool,
    pub(crate) media_type: Option<MediaType>,
    pub(crate) content: &'b [u8],
}

/// The parts of a body.
///
/// # Errors
/// What is wrong, if the body is not of parts.
pub(crate) fn parts<'b>(media_type: &MediaType, body: &'b [u8]) -> Result<Vec<Part<'b>>, String> {
    let boundary = media_type.parameter("boundary").unwrap_or_default();
    if boundary.is_empty() || boundary.len() > LONGEST_BOUNDARY {
        return Err("the media type names no usable `boundary`".to_owned());
    }
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = after_delimiter(body, delimiter.as_bytes(), true)
        .ok_or("no part begins with the boundary")?
        .1;
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let line = rest.iter().position(|it| *it == b'\n');
        let content = line.and_then(|at| rest.get(at + 1..));
        let content = content.ok_or("a boundary has no line of its own")?;
        let (part, after) = after_delimiter(content, delimiter.as_bytes(), false)
            .ok_or("the last boundary is missing")?;
        if parts.len() == MOST {
            return Err(format!("there are more than {MOST} parts"));
        }
        parts.push(read(part)?);
        rest = after;
    }
}

/// What stands before the next delimiter at the beginning of a line, and what behind it.
fn after_delimiter<'b>(
    text: &'b [u8],
    delimiter: &[u8],
    is_first: bool,
) -> Option<(&'b [u8], &'b [u8])> {
    let mut from = 0;
    loop {
        let tail = text.get(from..)?;
        let at = from
            + tail
                .windows(delimiter.len())
                .position(|it| it == delimiter)?;
        let before = text.get(..at)?;
        let after = text.get(at + delimiter.len()..)?;
        // An empty part may have the delimiter right behind its head.
        let begins_line = before.is_empty() || before.ends_with(b"\n");
        let ends = after.is_empty()
            || after.starts_with(b"--")
            || after
                .iter()
                .find(|it| !matches!(it, b' ' | b'\t'))
                .is_some_and(|it| matches!(it, b'\r' | b'\n'));
        if begins_line && ends {
            let before = before.strip_suffix(b"\n").unwrap_or(before);
            let before = match is_first {
                true => before,
                false => before.strip_suffix(b"\r").unwrap_or(before),
            };
            return Some((before, after));
        }
        from = at + 1;
    }
}

fn read(part: &[u8]) -> Result<Part<'_>, String> {
    let (mut name, mut is_file, mut media_type) = (None, false, None);
    let mut rest = part;
    loop {
        let end = rest.iter().position(|it| *it == b'\n');
        let (line, after) = match end {
            Some(end) => (rest.get(..end), rest.get(end + 1..)),
            None => (Some(rest), Some(&[][..])),
        };
        let (line, after) = (line.unwrap_or_default(), after.unwrap_or_default());
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Ok(Part {
                name,
                is_file,
                media_type,
                content: after,
            });
        }
        let text = String::from_utf8_lossy(line);
        let (field, value) = text.split_once(':').ok_or("a part has no head")?;
        match field.trim().to_ascii_lowercase().as_str() {
            "content-type" => media_type = MediaType::parse(value),
            "content-disposition" => {
                for parameter in split_quoted(value, ';') {
                    let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                    match key.trim().to_ascii_lowercase().as_str() {
                        "name" => name = Some(unquoted(value.trim())),
                        "filename" | "filename*" => is_file = true,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'b>(boundary: &str, body: &'b str) -> Result<Vec<Part<'b>>, String> {
        let media_type = format!("multipart/form-data; boundary={boundary}");
        parts(&MediaType::parse(&media_type).unwrap(), body.as_bytes())
    }

    #[test]
    fn parts_have_names_and_contents() {
        let body = "before\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--bc\r\n1\r\n--b\r\n\
            content-type: application/json\r\nContent-Disposition: form-data; name=f; filename=\"x;y\"\r\n\r\n{}\r\n--b--\r\nafter";
        let parts = of("\"b\"", body).unwrap();
        let seen: Vec<_> = parts
            .iter()
            .map(|it| (it.name.as_deref(), it.is_file, it.content))
            .collect();
        assert_eq!(
            seen,
            [
                (Some("a"), false, &b"--bc\r\n1"[..]),
                (Some("f"), true, &b"{}"[..])
            ]
        );
        assert!(parts[1].media_type.as_ref().unwrap().is_json());
    }

    #[test]
    fn bodies_that_end_early_are_malformed() {
        for body in [
            "",
            "--b",
            "--b\r\n",
            "--b\r\nx\r\n--b--",
            "--b\r\na: b\r\n\r\n1",
            "x--b--",
        ] {
            assert!(of("b", body).is_err(), "{body:?}");
        }
        assert_eq!(of("b", "--b--"), Ok(Vec::new()));
        assert!(of("", "--b--").is_err());
    }
}
