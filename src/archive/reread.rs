//! What happens to a document's fields when it is read again.
//!
//! A better reader may come, and a document be read anew; what a person said
//! stays. `by_hand` among the fields notes what that is, by name, a dot leading
//! into a group (`SignerInfo.Position`); this is the one place that obeys it.

use serde_json::{Map, Value};

/// The note of what persons said, among the fields.
pub const BY_HAND: &str = "by_hand";

/// Whether a person said what the field called `name` holds.
#[must_use]
pub fn is_by_hand(fields: &Map<String, Value>, name: &str) -> bool {
    fields.get(BY_HAND).is_some_and(|marks| marks.get(name).is_some())
}

/// Lays what was `read` anew over `fields`: values take the place of those read
/// before, never of a person's. What is no longer read of `known` names goes.
pub fn lay(fields: &mut Map<String, Value>, read: &Map<String, Value>, known: &[&str]) {
    for name in known {
        let value = pick(read, name);
        if !is_by_hand(fields, name) {
            put(fields, name, value);
        }
    }
}

/// The value of a field, a dot leading into a group.
fn pick(fields: &Map<String, Value>, name: &str) -> Option<Value> {
    match name.split_once('.') {
        Some((group, name)) => fields.get(group)?.get(name).cloned(),
        None => fields.get(name).cloned(),
    }
}

/// Gives a field its value, or takes it away.
fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    let Some((group, inner)) = name.split_once('.') else {
        match value {
            Some(value) => fields.insert(name.to_owned(), value),
            None => fields.shift_remove(name),
        };
        return;
    };
    let mut of_group = match fields.get(group) {
        Some(Value::Object(of_group)) => of_group.clone(),
        _ => Map::new(),
    };
    put(&mut of_group, inner, value);
    if of_group.is_empty() {
        fields.shift_remove(group);
    } else {
        fields.insert(group.to_owned(), of_group.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KNOWN: [&str; 4] =
        ["CodeNumber", "Subject", "SignerInfo.Position", "SignerInfo.FullName"];

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_second_reading_never_overwrites_a_person() {
        let mut fields = map(&json!({
            "CodeNumber": "15",
            "Subject": "read before",
            "SignerInfo": { "Position": "CHỦ TỊCH", "FullName": "said by a person" },
            "DueDate": "2026-07-16",
            "by_hand": { "CodeNumber": { "by": "An" }, "SignerInfo.FullName": {} },
        }));
        let read = map(&json!({
            "CodeNumber": "16",
            "Subject": "read now",
            "SignerInfo": { "Position": "PHÓ CHỦ TỊCH", "FullName": "read now" },
        }));
        lay(&mut fields, &read, &KNOWN);
        assert_eq!(fields["CodeNumber"], "15");
        assert_eq!(fields["Subject"], "read now");
        let signer =
            json!({ "Position": "PHÓ CHỦ TỊCH", "FullName": "said by a person" });
        assert_eq!(fields["SignerInfo"], signer);
        assert_eq!(fields["DueDate"], "2026-07-16", "not a field that is read");
    }

    #[test]
    fn a_field_a_person_emptied_stays_empty() {
        let mut fields = map(&json!({ "by_hand": { "Subject": { "by": "An" } } }));
        lay(&mut fields, &map(&json!({ "Subject": "x", "CodeNumber": "1" })), &KNOWN);
        assert_eq!((fields.get("Subject"), &fields["CodeNumber"]), (None, &json!("1")));
    }

    #[test]
    fn what_is_no_longer_read_goes() {
        let mut fields =
            map(&json!({ "CodeNumber": "1", "SignerInfo": { "FullName": "x" } }));
        lay(&mut fields, &Map::new(), &KNOWN);
        assert!(fields.is_empty(), "{fields:?}");
    }
}
