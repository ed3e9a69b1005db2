//! What a column takes from whoever writes it, beyond its type.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use crate::{
    datum::Datum,
    error::AccessError,
    kind::{Kind, TableColumn},
    link::links,
    mask::Mask,
};

/// Characters of a text.
const TEXT: RangeInclusive<usize> = 1..=200;
/// Numbers, where nothing else is said.
const NUMBER: RangeInclusive<i64> = 0..=10_000_000;
const YEAR: RangeInclusive<i32> = 1900..=2199;

/// Refuses what the column can't hold, by the field's name.
pub(crate) fn check(kind: Kind, column: &TableColumn, value: &Datum) -> Result<(), AccessError> {
    let problem = match value {
        Datum::Text(text) if column.mask.is_some() && text.contains('*') => {
            Some("an asterisk would look as if it were masked, and is not taken".to_owned())
        }
        Datum::Text(text) => of_text(text).or_else(|| of_document(column.mask?, text)),
        Datum::Integer(_) if links(kind).iter().any(|link| link.column == column.name) => None,
        Datum::Integer(number) => {
            let range = numbers(kind, column.name);
            let within = range.contains(number);
            (!within).then(|| format!("it takes {} to {}", range.start(), range.end()))
        }
        Datum::Date(day) => of_year(day.year()),
        Datum::Instant(instant) => of_year(instant.year()),
        Datum::Boolean(_) => None,
    };
    match problem {
        None => Ok(()),
        Some(problem) => Err(AccessError::InvalidInput(format!(
            "`{}`: {problem}",
            field_name(column.name)
        ))),
    }
}

/// The days of a kind, each with the one that must not come before it.
pub(crate) fn periods(kind: Kind) -> &'static [(&'static str, &'static str)] {
    kind.table().periods
}

/// A column's name as clients know it.
pub(crate) fn field_name(column: &str) -> String {
    let mut name = String::new();
    let words = column.strip_suffix("_id").unwrap_or(column).split('_');
    for (place, word) in words.enumerate() {
        let mut letters = word.chars();
        let first = letters.next();
        name.extend(first.map(|letter| match place {
            0 => letter,
            _ => letter.to_ascii_uppercase(),
        }));
        name.extend(letters);
    }
    name
}

fn numbers(kind: Kind, column: &str) -> RangeInclusive<i64> {
    let mut numbers = kind.table().numbers.iter();
    let own = numbers.find(|(name, _)| *name == column);
    own.map_or(NUMBER, |(_, range)| range.clone())
}

fn of_text(text: &str) -> Option<String> {
    if !TEXT.contains(&text.chars().count()) || text.trim().is_empty() {
        return Some(format!(
            "it takes {} to {} characters",
            TEXT.start(),
            TEXT.end()
        ));
    }
    let unseen = text.chars().find(|letter| is_unseen(*letter))?;
    Some(format!(
        "the character U+{:04X} does not show and is not taken",
        u32::from(unseen)
    ))
}

/// What identifies a person is written in few characters.
fn of_document(mask: Mask, text: &str) -> Option<String> {
    let letters = text.chars().filter(|letter| *letter != ' ').count();
    let only = |taken: fn(char) -> bool| text.chars().all(taken);
    let (is_good, problem) = match mask {
        Mask::Document => (
            (4..=40).contains(&letters) && only(is_of_document),
            "it takes 4 to 40 letters of the Latin alphabet, digits, brackets and hyphens",
        ),
        Mask::Telephone => (
            (4..=30).contains(&letters) && only(is_of_telephone),
            "it takes 4 to 30 digits, blanks, hyphens and a plus sign",
        ),
        Mask::Year => (
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .is_ok_and(|day| text.len() == 10 && BIRTH.contains(&day.year())),
            "it takes a day such as 1985-03-21",
        ),
        Mask::Surname => return None,
    };
    (!is_good).then(|| problem.to_owned())
}

/// Years in which who works or learns may have been born.
const BIRTH: RangeInclusive<i32> = 1900..=2099;

fn is_of_document(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " -()（）".contains(letter)
}

fn is_of_telephone(letter: char) -> bool {
    letter.is_ascii_digit() || " -+".contains(letter)
}

/// Whether every character of a text is seen where it stands.
pub fn shows(text: &str) -> bool {
    !text.chars().any(is_unseen)
}

/// Controls, what turns the direction of writing, and what has no width: with them two
/// names that look alike differ.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E0FFF}')
}

fn of_year(year: i32) -> Option<String> {
    let within = YEAR.contains(&year);
    (!within).then(|| format!("it takes years from {} to {}", YEAR.start(), YEAR.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_clients_know_them() {
        for (column, field) in [
            ("name", "name"),
            ("located_in", "locatedIn"),
            ("organization_id", "organization"),
            ("main_employment_id", "mainEmployment"),
        ] {
            assert_eq!(field_name(column), field);
        }
    }

    #[test]
    fn odd_values_are_told_from_plain_ones() {
        let table = Kind::Facility.table();
        let check = |name: &str, value: Datum| {
            let column = &table.columns[table.index(name).unwrap()];
            check(Kind::Facility, column, &value).map_err(|error| error.to_string())
        };
        let year = |year| Datum::Date(chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
        for good in [
            ("name", Datum::from("東港市 Bệnh viện №1 – 𠮷")),
            ("name", "x".repeat(200).as_str().into()),
            ("beds_actual", 0_i32.into()),
            ("opened_on", year(1900)),
            ("administered_by", 2_106_810_000_003_i64.into()),
        ] {
            assert_eq!(check(good.0, good.1), Ok(()));
        }
        for (name, value, says) in [
            ("name", Datum::from(""), "1 to 200"),
            ("name", "   ".into(), "1 to 200"),
            ("name", "x".repeat(201).as_str().into(), "1 to 200"),
            ("name", "a\0b".into(), "U+0000"),
            ("name", "a\nb".into(), "U+000A"),
            ("name", "a\u{202E}b".into(), "U+202E"),
            ("name", "a\u{200B}b".into(), "U+200B"),
            ("beds_actual", (-1_i32).into(), "0 to 10000000"),
            ("opened_on", year(1899), "1900 to 2199"),
        ] {
            let problem = check(name, value).unwrap_err();
            assert!(problem.contains(says), "{problem}");
            assert!(problem.starts_with('`'), "{problem}");
        }
    }
}
