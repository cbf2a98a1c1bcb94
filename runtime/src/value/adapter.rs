//! Adapters: an application's own functions between a column and a type of its own.
//!
//! In: a pair of functions for each entry of a database's adapters. Out: values that are bound, fields that are read.
//! Invariants: an adapter sees the column's own type and never NULL – `Option` is handled around it –, and what it
//! refuses is an error that names column and storage class.

use std::any::{Any, type_name};
use std::fmt;
use std::sync::Arc;

use crate::error::{Cause, Error, Result};

use super::stored::Stored;

type ToColumn<T, S> = Box<dyn Fn(&T) -> Result<S, Cause> + Send + Sync>;
type FromColumn<T, S> =
    Box<dyn for<'v> Fn(<S as Stored>::View<'v>) -> Result<T, Cause> + Send + Sync>;

/// The two functions that convert between a column stored as `S` and a type `T`.
///
/// `S` is the type that the column would have without an adapter. What is read comes as `&str`, `&[u8]`, a number, a
/// `bool` or a [`Value`](crate::Value); NULL never comes.
///
/// ```
/// use sqlitenow_runtime::Adapter;
///
/// struct Cents(i64);
///
/// // A `TEXT` column that holds '12.34'.
/// let price: Adapter<Cents, String> = Adapter::new(
///     |cents: &Cents| format!("{}.{:02}", cents.0 / 100, cents.0 % 100),
///     |text: &str| text.replacen('.', "", 1).parse().map(Cents),
/// );
/// ```
///
/// Each of the functions gives its value, or a `Result` with any error. They run where the statement is called – those of
/// `RETURNING` once more on the database's thread – and may be called twice for one value.
pub struct Adapter<T, S: Stored> {
    to_column: ToColumn<T, S>,
    from_column: FromColumn<T, S>,
}

impl<T, S: Stored> Adapter<T, S> {
    /// Makes an adapter of the function that writes a column and the one that reads it.
    pub fn new<W, R, X, Y>(to_column: W, from_column: R) -> Self
    where
        W: Fn(&T) -> X + Send + Sync + 'static,
        X: Outcome<S>,
        R: for<'v> Fn(S::View<'v>) -> Y + Send + Sync + 'static,
        Y: Outcome<T>,
    {
        Self {
            to_column: Box::new(move |value| to_column(value).outcome()),
            from_column: Box::new(move |view| from_column(view).outcome()),
        }
    }

    pub(super) fn write(&self, value: &T) -> Result<S, Cause> {
        (self.to_column)(value)
    }

    pub(super) fn read(&self, view: S::View<'_>) -> Result<T, Cause> {
        (self.from_column)(view)
    }
}

impl<T, S: Stored> fmt::Debug for Adapter<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Adapter<{}, {}>", type_name::<T>(), type_name::<S>())
    }
}

/// What a function of an adapter gives: a value, or a `Result` with any error.
#[diagnostic::on_unimplemented(
    message = "a function of this adapter gives `{Self}`",
    label = "expected `{T}`, or a `Result` of it with an error"
)]
pub trait Outcome<T> {
    /// The value, or why there is none.
    ///
    /// # Errors
    ///
    /// The function's own.
    fn outcome(self) -> Result<T, Cause>;
}

impl<T> Outcome<T> for T {
    fn outcome(self) -> Result<T, Cause> {
        Ok(self)
    }
}

impl<T, E: Into<Cause>> Outcome<T> for Result<T, E> {
    fn outcome(self) -> Result<T, Cause> {
        self.map_err(Into::into)
    }
}

/// A field that an [`Adapter`] for `T` fills: `T` itself, or an `Option` of it.
pub trait Adapted<T>: Sized {
    /// The field for what was read; none if it cannot be NULL and was.
    fn adapted(value: Option<T>) -> Option<Self>;
}

impl<T> Adapted<T> for T {
    #[inline]
    fn adapted(value: Option<T>) -> Option<Self> {
        value
    }
}

impl<T> Adapted<T> for Option<T> {
    #[inline]
    fn adapted(value: Option<T>) -> Option<Self> {
        Some(value)
    }
}

/// A parameter that an [`Adapter`] for `T` binds: `T` itself, or an `Option` of it, owned or borrowed.
pub trait Adaptable<T> {
    /// The value; none for NULL.
    fn adaptable(&self) -> Option<&T>;
}

