//! An owner on a thread of this process.

use std::any::Any;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use sqlitenow_runtime::v1::Handle;
use sqlitenow_runtime::{ConnectOptions, ConnectPort, Error, Owner, Result, ServeOptions};

use super::builder::{Builder, Options};
use super::{Way, again};

/// The owners of this run, each of which ends with its client.
static OWNERS: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

/// How long the owner of a file may take to end behind its client.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens on a thread of its own, which serves.
pub fn own<H: Handle>(options: impl Fn() -> Options<H>) -> Result<ConnectPort> {
    let start = Instant::now();
    let owner = loop {
        let options = options();
        match Owner::spawn(async move || options.open().await, ServeOptions::new()) {
            // A test has closed its client, and opens the file again.
            Err(Error::Owned { .. }) if start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(2));
            }
            owner => break owner?,
        }
    };
    let port = owner.port().clone();
    let mut owners = OWNERS.lock().unwrap_or_else(PoisonError::into_inner);
    owners.push(Box::new(owner));
    Ok(port)
}

/// The builder of a client whose owner ends with it.
pub fn client<H: Handle>(client: Options<H>, port: &ConnectPort) -> Options<H> {
    client.owner(port, ConnectOptions::new().close_owner_on_close())
}

/// Opens on a thread, for a client.
pub fn reach<H: Handle>(builder: &Builder<H>) -> Result<Options<H>> {
    let port = own(|| builder.options())?;
    again::note(Way::Thread);
    Ok(client(builder.client(), &port))
}
