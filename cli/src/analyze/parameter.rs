//! Parameters are typed by what they meet: `WHERE id = :id` gives `:id` the type of `id`, `LIMIT :n` gives Integer.
//!
//! Every meeting is a [`Use`]. Columns count more than expressions, and those more than literals; two uses of the same
//! weight that ask for different types are a diagnostic which marks both.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::annotation::Annotations;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::{self, Statement};

use super::infer::Infer;
use super::value::Value;
use super::{Origin, Parameter, SqlType};

/// How much a use tells about a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It stands beside a literal or in arithmetic.
    Hint,
    /// It stands where an expression of a type is expected.
    Expression,
    /// It is compared with a column or stored into one, or SQLite takes nothing else there.
    Column,
}

/// What a use says about NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nullness {
    /// Nothing.
    Silent,
    /// The statement has a meaning for NULL.
    Welcome,
    /// NULL would be refused.
    Refused,
}

/// A place where a parameter meets something.
#[derive(Debug, Clone)]
pub(super) struct Use {
    pub(super) number: usize,
    pub(super) byte: usize,
    pub(super) ty: Option<SqlType>,
    pub(super) weight: Weight,
    pub(super) nullness: Nullness,
    pub(super) origin: Option<Rc<Origin>>,
    pub(super) through: Rc<[Origin]>,
}

/// What all uses together say of a parameter.
#[derive(Debug, Clone, Default)]
pub(super) struct Verdict {
    pub(super) ty: Option<SqlType>,
    pub(super) nullable: bool,
    pub(super) origin: Option<Rc<Origin>>,
    pub(super) through: Rc<[Origin]>,
    /// Two uses that cannot both be right: bytes and types.
    pub(super) conflict: Option<[(usize, SqlType); 2]>,
}

impl Use {
    /// Whether it is a column that it meets, or what a view computes and shows as one.
    fn is_column(&self) -> bool {
        self.origin.is_some() || !self.through.is_empty()
    }
}

impl Verdict {
    /// Takes the column of `used`, if any.
    fn stand_for(&mut self, used: Option<&Use>) {
        if let Some(used) = used {
            self.origin.clone_from(&used.origin);
            self.through = Rc::clone(&used.through);
        }
    }
}

impl Infer<'_> {
    /// Notes that `value` stands beside `other` in a comparison: parameters in one take the type of the other.
    pub(super) fn relate(&mut self, value: &Value, other: &Value, nullness: Nullness) {
        self.meet(value, other, nullness);
        self.meet(other, value, nullness);
    }

    /// Notes that the parameters of `value` meet `other`.
    pub(super) fn meet(&mut self, value: &Value, other: &Value, nullness: Nullness) {
        let weight = match (other.origin.is_some(), other.literal) {
            (true, _) => Weight::Column,
            (_, true) => Weight::Hint,
            _ => Weight::Expression,
        };
        self.note(value, other.ty, weight, nullness, Some(other));
    }

    /// Notes that the parameters of `value` stand where `ty` is expected.
    pub(super) fn expect(&mut self, value: &Value, ty: SqlType, weight: Weight) {
        self.note(value, Some(ty), weight, Nullness::Silent, None);
    }

    /// Notes that the statement has a meaning for `value` being NULL.
    pub(super) fn welcome_null(&mut self, value: &Value) {
        if value.bare {
            self.note(value, None, Weight::Hint, Nullness::Welcome, None);
        }
    }

    /// Notes that `value` is stored into a column of type `column`, which refuses NULL or not.
    pub(super) fn store(&mut self, value: &Value, column: &Value, refuses: bool) {
        let nullness = match (value.bare, refuses) {
            (false, _) => Nullness::Silent,
            (true, true) => Nullness::Refused,
            (true, false) => Nullness::Welcome,
        };
        self.note(value, column.ty, Weight::Column, nullness, Some(column));
    }

    fn note(
        &mut self,
        value: &Value,
        ty: Option<SqlType>,
        weight: Weight,
        nullness: Nullness,
        column: Option<&Value>,
    ) {
        if self.verdicts.is_some() {
            return;
        }
        for place in &value.parameters {
            self.uses.push(Use {
                number: place.number,
                byte: place.byte,
                ty,
                weight,
                nullness,
                origin: column.and_then(|column| column.origin.clone()),
                through: column.map_or_else(Rc::default, |column| Rc::clone(&column.through)),
            });
        }
    }
}

