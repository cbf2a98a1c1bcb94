//! Cuts SQL texts into statements: tokens, parameters, comments, kinds – and never rejects what SQLite accepts.
//!
//! Goes in: the text of a file. Comes out: its [`Statement`]s in order, with every span on character boundaries.
//! Invariant: bounds, parameter names and parameter numbers are the ones SQLite itself finds.

mod kind;
mod lexer;
mod list;
mod parameter;
mod split;
mod statement;
#[cfg(test)]
mod tests;
mod token;

pub use lexer::lex;
pub use list::ListForm;
pub use split::{comments_behind, split};
pub use statement::{Comment, Parameter, ParameterRole, Statement, StatementKind};
pub use token::{Token, TokenKind, unquote};
