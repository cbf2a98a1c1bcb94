//! Where in a statement the translation is: in which clause, within which parentheses.
//!
//! `FROM (a, b ON x IN (1, 2)), c` → the commas behind `a` and `b` stand between tables, those in `(1, 2)` do not.

use sqlparser::keywords::Keyword;

use super::Translator;

/// The clauses in which words or commas mean something else than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Clause {
    /// None of these.
    #[default]
    Other,
    /// FROM, at a table or behind one.
    Tables,
    /// FROM, in the condition of a join.
    JoinCondition,
    /// ORDER BY.
    Order,
    /// LIMIT.
    Limit,
}

impl Clause {
    /// Whether a comma stands between two tables.
    pub(super) fn is_from(self) -> bool {
        matches!(self, Self::Tables | Self::JoinCondition)
    }
}

/// What is known of an open parenthesis, or of the statement itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bracket {
    pub(super) clause: Clause,
    /// Whether a window frame has begun in it.
    pub(super) frame: bool,
}

impl Translator<'_> {
    /// The innermost parenthesis that is open.
    pub(super) fn bracket(&self) -> Bracket {
        self.brackets.last().copied().unwrap_or_default()
    }

    fn change(&mut self, change: impl FnOnce(&mut Bracket)) {
        if let Some(bracket) = self.brackets.last_mut() {
            change(bracket);
        }
    }

    /// Notes that a parenthesis opens.
    pub(super) fn open(&mut self) {
        let at_table = self.follows("FROM")
            || self.follows("JOIN")
            || self.follows_symbol(",")
            || self.follows_symbol("(");
        let is_query = ["SELECT", "VALUES", "WITH"]
            .iter()
            .any(|word| self.is_word(1, word));
        let holds_tables = self.bracket().clause == Clause::Tables && at_table && !is_query;
        self.brackets.push(Bracket {
            clause: if holds_tables {
                Clause::Tables
            } else {
                Clause::Other
            },
            frame: false,
        });
    }

    /// Notes that a parenthesis closes.
    pub(super) fn close(&mut self) {
        if self.brackets.len() > 1 {
            self.brackets.pop();
        }
    }

    /// A comma between tables is a join like any other, and may have ON or USING behind it.
    pub(super) fn comma_join(&mut self) {
        self.added("JOIN");
        self.at += 1;
        self.change(|bracket| bracket.clause = Clause::Tables);
    }

    /// Follows the clauses; `keyword` is that of the word at hand, if it is no name.
    pub(super) fn enter_clause(&mut self, keyword: Keyword) {
        let clause = match keyword {
            Keyword::ROWS | Keyword::RANGE | Keyword::GROUPS => {
                return self.change(|bracket| bracket.frame = true);
            }
            Keyword::CASE => {
                self.cases += 1;
                return;
            }
            Keyword::END => {
                self.cases = self.cases.saturating_sub(1);
                return;
            }
            // `a IS DISTINCT FROM b`
            Keyword::FROM if self.follows("DISTINCT") => return,
            Keyword::FROM | Keyword::JOIN => Clause::Tables,
            Keyword::ON if self.bracket().clause == Clause::Tables => Clause::JoinCondition,
            Keyword::ORDER => Clause::Order,
            Keyword::LIMIT => Clause::Limit,
            Keyword::SELECT
            | Keyword::VALUES
            | Keyword::SET
            | Keyword::WHERE
            | Keyword::GROUP
            | Keyword::HAVING
            | Keyword::WINDOW
            | Keyword::UNION
            | Keyword::INTERSECT
            | Keyword::EXCEPT
            | Keyword::RETURNING => Clause::Other,
            _ => return,
        };
        self.change(|bracket| bracket.clause = clause);
    }
}
