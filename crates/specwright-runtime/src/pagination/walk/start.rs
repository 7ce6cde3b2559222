//! Where a walk begins.

use url::Url;

use super::super::plan::PageStyle;
use super::super::position::Position;
use super::{Walk, url_given};
use crate::error::ConfigurationError;

impl Walk {
    /// Sets the URL of the first request, against which others are resolved.
    pub(in super::super) fn set_home(&mut self, url: Url) {
        self.home = Some(url);
    }

    /// Starts at the position that a request has at the plan's place for it.
    pub(in super::super) fn start_at_parameter(
        &mut self,
        value: &str,
    ) -> Result<(), ConfigurationError> {
        let number = || {
            value.trim().parse().map_err(|_| {
                let name = self.name();
                ConfigurationError::new(format!(
                    "`{name}` is `{value}`, and paging needs a number that is not negative"
                ))
            })
        };
        self.start = match self.plan.style {
            PageStyle::Offset => Position::Offset(number()?),
            PageStyle::Page => Position::Page(number()?),
            // The first URL is that of the request, whatever it has in its query.
            PageStyle::NextUrl | PageStyle::Link => Position::Start,
            _ if value.is_empty() => Position::Start,
            PageStyle::Cursor | PageStyle::Bidirectional | PageStyle::Keyset | PageStyle::Token => {
                Position::Cursor(value.to_owned())
            }
        };
        Ok(())
    }

    /// Starts at `position`.
    pub(in super::super) fn start_at(
        &mut self,
        position: Position,
    ) -> Result<(), ConfigurationError> {
        let style = self.plan.style;
        let fits = match &position {
            Position::Start => true,
            Position::Cursor(_) => matches!(
                style,
                PageStyle::Cursor | PageStyle::Bidirectional | PageStyle::Keyset | PageStyle::Token
            ),
            Position::Before(_) => {
                matches!(style, PageStyle::Bidirectional | PageStyle::Keyset)
                    && self.plan.previous.is_some()
            }
            Position::Offset(_) => style == PageStyle::Offset,
            Position::Page(_) => style == PageStyle::Page,
            Position::Url(_) => self.plan.is_by_url(),
        };
        if !fits {
            let name = self.name();
            return Err(ConfigurationError::new(format!(
                "the parameter `{name}` cannot hold {position}"
            )));
        }
        if let Position::Url(url) = &position {
            let home = self.home.as_ref();
            if !home.is_some_and(|home| url_given::is_of_origin(home, url)) {
                return Err(ConfigurationError::new(format!(
                    "a walk cannot begin at {position}: it is not of the server's origin"
                )));
            }
        }
        self.start = position;
        Ok(())
    }

    fn name(&self) -> &'static str {
        self.plan.position.map_or("position", |place| place.name())
    }
}
