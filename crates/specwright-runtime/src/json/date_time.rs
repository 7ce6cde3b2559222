//! Dates and times as the server wrote them.

use super::text::text_types;

text_types! {
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
    DateTime;

    /// A date (RFC 3339, `full-date`: `2025-01-25`), kept in the server's own spelling. With the
    /// feature `jiff`, `civil` parses it.
    Date;

    /// A time of day (RFC 3339, `full-time`: `14:30:00Z`), kept in the server's own spelling. With
    /// the feature `jiff`, `civil` parses it.
    Time;

    /// A duration (RFC 3339, appendix A: `P1DT12H`), kept in the server's own spelling. With the
    /// feature `jiff`, `span` parses it.
    Duration8601;
}

#[cfg(feature = "jiff")]
impl DateTime {
    /// The instant, for texts with an offset (RFC 3339, section 5.6).
    ///
    /// # Errors
    /// The text has no offset, or is no date and time.
    pub fn timestamp(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }

    /// The date and time of day without a time zone; a space instead of `T` is fine. An offset, if
    /// there is one, is ignored; `Z` is refused, because it says that the local time is unknown:
    /// use [`timestamp`](Self::timestamp).
    ///
    /// # Errors
    /// The text is no date and time, or ends with `Z`.
    pub fn civil(&self) -> Result<jiff::civil::DateTime, jiff::Error> {
        self.0.parse()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for DateTime {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

#[cfg(feature = "jiff")]
impl Date {
    /// The date.
    ///
    /// # Errors
    /// The text is no date.
    pub fn civil(&self) -> Result<jiff::civil::Date, jiff::Error> {
        self.as_str().parse()
    }
}

#[cfg(feature = "jiff")]
impl Time {
    /// The time of day. An offset, if there is one, is ignored: without a date it has no meaning.
    ///
    /// # Errors
    /// The text is no time.
    pub fn civil(&self) -> Result<jiff::civil::Time, jiff::Error> {
        let text = self.as_str();
        let digits = text.trim_end_matches(['Z', 'z']);
        let offset = digits.find(['+', '-']).unwrap_or(digits.len());
        digits.get(..offset).unwrap_or(digits).parse()
    }
}

#[cfg(feature = "jiff")]
impl Duration8601 {
    /// The duration.
    ///
    /// # Errors
    /// The text is no duration.
    pub fn span(&self) -> Result<jiff::Span, jiff::Error> {
        self.as_str().parse()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date.to_string())
    }
}

#[cfg(all(test, feature = "jiff"))]
mod tests {
    use super::*;

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

    #[test]
    fn dates_times_and_durations_are_parsed() {
        assert_eq!(
            Date::from("2025-01-25").civil().unwrap(),
            jiff::civil::date(2025, 1, 25)
        );
        assert!(Date::from("2025-02-30").civil().is_err());
        let half_past_two = jiff::civil::time(14, 30, 0, 0);
        for text in [
            "14:30:00",
            "14:30:00Z",
            "14:30:00+02:00",
            "14:30:00-05:00",
            "14:30",
        ] {
            assert_eq!(Time::from(text).civil().unwrap(), half_past_two, "{text}");
        }
        assert!(Time::from("noon").civil().is_err());
        let span = Duration8601::from("P1DT12H").span().unwrap();
        assert_eq!((span.get_days(), span.get_hours()), (1, 12));
        assert!(Duration8601::from("36 o'clock").span().is_err());
        assert_eq!(
            Date::from(jiff::civil::date(2025, 1, 5)).as_str(),
            "2025-01-05"
        );
    }
}
