//! The rules by which a value may be NULL or of another type, each with a switch.
//!
//! Outside of tests every rule holds, and asking costs nothing. The soundness test switches them off one by one, and must
//! find a query that breaks its promise each time: a rule whose loss nobody notices is not tested.

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A column without NOT NULL can be NULL.
    NullableColumn,
    /// LEFT JOIN may leave out its right side.
    LeftJoin,
    /// RIGHT JOIN may leave out all that stands before it.
    RightJoin,
    /// FULL JOIN may leave out either side.
    FullJoin,
    /// The ON of an outer join proves nothing about the side that stays.
    OuterCondition,
    /// A column of USING in a RIGHT or FULL JOIN is that of the side that is there.
    MergedColumn,
    /// What only one arm of an OR proves is not proven.
    EitherArm,
    /// `NULL NOT IN (SELECT …)` holds when there is no row.
    EmptyIn,
    /// What a condition proves holds in its own arm only.
    ProofInArm,
    /// Other rows of a window are not those of which a condition speaks.
    OtherRows,
    /// A column beside an aggregate without GROUP BY has no row when there is none.
    BareColumn,
    /// An aggregate without GROUP BY may go over no rows.
    EmptySet,
    /// An aggregate of what can be NULL may find nothing else.
    NullableSet,
    /// FILTER can leave nothing.
    Filter,
    /// A frame that is written may not hold its own row.
    Frame,
    /// `lag` and its kin may find no row.
    MissingRow,
    /// A subquery may have no row.
    NoRow,
    /// LIMIT and OFFSET may take the only row.
    Limit,
    /// HAVING may refuse the only row.
    Having,
    /// Division by nought is NULL.
    Division,
    /// An operator gives NULL for NULL.
    Operand,
    /// NULLIF gives NULL for what is equal.
    NullIf,
    /// CASE without ELSE gives NULL.
    NoElse,
    /// `x IN (…)` is NULL when something in it is.
    NullInList,
    /// A path of `->` may lead nowhere.
    Path,
    /// A UNION has the rows of all arms.
    Arms,
    /// A recursive table has more rows than those of its first arm.
    Recursion,
    /// A function gives NULL for NULL.
    Argument,
    /// A function gives NULL for some values.
    SomeValues,
    /// A text may be no date.
    Date,
    /// COALESCE is non-null only if one of its arguments is.
    Coalesce,
    /// A view gives out what its INSTEAD OF trigger was handed.
    InsteadOf,
    /// The NULL of NaN is a NULL for comparisons and texts.
    NotANumber,
    /// A column of numeric affinity keeps numbers.
    Affinity,
    /// Two arms of different types have neither.
    CommonType,
}

impl Rule {
    /// Whether the rule holds.
    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests ask which one it is")]
    pub(super) const fn holds(self) -> bool {
        true
    }

    /// Whether the rule holds on this thread.
    #[cfg(test)]
    pub(super) fn holds(self) -> bool {
        tests::OFF.with(|off| off.get() != Some(self))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use super::Rule;

    thread_local! {
        pub(super) static OFF: Cell<Option<Rule>> = const { Cell::new(None) };
    }

    /// Every rule.
    pub(in crate::analyze) const ALL: [Rule; 35] = [
        Rule::NullableColumn,
        Rule::LeftJoin,
        Rule::RightJoin,
        Rule::FullJoin,
        Rule::OuterCondition,
        Rule::MergedColumn,
        Rule::EitherArm,
        Rule::EmptyIn,
        Rule::ProofInArm,
        Rule::OtherRows,
        Rule::BareColumn,
        Rule::EmptySet,
        Rule::NullableSet,
        Rule::Filter,
        Rule::Frame,
        Rule::MissingRow,
        Rule::NoRow,
        Rule::Limit,
        Rule::Having,
        Rule::Division,
        Rule::Operand,
        Rule::NullIf,
        Rule::NoElse,
        Rule::NullInList,
        Rule::Path,
        Rule::Arms,
        Rule::Recursion,
        Rule::Argument,
        Rule::SomeValues,
        Rule::Date,
        Rule::Coalesce,
        Rule::InsteadOf,
        Rule::NotANumber,
        Rule::Affinity,
        Rule::CommonType,
    ];

    /// Does `work` while `rule` does not hold.
    pub(in crate::analyze) fn without<T>(rule: Rule, work: impl FnOnce() -> T) -> T {
        OFF.set(Some(rule));
        let outcome = work();
        OFF.set(None);
        outcome
    }
}
