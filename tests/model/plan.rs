//! What the tasks of a run are going to do, and which titles stay if they get to their end.

use super::dice::Dice;

/// A step inside of a transaction.
#[derive(Debug, Clone)]
pub enum Step {
    /// Inserts a title.
    Insert(String),
    /// Reads all titles: what was committed, and what this transaction did.
    Read,
    /// A statement that fails, which the block swallows.
    Fail,
    /// Lets others run.
    Pause,
    /// A nested block, which may end with an error that is swallowed.
    Nested { steps: Vec<Step>, fails: bool },
    /// Two nested blocks at the same time; which of them runs first is left open.
    Both(Vec<Step>, Vec<Step>),
}

#[derive(Debug, Clone)]
pub enum Operation {
    /// One statement.
    Insert(String),
    Read,
    Transaction {
        steps: Vec<Step>,
        fails: bool,
    },
}

pub struct Planner<'d> {
    dice: &'d mut Dice,
    task: usize,
    titles: usize,
}

impl<'d> Planner<'d> {
    pub fn new(dice: &'d mut Dice, task: usize) -> Self {
        Self {
            dice,
            task,
            titles: 0,
        }
    }

    pub fn program(&mut self) -> Vec<Operation> {
        (0..=self.dice.below(5)).map(|_| self.operation()).collect()
    }

    fn operation(&mut self) -> Operation {
        match self.dice.below(5) {
            0 => Operation::Read,
            1 | 2 => Operation::Insert(self.title()),
            _ => Operation::Transaction {
                steps: self.steps(0),
                fails: self.dice.below(4) == 0,
            },
        }
    }

    fn steps(&mut self, depth: usize) -> Vec<Step> {
        (0..=self.dice.below(3)).map(|_| self.step(depth)).collect()
    }

    fn step(&mut self, depth: usize) -> Step {
        match self.dice.below(if depth < 2 { 10 } else { 7 }) {
            0..=2 => Step::Insert(self.title()),
            3 => Step::Read,
            4 => Step::Fail,
            5 | 6 => Step::Pause,
            7 | 8 => Step::Nested {
                steps: self.steps(depth + 1),
                fails: self.dice.below(3) == 0,
            },
            _ => Step::Both(self.steps(depth + 1), self.steps(depth + 1)),
        }
    }

    fn title(&mut self) -> String {
        self.titles += 1;
        format!("{}.{}", self.task, self.titles)
    }
}

/// The titles that stay, in every order in which they can come.
pub fn outcomes(steps: &[Step]) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    for step in steps {
        let next = match step {
            Step::Insert(title) => vec![vec![title.clone()]],
            Step::Read | Step::Fail | Step::Pause | Step::Nested { fails: true, .. } => {
                vec![Vec::new()]
            }
            Step::Nested { steps, .. } => outcomes(steps),
            Step::Both(a, b) => {
                let mut orders = pairs(&outcomes(a), &outcomes(b));
                orders.extend(pairs(&outcomes(b), &outcomes(a)));
                orders
            }
        };
        all = pairs(&all, &next);
        all.sort();
        all.dedup();
    }
    all
}

fn pairs(first: &[Vec<String>], second: &[Vec<String>]) -> Vec<Vec<String>> {
    let with = |before: &Vec<String>| {
        let before = before.clone();
        second
            .iter()
            .map(move |after| [before.clone(), after.clone()].concat())
    };
    first.iter().flat_map(with).collect()
}
