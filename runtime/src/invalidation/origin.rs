//! Who has changed something: what a statement is, or where it ran.

/// Who has changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeOrigin {
    /// Generated statements of this database.
    Generated,
    /// Statements of this database, some of which are not generated.
    Raw,
    /// Others, as far as this database was told or has seen it.
    External,
}
