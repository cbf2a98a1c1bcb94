//! Where the files of modules lie, as rustc will look for them.

use std::fs;
use std::path::Path;

use super::compile;

#[test]
fn no_file_of_a_namespace_is_the_module_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in [
        ("sqlitenow.toml", "[databases.App]\nsplit = true\n"),
        ("sql/App/schema/a.sql", "CREATE TABLE a (x INTEGER);"),
        ("sql/App/queries/mod/all.sql", "SELECT x FROM a"),
        ("sql/App/queries/mod/mod/all.sql", "SELECT x FROM a"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    let compilation = compile(&folder.path().join("sqlitenow.toml")).expect("files");
    let files = compilation.modules[0].placed_in(Path::new("db")).files;
    let paths: Vec<_> = files.iter().map(|file| file.path.as_path()).collect();
    // With `db/app/mod.rs` beside it `mod app;` would be ambiguous.
    let expected = ["db/app.rs", "db/app/mod_.rs", "db/app/mod/mod_.rs"];
    assert_eq!(paths, expected.map(Path::new));
    assert!(files[0].text.contains("#[path = \"app/mod_.rs\"]"));
    assert!(files[1].text.contains("#[path = \"mod/mod_.rs\"]"));
}
