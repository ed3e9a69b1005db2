//! The tree of divisions: the nation, the statistical divisions of the list, and
//! the authorities that no statistics list.

pub(super) mod authority;
mod kind;

use std::collections::HashMap;

use entity::division;
use entity::term::{DivisionKind, DivisionLevel};

use super::error::SeedError;

/// The statistical divisions of mainland China, from the public data set `china-division` (release 2.7.0), drawn from the National Bureau of Statistics.
const LIST: &str = include_str!("../data/divisions.csv");

/// Key of the nation, which the list doesn't hold.
pub(super) const NATION: i64 = 0;

/// The divisions, parents before children, each level by code.
#[derive(Clone)]
pub(super) struct Tree {
    rows: Vec<division::Model>,
    positions: HashMap<String, usize>,
    children: HashMap<i64, Vec<usize>>,
}

impl Tree {
    /// Reads the list and adds the nation and the authorities.
    pub(super) fn read() -> Result<Self, SeedError> {
        let mut rows = vec![nation()];
        for (position, line) in LIST.lines().enumerate().skip(1) {
            rows.push(listed(line).ok_or(SeedError::Line(position + 1))?);
        }
        rows.extend(authority::all());
        rows.sort_by_key(|row| (row.id % 10, row.id));
        let mut positions = HashMap::with_capacity(rows.len());
        let mut children = HashMap::<i64, Vec<usize>>::new();
        for (position, row) in rows.iter().enumerate() {
            positions.insert(row.code.clone(), position);
            if let Some(parent) = row.parent_id {
                children.entry(parent).or_default().push(position);
            }
        }
        Ok(Self {
            rows,
            positions,
            children,
        })
    }

    /// The division with this code.
    pub(super) fn at(&self, code: &str) -> Result<&division::Model, SeedError> {
        self.positions
            .get(code)
            .and_then(|position| self.rows.get(*position))
            .ok_or_else(|| SeedError::NoDivision(code.to_owned()))
    }

    /// The division's children, by code.
    pub(super) fn children(
        &self,
        parent: &division::Model,
    ) -> impl Iterator<Item = &division::Model> {
        let positions = self.children.get(&parent.id).map_or(&[][..], Vec::as_slice);
        positions
            .iter()
            .filter_map(|position| self.rows.get(*position))
    }

    /// Ordinary divisions of one level within a division, by code.
    pub(super) fn ordinary(
        &self,
        within: &division::Model,
        level: DivisionLevel,
    ) -> impl Iterator<Item = &division::Model> {
        let interval = within.id..=within.last;
        self.rows.iter().filter(move |row| {
            row.level == level && row.kind == DivisionKind::Ordinary && interval.contains(&row.id)
        })
    }

    /// Divisions of one level that may hold rows, whatever their kind, by code.
    pub(super) fn holding(&self, level: DivisionLevel) -> impl Iterator<Item = &division::Model> {
        let bare = [DivisionKind::Placeholder, DivisionKind::Authority];
        self.rows
            .iter()
            .filter(move |row| row.level == level && !bare.contains(&row.kind))
    }

    /// The rows of the table.
    pub(super) fn rows(&self) -> &[division::Model] {
        &self.rows
    }

    /// The rows of the table.
    pub(super) fn into_rows(self) -> Vec<division::Model> {
        self.rows
    }
}

fn nation() -> division::Model {
    division::Model {
        id: NATION,
        last: 9_999_999_999_999,
        code: "0".to_owned(),
        name: "中华人民共和国".to_owned(),
        level: DivisionLevel::Nation,
        kind: DivisionKind::Ordinary,
        parent_id: None,
        village_count: None,
    }
}

/// A line of the list: five plain values, none of them quoted.
fn listed(line: &str) -> Option<division::Model> {
    let mut values = line.split(',');
    let (code, name, level) = (values.next()?, values.next()?, level(values.next()?)?);
    let (parent_code, villages) = (values.next()?, values.next()?);
    let parent_id = match level {
        DivisionLevel::Province => NATION,
        _ => bounds(parent_code, above(level))?.0,
    };
    let village_count = match villages {
        "" => None,
        number => Some(number.parse().ok()?),
    };
    let (id, last) = bounds(code, level)?;
    Some(division::Model {
        id,
        last,
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        kind: kind::of(code, name, level),
        parent_id: Some(parent_id),
        village_count,
    })
}

/// Both ends of a code's interval: the code padded with zeros to 12 digits and the
/// level's digit, and the code padded with nines to 13.
fn bounds(code: &str, level: DivisionLevel) -> Option<(i64, i64)> {
    let number: i64 = code.parse().ok()?;
    let width = 10_i64.checked_pow(12_u32.checked_sub(code.len().try_into().ok()?)?)?;
    Some((
        number * width * 10 + level.digit(),
        (number + 1) * width * 10 - 1,
    ))
}

const fn above(level: DivisionLevel) -> DivisionLevel {
    match level {
        DivisionLevel::Nation | DivisionLevel::Province => DivisionLevel::Nation,
        DivisionLevel::Prefecture => DivisionLevel::Province,
        DivisionLevel::County => DivisionLevel::Prefecture,
        DivisionLevel::Township => DivisionLevel::County,
    }
}

fn level(name: &str) -> Option<DivisionLevel> {
    match name {
        "PROVINCE" => Some(DivisionLevel::Province),
        "PREFECTURE" => Some(DivisionLevel::Prefecture),
        "COUNTY" => Some(DivisionLevel::County),
        "TOWNSHIP" => Some(DivisionLevel::Township),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
