//! What the trail must hold of a change that was made.

use std::sync::Arc;

use access::Kind;
use entity::audit_event;
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};

use super::change::Change;
use crate::{
    oracle::{Action, Oracle},
    world::World,
};

/// The events after the one with this key.
pub(super) async fn since(connection: &DatabaseConnection, last: i64) -> Vec<audit_event::Model> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Id.gt(last))
        .order_by_asc(audit_event::Column::Id);
    events.all(connection).await.expect("events")
}

/// Where the events are not those that are due, if anywhere: one of the record as it was,
/// or as it was made, and one of the record as it is, where that belongs elsewhere.
pub(super) fn difference(
    oracle: &mut Oracle,
    change: &Change,
    (key, after): (i64, &Arc<World>),
    events: &[audit_event::Model],
) -> Option<String> {
    let before = oracle.world.clone();
    let mut due = Vec::new();
    if change.action != Action::Create {
        due.push(before.clone());
    }
    let place = |world: &World| division(world, change.kind, key);
    if due.is_empty() || place(&before) != place(after) {
        due.push(after.clone());
    }
    if events.len() != due.len() {
        return Some(format!("{} events, not {}", events.len(), due.len()));
    }
    due.into_iter().zip(events).find_map(|(world, event)| {
        let expected = expected(change, key, place(&world), event);
        let by = oracle.within(world, |oracle| allowing(oracle, change, key));
        let named = event.bindings.split(' ').map(str::parse::<i64>);
        let named: Vec<i64> = named.filter_map(Result::ok).collect();
        let is_by = !named.is_empty() && named == by;
        (*event != expected || !is_by)
            .then(|| format!("expected {expected:?} by {by:?}\n  actual   {event:?}"))
    })
}

/// The event, but for what nobody knows beforehand.
fn expected(
    change: &Change,
    key: i64,
    division: i64,
    event: &audit_event::Model,
) -> audit_event::Model {
    audit_event::Model {
        user_id: change.user,
        action: change.action.name().to_owned(),
        kind: change.kind.name().to_owned(),
        record_id: key,
        columns: change.columns().join(" "),
        division_id: division,
        purpose: match change.action {
            Action::Deactivate => Some(change.reason.to_owned()),
            Action::Create | Action::Update => None,
        },
        ..event.clone()
    }
}

/// The bindings that allow to write something of what is written.
fn allowing(oracle: &Oracle, change: &Change, key: i64) -> Vec<i64> {
    let columns = change.columns().into_iter();
    let allowed_by = columns
        .map(|column| {
            let column = (change.kind, column);
            oracle
                .written(change.user, column, key, change.action)
                .allowed_by
        })
        .fold(0, |all, allowed_by| all | allowed_by);
    let bindings = oracle.world.tables.bindings.iter().enumerate();
    bindings
        .filter(|(place, _)| allowed_by >> place & 1 == 1)
        .map(|(_, binding)| binding.id)
        .collect()
}

/// The division whose auditors are told of the record, the nation's where it has none.
fn division(world: &World, kind: Kind, key: i64) -> i64 {
    let own = |column| world.row(kind, key).and_then(|row| row.key(column));
    let tied = |kind: Kind, column: &str| {
        let rows = world.rows(kind).iter();
        let own = rows.filter(|row| row.key("person_id") == Some(key));
        own.filter_map(|row| row.key(column)).min()
    };
    let division = match kind {
        Kind::Person => tied(Kind::StaffMember, "administered_by")
            .or_else(|| tied(Kind::Enrollment, "division_id")),
        _ => kind.division().and_then(own),
    };
    division.unwrap_or(0)
}
