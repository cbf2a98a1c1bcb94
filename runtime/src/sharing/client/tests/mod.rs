//! A client whose owner is spoken by hand, message by message.

mod calls;
mod heirs;
mod owner;
#[cfg(unix)]
mod reigns;
mod watches;
