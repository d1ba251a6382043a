//! The fields of an object, each read by its name.
//!
//! Messages name fields and types and never hold a value.

use std::fmt::{self, Formatter};
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::log::time::UnixMillis;

pub(super) type Read<T> = serde_json::Result<T>;

/// What is left to read of an object: so few that a list is searched in less time than
/// a map.
#[derive(Debug)]
pub(super) struct Fields(pub(super) Vec<(String, Value)>);

/// Reads an object but for the values of some keys.
struct Reader<'k>(&'k [&'k str]);

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Fields;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.0.contains(&key.as_str()) {
                map.next_value::<IgnoredAny>()?;
            } else {
                fields.push((key, map.next_value()?));
            }
        }
        Ok(Fields(fields))
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(map: Map<String, Value>) -> Self {
        Self(map.into_iter().collect())
    }
}

impl Fields {
    /// The fields of an object; of several with one key the last.
    pub(super) fn of(json: &str) -> Read<Self> {
        Self::without(json, &[])
    }

    /// The fields of an object but for those with some keys.
    pub(super) fn without(json: &str, keys: &[&str]) -> Read<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let fields = deserializer.deserialize_map(Reader(keys))?;
        deserializer.end()?;
        Ok(fields)
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.0.iter().rposition(|(name, _)| name == key)
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        let place = self.place(key)?;
        Some(self.0.swap_remove(place).1)
    }

    /// Whether two have the same key. Compares each with each.
    pub(super) fn has_twice(&self) -> bool {
        let is_twice = |(at, (key, _)): (usize, &(String, Value))| self.place(key) != Some(at);
        self.0.iter().enumerate().any(is_twice)
    }

    /// The value of a key, unless it is absent or null.
    pub(super) fn some(&mut self, key: &str) -> Option<Value> {
        self.take(key).filter(|value| !value.is_null())
    }

    pub(super) fn value(&mut self, key: &str) -> Read<Value> {
        let missing = || wrong(&["missing field `", key, "`"]);
        self.take(key).ok_or_else(missing)
    }

    pub(super) fn text(&mut self, key: &str) -> Read<String> {
        text(self.value(key)?)
    }

    pub(super) fn text_if_any(&mut self, key: &str) -> Read<Option<String>> {
        self.some(key).map(text).transpose()
    }

    pub(super) fn parsed<T: FromStr>(&mut self, key: &str) -> Read<T> {
        parsed(self.value(key)?)
    }

    pub(super) fn list(&mut self, key: &str) -> Read<Vec<Value>> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(other) => Err(mistyped(&other, "a sequence")),
        }
    }

    /// Texts, unless there is no such field.
    pub(super) fn texts_if_any(&mut self, name: &str) -> Read<Option<Vec<String>>> {
        match self.some(name) {
            None => Ok(None),
            Some(texts) => {
                self.0.push((name.to_owned(), texts));
                self.texts(name).map(Some)
            }
        }
    }

    pub(super) fn texts(&mut self, key: &str) -> Read<Vec<String>> {
        self.list(key)?.into_iter().map(text).collect()
    }

    pub(super) fn map(&mut self, key: &str) -> Read<Map<String, Value>> {
        self.take(key).map_or(Ok(Map::new()), object)
    }

    pub(super) fn inner(&mut self, key: &str) -> Read<Self> {
        object(self.value(key)?).map(Self::from)
    }

    pub(super) fn is(&mut self, key: &str) -> Read<Option<bool>> {
        match self.some(key) {
            None => Ok(None),
            Some(Value::Bool(is)) => Ok(Some(is)),
            Some(other) => Err(mistyped(&other, "a boolean")),
        }
    }

    pub(super) fn whole(&mut self, key: &str) -> Read<Option<u64>> {
        let whole = |value: Value| value.as_u64().ok_or_else(|| mistyped(&value, "u64"));
        self.some(key).map(whole).transpose()
    }

    pub(super) fn count(&mut self, key: &str) -> Read<Option<u32>> {
        let count = |value: Value| {
            let count = value.as_u64().and_then(|whole| u32::try_from(whole).ok());
            count.ok_or_else(|| mistyped(&value, "u32"))
        };
        self.some(key).map(count).transpose()
    }

    pub(super) fn moment(&mut self, key: &str) -> Read<UnixMillis> {
        let value = self.value(key)?;
        let at = value.as_i64().ok_or_else(|| mistyped(&value, "i64"))?;
        Ok(UnixMillis(at))
    }

    /// One of some names, by its place.
    pub(super) fn one_of(&mut self, key: &str, names: &[&str]) -> Read<Option<usize>> {
        let Some(name) = self.text_if_any(key)? else {
            return Ok(None);
        };
        let place = names.iter().position(|known| *known == name);
        let unknown = || {
            let mut message = "unknown variant, expected one of".to_owned();
            for name in names {
                message.extend([" `", name, "`,"]);
            }
            message.pop();
            Error::custom(message)
        };
        place.ok_or_else(unknown).map(Some)
    }
}

pub(super) fn text(value: Value) -> Read<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(mistyped(&other, "a string")),
    }
}

pub(super) fn parsed<T: FromStr>(value: Value) -> Read<T> {
    let parsed = text(value)?.parse();
    parsed.map_err(|_| wrong(&["invalid value: string, expected an id or a stamp"]))
}

pub(super) fn object(value: Value) -> Read<Map<String, Value>> {
    match value {
        Value::Object(map) => Ok(map),
        other => Err(mistyped(&other, "a map")),
    }
}

pub(super) fn mistyped(found: &Value, expected: &str) -> serde_json::Error {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "floating point",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "sequence",
        Value::Object(_) => "map",
    };
    wrong(&["invalid type: ", found, ", expected ", expected])
}

pub(super) fn wrong(parts: &[&str]) -> serde_json::Error {
    Error::custom(parts.concat())
}
