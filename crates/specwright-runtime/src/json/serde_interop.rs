//! `serde` for generated models, by way of `serde_json::Value`: small code rather than fast code.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::document::{parse, to_vec};
use super::from_json::FromJson;
use super::to_json::ToJson;

/// Serialises through the model's own JSON.
pub fn serialize<T: ToJson, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = to_vec(value).map_err(S::Error::custom)?;
    parse::<Value>(&text)
        .map_err(S::Error::custom)?
        .serialize(serializer)
}

/// Deserialises through the model's own JSON.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = to_vec(&value).map_err(D::Error::custom)?;
    super::from_slice(&text)
        .map_err(|error| D::Error::custom(format_args!("{}: {}", error.path(), error.message())))
}

/// Implements `serde::Serialize` and `serde::Deserialize` for types that have
/// [`ToJson`](crate::ToJson) and [`FromJson`](crate::FromJson).
///
/// The value passes through `serde_json::Value`, so numbers that neither 64 bits nor a float hold
/// exactly lose precision.
#[macro_export]
macro_rules! impl_serde {
    ($($type:ty),* $(,)?) => {
        $crate::impl_serialize!($($type),*);
        $crate::impl_deserialize!($($type),*);
    };
}

/// Implements `serde::Serialize` for types that have [`ToJson`](crate::ToJson); see
/// [`impl_serde!`](crate::impl_serde).
#[macro_export]
macro_rules! impl_serialize {
    ($($type:ty),* $(,)?) => { $(
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }
    )* };
}

/// Implements `serde::Deserialize` for types that have [`FromJson`](crate::FromJson); see
/// [`impl_serde!`](crate::impl_serde).
#[macro_export]
macro_rules! impl_deserialize {
    ($($type:ty),* $(,)?) => { $(
        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    )* };
}

crate::impl_serde!(
    super::Base64,
    super::Date,
    super::DateTime,
    super::Decimal,
    super::Duration8601,
    super::Time,
    super::Uri,
    super::Uuid,
    crate::Checkpoint,
    crate::Position,
);
