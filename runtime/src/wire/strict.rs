//! Strict reading, in which a value of another type than documented is an error.

use std::cell::Cell;

use super::scoped;

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Reads strictly: within `read`, a value of another type than documented is an error with its
/// position.
///
/// By default such a value is kept: the property is `None`, and
/// [`Additional::misfits`](crate::Additional::misfits) returns the value.
/// [`Protocol::strict_types`](crate::Protocol::strict_types) sets this for all responses of a
/// service.
///
/// ```
/// use edmark_runtime::{Collection, strictly};
/// // Of two lists of names, one has a count that is no number.
/// let sent = r#"{"value":[{"@odata.count":"two","value":["a","b"]},{"@odata.count":1,"value":["c"]}]}"#;
/// let lists: Collection<Collection<String>> = serde_json::from_str(sent)?;
/// assert_eq!(lists.value[0].value, ["a", "b"]);
/// assert_eq!(lists.value[0].additional.misfits().count(), 1);
/// assert_eq!(serde_json::to_string(&lists)?, sent);
///
/// let error = strictly(|| serde_json::from_str::<Collection<Collection<String>>>(sent)).unwrap_err();
/// assert!(error.to_string().starts_with(r#"value[0]["@odata.count"]: invalid type: string "two""#));
/// # Ok::<_, serde_json::Error>(())
/// ```
pub fn strictly<R>(read: impl FnOnce() -> R) -> R {
    scoped::with(&STRICT, read)
}

/// Returns true if the current thread reads strictly.
pub(super) fn is_strict() -> bool {
    STRICT.get()
}