impl<T> Adaptable<T> for T {
    fn adaptable(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Adaptable<T> for &T {
    fn adaptable(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Adaptable<T> for Option<T> {
    fn adaptable(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Adaptable<T> for Option<&T> {
    fn adaptable(&self) -> Option<&T> {
        *self
    }
}

/// The adapters of one database, of whatever type; none when it has none.
#[derive(Debug, Clone)]
pub(crate) struct Adapters(Option<Arc<dyn Any + Send + Sync>>);

impl Adapters {
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn new<A: Any + Send + Sync>(adapters: A) -> Self {
        Self(Some(Arc::new(adapters)))
    }

    /// The adapters as their own type.
    pub(super) fn of<A: Any>(&self) -> Result<&A> {
        let own = self.0.as_ref().and_then(|adapters| adapters.downcast_ref());
        own.ok_or_else(|| Error::Refused {
            reason: "the database was opened without the adapters of this statement".into(),
            origin: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Statement;
    use crate::value::{Binder, Row, Value};

    static STATEMENT: Statement = Statement {
        parameters: &[":price", ":prices"],
        columns: &["price"],
        ..Statement::EMPTY
    };

    #[derive(Debug, PartialEq)]
    struct Cents(i64);

    fn cents() -> Adapter<Cents, String> {
        Adapter::new(
            |cents: &Cents| match cents.0 {
                negative @ ..0 => Err(format!("{negative} is below nought")),
                cents => Ok(format!("{cents}c")),
            },
            |text: &str| text.trim_end_matches('c').parse().map(Cents),
        )
    }

    fn bound(bind: impl FnOnce(&mut Binder<'_>) -> Result<()>) -> Result<Vec<Value>> {
        let mut values = Vec::new();
        bind(&mut Binder::new(&STATEMENT, &Adapters::NONE, &mut values))?;
        Ok(values)
    }

    fn read<V: Adapted<Cents>>(cell: Value) -> Result<V> {
        Row::copied(&STATEMENT, &Adapters::NONE, &[cell]).get_by(0, &cents())
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn r76_null_goes_around_the_adapter_both_ways() {
        let nothing = bound(|to| to.bind_by(1, &None::<Cents>, &cents()));
        assert_eq!(nothing.unwrap(), [Value::Null]);
        assert_eq!(read::<Option<Cents>>(Value::Null).unwrap(), None);
        let error = read::<Cents>(Value::Null).unwrap_err();
        assert_eq!(
            error.to_string(),
            "column `price`: found NULL, expected TEXT (statement ``)"
        );
        let some = bound(|to| to.bind_by(1, &Some(&Cents(7)), &cents()));
        assert_eq!(some.unwrap(), [text("7c")]);
        assert_eq!(read::<Option<Cents>>(text("7c")).unwrap(), Some(Cents(7)));
    }

    #[test]
    fn r77_what_an_adapter_refuses_names_column_and_class() {
        let written = bound(|to| to.bind_by(1, &Cents(-7), &cents())).unwrap_err();
        let read = read::<Cents>(text("seven")).unwrap_err();
        let told = |error: &Error| match error {
            Error::Adapter {
                column,
                class,
                source,
                ..
            } => {
                format!("{column} {class} {source}")
            }
            other => panic!("{other}"),
        };
        assert_eq!(told(&written), ":price TEXT -7 is below nought");
        assert_eq!(told(&read), "price TEXT invalid digit found in string");
        assert_eq!(
            read.to_string(),
            "column `price`: the adapter refused TEXT: invalid digit found in string (statement ``)"
        );
    }

    #[test]
    fn a_cell_of_another_class_never_reaches_the_adapter() {
        let error = read::<Cents>(Value::Integer(7)).unwrap_err();
        assert!(matches!(error, Error::Convert { .. }), "{error}");
    }

    #[test]
    fn c60_each_element_of_a_list_is_converted() {
        let list = bound(|to| to.bind_list_by(2, &vec![Cents(1), Cents(2)], &cents()));
        assert_eq!(list.unwrap()[1], text(r#"["1c","2c"]"#));
        let refused = bound(|to| to.bind_list_by(2, &[Cents(-1)][..], &cents()));
        assert!(matches!(refused, Err(Error::Adapter { column, .. }) if column == ":prices"));
        let none = bound(|to| to.bind_list_by(2, &None::<&[Cents]>, &cents()));
        assert_eq!(none.unwrap()[1], Value::Null);
    }

    #[test]
    fn every_storage_type_has_its_view() {
        fn out_and_back<S: Stored + Clone + Send + Sync>(stored: &S) -> Value {
            let kept = stored.clone();
            let adapter = Adapter::<(), S>::new(move |(): &()| kept.clone(), |_: S::View<'_>| ());
            let values = bound(|to| to.bind_by(1, &(), &adapter)).unwrap();
            let row = Row::copied(&STATEMENT, &Adapters::NONE, &values);
            row.get_by::<(), _, _>(0, &adapter).unwrap();
            values[0].clone()
        }
        assert_eq!(out_and_back(&5_i64), Value::Integer(5));
        assert_eq!(out_and_back(&true), Value::Integer(1));
        assert_eq!(out_and_back(&0.5), Value::Real(0.5));
        assert_eq!(out_and_back(&"a".to_owned()), text("a"));
        assert_eq!(out_and_back(&vec![1_u8]), Value::Blob(vec![1]));
        assert_eq!(out_and_back(&Value::Integer(1)), Value::Integer(1));
    }

    #[test]
    fn a_column_that_keeps_numbers_gives_them_as_texts() {
        let adapter = cents();
        let row = |cell| vec![cell];
        let cells = row(Value::Integer(7));
        let row = Row::copied(&STATEMENT, &Adapters::NONE, &cells);
        assert_eq!(row.get_text_by::<Cents, _>(0, &adapter).unwrap(), Cents(7));
    }

    #[test]
    fn adapters_of_another_database_are_refused() {
        let adapters = Adapters::new(5_i64);
        assert_eq!(adapters.of::<i64>().ok(), Some(&5));
        for wrong in [adapters.of::<i32>(), Adapters::NONE.of()] {
            assert!(matches!(wrong, Err(Error::Refused { .. })));
        }
    }
}
