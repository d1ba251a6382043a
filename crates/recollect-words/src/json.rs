//! A walk over JSON that reads nothing but what somebody asks for.
//!
//! Only for what was read as a whole before: it is well-formed then. Of anything
//! else it gives some parts and ends.

/// The values of an object or a list as they are spelled, each with its key.
/// Members of a list have the key `""`.
#[derive(Debug)]
struct Members<'a> {
    json: &'a str,
    /// A place behind the last value.
    at: usize,
}

/// Finds the values of these keys as they are spelled; what stands in their places
/// stays where there is none, and the last counts where there are several.
///
/// False if some key is spelled with an escape, so that it may be one of them.
///
/// ```
/// # use recollect_words::json::find;
/// let mut values = [""; 2];
/// assert!(find(r#"{"a":{"b":1},"c":"\""}"#, &["c", "b"], &mut values));
/// assert_eq!(values, [r#""\"""#, ""]);
/// ```
pub fn find<'a>(json: &'a str, keys: &[&str], values: &mut [&'a str]) -> bool {
    let mut is_plain = true;
    for (key, value) in members(json) {
        is_plain &= !key.as_bytes().contains(&b'\\');
        if let Some(place) = keys.iter().position(|wanted| *wanted == key)
            && let Some(found) = values.get_mut(place)
        {
            *found = value;
        }
    }
    is_plain
}

/// Calls `each` with the members of a list as they are spelled.
pub fn each_of_list<'a>(json: &'a str, each: &mut dyn FnMut(&'a str)) {
    if json.starts_with('[') {
        members(json).for_each(|(_, value)| each(value));
    }
}

/// The text that a value is, if it is one without escapes.
#[must_use]
pub fn plain_text(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    (!text.as_bytes().contains(&b'\\')).then_some(text)
}

/// Deepest nesting of brackets outside strings, and keys of the outermost object;
/// counts, so it cannot overflow a stack.
#[must_use]
pub fn shape(json: &str) -> (usize, usize) {
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut keys = 0;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' => keys += usize::from(depth == 1),
            _ => {}
        }
    }
    (deepest, keys)
}

/// Goes behind the end of a string.
fn skip_string(bytes: &mut impl Iterator<Item = u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

fn members(json: &str) -> Members<'_> {
    let json = json.trim_ascii_start();
    Members { json, at: 1 }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut value = self.value()?;
        let mut key = "";
        if self.next_sign() == Some(b':') {
            self.at += 1;
            key = value.trim_matches('"');
            value = self.value()?;
        }
        self.next_sign();
        // The comma.
        self.at += 1;
        Some((key, value))
    }
}

impl<'a> Members<'a> {
    /// The next byte that is no white space.
    fn next_sign(&mut self) -> Option<u8> {
        let rest = self.json.as_bytes().get(self.at..)?;
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        self.at += blank.count();
        self.json.as_bytes().get(self.at).copied()
    }

    /// The value that begins here, as it is spelled.
    fn value(&mut self) -> Option<&'a str> {
        self.next_sign()?;
        let start = self.at;
        let mut bytes = self.json.as_bytes().get(start..)?.iter().copied();
        let mut depth = 0_usize;
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => skip_string(&mut bytes),
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth > 0 => depth -= 1,
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth > 0 => {}
                b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => {
                    self.at = self.json.len() - bytes.len() - 1;
                    let value = self.json.get(start..self.at);
                    return value.filter(|value| !value.is_empty());
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_inside_strings_are_not_counted() {
        assert_eq!(shape(r#"{"a":"[[[\"[[","b":{"c":":"}}"#), (2, 2));
    }
    use serde_json::{Value, json};

    #[test]
    fn values_are_found_as_they_are_spelled() {
        let json = " { \"a\" : [ 1 , {\"b\":2} ] ,\n\"c\":\"},\\\"\" , \"d\":null,\"d\":-1.5e3}";
        let mut values = ["none"; 4];
        assert!(find(json, &["a", "b", "c", "d"], &mut values));
        assert_eq!(
            values,
            ["[ 1 , {\"b\":2} ]", "none", "\"},\\\"\"", "-1.5e3"]
        );
        assert!(!find("{\"\\u0061\":1}", &["a"], &mut values));
        let mut members = Vec::new();
        each_of_list(values[0], &mut |member| members.push(member));
        assert_eq!(members, ["1", "{\"b\":2}"]);
        each_of_list(" {\"b\":2}", &mut |_| panic!("no list"));
    }

    proptest! {
        #[test]
        fn values_are_those_of_a_whole_reader(
            texts in prop::collection::vec(".{0,12}", 1..6),
            numbers in prop::collection::vec(any::<i64>(), 0..4),
            is_pretty in any::<bool>(),
        ) {
            let value = json!({
                "a": texts[0], "b": { "a": texts, "x": { "c": numbers } }, "c": numbers,
                "d": texts.iter().zip(&numbers).collect::<Vec<_>>(), "e": null, "f": true,
            });
            let spell = if is_pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            let json = spell(&value).unwrap();
            let keys = ["a", "b", "c", "d", "e", "f"];
            let mut found = [""; 6];
            prop_assert!(find(&json, &keys, &mut found));
            for (key, found) in keys.iter().zip(found) {
                prop_assert_eq!(&serde_json::from_str::<Value>(found).unwrap(), &value[key]);
            }
            let mut members = Vec::new();
            each_of_list(found[2], &mut |member| members.push(member.parse::<i64>().unwrap()));
            prop_assert_eq!(members, numbers);
            if let Some(text) = plain_text(found[0]) {
                prop_assert_eq!(text, value["a"].as_str().unwrap());
            }
        }

        #[test]
        fn whatever_is_no_json_ends(json in r#"[\[\]{}:," \\an1é]{0,24}"#) {
            let mut values = [""; 1];
            find(&json, &["a"], &mut values);
            prop_assert!(json.contains(values[0]));
            each_of_list(&json, &mut |member| assert!(json.contains(member)));
        }
    }

    #[test]
    fn only_a_text_without_escapes_is_plain() {
        assert_eq!(plain_text("\"a\""), Some("a"));
        for value in ["\"", "a", "\"\\n\"", "1", ""] {
            assert_eq!(plain_text(value), None);
        }
    }
}
