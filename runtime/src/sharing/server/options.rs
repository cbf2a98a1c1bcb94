//! How a database is served.
//!
//! In: what an application chooses. Out: deadlines and bounds for each client. Defaults: 30 seconds for a transaction in which
//! nothing happens, 5 for a handshake, 10 for the rest of a message, 30 for a client that takes nothing.

use std::time::Duration;

/// How a database is served to clients.
///
/// ```
/// use sqlitenow_runtime::ServeOptions;
///
/// let options = ServeOptions::new().name("board").read_only();
/// # let _ = options;
/// ```
#[derive(Debug, Clone)]
#[must_use = "options do nothing until a database is served with them"]
pub struct ServeOptions {
    pub(crate) name: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) last_client_closes: bool,
    pub(crate) handshake: Option<Duration>,
    pub(crate) idle_transaction: Option<Duration>,
    pub(crate) silence: Option<Duration>,
    pub(crate) stall: Option<Duration>,
    pub(crate) clients: usize,
    pub(crate) statements: usize,
    pub(crate) calls: usize,
    pub(crate) streams: usize,
    pub(crate) pending: usize,
    pub(crate) message: usize,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            name: None,
            read_only: false,
            last_client_closes: false,
            handshake: Some(Duration::from_secs(5)),
            idle_transaction: Some(Duration::from_secs(30)),
            silence: Some(Duration::from_secs(10)),
            stall: Some(Duration::from_secs(30)),
            clients: 1024,
            statements: 16 * 1024,
            calls: 1024,
            streams: 64,
            pending: 1 << 30,
            message: 256 << 20,
        }
    }
}

impl ServeOptions {
    /// Begins with the usual ones.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets clients find the database by a name, which is this user's own, beside its path.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Refuses whatever writes, with [`Error::ReadOnly`](crate::Error::ReadOnly).
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Closes the database when the last client has gone.
    pub fn last_client_closes(mut self) -> Self {
        self.last_client_closes = true;
        self
    }

    /// Sets how long a client may take to say who it is; `None` means for ever. 5 seconds by default.
    pub fn handshake(mut self, deadline: Option<Duration>) -> Self {
        self.handshake = deadline;
        self
    }

    /// Sets how long a client may keep a transaction open and do nothing; then it is rolled back. `None` means for ever.
    /// 30 seconds by default.
    ///
    /// A client whose process ends or whose connection is cut is rolled back at once. This is for one that hangs.
    pub fn idle_transaction(mut self, deadline: Option<Duration>) -> Self {
        self.idle_transaction = deadline;
        self
    }

    /// Sets how long a client may fall silent within a message; then its connection ends. `None` means for ever. 10 seconds
    /// by default.
    pub fn silence(mut self, deadline: Option<Duration>) -> Self {
        self.silence = deadline;
        self
    }

    /// Sets how long a client may take nothing of what it is sent; then its connection ends. `None` means for ever. 30
    /// seconds by default.
    pub fn stall(mut self, deadline: Option<Duration>) -> Self {
        self.stall = deadline;
        self
    }

    /// Sets how many clients there may be at a time. 1024 by default.
    pub fn clients(mut self, most: usize) -> Self {
        self.clients = most;
        self
    }

    /// Sets how many statements a client may define. 16384 by default.
    pub fn statements(mut self, most: usize) -> Self {
        self.statements = most;
        self
    }

    /// Sets how many calls of a client may be under way. 1024 by default.
    pub fn calls(mut self, most: usize) -> Self {
        self.calls = most;
        self
    }

    /// Sets how many streams a client may have open. 64 by default.
    pub fn streams(mut self, most: usize) -> Self {
        self.streams = most;
        self
    }

    /// Sets how many bytes of memory the calls of a client that are under way may take. 1 GiB by default.
    pub fn pending(mut self, bytes: usize) -> Self {
        self.pending = bytes;
        self
    }

    /// Sets how many bytes a message of a client may have: the values of a call, for example. 256 MiB by default.
    pub fn longest_message(mut self, bytes: usize) -> Self {
        self.message = bytes;
        self
    }
}
