//! The folder for sockets, which only one's own user can enter.
//!
//! In: what the environment says of folders. Out: `$XDG_RUNTIME_DIR/sqlitenow`, or else `sqlitenow-<user>` among the
//! temporary files. Invariant: a folder that others could have made or can change is refused, never mended and never
//! followed elsewhere. Windows keeps each user's temporary files from other users by itself.

use std::env;
use std::fs::{self, DirBuilder, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A socket's path has 104 bytes on some systems, with the zero at its end.
const LONGEST_PATH: usize = 99;

/// How long the names of sockets are.
pub(super) const NAME: usize = 25;

#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The user's own, which is made if it is missing.
    pub(crate) fn private() -> Result<Self> {
        let candidates = [
            run_folder(),
            Some(temporary(&env::temp_dir())),
            #[cfg(unix)]
            Some(temporary(Path::new("/tmp"))),
        ];
        let mut candidates = candidates.into_iter().flatten();
        let fits = |folder: &PathBuf| {
            let length = folder.as_os_str().len() + 1 + NAME;
            folder.is_absolute() && (cfg!(windows) || length <= LONGEST_PATH)
        };
        match candidates.find(fits) {
            Some(folder) => Self::at(folder),
            None => Err(Error::Untrusted {
                path: env::temp_dir(),
                reason: "it is no absolute path: set `TMPDIR` to one".into(),
            }),
        }
    }

    /// This one, which is made if it is missing.
    pub(crate) fn at(path: PathBuf) -> Result<Self> {
        let made = make(&path);
        match made {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(Error::Io {
                    path,
                    source: error,
                });
            }
            _ => {}
        }
        let found = fs::symlink_metadata(&path).map_err(|source| Error::Io {
            path: path.clone(),
            source,
        })?;
        check(&path, &found)?;
        Ok(Self(path))
    }

    /// A folder in it, which is made if it is missing.
    pub(crate) fn inner(&self, name: &str) -> Result<Self> {
        Self::at(self.0.join(name))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

/// The folder that the session has for sockets. One that belongs to somebody else was handed on by mistake, by `sudo` for
/// example, and a folder made in it would stand in its owner's way.
fn run_folder() -> Option<PathBuf> {
    #[cfg(unix)]
    {
        let folder = PathBuf::from(env::var_os("XDG_RUNTIME_DIR")?);
        let found = fs::metadata(&folder).ok()?;
        (found.is_dir() && super::user::owns(&found)).then(|| folder.join("sqlitenow"))
    }
    #[cfg(not(unix))]
    None
}

#[cfg(unix)]
fn temporary(folder: &Path) -> PathBuf {
    folder.join(format!("sqlitenow-{}", super::user::own()))
}

#[cfg(not(unix))]
fn temporary(folder: &Path) -> PathBuf {
    folder.join("sqlitenow")
}

fn make(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::DirBuilderExt::mode(&mut DirBuilder::new(), 0o700).create(path);
    #[cfg(not(unix))]
    DirBuilder::new().create(path)
}

fn check(path: &Path, found: &Metadata) -> Result<()> {
    let refuse = |reason: String| {
        Err(Error::Untrusted {
            path: path.to_owned(),
            reason: reason.into(),
        })
    };
    if found.is_symlink() {
        return refuse("found a symbolic link, expected a folder: remove it".to_owned());
    }
    if !found.is_dir() {
        return refuse("found a file, expected a folder: remove it".to_owned());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if !super::user::owns(found) {
            return refuse(super::user::stranger(found.uid()));
        }
        let mode = found.mode() & 0o7777;
        if mode & 0o077 != 0 {
            return refuse(format!(
                "found mode {mode:04o}, expected 0700: other users can enter it; remove it, or run \
                 `chmod 700` if nobody else has put anything there"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[track_caller]
    fn refused(path: &Path, why: &str) {
        let error = Folder::at(path.to_owned()).unwrap_err();
        assert!(matches!(error, Error::Untrusted { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }

    #[test]
    fn s58_the_folder_is_made_for_its_user_alone_and_found_again() {
        let base = tempfile::tempdir().unwrap();
        let path = base.path().join("a");
        for _ in 0..2 {
            let folder = Folder::at(path.clone()).unwrap();
            let inner = folder.inner("names").unwrap();
            for made in [folder.path(), inner.path()] {
                assert_eq!(
                    fs::metadata(made).unwrap().permissions().mode() & 0o7777,
                    0o700
                );
            }
        }
    }

    #[test]
    fn s58_a_folder_that_others_can_enter_is_refused() {
        let base = tempfile::tempdir().unwrap();
        for mode in [0o701, 0o710, 0o777] {
            fs::set_permissions(base.path(), fs::Permissions::from_mode(mode)).unwrap();
            refused(base.path(), &format!("mode {mode:04o}"));
        }
    }

    #[test]
    fn s60_a_link_or_a_file_in_the_folder_s_place_is_refused() {
        let base = tempfile::tempdir().unwrap();
        let at = |name: &str| base.path().join(name);
        Folder::at(at("real")).unwrap();
        symlink(at("real"), at("link")).unwrap();
        refused(&at("link"), "symbolic link");
        symlink(at("nowhere"), at("dangling")).unwrap();
        refused(&at("dangling"), "symbolic link");
        fs::write(at("file"), "").unwrap();
        refused(&at("file"), "found a file");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn s60_a_folder_of_another_user_is_refused() {
        let base = tempfile::tempdir().unwrap();
        if super::super::child::give_away(base.path()) {
            refused(base.path(), "user 65534");
        }
    }

    #[test]
    fn the_user_s_own_folder_leaves_room_for_sockets() {
        let folder = Folder::private().unwrap();
        let socket = folder.path().join("x".repeat(NAME));
        assert!(socket.as_os_str().len() <= LONGEST_PATH, "{socket:?}");
    }
}
