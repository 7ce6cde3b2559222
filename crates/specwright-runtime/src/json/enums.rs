//! What all open enums of texts have in common.

/// Implements what follows from `as_str` and `From<&str>` for an open enum of texts: `Debug`, `Display`, equality,
/// `Hash`, `From<String>`, [`FromJson`](crate::FromJson) and [`ToJson`](crate::ToJson).
///
/// The texts alone count: two values are equal if they have the same one. Deriving the same would make the compiler look
/// at every variant once per trait, which for APIs with thousands of enums is a good part of its work.
///
/// ```
/// #[derive(Clone)]
/// enum Status {
///     Active,
///     Other(String),
/// }
///
/// impl Status {
///     fn as_str(&self) -> &str {
///         match self {
///             Self::Active => "active",
///             Self::Other(text) => text,
///         }
///     }
/// }
///
/// impl From<&str> for Status {
///     fn from(text: &str) -> Self {
///         match text {
///             "active" => Self::Active,
///             other => Self::Other(other.to_owned()),
///         }
///     }
/// }
///
/// specwright_runtime::impl_text_enum!(Status);
///
/// let statuses: Vec<Status> = specwright_runtime::from_slice(br#"["active", "new"]"#)?;
/// assert_eq!(format!("{statuses:?}"), r#"[Status("active"), Status("new")]"#);
/// assert_eq!(statuses[1], Status::from("new".to_owned()));
/// assert_eq!(specwright_runtime::to_vec(&statuses)?, br#"["active","new"]"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! impl_text_enum {
    ($type:ident) => {
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(stringify!($type))
                    .field(&self.as_str())
                    .finish()
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $type {}

        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl $crate::FromJson for $type {
            fn from_json(
                json: &mut $crate::JsonReader<'_>,
            ) -> ::core::result::Result<Self, $crate::JsonError> {
                Ok(Self::from(&*json.read_str()?))
            }
        }

        impl $crate::ToJson for $type {
            fn to_json(&self, json: &mut $crate::JsonWriter) {
                json.string(self.as_str());
            }
        }
    };
}
