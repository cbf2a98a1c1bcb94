//! Tells whether a value is an expression of Rust, as `defaultValue` takes one.
//!
//! `vec![0; 3]` is one; `1 +` is none, nor is `1, b: 2`, which would end the field it stands in.

/// The parser calls itself for every operator; what is longer is left to rustc.
const LONGEST: usize = 250;
/// Likewise for every bracket.
const DEEPEST: usize = 16;

/// Whether `text` is one expression, as far as can be told.
pub(super) fn is_expression(text: &str) -> bool {
    let is_checked = text.len() <= LONGEST && depth(text) <= DEEPEST;
    !text.trim().is_empty() && (!is_checked || syn::parse_str::<syn::Expr>(text).is_ok())
}

/// How deep brackets nest in `text`, at most.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn expressions_end_where_the_value_ends() {
        for text in ["0", "Vec::new()", "vec![\"a\", \"b\"]", "{ let a = 1; a }"] {
            assert!(is_expression(text), "{text}");
        }
        for text in ["", " ", "1 +", "1, b: 2", "let", "a b", "\"", ")", "1;"] {
            assert!(!is_expression(text), "{text}");
        }
    }

    #[test]
    fn what_nests_deep_does_not_exhaust_the_stack() {
        for part in [
            "!",
            "-",
            "&",
            "*",
            "(",
            "[",
            "{",
            "a=",
            "a..",
            "|a|",
            "return ",
            "a<",
            "a::<",
            "a+",
            "if a{}else ",
            "match a{b=>",
            "move||",
            "||",
            "async{",
            "a?",
            "a.b",
            "a as ",
        ] {
            let longest = part.repeat(super::LONGEST / part.len());
            is_expression(&longest);
            is_expression(&format!("{}1", part.repeat(longest.len() / part.len() - 1)));
            is_expression(&part.repeat(100_000));
        }
    }
}
