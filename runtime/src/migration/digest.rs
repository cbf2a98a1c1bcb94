//! A number for what a program was generated for, so that two programs can tell quickly whether it is the same.
//!
//! In: the plan. Out: a digest of the words of its schema: `create table "Pet" ( id )` has that of `CREATE TABLE pet(id)`. It is
//! the same on every machine and in every version.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher24;

use super::Migrations;
use super::schema::{Word, words};

impl Migrations {
    /// The digest of the newest schema.
    pub(crate) fn digest(&self) -> u64 {
        // Without a key: nobody chooses a schema in order to pretend that it is another one.
        let mut digest = SipHasher24::new();
        digest.write(&self.version.to_le_bytes());
        for script in self.schema {
            for word in words(script.sql) {
                let (kind, text) = match &word {
                    // The last one of a file may be left out.
                    Word::Other(text) if text == ";" => continue,
                    Word::Name(text) => (b'n', text),
                    Word::Other(text) => (b'o', text),
                };
                // A byte that no text contains ends it.
                digest.write(&[kind]);
                digest.write(text.as_bytes());
                digest.write(&[0xff]);
            }
        }
        digest.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Script;
    use super::*;

    fn of(version: u32, sql: &'static str) -> u64 {
        let schema = Box::leak(Box::new([Script::new("a.sql", sql)]));
        Migrations {
            version,
            schema,
            ..Migrations::NONE
        }
        .digest()
    }

    #[test]
    fn spaces_comments_quotes_and_the_case_of_names_do_not_matter() {
        let plain = of(1, "CREATE TABLE pet(id)");
        assert_eq!(of(1, "create table \"Pet\" ( id ); -- of ours"), plain);
        for other in ["CREATE TABLE pet(ids)", "CREATE TABLE pet('id')"] {
            assert_ne!(of(1, other), plain, "{other}");
        }
        assert_ne!(of(2, "CREATE TABLE pet(id)"), plain);
    }

    #[test]
    fn it_is_the_same_everywhere() {
        assert_eq!(of(1, ""), 13_715_208_377_448_023_093);
        assert_eq!(of(3, "CREATE TABLE pet(id)"), 2_431_371_284_634_067_962);
    }
}
