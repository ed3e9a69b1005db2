//! Who holds which roles, as far as whoever asks reads it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{app_user, role_binding};
use sea_orm::{
    QueryResult,
    sea_query::{Expr, ExprTrait, Order},
};

use super::Administration;
use crate::{
    account::{Binding, Target},
    administration::place_of,
    cover::Rule,
    divisions::Divisions,
    error::AccessError,
    filter::Compiler,
    guard::guard,
    kind::Kind,
    rows::Rows,
    scope::Way,
    statement::Plan,
};

/// Somebody with roles that are in force.
#[derive(Clone, Debug)]
pub(super) struct Incumbent {
    pub(super) user: i64,
    pub(super) bindings: Vec<Binding>,
}

/// Bindings of a role that are looked at.
const MOST_BINDINGS: usize = 100;

const COLUMNS: [&str; 9] = [
    "id",
    "user_id",
    "role",
    "division_id",
    "facility_id",
    "program_id",
    "partnership_id",
    "valid_from",
    "valid_until",
];

impl Administration {
    /// Those who hold a role, and whether these are all.
    pub(super) async fn of_role(&self, role: &str) -> Result<(Vec<Incumbent>, bool), AccessError> {
        let wanted = |column: Expr| column.eq(role);
        let mut bindings = self
            .bindings("role", wanted, Some(MOST_BINDINGS + 1))
            .await?;
        let are_all = bindings.len() <= MOST_BINDINGS;
        bindings.truncate(MOST_BINDINGS);
        let mut incumbents: BTreeMap<i64, Vec<Binding>> = BTreeMap::new();
        for (user, binding) in bindings {
            incumbents.entry(user).or_default().push(binding);
        }
        let incumbents = incumbents.into_iter();
        let incumbents = incumbents.map(|(user, bindings)| Incumbent { user, bindings });
        Ok((incumbents.collect(), are_all))
    }

    /// The accounts that are named, and of others those that the caller may open, with their
    /// roles. Who is disabled holds none.
    pub(super) async fn of_users(
        &self,
        named: &[i64],
        others: impl Iterator<Item = i64>,
    ) -> Result<Vec<Incumbent>, AccessError> {
        let keys: BTreeSet<i64> = named.iter().copied().chain(others).collect();
        let keys: Vec<i64> = keys.into_iter().collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = Rows::<app_user::Entity>::of(&self.caller).named(["active"]);
        let open = rows.open(&keys).await?;
        if !named.iter().all(|key| open.contains_key(key)) {
            return Err(AccessError::NotFound);
        }
        let bindings = self
            .bindings("user_id", |column| column.is_in(keys), None)
            .await?;
        let mut incumbents = Vec::new();
        for (user, account) in BTreeMap::from_iter(open) {
            // Where that is not the caller's to read, it is as if it were not so.
            let active = account.get(app_user::Column::Active);
            let is_disabled = matches!(active, Ok(Some(false)));
            let own = bindings.iter().filter(|(holder, _)| *holder == user);
            let own = own.filter(|_| !is_disabled);
            incumbents.push(Incumbent {
                user,
                bindings: own.map(|(_, binding)| binding.clone()).collect(),
            });
        }
        Ok(incumbents)
    }

    /// Bindings in force, each with its user: those of which the caller reads who holds them
    /// and where, since what is counted by them tells it.
    async fn bindings(
        &self,
        column: &str,
        wanted: impl FnOnce(Expr) -> Expr,
        most: Option<usize>,
    ) -> Result<Vec<(i64, Binding)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(Kind::RoleBinding, Way::Opened);
        let Some(mut select) = frame.rows() else {
            return Ok(Vec::new());
        };
        for name in COLUMNS {
            let place = place_of(Kind::RoleBinding, name)?;
            match frame.view.gates[place].condition(Kind::RoleBinding, &frame.table) {
                Rule::All => {}
                Rule::None => return Ok(Vec::new()),
                Rule::Where(clear) => {
                    select.and_where(clear);
                }
            }
            select.expr(frame.raw(place));
        }
        let now = Utc::now();
        let named = |name| Ok::<Expr, AccessError>(frame.raw(place_of(Kind::RoleBinding, name)?));
        let (from, until) = (named("valid_from")?, named("valid_until")?);
        select
            .and_where(wanted(named(column)?))
            .and_where(from.clone().is_null().or(from.lte(now)))
            .and_where(until.clone().is_null().or(until.gt(now)))
            .and_where(guard(self.caller.scope(), self.caller.backend()))
            .order_by((frame.table.clone(), role_binding::Column::Id), Order::Asc);
        if let Some(most) = most {
            select.limit(most as u64);
        }
        let rows = self.caller.select(Plan::Own, &select).await?;
        let divisions = self.caller.divisions().await?;
        rows.iter().map(|row| binding(&divisions, row)).collect()
    }
}

/// A binding with its user, from a row.
fn binding(divisions: &Divisions, row: &QueryResult) -> Result<(i64, Binding), AccessError> {
    let key = |place: usize| row.try_get_by_index::<Option<i64>>(place);
    let target = match (key(3)?, key(4)?, key(5)?, key(6)?) {
        (Some(division), ..) => {
            let interval = divisions.interval(division);
            Target::Division(interval.ok_or_else(|| AccessError::internal("no such division"))?)
        }
        (_, Some(facility), ..) => Target::Facility(facility),
        (_, _, Some(program), _) => Target::Program(program),
        (_, _, _, Some(project)) => Target::Partnership(project),
        _ => return Err(AccessError::internal("a binding without a target")),
    };
    let instant = |place: usize| row.try_get_by_index::<Option<DateTime<Utc>>>(place);
    let binding = Binding {
        id: row.try_get_by_index(0)?,
        role: row.try_get_by_index(2)?,
        target,
        valid_from: instant(7)?,
        valid_until: instant(8)?,
    };
    Ok((row.try_get_by_index(1)?, binding))
}
