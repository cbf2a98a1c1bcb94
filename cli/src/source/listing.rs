//! Lists folders by name.
//!
//! Names that start with a dot are nobody's SQL (`._tasks.sql` is what an archive of macOS leaves behind) and are left out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::SourceError;

/// One thing in a folder.
pub(super) struct Item {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) is_folder: bool,
}

impl Item {
    /// The name without `.sql` in any letter case, if it ends so.
    pub(super) fn stem(&self) -> Option<&str> {
        let (stem, ending) = self.name.rsplit_once('.')?;
        (ending.eq_ignore_ascii_case("sql") && !stem.is_empty()).then_some(stem)
    }

    /// Whether it is a file that is read.
    pub(super) fn is_sql(&self) -> bool {
        !self.is_folder && self.stem().is_some()
    }
}

/// What is in `folder`, sorted by name.
///
/// # Errors
///
/// [`SourceError::Read`] when the operating system refuses.
pub(super) fn list(folder: &Path) -> Result<Vec<Item>, SourceError> {
    let refused = |source| SourceError::Read {
        path: folder.to_owned(),
        source,
    };
    let mut items = Vec::new();
    for entry in fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let mut item = Item {
            path: entry.path(),
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder: false,
        };
        if item.name.starts_with('.') {
            continue;
        }
        // Links are followed; one that leads nowhere matters only where a file would be read.
        match fs::metadata(&item.path) {
            Ok(metadata) => item.is_folder = metadata.is_dir(),
            Err(error) if error.kind() == io::ErrorKind::NotFound && item.stem().is_none() => {
                continue;
            }
            Err(source) => {
                return Err(SourceError::Read {
                    path: item.path,
                    source,
                });
            }
        }
        items.push(item);
    }
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(items)
}

/// Remembers the folders above, so that a link back to one of them ends in an error and not in a circle.
#[derive(Default)]
pub(super) struct Trail(Vec<PathBuf>);

impl Trail {
    /// Steps into `folder`; [`leave`](Self::leave) steps out again.
    ///
    /// # Errors
    ///
    /// [`SourceError::Loop`] when `folder` is one of those above, [`SourceError::Read`] when the system refuses.
    pub(super) fn enter(&mut self, folder: &Path) -> Result<(), SourceError> {
        let path = folder.to_owned();
        match fs::canonicalize(folder) {
            Ok(real) if self.0.contains(&real) => Err(SourceError::Loop { path }),
            Ok(real) => {
                self.0.push(real);
                Ok(())
            }
            Err(source) => Err(SourceError::Read { path, source }),
        }
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }
}

/// Whether `folder` holds a `.sql` file, at any depth.
///
/// # Errors
///
/// As [`list`] and [`Trail::enter`].
pub(super) fn holds_sql(folder: &Path, trail: &mut Trail) -> Result<bool, SourceError> {
    trail.enter(folder)?;
    let mut found = false;
    for item in list(folder)? {
        found = item.is_sql() || (item.is_folder && holds_sql(&item.path, trail)?);
        if found {
            break;
        }
    }
    trail.leave();
    Ok(found)
}
