//! Who calls, as the database knows it: the account, its bindings, and the epochs
//! that they belong to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{app_user, division, policy_epoch, role_binding};
use sea_orm::{
    DbBackend, QueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use crate::{
    arm::Interval, database::Database, error::AccessError, expression::clock, token::Identity,
};

/// A role held at a target, with what the compilation needs of both.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    pub(crate) id: i64,
    pub(crate) role: String,
    pub(crate) target: Target,
    pub(crate) valid_from: Option<DateTime<Utc>>,
    pub(crate) valid_until: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    Division(Interval),
    Facility(i64),
    Program(i64),
    Partnership(i64),
}

/// Who calls, as the database knew it in one statement.
pub(crate) struct Account {
    pub(crate) user: i64,
    pub(crate) name: String,
    pub(crate) binding_epoch: i64,
    pub(crate) policy_epoch: i64,
    /// The database's clock in milliseconds since 1970.
    pub(crate) now: i64,
    pub(crate) bindings: Vec<Binding>,
}

impl Account {
    /// Reads the active account of an identity, if there is one.
    pub(crate) async fn read(
        database: &Database,
        identity: &Identity,
    ) -> Result<Option<Account>, AccessError> {
        let named = Expr::col((app_user::Entity, app_user::Column::Issuer))
            .eq(identity.issuer.as_str())
            .and(
                Expr::col((app_user::Entity, app_user::Column::Subject))
                    .eq(identity.subject.as_str()),
            );
        let rows = database.select(&statement(named, database.backend)).await?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        Ok(Some(Account {
            user: first.try_get_by_index(0)?,
            name: first.try_get_by_index(1)?,
            binding_epoch: first.try_get_by_index(2)?,
            policy_epoch: first.try_get_by_index(3)?,
            now: first.try_get_by_index(4)?,
            bindings: rows.iter().filter_map(binding).collect::<Result<_, _>>()?,
        }))
    }
}

impl Binding {
    pub(crate) fn in_force(&self, now: i64) -> bool {
        let begun = self
            .valid_from
            .is_none_or(|from| from.timestamp_millis() <= now);
        let ended = self
            .valid_until
            .is_some_and(|until| until.timestamp_millis() <= now);
        begun && !ended
    }

    /// The instants at which it begins and ends.
    pub(crate) fn changes(&self) -> impl Iterator<Item = i64> {
        let instants = [self.valid_from, self.valid_until].into_iter().flatten();
        instants.map(|instant| instant.timestamp_millis())
    }
}

/// The bindings of the active accounts that are wanted, by the accounts' keys, from what
/// [`statement`] gave.
pub(crate) fn bindings(rows: &[QueryResult]) -> Result<BTreeMap<i64, Vec<Binding>>, AccessError> {
    let mut bindings: BTreeMap<i64, Vec<Binding>> = BTreeMap::new();
    for row in rows {
        let own = bindings.entry(row.try_get_by_index(0)?).or_default();
        own.extend(binding(row).transpose()?);
    }
    Ok(bindings)
}

/// Of the active accounts that are wanted: account, epochs, clock and bindings in one
/// statement, so that they belong together.
pub(crate) fn statement(wanted: Expr, backend: DbBackend) -> SelectStatement {
    use app_user::Column as User;
    use role_binding::Column as Bound;

    let user = |column: User| Expr::col((app_user::Entity, column));
    let bound = |column: Bound| Expr::col((role_binding::Entity, column));
    Query::select()
        .expr(user(User::Id))
        .expr(user(User::Name))
        .expr(user(User::BindingEpoch))
        .expr(Expr::col((
            policy_epoch::Entity,
            policy_epoch::Column::Value,
        )))
        .expr(clock(backend))
        .expr(bound(Bound::Role))
        .expr(bound(Bound::DivisionId))
        .expr(Expr::col((division::Entity, division::Column::Last)))
        .expr(bound(Bound::FacilityId))
        .expr(bound(Bound::ProgramId))
        .expr(bound(Bound::PartnershipId))
        .expr(bound(Bound::ValidFrom))
        .expr(bound(Bound::ValidUntil))
        .expr(bound(Bound::Id))
        .from(app_user::Entity)
        .join(
            JoinType::InnerJoin,
            policy_epoch::Entity,
            Expr::col((policy_epoch::Entity, policy_epoch::Column::Id)).eq(1),
        )
        .join(
            JoinType::LeftJoin,
            role_binding::Entity,
            bound(Bound::UserId).equals((app_user::Entity, User::Id)),
        )
        .join(
            JoinType::LeftJoin,
            division::Entity,
            bound(Bound::DivisionId).equals((division::Entity, division::Column::Id)),
        )
        .and_where(wanted)
        .and_where(user(User::Active))
        .order_by((role_binding::Entity, Bound::Id), Order::Asc)
        .take()
}

/// The binding in a row of [`statement`], if it holds one.
fn binding(row: &QueryResult) -> Option<Result<Binding, AccessError>> {
    let read = || -> Result<Option<Binding>, AccessError> {
        let Some(role) = row.try_get_by_index::<Option<String>>(5)? else {
            return Ok(None);
        };
        let key = |index| row.try_get_by_index::<Option<i64>>(index);
        let target = match (key(6)?, key(7)?, key(8)?, key(9)?, key(10)?) {
            (Some(first), Some(last), ..) => Target::Division(Interval { first, last }),
            (_, _, Some(facility), ..) => Target::Facility(facility),
            (_, _, _, Some(program), _) => Target::Program(program),
            (_, _, _, _, Some(project)) => Target::Partnership(project),
            _ => return Ok(None),
        };
        Ok(Some(Binding {
            id: row.try_get_by_index(13)?,
            role,
            target,
            valid_from: row.try_get_by_index::<Option<DateTime<Utc>>>(11)?,
            valid_until: row.try_get_by_index::<Option<DateTime<Utc>>>(12)?,
        }))
    };
    read().transpose()
}
