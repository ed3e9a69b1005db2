//! The way from the place where a role is held to a record.

use std::iter::successors;

use sea_orm::{
    QueryResult,
    sea_query::{Expr, SelectStatement, Value},
};

use super::{Place, reach::Line};
use crate::{
    account::Target, arm::Interval, cover::Rule, divisions::Divisions, error::AccessError,
    expression::only_where, frame::Frame, kind::Kind, vocabulary::ScopeKind,
};

/// The columns by which a record hangs on others, as far as the caller may read them.
pub(super) struct Paths {
    record: Place,
    links: Vec<Link>,
}

struct Link {
    column: &'static str,
    to: Kind,
    key: Option<i64>,
}

/// The columns that tie records to what roles are held at.
const LINKS: [(&str, Kind); 6] = [
    ("administered_by", Kind::Division),
    ("division_id", Kind::Division),
    ("located_in", Kind::Division),
    ("facility_id", Kind::Facility),
    ("program_id", Kind::Program),
    ("project_id", Kind::PartnershipProject),
];

impl Paths {
    pub(super) fn new(kind: Kind, key: i64) -> Paths {
        let links = LINKS.into_iter();
        let links = links.filter(|(column, _)| kind.table().index(column).is_some());
        let links = links.map(|(column, to)| Link {
            column,
            to,
            key: None,
        });
        Paths {
            record: (kind, key),
            links: links.collect(),
        }
    }

    /// Adds what is to be known of the record, each link where it is clear to the caller on
    /// a record that the caller may open.
    pub(super) fn select(&self, frame: &Frame<'_>, select: &mut SelectStatement) {
        let (kind, _) = self.record;
        for link in &self.links {
            let clear = kind.table().index(link.column).map(|place| {
                let gate = frame.view.gates[place].condition(kind, &frame.table);
                (place, frame.rule().and(gate))
            });
            select.expr(match clear {
                Some((place, Rule::All)) => frame.raw(place),
                Some((place, Rule::Where(clear))) => only_where(clear, frame.raw(place)),
                Some((_, Rule::None)) | None => Expr::val(Value::BigInt(None)),
            });
        }
    }

    /// With what was found, from this place of the row on.
    pub(super) fn read(mut self, row: &QueryResult, from: usize) -> Result<Paths, AccessError> {
        for (place, link) in (from..).zip(&mut self.links) {
            link.key = row.try_get_by_index(place)?;
        }
        Ok(self)
    }

    /// Where a role would have to be held by which a line of this scope kind covers the
    /// record.
    pub(super) fn need(&self, scope: ScopeKind) -> Option<Place> {
        let (kind, _) = self.record;
        match (scope, kind) {
            (ScopeKind::Nation, _) => Some((Kind::Division, Interval::NATION.first)),
            (ScopeKind::Subtree | ScopeKind::Located, Kind::Division)
            | (ScopeKind::Facility, Kind::Facility)
            | (ScopeKind::Program, Kind::Program)
            | (ScopeKind::Partnership, Kind::PartnershipProject) => Some(self.record),
            _ => self.link(scope),
        }
    }

    /// What a line's path goes through: from the target to the record.
    pub(super) fn of(&self, line: &Line<'_>, divisions: &Divisions) -> Vec<Place> {
        let target = place(line.target());
        let mut path = vec![target];
        if let Some(link) = self.need(line.scope) {
            if let (Kind::Division, from) = target {
                let (_, to) = link;
                path.extend(between(from, to, divisions).map(|key| (Kind::Division, key)));
            }
            path.push(link);
        }
        path.push(self.record);
        path.dedup();
        path
    }

    fn link(&self, scope: ScopeKind) -> Option<Place> {
        let columns: &[&str] = match scope {
            ScopeKind::Subtree | ScopeKind::Above => &["administered_by", "division_id"],
            ScopeKind::Located => &["located_in"],
            ScopeKind::Facility | ScopeKind::Managed => &["facility_id"],
            ScopeKind::Program => &["program_id"],
            ScopeKind::Partnership => &["project_id"],
            ScopeKind::Reference
            | ScopeKind::Nation
            | ScopeKind::Enrolled
            | ScopeKind::Acted
            | ScopeKind::Own => &[],
        };
        let mut links = self.links.iter();
        let link = links.find(|link| columns.contains(&link.column))?;
        Some((link.to, link.key?))
    }
}

/// What a role is held at.
fn place(target: Target) -> Place {
    match target {
        Target::Division(interval) => (Kind::Division, interval.first),
        Target::Facility(key) => (Kind::Facility, key),
        Target::Program(key) => (Kind::Program, key),
        Target::Partnership(key) => (Kind::PartnershipProject, key),
    }
}

/// The divisions on the way from one to another, if one lies under the other.
fn between(from: i64, to: i64, divisions: &Divisions) -> impl Iterator<Item = i64> {
    let above = |key: i64| successors(Some(key), |key| divisions.parent(*key)).skip(1);
    let inner = |low: i64, high: i64| -> Option<Vec<i64>> {
        let way: Vec<i64> = above(low).collect();
        let end = way.iter().position(|key| *key == high)?;
        Some(way[..end].to_vec())
    };
    let down = inner(to, from).map(|mut way| {
        way.reverse();
        way
    });
    down.or_else(|| inner(from, to))
        .unwrap_or_default()
        .into_iter()
}
