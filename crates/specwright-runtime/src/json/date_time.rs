//! Dates and times as the server wrote them.

use std::fmt;

use super::error::JsonError;
use super::from_json::FromJson;
use super::reader::JsonReader;
use super::to_json::ToJson;
use super::writer::JsonWriter;

/// A date and time, kept in the server's own spelling.
///
/// OpenAPI's `date-time` is RFC 3339, but many servers send something else (`2025-01-25 14:30:00`,
/// without an offset). Keeping the text means that a response is never lost over a date, and that
/// what is sent back is what was received. With the feature `jiff`, `timestamp` and `civil` parse
/// it.
///
/// ```
/// use specwright_runtime::DateTime;
///
/// let created_at = DateTime::from("2025-01-25 14:30:00");
/// assert_eq!(created_at.as_str(), "2025-01-25 14:30:00");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The instant, for texts with an offset (RFC 3339, section 5.6).
    ///
    /// # Errors
    /// The text has no offset, or is no date and time.
    #[cfg(feature = "jiff")]
    pub fn timestamp(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }

    /// The date and time of day without a time zone; a space instead of `T` is fine. An offset, if
    /// there is one, is ignored; `Z` is refused, because it says that the local time is unknown:
    /// use [`timestamp`](Self::timestamp).
    ///
    /// # Errors
    /// The text is no date and time, or ends with `Z`.
    #[cfg(feature = "jiff")]
    pub fn civil(&self) -> Result<jiff::civil::DateTime, jiff::Error> {
        self.0.parse()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for DateTime {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

impl FromJson for DateTime {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        json.read().map(Self)
    }
}

impl ToJson for DateTime {
    fn to_json(&self, json: &mut JsonWriter) {
        json.string(&self.0);
    }
}

#[cfg(all(test, feature = "jiff"))]
mod tests {
    use super::DateTime;

    #[test]
    fn a_timestamp_needs_an_offset() {
        let text = DateTime::from("2025-01-25T14:30:00+01:00");
        assert_eq!(
            text.timestamp().unwrap().to_string(),
            "2025-01-25T13:30:00Z"
        );
        assert_eq!(
            DateTime::from("2025-01-25T14:30:00.5Z")
                .timestamp()
                .unwrap()
                .as_millisecond(),
            1_737_815_400_500
        );
        assert!(DateTime::from("2025-01-25 14:30:00").timestamp().is_err());
    }

    #[test]
    fn a_civil_time_takes_a_space_and_no_zone() {
        for text in ["2025-01-25 14:30:00", "2025-01-25T14:30:00"] {
            assert_eq!(
                DateTime::from(text).civil().unwrap().to_string(),
                "2025-01-25T14:30:00"
            );
        }
        let offset = DateTime::from("2025-01-25T14:30:00+01:00");
        assert_eq!(offset.civil().unwrap().hour(), 14);
        assert!(DateTime::from("yesterday").civil().is_err());
        assert!(DateTime::from("2025-01-25T14:30:00Z").civil().is_err());
    }

    #[test]
    fn a_timestamp_is_written_as_rfc_3339() {
        assert_eq!(
            DateTime::from(jiff::Timestamp::UNIX_EPOCH).as_str(),
            "1970-01-01T00:00:00Z"
        );
    }
}
