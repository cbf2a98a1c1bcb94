//! A client whose owner is spoken by hand, message by message, and clients of real ones.

mod calls;
mod heirs;
mod owner;
#[cfg(unix)]
mod reigns;
#[cfg(unix)]
mod served;
mod watches;
