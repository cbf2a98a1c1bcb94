//! Generates `music_database.rs` from `sql/MusicDatabase` into `OUT_DIR`.

fn main() {
    sqlitenow::build("sqlitenow.toml");
}
