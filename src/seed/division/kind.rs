//! What kind of node a statistical division is: the list doesn't say, its codes and names do.

use entity::term::{DivisionKind, DivisionLevel};

/// Prefecture codes that only group counties (市辖区, 县, directly administered ones).
const PLACEHOLDERS: [&str; 9] = [
    "1101", "1201", "3101", "5001", "5002", "4190", "4290", "4690", "6590",
];

/// Words that tell a zone from the farms, woods and mines that share its class of codes (4xx).
const ZONE_WORDS: [&str; 14] = [
    "开发区",
    "园区",
    "示范区",
    "新区",
    "基地",
    "工业园",
    "产业园",
    "科技园",
    "工业区",
    "高新区",
    "经济区",
    "保税",
    "度假区",
    "合作区",
];

pub(super) fn of(code: &str, name: &str, level: DivisionLevel) -> DivisionKind {
    match level {
        DivisionLevel::Prefecture if PLACEHOLDERS.contains(&code) => DivisionKind::Placeholder,
        DivisionLevel::County if is_zone_county(code) => DivisionKind::FunctionalZone,
        DivisionLevel::County if code.starts_with("6590") => DivisionKind::CorpsUnit,
        DivisionLevel::Township if is_zone_county(code) || is_zone_township(code, name) => {
            DivisionKind::FunctionalZone
        }
        DivisionLevel::Township if is_corps_township(code, name) => DivisionKind::CorpsUnit,
        _ => DivisionKind::Ordinary,
    }
}

/// A code of a zone among the counties, or of a township in one.
fn is_zone_county(code: &str) -> bool {
    code.chars().nth(4) == Some('7')
}

fn is_zone_township(code: &str, name: &str) -> bool {
    // A farm within a zone (…新区示范农场) is a farm.
    code.chars().nth(6) == Some('4')
        && !name.ends_with('场')
        && ZONE_WORDS.iter().any(|word| name.contains(word))
}

/// A regiment of the Xinjiang Corps stands as a township of an ordinary county.
fn is_corps_township(code: &str, name: &str) -> bool {
    code.starts_with("65")
        && code.chars().nth(6) == Some('5')
        && (name.contains("兵团") || name.ends_with('团') || name.ends_with("团场"))
}
