//! The folder for sockets, which only one's own user can enter.
//!
//! In: what the environment says of folders. Out: `$XDG_RUNTIME_DIR/sqlitenow`, or else `sqlitenow-<user>` among the
//! temporary files. Invariant: a folder that others could have made or can change is refused, never mended and never
//! followed elsewhere. Windows keeps each user's temporary files from other users by itself.

use std::env;
use std::ffi::OsString;
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
        let temporary = env::temp_dir();
        match choose(env::var_os("XDG_RUNTIME_DIR"), &temporary) {
            Some(folder) => Self::at(folder),
            None => Err(Error::Untrusted {
                path: temporary,
                reason: "found no absolute path, expected one: set `TMPDIR` or `TEMP`".into(),
            }),
        }
    }

    /// This one, which is made if it is missing.
    pub(crate) fn at(path: PathBuf) -> Result<Self> {
        match make(&path) {
            Err(source) if source.kind() != ErrorKind::AlreadyExists => {
                return Err(Error::Io { path, source });
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

/// The first folder in which a socket's path is short enough.
fn choose(run: Option<OsString>, temporary: &Path) -> Option<PathBuf> {
    let candidates = [
        run.and_then(run_folder),
        Some(among(temporary)),
        #[cfg(unix)]
        Some(among(Path::new("/tmp"))),
    ];
    candidates.into_iter().flatten().find(|folder| {
        let length = folder.as_os_str().len() + 1 + NAME;
        folder.is_absolute() && (cfg!(windows) || length <= LONGEST_PATH)
    })
}

/// In the folder that the session has for sockets. One that belongs to somebody else was handed on by mistake, by `sudo` for
/// example, and a folder made in it would stand in its owner's way.
#[cfg(unix)]
fn run_folder(folder: OsString) -> Option<PathBuf> {
    let folder = PathBuf::from(folder);
    let found = fs::metadata(&folder).ok()?;
    (found.is_dir() && super::user::owns(&found)).then(|| folder.join("sqlitenow"))
}

#[cfg(not(unix))]
fn run_folder(_: OsString) -> Option<PathBuf> {
    None
}

/// Among the temporary files.
#[cfg(unix)]
fn among(folder: &Path) -> PathBuf {
    folder.join(format!("sqlitenow-{}", super::user::own()))
}

#[cfg(not(unix))]
fn among(folder: &Path) -> PathBuf {
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
    fn the_session_s_folder_comes_first_if_it_is_there_and_short_and_one_s_own() {
        let base = tempfile::tempdir().unwrap();
        let own = super::super::user::own();
        let long = base.path().join("x".repeat(LONGEST_PATH));
        fs::create_dir(&long).unwrap();
        let run = |folder: &Path| Some(folder.as_os_str().to_owned());
        let temporary = Path::new("/var/tmp");
        let among_those = PathBuf::from(format!("/var/tmp/sqlitenow-{own}"));
        let chosen = choose(run(base.path()), temporary);
        assert_eq!(chosen, Some(base.path().join("sqlitenow")));
        for other in [
            None,
            run(&long),
            run(&base.path().join("no")),
            run(Path::new(".")),
        ] {
            assert_eq!(choose(other, temporary).as_ref(), Some(&among_those));
        }
        let last = PathBuf::from(format!("/tmp/sqlitenow-{own}"));
        for temporary in [&long, Path::new("relative")] {
            assert_eq!(choose(None, temporary).as_ref(), Some(&last));
        }
        #[cfg(target_os = "linux")]
        if super::super::child::give_away(base.path()) {
            assert_eq!(choose(run(base.path()), temporary), Some(among_those));
        }
    }
}
