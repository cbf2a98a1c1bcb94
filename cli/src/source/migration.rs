//! Reads versions off the names of migration files: `0002_add_done.sql` is version 2.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::map::{FileId, Span};

/// A migration and the version it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MigrationFile {
    /// The version, from 1.
    pub version: u32,
    /// Its text.
    pub file: FileId,
}

/// The version in `stem`, the name of a file without its ending: four digits, alone or in front of `_description`.
pub(super) fn parse_version(stem: &str) -> Option<u32> {
    let (digits, description) = match stem.split_once('_') {
        Some((digits, description)) => (digits, Some(description)),
        None => (stem, None),
    };
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) || description == Some("") {
        return None;
    }
    digits.parse().ok().filter(|version| *version > 0)
}

/// Adds the migration in `file`, whose path ends in `name`, or says what is wrong with its name.
///
/// The diagnostics point at the start of the file: they are about the whole of it.
pub(super) fn add_migration(
    migrations: &mut Vec<MigrationFile>,
    file: FileId,
    (name, stem): (&str, &str),
    diagnostics: &mut Diagnostics,
) {
    let start = Span::new(file, 0..0);
    let Some(version) = parse_version(stem) else {
        diagnostics.push(
            Diagnostic::error(
                Code::MigrationFileName,
                format!("found migration `{name}`, expected a name like `0002.sql` or `0002_add_column.sql`"),
            )
            .at(start, "")
            .help("start the name with the version in exactly four digits, from 0001"),
        );
        return;
    };
    if let Some(other) = migrations.iter().find(|other| other.version == version) {
        diagnostics.push(
            Diagnostic::error(
                Code::DuplicateVersion,
                format!("two migrations have version {version:04}"),
            )
            .at(start, "the second one")
            .and_at(Span::new(other.file, 0..0), "the first one")
            .help("give the later one the next free version"),
        );
        return;
    }
    migrations.push(MigrationFile { version, file });
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn versions_are_exactly_four_digits() {
        for (stem, version) in [
            ("0001", Some(1)),
            ("0042_add_done", Some(42)),
            ("9999_x_y", Some(9999)),
            ("0002_ä", Some(2)),
            ("0000", None),
            ("1", None),
            ("00001", None),
            ("0001_", None),
            ("0001-add", None),
            ("+001", None),
            ("v001", None),
            ("٠٠٠١", None),
            ("", None),
        ] {
            assert_eq!(parse_version(stem), version, "{stem}");
        }
    }
}
