//! Lowers the embedded scripts: schema, seeds and migration steps.

use sqlitenow_templates::ir;

use crate::check::{CheckedDatabase, CheckedScript};

use super::layout::{self, Expr, Place};
use super::literal::{short_string, verbatim_string};

/// The columns in front of a field of the `MIGRATIONS` constant.
const FIELDS: Place = Place { base: 0, indent: 4 };

/// Lowers the migration plan of `database`.
pub fn lower_migrations(database: &CheckedDatabase) -> ir::Migrations {
    let mut texts = Vec::new();
    ir::Migrations {
        version: database.version(),
        schema_layout: script_array("schema", "SCHEMA", &database.schema, &mut texts),
        init_layout: script_array("init", "INIT", &database.init, &mut texts),
        steps_layout: script_array("steps", "MIGRATION", &database.steps, &mut texts),
        texts_layout: texts,
    }
}

fn script_array(
    field: &str,
    prefix: &str,
    scripts: &[CheckedScript],
    texts: &mut Vec<String>,
) -> String {
    if scripts.is_empty() {
        return String::new();
    }
    let mut items = Vec::new();
    for (index, script) in scripts.iter().enumerate() {
        let file = Expr::Atom(short_string(&script.file));
        let (name, item) = if script.version == 0 {
            let name = format!("{prefix}_{}", index + 1);
            let text = Expr::Atom(name.clone());
            (
                name,
                Expr::Call("rt::v1::Script::new".to_owned(), vec![file, text]),
            )
        } else {
            let name = format!("{prefix}_{:04}", script.version);
            let text = Expr::Atom(name.clone());
            let version = Expr::Atom(script.version.to_string());
            (
                name,
                Expr::Call("rt::v1::Step::new".to_owned(), vec![version, file, text]),
            )
        };
        let literal = verbatim_string(&script.sql);
        texts.push(layout::text_constant(&name, &literal));
        items.push(item);
    }
    let used = FIELDS.indent + field.len() + 2;
    layout::expression(&Expr::Array(items), FIELDS, used, 1)
}
