//! Reads one file into the [`SourceMap`]; a file that is no text is a diagnostic at the byte where that shows.

use std::fs;
use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::map::{FileId, SourceMap, Span};

/// A file that was read.
pub(super) struct ReadFile {
    pub(super) file: FileId,
    /// Whether it can be used; if not, a diagnostic has said why.
    pub(super) is_text: bool,
}

/// Reads `path`, which is shown as `shown`.
///
/// # Errors
///
/// When the operating system refuses.
pub(super) fn read_text(
    path: &Path,
    shown: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> io::Result<ReadFile> {
    let text = match String::from_utf8(read_file(path)?) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let file = sources.add(shown, String::from_utf8_lossy(error.as_bytes()));
            let message = format!("`{shown}` is not UTF-8 from byte {at} on");
            diagnostics.push(
                Diagnostic::error(Code::NotUtf8, message)
                    .at(
                        Span::new(file, at..at + char::REPLACEMENT_CHARACTER.len_utf8()),
                        "",
                    )
                    .help("save the file as UTF-8"),
            );
            return Ok(ReadFile {
                file,
                is_text: false,
            });
        }
    };
    let nul = text.find('\0');
    let file = sources.add(shown, text);
    let Some(at) = nul else {
        return Ok(ReadFile {
            file,
            is_text: true,
        });
    };
    diagnostics.push(
        Diagnostic::error(
            Code::NulCharacter,
            format!("`{shown}` has a NUL character at byte {at}"),
        )
        .at(Span::new(file, at..at + 1), "SQLite would read no further")
        .help("save the file as UTF-8 text"),
    );
    Ok(ReadFile {
        file,
        is_text: false,
    })
}

/// Reads a file, and never waits for what would not end: a pipe, a terminal.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    fs::read(path)
}
