//! Finds and removes the files of namespaces that are gone.
//!
//! In: the files of a module as they should be. Out: the paths of those that should not be there. A file counts only
//! when it lies in the module's own folder and its first line says that it was generated from this very database; so
//! a file of the user's is never touched, whatever it is called.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{EmitError, HEADER, ModuleFiles};

/// The generated files in the folder of `module` which are none of its files, by path.
///
/// # Errors
///
/// [`EmitError::Read`] when the folder or a file in it cannot be read.
pub fn surplus(module: &ModuleFiles) -> Result<Vec<PathBuf>, EmitError> {
    let mut found = Vec::new();
    let mut folders = vec![module.folder.clone()];
    let head = format!("{HEADER} from `{}/", module.source);
    while let Some(folder) = folders.pop() {
        let failed = |source| EmitError::Read {
            path: folder.clone(),
            source,
        };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            // What a link leads to is somebody else's.
            let kind = entry.file_type().map_err(failed)?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file()
                && path.extension().is_some_and(|ending| ending == "rs")
                && module.files.iter().all(|file| file.path != path)
                && starts_with(&path, head.as_bytes()).map_err(failed)?
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn starts_with(path: &Path, head: &[u8]) -> io::Result<bool> {
    let mut start = Vec::new();
    let most = u64::try_from(head.len()).unwrap_or(u64::MAX);
    File::open(path)?.take(most).read_to_end(&mut start)?;
    Ok(start == head)
}

/// Removes a file, and the folders up to `top` which it leaves empty.
pub(super) fn remove(path: &Path, top: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    let folders = path.ancestors().skip(1);
    for folder in folders.take_while(|folder| folder.starts_with(top)) {
        // It refuses where anything is left, which is the end of it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
