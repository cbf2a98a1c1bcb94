//! Generates a module with random nested queries, and for each of them what its flat twin is and how its rows nest.
//!
//! In: a seed. Out, in `OUT_DIR`: a project in `twins`, its module, and `twins_samples.rs`, an array of `Twin`. A tree of
//! tables – keys of one or two columns, numbers, texts or blobs – becomes a query with one nested value for each table
//! below the root. What holds values itself is a view, once with annotations and once without.

use std::error::Error;
use std::fmt::Write as _;

use super::folder;
use super::made_up::{Files, generate_all};
use super::random::Dice;

const SEED: u64 = 70;
const QUERIES: usize = 48;

/// A table, and the tables whose rows are nested in its own.
struct Level {
    name: String,
    columns: Vec<Column>,
    /// How many of the columns are the primary key.
    primary: usize,
    /// The columns that tell its rows apart, and whether the query says so.
    key: Vec<usize>,
    is_key_written: bool,
    is_collection: bool,
    children: Vec<Level>,
}

struct Column {
    name: String,
    ty: &'static str,
    not_null: bool,
}

/// Generates the module and the array.
pub fn generate() -> Result<(), Box<dyn Error>> {
    let mut dice = Dice::new(SEED);
    let mut schema = String::new();
    let mut rows = String::new();
    let mut files = Files::new();
    let mut samples = String::new();
    for number in 0..QUERIES {
        let mut names = 0;
        let root = draw(&mut dice, &format!("q{number:02}"), 0, &mut names);
        add_schema(&mut schema, &root, None)?;
        let keys = add_rows(&mut rows, &mut dice, &root, &[])?;
        assert!(!keys.is_empty(), "a table has rows");
        let order = dice
            .chance(50)
            .then(|| format!(" ORDER BY {}", dice.below(width(&root)) + 1));
        let order = order.unwrap_or_default();
        let mut nested = String::new();
        if root.is_key_written {
            let key = key_names(&root, "");
            writeln!(nested, "-- @@{{ collectionKey=[{key}] }}")?;
        }
        write!(nested, "{}{order}", select(&root, true))?;
        files.push((format!("queries/twins/{}.sql", root.name), nested));
        let flat = format!("{}{order}", select(&root, false));
        let shape = shape(&root, 0);
        let node = node(&root, "row");
        writeln!(
            samples,
            "    Twin {{ flat: {flat:?}, shape: {shape}, run: |on| Ok(on.blocking_read(|on| on.twins().{}().list())?.iter().map(|row| {node}).collect()) }},",
            root.name
        )?;
    }
    files.push(("schema/all.sql".to_owned(), schema));
    files.push(("init/rows.sql".to_owned(), rows));
    let databases = [("TwinsDatabase".to_owned(), files)];
    generate_all(&folder("OUT_DIR")?, "twins", &databases, move |text, _| {
        text.push_str(&samples);
        Ok(())
    })
}

fn draw(dice: &mut Dice, name: &str, depth: usize, names: &mut usize) -> Level {
    const TYPES: [&str; 3] = ["INTEGER", "TEXT", "BLOB"];
    let primary = 1 + dice.below(2);
    let values = 1 + dice.below(2);
    let mut columns = Vec::new();
    for at in 0..primary + values {
        let is_key = at < primary;
        columns.push(Column {
            name: format!("{}{at}", if is_key { "k" } else { "v" }),
            ty: dice.pick(&TYPES),
            not_null: is_key || dice.chance(40),
        });
    }
    let count = match depth {
        0 => 1 + dice.below(3),
        1 => dice.below(3),
        _ => 0,
    };
    let children = (0..count).map(|_| {
        *names += 1;
        draw(dice, &format!("{}t{names}", &name[..3]), depth + 1, names)
    });
    let mut children: Vec<Level> = children.collect();
    // Without a collection rows are what SQLite gives, one by one.
    if let (0, Some(first)) = (depth, children.first_mut()) {
        first.is_collection = true;
    }
    let by_value = dice.chance(30);
    let key = if by_value {
        vec![primary]
    } else {
        (0..primary).collect()
    };
    Level {
        name: name.to_owned(),
        columns,
        primary,
        key,
        is_key_written: by_value || dice.chance(30),
        is_collection: depth == 0 || dice.chance(70),
        children,
    }
}

/// The labels of a level's columns, those of the levels below it included.
fn labels(level: &Level) -> Vec<String> {
    let own = level.columns.iter().map(|column| column.name.clone());
    let below = level.children.iter().flat_map(|child| {
        let labels = labels(child).into_iter();
        labels.map(|label| format!("{}_{label}", child.name))
    });
    own.chain(below).collect()
}

fn width(level: &Level) -> usize {
    labels(level).len()
}

fn key_names(level: &Level, prefix: &str) -> String {
    let names = level
        .key
        .iter()
        .map(|at| format!("{prefix}{}", level.columns[*at].name));
    names.collect::<Vec<_>>().join(", ")
}

