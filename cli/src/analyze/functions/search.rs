//! Functions that go with virtual tables: full-text search (FTS5, and FTS3 with FTS4) and R-Trees.

use super::model::{
    A, ANY, BLOB, BOOL, Gives, I, INT, Kind, MANY, Nulls, Page, R, REAL, T, TEXT, f,
};
use Nulls::{Maybe, Never, OfFirst};

pub(super) const FULL_TEXT: Page = Page {
    url: "https://sqlite.org/fts5.html",
    kind: Kind::Scalar,
    functions: &[
        f("bm25", (1, MANY), &[A, R], REAL, Maybe),
        f("fts3_tokenizer", (1, 2), &[T, A], ANY, Maybe),
        f("fts5", (1, 1), &[A], ANY, Maybe),
        f("fts5_get_locale", (2, 2), &[A, I], TEXT, Maybe),
        f("fts5_insttoken", (1, 1), &[T], Gives::First, OfFirst),
        f("fts5_locale", (2, 2), &[T], ANY, Maybe),
        f("fts5_source_id", (0, 0), &[], TEXT, Never),
        f("highlight", (4, 4), &[A, I, T, T], TEXT, Maybe),
        f("match", (2, 2), &[T], BOOL, Maybe),
        f("matchinfo", (1, 2), &[A, T], BLOB, Maybe),
        f("offsets", (1, 1), &[A], TEXT, Maybe),
        f("optimize", (1, 1), &[A], TEXT, Maybe),
        f("snippet", (6, 6), &[A, I, T, T, T, I], TEXT, Maybe),
        // The one of FTS3, whose arguments stand in another order.
        f("snippet", (1, 5), &[A, T, T, T, I], TEXT, Maybe),
    ],
};

pub(super) const R_TREE: Page = Page {
    url: "https://sqlite.org/rtree.html",
    kind: Kind::Scalar,
    functions: &[
        f("rtreecheck", (1, 2), &[T], TEXT, Maybe),
        f("rtreedepth", (1, 1), &[A], INT, Maybe),
        f("rtreenode", (2, 2), &[I, A], TEXT, Maybe),
    ],
};
