//! Where in the program, and in which statement, something happened.
//!
//! In: `#[track_caller]` locations and generated statements. Out: values that print them. They hide what they
//! are made of: a place may lie in another process.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

use crate::statement::Statement;
use crate::value::Value;

use super::bound::literal;

/// A place in the caller's source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSite(Place);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Here(&'static Location<'static>),
    /// Of another process, or one that has come back from there.
    #[cfg(feature = "sharing")]
    Elsewhere(std::sync::Arc<super::Elsewhere>),
}

impl CallSite {
    /// Returns the file as the compiler knows it.
    #[must_use]
    pub fn file(&self) -> &str {
        match &self.0 {
            Place::Here(location) => location.file(),
            #[cfg(feature = "sharing")]
            Place::Elsewhere(place) => &place.file,
        }
    }

    /// Returns the line, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        match &self.0 {
            Place::Here(location) => location.line(),
            #[cfg(feature = "sharing")]
            Place::Elsewhere(place) => place.line,
        }
    }

    #[cfg(feature = "sharing")]
    pub(crate) fn column(&self) -> u32 {
        match &self.0 {
            Place::Here(location) => location.column(),
            Place::Elsewhere(place) => place.column,
        }
    }

    /// The owner or the client that the place belongs to, unless it is this one.
    #[cfg(feature = "sharing")]
    pub(crate) fn party(&self) -> Option<super::Party> {
        match &self.0 {
            Place::Here(_) => None,
            Place::Elsewhere(place) => place.party,
        }
    }
}

impl From<&'static Location<'static>> for CallSite {
    fn from(location: &'static Location<'static>) -> Self {
        Self(Place::Here(location))
    }
}

#[cfg(feature = "sharing")]
impl From<super::Elsewhere> for CallSite {
    fn from(place: super::Elsewhere) -> Self {
        Self(Place::Elsewhere(std::sync::Arc::new(place)))
    }
}

impl fmt::Display for CallSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Here(location) => location.fmt(f),
            #[cfg(feature = "sharing")]
            Place::Elsewhere(place) => place.fmt(f),
        }
    }
}

/// The statement an error came from, and who ran it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    name: &'static str,
    sql: Cow<'static, str>,
    site: Option<CallSite>,
    element: Option<usize>,
    values: Option<Vec<String>>,
}

impl Origin {
    pub(crate) fn new(
        statement: &'static Statement,
        site: Option<&'static Location<'static>>,
    ) -> Self {
        Self {
            name: statement.name,
            sql: statement.sql.into(),
            site: site.map(CallSite::from),
            element: None,
            values: None,
        }
    }

    /// Of something that is no generated statement.
    pub(crate) fn raw(name: &'static str, sql: String, site: impl Into<CallSite>) -> Self {
        Self {
            name,
            sql: sql.into(),
            site: Some(site.into()),
            element: None,
            values: None,
        }
    }

    pub(crate) fn with_element(mut self, element: usize) -> Self {
        self.element = Some(element);
        self
    }

    /// Adds what was bound, if it is to be shown.
    pub(crate) fn with_values(mut self, values: Option<&[Value]>) -> Self {
        self.values = values.map(|values| values.iter().map(literal).collect());
        self
    }

    /// Returns the statement's name, `cards.by_id` for example.
    #[must_use]
    pub fn statement(&self) -> &str {
        self.name
    }

    /// Returns the statement's SQL, without the values that were bound.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Returns the call that ran it.
    #[must_use]
    pub fn call_site(&self) -> Option<&CallSite> {
        self.site.as_ref()
    }

    /// Returns the values that were bound, as SQL literals in the order of the parameters, if
    /// [`values_in_errors`](crate::v1::Builder::values_in_errors) asked for them.
    #[must_use]
    pub fn values(&self) -> Option<&[String]> {
        self.values.as_deref()
    }

    /// Returns which set of parameters of an `ExecuteMany`, or which statement of a batch, it was, counted from 0.
    #[must_use]
    pub fn element(&self) -> Option<usize> {
        self.element
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement `{}`", self.name)?;
        if let Some(element) = self.element {
            write!(f, ", element {element},")?;
        }
        if let Some(values) = &self.values {
            write!(f, " with ({})", values.join(", "))?;
        }
        match &self.site {
            Some(site) => write!(f, " called at {site}"),
            None => Ok(()),
        }
    }
}
