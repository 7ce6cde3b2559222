//! HTML in descriptions → Markdown.
//!
//! CommonMark allows HTML, and many descriptions are nothing else. In a doc comment it would be noise: the usual tags
//! become Markdown, entities become characters. What only looks like a tag (`<id>`) is left to be escaped.

/// Tags that begin a paragraph of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "blockquote",
    "dl",
    "center",
];

/// Tags of which only the content counts.
const BARE: &[&str] = &[
    "span", "font", "small", "big", "u", "sub", "sup", "td", "th", "dt", "dd", "nobr", "wbr",
    "img", "hr",
];

/// The text with Markdown in place of HTML; code spans and fences are left alone.
pub(super) fn to_markdown(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut markdown = String::with_capacity(text.len());
    let mut links: Vec<String> = Vec::new();
    let mut code = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match first {
            '`' => code = !code,
            '<' if !code => {
                if let Some((tag, tail)) = tag(rest) {
                    convert(&tag, &mut markdown, &mut links);
                    rest = tail;
                    continue;
                }
            }
            '&' if !code => {
                if let Some((character, tail)) = entity(rest) {
                    markdown.push_str(character);
                    rest = tail;
                    continue;
                }
            }
            _ => {}
        }
        markdown.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    // Links that were never closed.
    while let Some(link) = links.pop() {
        markdown.push_str(&format!("]({link})"));
    }
    markdown
}

/// A tag of HTML.
struct Tag<'t> {
    name: String,
    closes: bool,
    attributes: &'t str,
}

/// The tag at the start of a text, if there is one of those known here, and what follows it.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let (inside, tail) = text.strip_prefix('<')?.split_once('>')?;
    let (closes, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let end = inside
        .find(|it: char| !it.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    let name = name.to_ascii_lowercase();
    let plain = attributes.is_empty() || attributes.starts_with([' ', '\n', '\t', '/']);
    let known = BLOCKS.contains(&name.as_str())
        || BARE.contains(&name.as_str())
        || matches!(
            name.as_str(),
            "a" | "b"
                | "strong"
                | "i"
                | "em"
                | "code"
                | "tt"
                | "kbd"
                | "pre"
                | "br"
                | "ul"
                | "ol"
                | "li"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
        );
    (known && plain && !attributes.contains('<')).then_some((
        Tag {
            name,
            closes,
            attributes,
        },
        tail,
    ))
}

fn convert(tag: &Tag<'_>, markdown: &mut String, links: &mut Vec<String>) {
    match tag.name.as_str() {
        "a" if tag.closes => {
            if let Some(link) = links.pop() {
                markdown.push_str(&format!("]({link})"));
            }
        }
        "a" => {
            if let Some(link) = attribute(tag.attributes, "href") {
                markdown.push('[');
                links.push(link);
            }
        }
        "b" | "strong" => markdown.push_str("**"),
        "i" | "em" => markdown.push('*'),
        "code" | "tt" | "kbd" => markdown.push('`'),
        "pre" if tag.closes => markdown.push_str("\n```\n"),
        "pre" => markdown.push_str("\n\n```\n"),
        "br" => markdown.push('\n'),
        "li" if !tag.closes => markdown.push_str("\n- "),
        "li" => {}
        "ul" | "ol" => markdown.push_str("\n\n"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !tag.closes => markdown.push_str("\n\n#### "),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => markdown.push_str("\n\n"),
        name if BLOCKS.contains(&name) => markdown.push_str("\n\n"),
        _ => {}
    }
}

/// The value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, behind) = attributes.split_once(&format!("{name}="))?;
    let value = match behind.chars().next()? {
        quote @ ('"' | '\'') => behind.get(1..)?.split(quote).next()?,
        _ => behind.split([' ', '>', '\n']).next()?,
    };
    Some(value.trim().to_owned())
}

/// The character that an entity at the start of a text stands for, and what follows it.
fn entity(text: &str) -> Option<(&'static str, &str)> {
    const ENTITIES: &[(&str, &str)] = &[
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&hellip;", "…"),
        ("&rarr;", "→"),
    ];
    ENTITIES
        .iter()
        .find_map(|(name, character)| Some((*character, text.strip_prefix(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_tags_become_markdown() {
        for (html, markdown) in [
            (
                "<p>Returns <b>all</b> cats.</p>",
                "\n\nReturns **all** cats.\n\n",
            ),
            (
                "See <a href=\"https://a.b/c\">the <em>guide</em></a>.",
                "See [the *guide*](https://a.b/c).",
            ),
            (
                "<ul><li>One</li><li><code>two</code></li></ul>",
                "\n\n\n- One\n- `two`\n\n",
            ),
            ("a &lt; b &amp;&nbsp;c", "a < b & c"),
            ("one<br/>two<BR>three", "one\ntwo\nthree"),
            ("<a name=x>here</a>", "here"),
        ] {
            assert_eq!(to_markdown(html), markdown, "{html}");
        }
    }

    #[test]
    fn what_only_looks_like_html_is_left_alone() {
        for text in [
            "`<p>` and `&lt;`",
            "Vec<T>",
            "<id>",
            "a < b > c",
            "<p",
            "&unknown; &",
            "<a.b>",
        ] {
            assert_eq!(to_markdown(text), text);
        }
    }
}
