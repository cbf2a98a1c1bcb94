//! Figures against rusqlite by hand.

fn main() {}
