//! How large a document's text is, by its tokens: looked at before it is parsed,
//! since parsing recurses.

use super::{
    limit::{Excess, Limit, check},
    limits::Limits,
};

/// Reads a document's text token by token, and stops at the first that is too much.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<(), Excess> {
    let mut tokens = 0;
    // For each open bracket whether it opens a list, and what stands in it so far.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '#' => {
                rest = rest.split_once(['\n', '\r']).map_or("", |(_, rest)| rest);
                continue;
            }
            _ if first.is_whitespace() || matches!(first, ',' | '\u{feff}') => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            '"' => behind_string(rest),
            '.' => rest.strip_prefix("...").unwrap_or(&rest[1..]),
            '-' | '0'..='9' => rest[1..].trim_start_matches(|c| is_of_word(c) || c == '.'),
            '$' | '@' => rest[1..].trim_start_matches(is_of_word),
            _ if is_of_word(first) => rest.trim_start_matches(is_of_word),
            _ => &rest[first.len_utf8()..],
        };
        tokens += 1;
        check(Limit::Tokens, tokens, limits.tokens)?;
        if matches!(first, '}' | ']' | ')') {
            open.pop();
            continue;
        }
        if let Some((true, items)) = open.last_mut() {
            *items += 1;
            check(Limit::Items, *items, limits.items)?;
        }
        if matches!(first, '{' | '[' | '(') {
            open.push((first == '[', 0));
            check(Limit::Brackets, open.len(), limits.brackets)?;
        }
    }
    Ok(())
}

/// Names and numbers.
fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// What follows the string that the text begins with.
fn behind_string(text: &str) -> &str {
    const BLOCK: &str = "\"\"\"";
    const ESCAPED_BLOCK: &str = "\\\"\"\"";

    let is_block = text.starts_with(BLOCK);
    let quote = if is_block { BLOCK } else { "\"" };
    let mut rest = &text[quote.len()..];
    while !rest.starts_with(quote) {
        // What is escaped ends nothing: in a block the three quotes alone.
        if is_block && let Some(behind) = rest.strip_prefix(ESCAPED_BLOCK) {
            rest = behind;
            continue;
        }
        let mut letters = rest.chars();
        let first = letters.next();
        if first == Some('\\') && !is_block {
            letters.next();
        }
        rest = letters.as_str();
        if first.is_none() {
            return "";
        }
    }
    &rest[quote.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str, tokens: usize, brackets: usize, items: usize) -> Option<&'static str> {
        let limits = Limits {
            tokens,
            brackets,
            items,
            ..Limits::USUAL
        };
        scan(text, &limits).err().map(|excess| excess.limit.what())
    }

    #[test]
    fn tokens_are_counted_outside_comments() {
        for (text, tokens) in [
            ("{ a }", 3),
            ("{ a(b: \"c d\", e: $f) @g...h }", 14),
            ("{ a(b: -1.5e3, c: \"\"\"d \\\"\"\" e\"\"\") } # f g\r{", 12),
            ("\"open", 1),
            ("\u{feff},, \t\n", 0),
            ("张", 1),
        ] {
            assert_eq!(scanned(text, tokens, 9, 9), None, "{text}");
            if tokens > 0 {
                assert_eq!(scanned(text, tokens - 1, 9, 9), Some("tokens"), "{text}");
            }
        }
    }

    #[test]
    fn brackets_are_counted_outside_strings() {
        for (text, brackets) in [
            ("{ a(b: [1]) { c } }", 3),
            ("{ a(b: \"((((\") }", 2),
            ("[\"]\"[\"]\"[", 3),
            (r#"["\"]"["]"["#, 3),
            (r#"["""]\""" ]"""["#, 2),
            (r#"{a(b:"""\"""" """[[["#, 5),
            (r#"{a(b:"""\\""" """[[["#, 5),
            (r#"{a(b:"""\ """[[["#, 5),
            (r#"{a(b:"\\"[[["#, 5),
            ("}}}{", 1),
        ] {
            assert_eq!(scanned(text, 99, brackets, 9), None, "{text}");
            let excess = scanned(text, 99, brackets - 1, 9);
            assert_eq!(excess, Some("open brackets"), "{text}");
        }
    }

    #[test]
    fn items_are_counted_list_by_list() {
        let text = "{ a(b: [1, -2, $c, {d: [], e: [A B]}], f: {g: 1, h: 1, i: 1, j: 1, k: 1}) }";
        assert_eq!(scanned(text, 99, 9, 4), None);
        assert_eq!(scanned(text, 99, 9, 3), Some("items in a list"));
    }
}
