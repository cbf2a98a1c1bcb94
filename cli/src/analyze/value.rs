//! What is known of a value inside a statement, and how two of them become one.
//!
//! `CASE WHEN done THEN 1 ELSE 2.5 END` merges Integer and Real into Real; `a UNION b` is nullable when an arm is.

use std::rc::Rc;

use super::rule::Rule;
use super::{Origin, SqlType};

/// The place of a column among the FROM items of the statement's levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnPlace {
    pub(super) level: usize,
    pub(super) item: usize,
    pub(super) column: usize,
}

/// A parameter at one place of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ParameterPlace {
    /// SQLite's number.
    pub(super) number: usize,
    /// The byte of the file at which it stands.
    pub(super) byte: usize,
}

/// An item of FROM through which a column comes, on its way from the table to the statement.
#[derive(Debug)]
pub(super) struct Step {
    /// The item's alias, or its name.
    pub(super) alias: Rc<str>,
    /// Whether an outer join can leave all its columns NULL.
    pub(super) optional: bool,
    /// The table or view it is; none for a subquery, a CTE and what is not in the schema.
    pub(super) relation: Option<Rc<str>>,
    /// The column's name there.
    pub(super) column: String,
    /// The item inside the subquery or view.
    pub(super) inner: Option<Rc<Step>>,
}

/// What is known of a value.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a claim of its own, and most are independent"
)]
pub(super) struct Value {
    /// Its type; none for NULL and for a parameter of which nothing is known yet.
    pub(super) ty: Option<SqlType>,
    /// Whether it can be NULL.
    pub(super) nullable: bool,
    /// Whether it can be the NULL that SQLite makes of NaN, which a reader of reals turns back into NaN.
    pub(super) may_be_nan: bool,
    /// Whether its type is Text, but SQLite may store it as a number.
    pub(super) loose: bool,
    /// Whether it is written in the statement.
    pub(super) literal: bool,
    /// Whether it is a literal 0 or 1, which may stand for a Boolean.
    pub(super) bit: bool,
    /// Whether it is a parameter and nothing else, so that its NULL is the parameter's NULL.
    pub(super) bare: bool,
    /// The table column it comes from.
    pub(super) origin: Option<Rc<Origin>>,
    /// The view columns it passes on its way, outermost first.
    pub(super) through: Rc<[Origin]>,
    /// The items through which it comes unchanged, from this statement's inwards.
    pub(super) path: Option<Rc<Step>>,
    /// Whether it can be NULL though all items of its path have a row.
    pub(super) null_inside: bool,
    /// The parameters which have its type.
    pub(super) parameters: Vec<ParameterPlace>,
    /// Where it stands in FROM.
    pub(super) place: Option<ColumnPlace>,
}

impl Value {
    /// A value of type `ty`.
    pub(super) fn of(ty: SqlType, nullable: bool) -> Self {
        Self {
            ty: Some(ty),
            nullable,
            ..Self::default()
        }
    }

    /// A value of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self::of(SqlType::Any, true)
    }

    /// The literal NULL.
    pub(super) fn null() -> Self {
        Self {
            nullable: true,
            literal: true,
            ..Self::default()
        }
    }

    /// Whether an operator may meet a NULL here.
    pub(super) fn gives_null(&self) -> bool {
        self.nullable || (self.may_be_nan && Rule::NotANumber.holds())
    }

    /// The type, where a type must be told.
    pub(super) fn known_type(&self) -> SqlType {
        self.ty.unwrap_or(SqlType::Any)
    }

    /// The same value as the result of an expression: no column any more.
    pub(super) fn computed(mut self) -> Self {
        self.origin = None;
        self.through = Rc::default();
        self.path = None;
        self.place = None;
        self.literal = false;
        self.bit = false;
        self.bare = false;
        self
    }

    /// The same value as that of a subquery; there may be no row.
    pub(super) fn of_subquery(mut self, may_miss: bool) -> Self {
        self.nullable |= may_miss;
        self.path = None;
        self
    }

    /// One of two values, whichever comes.
    pub(super) fn either(self, other: &Self) -> Self {
        let ty = common_type(&self, other);
        let nan = self.may_be_nan || other.may_be_nan;
        // The NULL of a NaN reads as NaN where reals are read, and nowhere else.
        let real = ty.is_none_or(|ty| ty == SqlType::Real);
        let same_origin = self.origin == other.origin && self.through == other.through;
        let mut parameters = self.parameters;
        for place in &other.parameters {
            if !parameters.contains(place) {
                parameters.push(*place);
            }
        }
        Self {
            ty,
            nullable: self.nullable || other.nullable || (nan && !real),
            may_be_nan: nan && real,
            loose: self.loose || other.loose,
            literal: self.literal && other.literal,
            bit: self.bit && other.bit,
            bare: self.bare || other.bare,
            path: None,
            null_inside: false,
            origin: self.origin.filter(|_| same_origin),
            through: if same_origin {
                self.through
            } else {
                Rc::default()
            },
            parameters,
            place: None,
        }
    }
}

/// The type that can hold both; none as long as neither is known.
fn common_type(a: &Value, b: &Value) -> Option<SqlType> {
    use SqlType::{Any, Boolean, Integer, Real};
    let (Some(left), Some(right)) = (a.ty, b.ty) else {
        return a.ty.or(b.ty);
    };
    Some(match (left, right) {
        _ if left == right => left,
        // `COALESCE(done, 0)` stays a Boolean.
        (Boolean, Integer) if b.bit => Boolean,
        (Integer, Boolean) if a.bit => Boolean,
        (Boolean | Integer, Boolean | Integer) => Integer,
        // A reader of reals takes integers, too.
        (Boolean | Integer | Real, Boolean | Integer | Real) => Real,
        _ if Rule::CommonType.holds() => Any,
        _ => left,
    })
}

/// A column of a query's outcome.
#[derive(Debug, Clone)]
pub(super) struct OutColumn {
    /// The name under which an enclosing query sees it; empty for an expression without alias.
    pub(super) name: String,
    pub(super) value: Value,
    /// First and last byte in the file.
    pub(super) span: Option<(usize, usize)>,
}