/// Sums up the uses of every parameter.
pub(super) fn judge(uses: &[Use]) -> HashMap<usize, Verdict> {
    let mut by_number: BTreeMap<usize, Vec<&Use>> = BTreeMap::new();
    for used in uses {
        by_number.entry(used.number).or_default().push(used);
    }
    by_number
        .into_iter()
        .map(|(number, uses)| (number, sum_up(&uses)))
        .collect()
}

fn sum_up(uses: &[&Use]) -> Verdict {
    let says = |nullness: Nullness| uses.iter().any(|used| used.nullness == nullness);
    let mut verdict = Verdict {
        nullable: says(Nullness::Welcome) && !says(Nullness::Refused),
        ..Verdict::default()
    };
    // A column without a type takes anything; it decides only when nothing else does.
    let telling = |used: &&&Use| used.ty.is_some_and(|ty| ty != SqlType::Any);
    let Some(heaviest) = uses.iter().filter(telling).map(|used| used.weight).max() else {
        verdict.ty = uses.iter().find_map(|used| used.ty);
        verdict.stand_for(uses.iter().copied().find(|used| used.is_column()));
        return verdict;
    };
    let mut first: Option<&Use> = None;
    for used in uses
        .iter()
        .filter(telling)
        .filter(|used| used.weight == heaviest)
    {
        let Some(ty) = used.ty else { continue };
        match (first, verdict.ty) {
            (Some(first), Some(known)) if known != ty => {
                let numbers = [SqlType::Boolean, SqlType::Integer, SqlType::Real];
                if heaviest < Weight::Column && numbers.contains(&known) && numbers.contains(&ty) {
                    let real = known == SqlType::Real || ty == SqlType::Real;
                    verdict.ty = Some(if real {
                        SqlType::Real
                    } else {
                        SqlType::Integer
                    });
                } else if heaviest > Weight::Hint && verdict.conflict.is_none() {
                    verdict.conflict = Some([(first.byte, known), (used.byte, ty)]);
                }
            }
            _ => {
                first = first.or(Some(used));
                verdict.ty = Some(ty);
            }
        }
    }
    let column = uses.iter().filter(telling).copied();
    let mut heavy = column.filter(|used| used.weight == heaviest);
    verdict.stand_for(heavy.find(|used| used.is_column()));
    verdict
}

/// The parameters of a statement, one per number, with what is to be said about them; without `verdicts` when it was not
/// taken apart.
pub(super) fn describe(
    statement: &Statement,
    verdicts: Option<&HashMap<usize, Verdict>>,
    annotations: &Annotations,
    diagnostics: &mut Diagnostics,
) -> Vec<Parameter> {
    let mut first: BTreeMap<usize, &syntax::Parameter> = BTreeMap::new();
    for parameter in &statement.parameters {
        let first = first.entry(parameter.number).or_insert(parameter);
        // The first place as a list counts: the others only ask whether it is there at all.
        if parameter.is_list() && !first.is_list() {
            *first = parameter;
        }
    }
    let silent = Verdict::default();
    let describe_one = |(number, parameter): (usize, &syntax::Parameter)| {
        let verdict = verdicts.and_then(|verdicts| verdicts.get(&number));
        let verdict = verdict.unwrap_or(&silent);
        let declared = is_declared(parameter, annotations);
        if let (Some(conflict), false) = (verdict.conflict, declared) {
            diagnostics.push(conflicting(statement, parameter, conflict));
        } else if verdict.ty.is_none() && verdicts.is_some() && !declared {
            diagnostics.push(untyped(parameter));
        }
        Parameter {
            number,
            name: parameter.name.clone(),
            span: parameter.span,
            ty: verdict.ty.unwrap_or(SqlType::Any),
            nullable: verdict.nullable,
            list: parameter.is_list(),
            origin: verdict.origin.as_deref().cloned(),
            through: verdict.through.to_vec(),
        }
    };
    first.into_iter().map(describe_one).collect()
}

