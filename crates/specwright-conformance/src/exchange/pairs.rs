//! Names and values in queries, forms and cookies.

use super::{
    reading::{Raw, Reader},
    styles::{Escapes, Shape, Style, Writing, steps},
};
use specwright_diagnostics::Pointer;

/// How many pairs are looked at.
const MOST: usize = 10_000;

/// Pairs as they were sent, of which each belongs to one parameter.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    all: Vec<Pair>,
    /// Whether there were more than are looked at.
    pub(crate) is_cut: bool,
}

#[derive(Debug)]
struct Pair {
    name: String,
    /// Still encoded.
    value: String,
    is_claimed: bool,
}

impl Pairs {
    /// The pairs of a query or of a form (WHATWG URL §5.1); values stay encoded.
    pub(crate) fn of_query(text: &str) -> Self {
        let parts = text.split('&').filter(|it| !it.is_empty());
        Self::of(parts.map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (Escapes::Plus.decode(name), value.to_owned())
        }))
    }

    /// The pairs of a `Cookie` field (RFC 6265 §4.2.1).
    pub(crate) fn of_cookies<'t>(fields: impl Iterator<Item = &'t str>) -> Self {
        let parts = fields.flat_map(|field| field.split(';'));
        let parts = parts.map(str::trim).filter(|it| !it.is_empty());
        Self::of(parts.map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.to_owned(), value.trim_matches('"').to_owned())
        }))
    }

    fn of(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut pairs = pairs.map(|(name, value)| Pair {
            name,
            value,
            is_claimed: false,
        });
        let all = pairs.by_ref().take(MOST).collect();
        Self {
            all,
            is_cut: pairs.next().is_some(),
        }
    }

    /// The values of a name.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let own = self.all.iter().filter(|it| it.name == name);
        own.map(|it| it.value.as_str()).collect()
    }

    pub(crate) fn claim(&mut self, is_own: impl Fn(&str) -> bool) {
        for pair in &mut self.all {
            pair.is_claimed |= is_own(&pair.name);
        }
    }

    /// The names that belong to nothing, each once.
    pub(crate) fn unclaimed(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for pair in self.all.iter().filter(|it| !it.is_claimed) {
            if !names.contains(&pair.name.as_str()) {
                names.push(&pair.name);
            }
        }
        names
    }

    /// The parts of the value of one parameter, taken for this shape; `None` if nothing of it is there.
    pub(crate) fn parts(
        &self,
        writing: &Writing<'_>,
        shape: Shape,
        schema: Option<&Pointer>,
        reader: &Reader<'_>,
        others: &[&str],
    ) -> Option<Result<Raw, String>> {
        let decode = |text: &str| writing.escapes.decode(text);
        if writing.style == Style::DeepObject {
            let own = self.all.iter().filter_map(|pair| {
                let rest = pair.name.strip_prefix(writing.name)?;
                let way = steps(rest).filter(|it| !it.is_empty())?;
                Some((way, decode(&pair.value)))
            });
            let leaves: Vec<_> = own.collect();
            return (!leaves.is_empty()).then_some(Ok(Raw::Tree(leaves)));
        }
        if shape == Shape::Object && writing.explode {
            let known = schema.map(|at| reader.properties(at)).unwrap_or_default();
            let is_open = schema.is_none_or(|at| reader.is_open(at));
            let own = self.all.iter().filter(|pair| {
                known.iter().any(|(name, _)| *name == pair.name)
                    || (is_open && !pair.is_claimed && !others.contains(&pair.name.as_str()))
            });
            let own: Vec<_> = own
                .map(|pair| (pair.name.clone(), decode(&pair.value)))
                .collect();
            return (!own.is_empty()).then_some(Ok(Raw::Pairs(own)));
        }
        let values = self.values(writing.name);
        (!values.is_empty()).then(|| writing.named(&values, shape))
    }

    /// The names that a parameter claims.
    pub(crate) fn claim_for(
        &mut self,
        writing: &Writing<'_>,
        is_object: bool,
        schema: Option<&Pointer>,
        reader: &Reader<'_>,
        others: &[&str],
    ) {
        let name = writing.name;
        if writing.style == Style::DeepObject {
            self.claim(|own| {
                let rest = own.strip_prefix(name);
                rest.is_some_and(|rest| steps(rest).is_some())
            });
        } else if is_object && writing.explode {
            let known = schema.map(|at| reader.properties(at)).unwrap_or_default();
            let is_open = schema.is_none_or(|at| reader.is_open(at));
            self.claim(|own| {
                known.iter().any(|(name, _)| name == own) || (is_open && !others.contains(&own))
            });
        }
        self.claim(|own| own == name);
    }
}
