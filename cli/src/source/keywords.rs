//! The keywords of Rust, which no name that is generated and no path in the configuration may consist of as it is.

/// Keywords of all editions that a raw identifier can carry.
pub const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that no raw identifier can carry.
pub const RESERVED: &[&str] = &["_", "crate", "self", "super"];
