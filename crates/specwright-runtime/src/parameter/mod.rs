//! Parameters with a serialisation style (OpenAPI, Parameter Object).

mod expand;
#[cfg(test)]
mod tests;
mod text;

use crate::json::Tree;

pub(crate) use expand::Syntax;
pub(crate) use text::cookie_text;

use text::ascii_json;

/// How an array or object becomes the text of a parameter (OpenAPI, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `a,b` (RFC 6570, section 3.2.2): paths and headers.
    Simple,
    /// `.a,b`, exploded `.a.b` (RFC 6570, section 3.2.5): paths.
    Label,
    /// `;name=a,b`, exploded `;name=a;name=b` (RFC 6570, section 3.2.7): paths.
    Matrix,
    /// `name=a,b`, exploded `name=a&name=b` (RFC 6570, section 3.2.8): queries and cookies.
    Form,
    /// `name=a%20b`: queries.
    SpaceDelimited,
    /// `name=a%7Cb`: queries.
    PipeDelimited,
    /// `name[key]=a`: objects in queries.
    DeepObject,
    /// `name=a; name=b`: cookies (OpenAPI 3.2).
    Cookie,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// A parameter as the document describes it: what generated code hands to
/// [`Request::parameter`](crate::Request::parameter) together with a value.
///
/// ```
/// use specwright_runtime::{Parameter, Style};
///
/// const IDS: Parameter = Parameter::query("ids").style(Style::PipeDelimited).explode(false);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    pub(crate) place: Place,
    pub(crate) name: &'static str,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) json: bool,
}

impl Parameter {
    const fn new(place: Place, name: &'static str, style: Style) -> Self {
        Self {
            place,
            name,
            style,
            explode: matches!(style, Style::Form | Style::Cookie),
            allow_reserved: false,
            json: false,
        }
    }

    /// A parameter of the path, of the style `simple`.
    pub const fn path(name: &'static str) -> Self {
        Self::new(Place::Path, name, Style::Simple)
    }

    /// A parameter of the query, of the style `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(Place::Query, name, Style::Form)
    }

    /// A header, of the style `simple`.
    pub const fn header(name: &'static str) -> Self {
        Self::new(Place::Header, name, Style::Simple)
    }

    /// A cookie, of the style `form`, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(Place::Cookie, name, Style::Form)
    }

    /// Sets the style. Whether arrays and objects are exploded becomes the style's default: true
    /// for `form` and `cookie`.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// Sets whether arrays and objects become a parameter for each element or member.
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Sends reserved characters (RFC 3986, section 2.2) as they are, where that does not change
    /// what they mean to the place: never `#`, `&` and `+`, and in a path neither `/` nor `?`.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sends the value as JSON text (`content: application/json`), whatever the style.
    pub const fn json(mut self) -> Self {
        self.json = true;
        self
    }

    /// What this parameter is called in errors.
    pub(crate) fn described(&self) -> String {
        let kind = match self.place {
            Place::Path => "path parameter",
            Place::Query => "query parameter",
            Place::Header => "header",
            Place::Cookie => "cookie",
        };
        format!("the {kind} `{}`", self.name)
    }

    /// The text that goes into the place, or nothing: null and, outside of paths, empty arrays and
    /// objects are left out.
    pub(crate) fn serialize(&self, value: &Tree) -> Option<String> {
        if !self.json {
            return Syntax::of(self.place, self.style, self.explode, self.allow_reserved)
                .expand(self.name, value);
        }
        let (style, text) = match self.place {
            Place::Header => (Style::Simple, ascii_json(&value.json())),
            Place::Path => (Style::Simple, value.json()),
            Place::Query | Place::Cookie => (Style::Form, value.json()),
        };
        Syntax::of(self.place, style, false, self.allow_reserved)
            .expand(self.name, &Tree::Text(text))
    }
}