/// The query of a level, with what it says about its nested values or without.
fn select(level: &Level, is_nested: bool) -> String {
    let name = &level.name;
    let mut items: Vec<_> = level
        .columns
        .iter()
        .map(|column| format!("{name}.{}", column.name))
        .collect();
    let mut from = name.clone();
    let mut blocks = String::new();
    for child in &level.children {
        let alias = &child.name;
        items.extend(
            labels(child)
                .iter()
                .map(|label| format!("{alias}.{label} AS {alias}_{label}")),
        );
        let source = match (child.children.is_empty(), is_nested) {
            (true, _) => alias.clone(),
            (false, true) => format!("nested_{alias}"),
            (false, false) => format!("flat_{alias}"),
        };
        let on = (0..level.primary).map(|at| format!("{alias}.up{at} = {name}.k{at}"));
        let on = on.collect::<Vec<_>>().join(" AND ");
        from = format!("{from} LEFT JOIN {source} AS {alias} ON {on}");
        let (mapping, ty) = if child.is_collection {
            ("collection", format!("List<{}>", alias.to_uppercase()))
        } else {
            ("perRow", alias.to_uppercase())
        };
        let mut block = format!(
            "dynamicField={alias}, mappingType={mapping}, propertyType={ty}, sourceTable={alias}, aliasPrefix={alias}_"
        );
        if child.is_key_written && child.is_collection {
            let key = key_names(child, &format!("{alias}_"));
            block = format!("{block}, collectionKey=[{key}]");
        }
        blocks = format!("{blocks}/* @@{{ {block} }} */ ");
    }
    if !is_nested {
        blocks.clear();
    }
    format!("SELECT {} {blocks}FROM {from}", items.join(", "))
}

fn add_schema(text: &mut String, level: &Level, parent: Option<&Level>) -> std::fmt::Result {
    let name = &level.name;
    let ups = parent.map_or(0, |parent| parent.primary);
    let own = level.columns.iter().map(|column| {
        let not_null = if column.not_null { " NOT NULL" } else { "" };
        format!("{} {}{not_null}", column.name, column.ty)
    });
    let foreign = parent.iter().flat_map(|parent| &parent.columns[..ups]);
    let foreign = foreign
        .enumerate()
        .map(|(at, column)| format!("up{at} {}", column.ty));
    let columns: Vec<_> = own.chain(foreign).collect();
    let primary: Vec<_> = (0..level.primary).map(|at| format!("k{at}")).collect();
    writeln!(
        text,
        "CREATE TABLE {name} ({}, PRIMARY KEY ({}));",
        columns.join(", "),
        primary.join(", ")
    )?;
    for child in &level.children {
        add_schema(text, child, Some(level))?;
    }
    if let (Some(_), false) = (parent, level.children.is_empty()) {
        let ups: Vec<_> = (0..ups).map(|at| format!("{name}.up{at}, ")).collect();
        let ups = ups.concat();
        for (kind, is_nested) in [("nested", true), ("flat", false)] {
            let select = select(level, is_nested).replacen("SELECT ", &format!("SELECT {ups}"), 1);
            writeln!(text, "CREATE VIEW {kind}_{name} AS {select};")?;
        }
    }
    Ok(())
}

/// Adds the rows of a level whose parents have these keys; gives their own.
fn add_rows(
    text: &mut String,
    dice: &mut Dice,
    level: &Level,
    parents: &[Vec<String>],
) -> Result<Vec<Vec<String>>, std::fmt::Error> {
    let count = if parents.is_empty() {
        6
    } else {
        14 + dice.below(10)
    };
    let mut keys = Vec::new();
    for number in 0..count {
        let mut cells = Vec::new();
        for (at, column) in level.columns.iter().enumerate() {
            // The first column of two may repeat, the last one never does.
            let is_key = at < level.primary;
            let drawn = if is_key && at + 1 == level.primary {
                number
            } else {
                dice.below(3)
            };
            let is_null = !column.not_null && dice.chance(30);
            cells.push(match column.ty {
                _ if is_null => "NULL".to_owned(),
                "INTEGER" => drawn.to_string(),
                "TEXT" => format!("'{}'", "é".repeat(drawn)),
                _ => format!("x'{}'", "00".repeat(drawn)),
            });
        }
        keys.push(cells[..level.primary].to_vec());
        if !parents.is_empty() {
            let parent = dice.pick(parents);
            let is_lost = dice.chance(10);
            cells.extend(
                parent
                    .into_iter()
                    .map(|cell| if is_lost { "NULL".to_owned() } else { cell }),
            );
        }
        writeln!(
            text,
            "INSERT INTO {} VALUES ({});",
            level.name,
            cells.join(", ")
        )?;
    }
    for child in &level.children {
        add_rows(text, dice, child, &keys)?;
    }
    Ok(keys)
}

/// How the rows of the flat query nest, by the indexes of their columns from `start` on.
fn shape(level: &Level, start: usize) -> String {
    let own = start..start + level.columns.len();
    let end = start + width(level);
    let key: Vec<_> = level.key.iter().map(|at| start + at).collect();
    let mut at = own.end;
    let mut children = Vec::new();
    for child in &level.children {
        children.push(shape(child, at));
        at += width(child);
    }
    format!(
        "Shape {{ own: {own:?}, all: {start}..{end}, key: &{key:?}, is_collection: {}, children: &[{}] }}",
        level.is_collection,
        children.join(", ")
    )
}

/// The expression that makes a node of a generated row.
fn node(level: &Level, row: &str) -> String {
    let own = level
        .columns
        .iter()
        .map(|column| format!("value(&{row}.{})", column.name));
    let children = level.children.iter().map(|child| {
        let name = &child.name;
        format!(
            "{row}.{name}.iter().map(|{name}| {}).collect()",
            node(child, name)
        )
    });
    format!(
        "Node {{ cells: vec![{}], children: vec![{}] }}",
        own.collect::<Vec<_>>().join(", "),
        children.collect::<Vec<_>>().join(", ")
    )
}
