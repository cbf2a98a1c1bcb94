//! Problems in the user's SQL, annotations and configuration: collected by all passes, shown at once.
//!
//! A pass pushes [`Diagnostic`]s into [`Diagnostics`]; the caller renders them, sorted and without repetitions. Nothing in
//! here prints or looks at the terminal: colour is the caller's word.

mod code;
mod location;
mod model;
mod registry;
mod render;
mod sink;
mod suggest;

pub use location::Location;
pub use model::{Diagnostic, Label, Severity};
pub use registry::Code;
pub use sink::Diagnostics;
pub use suggest::suggest;
