//! Writes modules to disk; the only room that writes.
//!
//! In: the texts of all modules. Out: files, each written only when its bytes differ, through a temporary file and a
//! rename, so that a reader never meets half a module. Nothing is ever deleted.

mod error;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use error::EmitError;

/// The text of one module and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleFile {
    /// The database that it is the module of.
    pub database: String,
    /// The file.
    pub path: PathBuf,
    /// The text.
    pub text: String,
}

/// What stands on disk where a module belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The very text.
    Same,
    /// Another text.
    Different(String),
    /// No file.
    Missing,
}

/// Compares `module` with what is on disk.
///
/// # Errors
///
/// [`EmitError::Read`] when the file is there and cannot be read.
pub fn compare(module: &ModuleFile) -> Result<Found, EmitError> {
    match fs::read(&module.path) {
        Ok(bytes) if bytes == module.text.as_bytes() => Ok(Found::Same),
        Ok(bytes) => Ok(Found::Different(
            String::from_utf8_lossy(&bytes).into_owned(),
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Missing),
        Err(source) => Err(EmitError::Read {
            path: module.path.clone(),
            source,
        }),
    }
}

/// Writes `module` unless it stands there already; tells whether it did.
///
/// # Errors
///
/// [`EmitError`] with the path; the file on disk is then as it was.
pub fn write_module(module: &ModuleFile) -> Result<bool, EmitError> {
    if compare(module)? == Found::Same {
        return Ok(false);
    }
    replace(&module.path, module.text.as_bytes()).map_err(|source| EmitError::Write {
        path: module.path.clone(),
        source,
    })?;
    Ok(true)
}

/// Writes a new file, and never over an existing one.
///
/// # Errors
///
/// [`EmitError::Exists`] when there is something already, else [`EmitError::Write`].
pub fn create_file(path: &Path, text: &str) -> Result<(), EmitError> {
    if path.exists() {
        return Err(EmitError::Exists {
            path: path.to_owned(),
        });
    }
    replace(path, text.as_bytes()).map_err(|source| EmitError::Write {
        path: path.to_owned(),
        source,
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    // The process's number keeps two generators that run at once out of each other's way.
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = folder.join(name);
    let written = write_all(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one that matters; a temporary file that cannot be removed was hardly there.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(folder: &Path, text: &str) -> ModuleFile {
        ModuleFile {
            database: "AppDatabase".to_owned(),
            path: folder.join("db/app_database.rs"),
            text: text.to_owned(),
        }
    }

    #[test]
    fn c130_a_module_is_written_only_when_its_bytes_change() {
        let folder = tempfile::tempdir().unwrap();
        let first = module(folder.path(), "one");
        assert!(write_module(&first).unwrap());
        let modified = fs::metadata(&first.path).unwrap().modified().unwrap();
        assert!(!write_module(&first).unwrap());
        let again = fs::metadata(&first.path).unwrap().modified().unwrap();
        assert_eq!(modified, again);
        assert!(write_module(&module(folder.path(), "two")).unwrap());
        assert_eq!(fs::read_to_string(&first.path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path().join("db")).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_leaves_the_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let module = module(folder.path(), "one");
        fs::create_dir_all(&module.path).unwrap();
        let error = write_module(&module).unwrap_err();
        assert!(error.to_string().contains("app_database.rs"), "{error}");
        assert_eq!(fs::read_dir(folder.path().join("db")).unwrap().count(), 1);
    }

    #[test]
    fn an_existing_file_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sqlitenow.toml");
        create_file(&path, "mine").unwrap();
        assert!(matches!(
            create_file(&path, "yours"),
            Err(EmitError::Exists { .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
