//! Strings with a format, kept as the server wrote them.

/// Declares newtypes of `String` that take every text. `format` of a schema says what a string is
/// meant to be; keeping the text means that a response is never lost over a server's own idea of
/// it, and that what is sent back is what was received.
macro_rules! text_types {
    ($($(#[$meta:meta])* $name:ident;)+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        /// Takes every text.
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self(text.to_owned()))
            }
        }

        impl $crate::json::FromJson for $name {
            fn from_json(
                json: &mut $crate::json::JsonReader<'_>,
            ) -> Result<Self, $crate::json::JsonError> {
                json.read().map(Self)
            }
        }

        impl $crate::json::ToJson for $name {
            fn to_json(&self, json: &mut $crate::json::JsonWriter) {
                json.string(&self.0);
            }
        }
    )+ };
}

pub(super) use text_types;

text_types! {
    /// A UUID (RFC 9562), kept in the server's own spelling; `as_str().parse()` makes another
    /// library's type of it.
    Uuid;

    /// A URI or a reference to one (RFC 3986), kept in the server's own spelling;
    /// `as_str().parse()` makes a [`Url`](crate::Url) of it.
    Uri;
}

#[cfg(test)]
mod tests {
    use super::super::document::{from_slice, to_vec};
    use super::*;

    #[test]
    fn the_servers_spelling_is_kept() {
        let text = br#""0190-NOT-quite a uuid \u00e9""#;
        let uuid: Uuid = from_slice(text).unwrap();
        assert_eq!(uuid.as_str(), "0190-NOT-quite a uuid é");
        assert_eq!(
            to_vec(&uuid).unwrap(),
            "\"0190-NOT-quite a uuid é\"".as_bytes()
        );
        assert_eq!(uuid, "0190-NOT-quite a uuid é".parse::<Uuid>().unwrap());
        assert!(from_slice::<Uuid>(b"7").is_err());
    }

    #[test]
    fn texts_are_ordered_and_shown_as_texts() {
        let (first, second) = (Uri::from("a"), Uri::from("b".to_owned()));
        assert!(first < second);
        assert_eq!(
            Uri::from("https://example.com/é").to_string(),
            "https://example.com/é"
        );
        assert_eq!(Uri::from("x").into_string(), "x");
    }
}
