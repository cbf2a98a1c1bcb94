//! Short names for things with long ones.
//!
//! In: a path or a name. Out: digits that are the same in every program and version, unlike those of the standard library's
//! hash maps. Invariant: with 128 bits no two databases of a user meet.

use siphasher::sip128::{Hasher128 as _, SipHasher13};
use std::hash::Hasher as _;

pub(super) fn digest(subject: &[u8]) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(subject);
    format!("{:032x}", hasher.finish128().as_u128())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn a_digest_is_the_same_for_ever() {
        let of_a = "f32756b8664f514a653143f771a139dd";
        assert_eq!(digest(b"/home/a/tasks.db"), of_a);
        assert_ne!(digest(b"/home/a/tasks.db"), digest(b"/home/b/tasks.db"));
    }
}