/// Reports parameters that are a list in one place and a value in another.
///
/// `tested` are the places that only ask whether it is NULL, which a list may be as well.
pub(super) fn check_lists(
    statement: &Statement,
    tested: &HashSet<usize>,
    diagnostics: &mut Diagnostics,
) {
    for (at, list) in statement.parameters.iter().enumerate() {
        let same = |other: &&syntax::Parameter| other.number == list.number;
        let again = statement.parameters[..at].iter().filter(same);
        if !list.is_list() || again.filter(|other| other.is_list()).count() > 0 {
            continue;
        }
        let mut places = statement.parameters.iter().filter(same);
        let Some(value) =
            places.find(|place| !place.is_list() && !tested.contains(&place.span.start))
        else {
            continue;
        };
        let name = shown(list);
        let message = format!("`{name}` is used as a list and as a single value");
        diagnostics.push(
            Diagnostic::error(Code::ConflictingParameter, message)
                .at(value.span, "a single value here")
                .and_at(list.span, "a list here")
                .help("use two parameters; a list of fixed length is written `IN (:a, :b)`"),
        );
    }
}

fn is_declared(parameter: &syntax::Parameter, annotations: &Annotations) -> bool {
    let Some(name) = &parameter.name else {
        return false;
    };
    let mut blocks = annotations.params.iter();
    blocks.any(|block| block.param.value == *name && block.property_type.is_some())
}

fn shown(parameter: &syntax::Parameter) -> String {
    parameter
        .name
        .clone()
        .unwrap_or_else(|| format!("?{}", parameter.number))
}

fn conflicting(
    statement: &Statement,
    parameter: &syntax::Parameter,
    uses: [(usize, SqlType); 2],
) -> Diagnostic {
    let [(first, first_type), (second, second_type)] = uses;
    let message = format!(
        "`{}` is used as {} and as {}",
        shown(parameter),
        word(first_type),
        word(second_type)
    );
    Diagnostic::error(Code::ConflictingParameter, message)
        .at(
            place_of(statement, second),
            format!("{} here", word(second_type)),
        )
        .and_at(
            place_of(statement, first),
            format!("{} here", word(first_type)),
        )
        .help("use two parameters, or cast one of the places")
}

fn untyped(parameter: &syntax::Parameter) -> Diagnostic {
    let name = shown(parameter);
    let diagnostic = Diagnostic::warning(
        Code::UntypedParameter,
        format!("nothing tells the type of `{name}`"),
    )
    .at(parameter.span, "taken as any value");
    match &parameter.name {
        Some(name) => diagnostic.help(format!(
            "say it: `-- @@{{ param={name}, propertyType=i64 }}`"
        )),
        None => diagnostic
            .help("give it a name, and say its type: `:x -- @@{ param=x, propertyType=i64 }`"),
    }
}

fn place_of(statement: &Statement, byte: usize) -> Span {
    let file: FileId = statement.file();
    let found = statement
        .parameters
        .iter()
        .find(|parameter| parameter.span.start == byte);
    found.map_or_else(|| Span::new(file, byte..byte), |parameter| parameter.span)
}

fn word(ty: SqlType) -> &'static str {
    match ty {
        SqlType::Boolean => "a Boolean",
        SqlType::Integer => "an Integer",
        SqlType::Real => "a Real",
        SqlType::Text => "a Text",
        SqlType::Blob => "a Blob",
        SqlType::Any => "any value",
    }
}
