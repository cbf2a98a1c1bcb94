//! How a transaction begins.

/// When a transaction takes SQLite's write lock, <https://www.sqlite.org/lang_transaction.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// BEGIN: with the first write. Another writer may be faster then, and the write fails at once.
    Deferred,
    /// BEGIN IMMEDIATE: at the start, so that later writes cannot fail for want of the lock.
    #[default]
    Immediate,
    /// BEGIN EXCLUSIVE: at the start, and without WAL readers of other connections are kept out as well.
    Exclusive,
}

impl TransactionMode {
    pub(crate) fn begin(self) -> &'static str {
        match self {
            Self::Deferred => "BEGIN",
            Self::Immediate => "BEGIN IMMEDIATE",
            Self::Exclusive => "BEGIN EXCLUSIVE",
        }
    }
}
