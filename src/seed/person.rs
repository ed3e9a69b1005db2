//! People, every one of them invented, with names that say so.

use entity::person;
use entity::term::Sex;

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
    }
}

/// A surname, 示例 for 'example', and the person's number.
pub(super) fn name(id: i64) -> String {
    let draw = Chance::of("surname", id).below(SURNAMES.len() as u64) as usize;
    let surname = SURNAMES.get(draw).copied().unwrap_or("王");
    format!("{surname}示例{id:05}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_that_it_is_invented() {
        assert!(name(17).ends_with("示例00017"));
        assert_eq!(invented(17).name, name(17));
    }
}
