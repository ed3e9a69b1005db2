//! People, every one of them invented, with names that say so.

use chrono::NaiveDate;
use entity::person;
use entity::term::{IdentityKind, Sex};

use super::calendar::{after, day};
use super::chance::{Chance, Mix};

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗",
];

/// Demonstration assumption: three of four are women.
const SEXES: Mix<Sex> = Mix {
    parts: &[(75, Sex::Female)],
    otherwise: Sex::Male,
};

/// The person with this key.
pub(super) fn invented(id: i64) -> person::Model {
    person::Model {
        id,
        name: name(id),
        sex: Chance::of("sex", id).among(&SEXES),
        identity_kind: Some(IdentityKind::ResidentIdentityCard),
        identity_number: Some(identity_number(id).into()),
        phone: Some(phone(id).into()),
        birth_date: Some(birth_date(id).to_string().into()),
        identity_number_digest: None,
        phone_digest: None,
        birth_date_digest: None,
        version: 1,
        active: true,
    }
}

/// Demonstration assumption: people are 22 to 59 years old.
fn birth_date(id: i64) -> NaiveDate {
    let days = Chance::of("birth date", id).below(37 * 365);
    after(day(1967, 1, 1), days)
}

/// The person's number and date of birth as a number of a resident identity card (GB
/// 11643-1999). That it is invented shows in 99, which no province has.
fn identity_number(id: i64) -> String {
    let place = 990_000 + id / 1_000 % 10_000;
    let number = format!(
        "{place}{}{:03}",
        birth_date(id).format("%Y%m%d"),
        id % 1_000
    );
    format!("{number}{}", check_digit(&number))
}

/// ISO 7064, MOD 11-2.
fn check_digit(number: &str) -> char {
    let digits = number.chars().filter_map(|digit| digit.to_digit(10));
    let remainder = digits.fold(0, |sum, digit| (sum + digit) * 2 % 11);
    char::from_digit((12 - remainder) % 11, 10).unwrap_or('X')
}

/// A number of mobile telephones that begins with 100, which no carrier has.
fn phone(id: i64) -> String {
    format!("100{:08}", id % 100_000_000)
}

/// A surname, 示例 for 'example', and the person's number.
pub(super) fn name(id: i64) -> String {
    let draw = Chance::of("surname", id).below(SURNAMES.len() as u64) as usize;
    let surname = SURNAMES.get(draw).copied().unwrap_or("王");
    format!("{surname}示例{id:05}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_name_says_that_it_is_invented() {
        assert!(name(17).ends_with("示例00017"));
        assert_eq!(invented(17).name, name(17));
    }

    #[test]
    fn an_identity_number_has_its_check_digit_and_belongs_to_one_person() {
        // From the standard's own example.
        assert_eq!(check_digit("11010519491231002"), 'X');
        assert_eq!(check_digit("44052418800101001"), '4');
        let numbers: HashSet<String> = (1..=20_000).map(identity_number).collect();
        assert_eq!(numbers.len(), 20_000);
        assert!(
            numbers
                .iter()
                .all(|number| number.len() == 18 && number.starts_with("99"))
        );
    }
}
