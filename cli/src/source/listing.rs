//! Lists folders by name.
//!
//! Names that start with a dot are nobody's SQL (`._tasks.sql` is what an archive of macOS leaves behind) and are left out.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One thing in a folder.
pub(super) struct Item {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) is_folder: bool,
    /// Why nothing else is known of it.
    pub(super) obstacle: Option<Obstacle>,
}

/// Why a file or folder cannot be read; prints as the end of a sentence about it.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// The operating system refuses.
    Refused(io::Error),
    /// The folder contains itself, through a symbolic link.
    Loop,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loop => f.write_str("contains itself through a symbolic link"),
            Self::Refused(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("is a link that leads nowhere")
            }
            // The words of the operating system differ from one to the other.
            Self::Refused(error) if error.raw_os_error().is_some() => {
                write!(f, "cannot be read: {}", error.kind())
            }
            Self::Refused(error) => write!(f, "cannot be read: {error}"),
        }
    }
}

impl From<io::Error> for Obstacle {
    fn from(error: io::Error) -> Self {
        Self::Refused(error)
    }
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
fn list(folder: &Path) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let mut item = Item {
            path: entry.path(),
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder: false,
            obstacle: None,
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
            Err(error) => item.obstacle = Some(error.into()),
        }
        items.push(item);
    }
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(items)
}

/// Remembers the folders above, so that a link back to one of them ends in an [`Obstacle`] and not in a circle.
#[derive(Default)]
pub(super) struct Trail(Vec<PathBuf>);

impl Trail {
    /// Steps into `folder` and lists it by name; [`leave`](Self::leave) steps out again.
    ///
    /// # Errors
    ///
    /// When `folder` is one of those above or cannot be listed; then there is nothing to step out of.
    pub(super) fn enter(&mut self, folder: &Path) -> Result<Vec<Item>, Obstacle> {
        let real = fs::canonicalize(folder)?;
        if self.0.contains(&real) {
            return Err(Obstacle::Loop);
        }
        let items = list(folder)?;
        self.0.push(real);
        Ok(items)
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }
}

/// Whether `folder` holds a `.sql` file, at any depth; what cannot be listed holds none.
pub(super) fn holds_sql(folder: &Path, trail: &mut Trail) -> bool {
    let Ok(items) = trail.enter(folder) else {
        return false;
    };
    let found = items
        .iter()
        .any(|item| item.is_sql() || (item.is_folder && holds_sql(&item.path, trail)));
    trail.leave();
    found
}
