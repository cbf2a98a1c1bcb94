//! What must be generated before the tests are compiled; each step says what it makes.

mod chinook;
mod corpus;
mod drawn;
mod made_up;
#[expect(dead_code, reason = "random writes are for another test")]
#[path = "../random/mod.rs"]
mod random;
mod told;
mod twins;

use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    // The golden case whose module lies in several files, as a build script makes it.
    sqlitenow::build("fixtures/generate/split/sqlitenow.toml");
    chinook::generate()?;
    corpus::generate()?;
    drawn::generate()?;
    told::generate()?;
    twins::generate()
}

fn folder(variable: &str) -> Result<PathBuf, Box<dyn Error>> {
    let value = env::var_os(variable).ok_or_else(|| format!("`{variable}` is not set"))?;
    Ok(value.into())
}
