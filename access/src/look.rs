//! A record as somebody who writes it finds it: what of it may be written, and by which
//! bindings.

use sea_orm::{
    QueryResult,
    sea_query::{DynIden, Expr, ExprTrait, SelectStatement},
};

use crate::{
    arm::Decision,
    audit::division_of,
    bounds::periods,
    cover::{Rule, rule},
    datum::Datum,
    error::AccessError,
    expression::{all_of, is_not_true},
    frame::Frame,
    kind::{ACTIVE, Kind, VERSION},
};

/// What is asked of a record.
pub(crate) struct Look<'a> {
    pub(crate) kind: Kind,
    pub(crate) columns: &'a [usize],
    /// Where each of the columns may be written.
    pub(crate) decisions: Vec<&'a Decision>,
    /// Where each of them may be by each binding alone.
    pub(crate) bindings: Vec<(i64, Vec<Decision>)>,
}

/// What is found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) version: i32,
    pub(crate) active: bool,
    pub(crate) division: i64,
    /// Whether its periods end after they begin.
    pub(crate) in_order: bool,
    /// Whether each of the columns may be written.
    pub(crate) allowed: Vec<bool>,
    /// The bindings each of which alone lets write some of them.
    pub(crate) bindings: Vec<i64>,
}

impl Found {
    /// The same, as another division that it concerns is told of it.
    pub(crate) fn in_division(&self, division: i64) -> Found {
        Found {
            division,
            allowed: self.allowed.clone(),
            bindings: self.bindings.clone(),
            ..*self
        }
    }

    /// Whether all of the columns may be written.
    pub(crate) fn is_allowed(&self) -> bool {
        self.allowed.iter().all(|allowed| *allowed)
    }

    /// Refuses another version than this, and what is out of use.
    pub(crate) fn check_current(&self, version: i32) -> Result<(), AccessError> {
        if !self.active {
            let problem = "the record is out of use and stays as it is";
            return Err(AccessError::Conflict(problem.to_owned()));
        }
        if self.version != version {
            return Err(AccessError::Conflict(format!(
                "somebody changed the record meanwhile: it is of version {}, not {version}; read it again",
                self.version
            )));
        }
        Ok(())
    }

    /// Refuses periods that end before they begin.
    pub(crate) fn check_order(&self) -> Result<(), AccessError> {
        match self.in_order {
            true => Ok(()),
            false => Err(AccessError::InvalidInput(
                "the last day lies before the first".to_owned(),
            )),
        }
    }
}

impl Look<'_> {
    /// A statement that looks at one of the rows that the caller may open; nothing where
    /// there are none.
    pub(crate) fn statement(&self, frame: &Frame<'_>, key: i64) -> Option<SelectStatement> {
        let mut select = frame.rows()?;
        let table = frame.table.clone();
        let column = |name: &'static str| Expr::col((table.clone(), name));
        select
            .expr(column(VERSION))
            .expr(column(ACTIVE))
            .expr(division_of(self.kind, &table));
        // A day that is not said is in order.
        let is_written = |name: &str| {
            let places = self.columns.iter();
            let mut names = places.map(|column| frame.kind.table().columns[*column].name);
            names.any(|written| written == name)
        };
        let reversed = periods(self.kind)
            .iter()
            .filter(|(from, until)| is_written(from) || is_written(until))
            .map(|(from, until)| is_not_true(column(from).gt(column(until))));
        select.expr(Rule::Where(all_of(reversed)).flag());
        for flag in self.flags(&table) {
            select.expr(flag);
        }
        let bindings = self.bindings.iter();
        for (_, decisions) in bindings {
            let rules = decisions
                .iter()
                .map(|decision| rule(self.kind, &table, decision));
            select.expr(rules.fold(Rule::None, Rule::or).flag());
        }
        select.and_where(frame.raw(0).eq(Expr::from(Datum::from(key))));
        Some(select)
    }

    /// 1 for each of the columns that may be written.
    pub(crate) fn flags(&self, table: &DynIden) -> impl Iterator<Item = Expr> {
        let decisions = self.columns.iter().zip(&self.decisions);
        decisions.map(|(column, decision)| {
            let allowed = rule(self.kind, table, decision);
            // Who has a facility stand somewhere needs the right there, too.
            match self.kind.table().columns[*column].name {
                "located_in" => allowed.and(rule(self.kind, table, &decision.located())),
                _ => allowed,
            }
            .flag()
        })
    }

    pub(crate) fn read(&self, row: &QueryResult) -> Result<Found, AccessError> {
        const FLAGS: usize = 3;

        let flag = |place: usize| -> Result<bool, AccessError> {
            Ok(row.try_get_by_index::<i32>(FLAGS + place)? == 1)
        };
        let count = self.decisions.len();
        let allowed: Result<Vec<bool>, _> = (1..=count).map(flag).collect();
        let mut bindings = Vec::new();
        for (place, (id, _)) in (count + 1..).zip(&self.bindings) {
            if flag(place)? {
                bindings.push(*id);
            }
        }
        Ok(Found {
            version: row.try_get_by_index(0)?,
            active: row.try_get_by_index(1)?,
            division: row.try_get_by_index(2)?,
            in_order: flag(0)?,
            allowed: allowed?,
            bindings,
        })
    }
}
