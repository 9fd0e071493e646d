//! Client request ids, by which a request can be found in the logs of both sides.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// A new id in the form of a random GUID (RFC 9562, section 5.4). It only distinguishes requests
/// and is not a secret.
pub(crate) fn new() -> String {
    // Each `RandomState` has its own keys, which are derived from random numbers of the system.
    let (high, low) = (RandomState::new().hash_one(0), RandomState::new().hash_one(1));
    let bits = (u128::from(high) << 64 | u128::from(low)) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{bits:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_are_guids_and_differ() {
        let ids = [super::new(), super::new()];
        assert_ne!(ids[0], ids[1]);
        for id in ids {
            assert!(
                crate::grammar::guid(&id) && id.as_bytes()[14] == b'4' && b"89ab".contains(&id.as_bytes()[19]),
                "{id}"
            );
        }
    }
}
