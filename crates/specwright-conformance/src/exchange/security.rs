//! Security requirements: whether a request has credentials of the right form.

use base64::Engine as _;
use hyper::HeaderMap;
use specwright_diagnostics::Pointer;
use specwright_openapi::{Description, Document, Node, Object, OperationRef, Version};

use super::{
    pairs::Pairs,
    rules,
    verdict::{Part, Verdict},
};

/// Schemes that have to be met together (OAS 3.0.3, Security Requirement Object).
#[derive(Debug)]
pub(crate) struct Requirement {
    needs: Vec<Need>,
    document: Pointer,
}

#[derive(Debug)]
struct Need {
    name: String,
    scheme: Scheme,
}

/// What a scheme wants in a request.
#[derive(Debug, PartialEq, Eq)]
enum Scheme {
    Key(KeyPlace, String),
    Basic,
    Bearer,
    /// Another HTTP authentication scheme.
    Http(String),
    /// Nothing that shows in a request.
    Hidden,
    /// Of this the document does not tell.
    Unknown,
}

#[derive(Debug, PartialEq, Eq)]
enum KeyPlace {
    Query,
    Header,
    Cookie,
}

/// Where credentials may be.
pub(crate) struct Credentials<'r> {
    pub(crate) headers: &'r HeaderMap,
    pub(crate) query: &'r Pairs,
    pub(crate) cookies: &'r Pairs,
}

impl Requirement {
    /// The requirements of an operation, one of which has to be met; none if it is open to all.
    pub(crate) fn all(
        description: &Description,
        document: &Document,
        operation: &OperationRef<'_>,
    ) -> Vec<Self> {
        let own = description
            .document_pointer(&operation.pointer)
            .join("security");
        let at = match document.at(&own) {
            Some(_) => own,
            None => Pointer::root().join("security"),
        };
        let list = document.at(&at).and_then(Node::as_array).unwrap_or(&[]);
        let requirement = |(index, node): (usize, &Node)| {
            let names = node.as_object().into_iter().flat_map(Object::iter);
            Self {
                needs: names
                    .map(|(name, _)| Need {
                        name: name.to_owned(),
                        scheme: scheme(document, name),
                    })
                    .collect(),
                document: at.index(index),
            }
        };
        list.iter().enumerate().map(requirement).collect()
    }

    /// Whether a query parameter of this name is a credential.
    pub(crate) fn takes_query(&self, name: &str) -> bool {
        let wanted =
            |need: &Need| matches!(&need.scheme, Scheme::Key(KeyPlace::Query, own) if own == name);
        self.needs.iter().any(wanted)
    }

    /// Notes whether one of the requirements is met.
    pub(crate) fn judge(all: &[Self], credentials: &Credentials<'_>, verdict: &mut Verdict) {
        let Some(first) = all.first() else { return };
        let mut open = None;
        let mut missing: Vec<String> = Vec::new();
        for requirement in all {
            let answers: Vec<(&Need, Option<bool>)> = requirement
                .needs
                .iter()
                .map(|need| (need, credentials.meet(&need.scheme)))
                .collect();
            if answers.iter().all(|(_, met)| *met == Some(true)) {
                return;
            }
            let lacks = answers.iter().filter(|(_, met)| *met == Some(false));
            let lacks: Vec<String> = lacks.map(|(need, _)| need.wanted()).collect();
            if lacks.is_empty() {
                open = open.or(Some(requirement));
            } else {
                missing.push(lacks.join(" and "));
            }
        }
        match open {
            Some(requirement) => verdict.leave_open(
                Part::Credentials,
                &requirement.document,
                "what the security scheme wants does not show in a request",
            ),
            None => {
                let message = format!("expected {}", missing.join(", or "));
                verdict.find(
                    &rules::SECURITY,
                    Part::Credentials,
                    &first.document,
                    message,
                );
            }
        }
    }
}

impl Need {
    fn wanted(&self) -> String {
        let what = match &self.scheme {
            Scheme::Key(KeyPlace::Query, name) => format!("the query parameter `{name}`"),
            Scheme::Key(KeyPlace::Header, name) => format!("the header `{name}`"),
            Scheme::Key(KeyPlace::Cookie, name) => format!("the cookie `{name}`"),
            Scheme::Basic => "`Authorization: Basic` with name and password".to_owned(),
            Scheme::Bearer => "`Authorization: Bearer` with a token".to_owned(),
            Scheme::Http(scheme) => format!("`Authorization: {scheme}`"),
            Scheme::Hidden | Scheme::Unknown => "credentials".to_owned(),
        };
        format!("{what} for `{}`", self.name)
    }
}

impl Credentials<'_> {
    fn meet(&self, scheme: &Scheme) -> Option<bool> {
        let given = |pairs: &Pairs, name: &str| pairs.values(name).iter().any(|it| !it.is_empty());
        Some(match scheme {
            Scheme::Key(KeyPlace::Query, name) => given(self.query, name),
            Scheme::Key(KeyPlace::Cookie, name) => given(self.cookies, name),
            Scheme::Key(KeyPlace::Header, name) => {
                let mut values = self.headers.get_all(name.as_str()).iter();
                values.any(|it| !it.as_bytes().trim_ascii().is_empty())
            }
            Scheme::Basic => self.sent("basic").any(is_basic),
            Scheme::Bearer => self.sent("bearer").any(|it| !it.contains(' ')),
            Scheme::Http(name) => self.sent(name).next().is_some(),
            Scheme::Hidden | Scheme::Unknown => return None,
        })
    }

    /// What stands behind the name of the scheme in `Authorization` (RFC 9110 §11.4), if it is not empty.
    fn sent<'a>(&'a self, scheme: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.headers.get_all("authorization").iter();
        fields.filter_map(move |field| {
            let (name, rest) = field.to_str().ok()?.trim().split_once(' ')?;
            let rest = rest.trim();
            (name.eq_ignore_ascii_case(scheme) && !rest.is_empty()).then_some(rest)
        })
    }
}

/// Name and password in Base64 (RFC 7617 §2).
fn is_basic(text: &str) -> bool {
    let decoded = base64::engine::general_purpose::STANDARD.decode(text);
    decoded.is_ok_and(|it| it.contains(&b':'))
}

fn scheme(document: &Document, name: &str) -> Scheme {
    let section = match document.version() {
        Version::V2_0 => Pointer::root().join("securityDefinitions"),
        _ => Pointer::root().join("components").join("securitySchemes"),
    };
    let node = document.at(&section.join(name)).and_then(Node::as_object);
    let Some(scheme) = node.and_then(|it| document.follow(it)) else {
        return Scheme::Unknown;
    };
    let text = |field: &str| scheme.get(field).and_then(Node::as_str).unwrap_or_default();
    match text("type") {
        "apiKey" => {
            let place = match text("in") {
                "query" => KeyPlace::Query,
                "header" => KeyPlace::Header,
                "cookie" => KeyPlace::Cookie,
                _ => return Scheme::Unknown,
            };
            Scheme::Key(place, text("name").to_owned())
        }
        "basic" => Scheme::Basic,
        "http" if text("scheme").eq_ignore_ascii_case("basic") => Scheme::Basic,
        "http" if text("scheme").eq_ignore_ascii_case("bearer") => Scheme::Bearer,
        "http" => Scheme::Http(text("scheme").to_owned()),
        // Tokens of both are bearer tokens (RFC 6750).
        "oauth2" | "openIdConnect" => Scheme::Bearer,
        "mutualTLS" => Scheme::Hidden,
        _ => Scheme::Unknown,
    }
}
