//! Faults that a request asks for itself: the field `Specwright-Fault`.

use std::borrow::Cow;

use hyper::HeaderMap;

use super::{Fault, PlacedFault, UnknownFault};

/// The name of the field: names of faults, with pages as on the command line, separated by commas.
pub(crate) const FIELD: &str = "specwright-fault";

/// The faults that hold for one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Switched {
    faults: Vec<(Fault, Option<PlacedFault>)>,
}

impl Switched {
    /// Reads the fields.
    ///
    /// # Errors
    /// If a text names no fault.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, UnknownFault> {
        let mut faults = Vec::new();
        for field in headers.get_all(FIELD) {
            let text = String::from_utf8_lossy(field.as_bytes());
            for name in text.split(',').map(str::trim).filter(|it| !it.is_empty()) {
                let placed: PlacedFault = name.parse()?;
                faults.push((placed.fault, name.contains('@').then_some(placed)));
            }
        }
        Ok(Self { faults })
    }

    /// Which faults they are.
    pub(crate) fn faults(&self) -> impl Iterator<Item = Fault> {
        self.faults.iter().map(|(fault, _)| *fault)
    }

    /// Those of the mock and these. A fault without a page is on the page that the request asks for.
    pub(crate) fn beside<'f>(&self, own: &'f [PlacedFault], page: usize) -> Cow<'f, [PlacedFault]> {
        if self.faults.is_empty() {
            return Cow::Borrowed(own);
        }
        let page = page as u64;
        let switched = self.faults.iter();
        let switched = switched.map(|(fault, placed)| placed.unwrap_or_else(|| fault.at(page)));
        own.iter().copied().chain(switched).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_on_the_page_that_is_asked_for_unless_they_are_placed() {
        let mut headers = HeaderMap::new();
        headers.append(FIELD, "html, slow@2".parse().unwrap());
        headers.append(FIELD, "cut-body@1..".parse().unwrap());
        let switched = Switched::of(&headers).unwrap();
        assert_eq!(
            *switched.beside(&[Fault::Html.at(9)], 5),
            [
                Fault::Html.at(9),
                Fault::Html.at(5),
                Fault::Slow.at(2),
                Fault::CutBody.from_page(1)
            ]
        );
        headers.append(FIELD, "nothing".parse().unwrap());
        assert!(Switched::of(&headers).is_err());
    }
}
