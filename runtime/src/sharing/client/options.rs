//! How a client reaches its owner.

use std::time::Duration;

/// How a database is reached through its owner.
///
/// ```
/// use std::time::Duration;
/// use sqlitenow_runtime::ConnectOptions;
///
/// let patient = ConnectOptions::new().timeout(Duration::from_secs(30)).request(None);
/// # let _ = patient;
/// ```
#[derive(Debug, Clone)]
#[must_use = "options do nothing until something is connected with them"]
pub struct ConnectOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) request: Option<Duration>,
    pub(crate) read_only: bool,
    pub(crate) close_owner_on_close: bool,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl ConnectOptions {
    /// The usual ones.
    pub fn new() -> Self {
        Self {
            timeout: Some(Duration::from_secs(5)),
            request: Some(Duration::from_secs(60)),
            read_only: false,
            close_owner_on_close: false,
        }
    }

    /// Sets how long connecting may take, until the owner has let the client in; `None` means for ever. 5 seconds by
    /// default.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets how long one request may take, with its wait at the owner; `None` means for ever. 60 seconds by default.
    ///
    /// A request that takes longer is [`Error::Deadline`](crate::Error::Deadline), and is called off: what waits at the
    /// owner never runs, and a write that runs goes on to its end.
    pub fn request(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.request = deadline.into();
        self
    }

    /// Only reads: the owner refuses to write for this client, with [`Error::ReadOnly`](crate::Error::ReadOnly).
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Ends the owner when this client ends, however that is.
    pub fn close_owner_on_close(mut self) -> Self {
        self.close_owner_on_close = true;
        self
    }
}
