//! Where an owner can be reached.
//!
//! In: an owner's socket and token, or the line that was made of them. Out: `sqlitenow:/run/user/1000/…?token=5f…`, one
//! line of printable ASCII whatever the path consists of. Invariant: only `Display` and serde show the token.

use std::ffi::OsString;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde::{Deserialize, Serialize};

use super::election::Place;
use super::token::Token;
use crate::error::{Error, Result};

pub(super) const SCHEME: &str = "sqlitenow:";
const TOKEN: &str = "?token=";

/// What stands for itself in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The way to the owner of a database, for its clients in other processes.
///
/// A port is the address of a local socket and a secret token. Whoever runs as the same user and has the port is let in, so
/// hand it on as you would a password: on standard input or in a file that only the user can read, and not as an argument,
/// which other users see in the list of processes. `Display`, `FromStr` and serde turn it into one line of printable text
/// and back, whatever the address is; `Debug`, errors and traces show the address and hide the token.
///
/// A port serves as long as its owner does. A new owner of the same database has another port, which
/// [`find`](Self::find) gives.
///
/// ```
/// use sqlitenow_runtime::ConnectPort;
///
/// let line = format!("sqlitenow:/run/user/1000/my%20socket?token={}", "5f".repeat(32));
/// let port: ConnectPort = line.parse()?;
/// assert_eq!(port.to_string(), line);
/// assert_eq!(format!("{port:?}"), r#"ConnectPort("/run/user/1000/my socket", ..)"#);
/// # Ok::<_, sqlitenow_runtime::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ConnectPort {
    address: PathBuf,
    token: Token,
}

impl ConnectPort {
    pub(super) fn new(address: PathBuf, token: Token) -> Self {
        Self { address, token }
    }

    /// Finds the owner of the database in this file.
    ///
    /// Paths that lead to the same file through symbolic links are the same; hard links are not.
    ///
    /// # Errors
    ///
    /// [`Error::NoOwner`] if there is none, [`Error::Untrusted`] if somebody else could have written what is found.
    pub fn find(database: impl AsRef<Path>) -> Result<Self> {
        Place::of_database(database.as_ref())
            .and_then(|place| place.port())
            .map_err(|error| match error {
                // Neither the file nor its folder is there.
                Error::Io { path, source } if source.kind() == ErrorKind::NotFound => {
                    Error::NoOwner {
                        place: path.display().to_string(),
                        source: Some(source),
                    }
                }
                error => error,
            })
    }

    /// Finds the owner that serves under this name.
    ///
    /// # Errors
    ///
    /// As for [`find`](Self::find).
    pub fn find_named(name: &str) -> Result<Self> {
        Place::of_name(name)?.port()
    }

    pub(crate) fn address(&self) -> &Path {
        &self.address
    }

    pub(crate) fn token(&self) -> &Token {
        &self.token
    }

    /// The address, for errors.
    pub(crate) fn place(&self) -> String {
        self.address.display().to_string()
    }
}

impl fmt::Display for ConnectPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = percent_encode(self.address.as_os_str().as_encoded_bytes(), ENCODED);
        write!(f, "{SCHEME}{address}{TOKEN}{}", self.token.digits())
    }
}

impl fmt::Debug for ConnectPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectPort({:?}, ..)", self.address)
    }
}

impl FromStr for ConnectPort {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self> {
        let wrong = |reason: &'static str| Error::Port {
            reason: reason.into(),
        };
        let rest = line.trim().strip_prefix(SCHEME).ok_or_else(|| {
            wrong("found another beginning, expected `sqlitenow:` and the address of a socket")
        })?;
        let (address, token) = rest
            .rsplit_once(TOKEN)
            .ok_or_else(|| wrong("found no token, expected `?token=` after the address"))?;
        let token = Token::from_digits(token)
            .ok_or_else(|| wrong("found another token, expected 64 hexadecimal digits"))?;
        let address = decode(address)
            .filter(|address| address.is_absolute())
            .ok_or_else(|| wrong("found another address, expected an absolute path"))?;
        Ok(Self { address, token })
    }
}

/// The path, unless the operating system could have no such path.
fn decode(address: &str) -> Option<PathBuf> {
    let bytes: Vec<u8> = percent_decode_str(address).collect();
    if bytes.contains(&0) {
        return None;
    }
    #[cfg(unix)]
    let path = <OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes);
    #[cfg(not(unix))]
    let path = OsString::from(String::from_utf8(bytes).ok()?);
    Some(PathBuf::from(path))
}

impl From<ConnectPort> for String {
    fn from(port: ConnectPort) -> Self {
        port.to_string()
    }
}

impl TryFrom<String> for ConnectPort {
    type Error = Error;

    fn try_from(line: String) -> Result<Self> {
        line.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    const ADDRESSES: &[&str] = &["/run/a", "/a b/c\n?token=x", "/naïve/100%/#;\"'\\", "/🦀"];
    #[cfg(windows)]
    const ADDRESSES: &[&str] = &[r"\\.\pipe\sqlitenow-1", r"C:\a b\naïve?token=x"];

    fn port(address: impl Into<PathBuf>) -> ConnectPort {
        ConnectPort::new(address.into(), Token::random().unwrap())
    }

    #[test]
    fn s3_a_port_survives_display_and_from_str_and_serde() {
        for address in ADDRESSES {
            let port = port(address);
            let line = port.to_string();
            assert!(line.bytes().all(|byte| byte.is_ascii_graphic()), "{line}");
            assert_eq!(line.parse::<ConnectPort>().unwrap(), port);
            assert_eq!(format!(" {line}\n").parse::<ConnectPort>().unwrap(), port);
            let bytes = postcard::to_stdvec(&port).unwrap();
            assert_eq!(postcard::from_bytes::<ConnectPort>(&bytes).unwrap(), port);
        }
    }

    #[cfg(unix)]
    #[test]
    fn s3_an_address_that_is_no_text_survives() {
        use std::os::unix::ffi::OsStringExt as _;
        let bytes = (1..=255).filter(|byte| *byte != b'/');
        let name = OsString::from_vec(bytes.collect());
        let port = port(Path::new("/").join(name));
        assert_eq!(port.to_string().parse::<ConnectPort>().unwrap(), port);
    }

    #[test]
    fn s3_debug_hides_the_token() {
        let port = port(ADDRESSES[0]);
        let shown = format!("{port:?} {port:#?}");
        assert!(shown.contains(&format!("{:?}", ADDRESSES[0])), "{shown}");
        assert!(!shown.contains(&port.token.digits()));
        assert!(!shown.contains("token"));
    }

    #[test]
    fn what_is_no_port_is_refused_without_being_told() {
        let token = "5f".repeat(32);
        for (wrong, reason) in [
            (String::new(), "another beginning"),
            (format!("/run/a?token={token}"), "another beginning"),
            ("sqlitenow:/run/a".to_owned(), "no token"),
            (format!("sqlitenow:/run/a?token={token}5f"), "another token"),
            (
                format!("sqlitenow:/run/a?token={}", &token[1..]),
                "another token",
            ),
            (format!("sqlitenow:?token={token}"), "another address"),
            (format!("sqlitenow:run?token={token}"), "another address"),
            (
                format!("sqlitenow:/run%00?token={token}"),
                "another address",
            ),
        ] {
            let error = wrong.parse::<ConnectPort>().unwrap_err().to_string();
            assert!(error.contains(reason), "{wrong}: {error}");
            assert!(!error.contains("5f5f"), "{error}");
        }
    }
}
