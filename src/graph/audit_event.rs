//! audit events: the type, its filter and its orders.

use access::{AccessError, Filter, Test};
use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use entity::audit_event::{Column, Entity};

use super::{
    condition::IdFilter,
    division::Division,
    error::Gated,
    id,
    name::{camel, pascal, snake},
    record::{Record, filter, order, record},
    role_binding::RoleBinding,
    user::{User, UserFilter},
    value::{DivisionScopeFilter, InstantFilter, TextFilter, ValueFilter},
};

record! {
    /// Something that was done, as the audit trail holds it: who did what to which records,
    /// when, by which right and from where. It names the fields and never holds their values.
    AuditEvent(audit_event, AuditEventFilter, AuditEventOrder) {
        columns {
            /// When.
            at: DateTime<Utc> = At;
            /// What was done, by the policy's name for it: `create`, `update`, `deactivate`,
            /// `reveal`, or `read` where what identifies a person was read in clear.
            action: String = Action;
            /// What for, in the words of who did it.
            purpose: String = Purpose;
            /// Id of the request, under which the server's log has more.
            request_id: String = RequestId;
            /// Network address that the request came from.
            address: String = Address;
        }
        one {
            /// Who did it.
            user: User = UserId;
            /// The division that the records belonged to, the nation where to none: its
            /// auditors see the event.
            division: Division = DivisionId;
        }
    }
    also kind = Kind, records = Records with [kind record_id], columns = Columns, bindings = Bindings {
        /// The type of the records, as `Person`.
        async fn kind(&self) -> Gated<String> {
            self.0.with(|row| Ok(row.get::<String>(Column::Kind)?.as_deref().map(pascal)))
        }

        /// Global ids of the records: one, but for what was read together. `node` opens
        /// those that are yours to open.
        async fn records(&self) -> Gated<Vec<ID>> {
            self.0.with(|row| {
                let kind = row.get::<String>(Column::Kind)?.unwrap_or_default();
                let several: Option<String> = row.get(Column::Records)?;
                let alone: Option<i64> = row.get(Column::RecordId)?;
                let keys = several.map_or_else(|| alone.into_iter().collect(), |keys| keys_in(&keys));
                let type_name = pascal(&kind);
                let ids = keys.into_iter().map(|key| id::encode(&type_name, key));
                Ok(Some(ids.collect()))
            })
        }

        /// Names of the fields that were written or read.
        async fn columns(&self) -> Gated<Vec<String>> {
            self.0.with(|row| {
                let columns: Option<String> = row.get(Column::Columns)?;
                Ok(columns.map(|columns| columns.split_whitespace().map(field_name).collect()))
            })
        }

        /// Global ids of the role bindings by each of which alone it was allowed.
        async fn bindings(&self) -> Gated<Vec<ID>> {
            self.0.with(|row| {
                let bindings: Option<String> = row.get(Column::Bindings)?;
                let id = |key| id::encode(RoleBinding::NAME, key);
                Ok(bindings.map(|keys| keys_in(&keys).into_iter().map(id).collect()))
            })
        }
    }
}

filter! {
    /// Conditions on audit events.
    AuditEventFilter for AuditEvent(audit_event) {
        values {
            /// When.
            at: InstantFilter = At;
            /// What was done.
            action: TextFilter = Action;
            /// Type of the records.
            kind: TypeFilter = Kind;
            /// Division that the records belonged to.
            division: DivisionScopeFilter = DivisionId;
            /// Id of the request.
            request_id: TextFilter = RequestId;
        }
        one {
            /// Who did it.
            user: UserFilter = UserId;
        }
        also {
            /// A record that it is about.
            record: IdFilter = about(Kind, RecordId, Records);
        }
    }
}

order! {
    /// Orders of lists of audit events; the official one is by division, and then that in
    /// which they were written.
    AuditEventOrder for audit_event {
        /// By time.
        AtAsc AtDesc = At;
    }
}

/// Conditions on a type of records.
#[derive(Debug, Default, InputObject)]
pub(crate) struct TypeFilter {
    /// The type of this name, as `Person`.
    eq: Option<String>,
    /// One of the types of these names.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
}

impl ValueFilter for TypeFilter {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let known = |name: String| kind_of(&name).into();
        let tests = [
            self.eq.map(|name| Test::Equals(known(name))),
            self.one_of
                .map(|names| Test::In(names.into_iter().map(known).collect())),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// Events about any of the records.
fn about(filter: IdFilter) -> Result<Filter<Entity>, AccessError> {
    let of = |id: &ID| -> Result<Filter<Entity>, AccessError> {
        let (type_name, key) = id::decode(id)?;
        let alone = Filter::column(Column::RecordId, Test::Equals(key.into()));
        // That there are several, so that an event of one is surely not about another.
        let among = Filter::all([
            Filter::column(Column::Records, Test::IsAbsent(false)),
            Filter::column(Column::Records, Test::Contains(format!(" {key} "))),
        ]);
        Ok(Filter::all([
            Filter::column(Column::Kind, Test::Equals(kind_of(&type_name).into())),
            Filter::any([alone, among]),
        ]))
    };
    let any = |ids: Vec<ID>| {
        let each = ids.iter().map(of).collect::<Result<Vec<_>, _>>();
        each.map(Filter::any)
    };
    let all = filter.conditions().map(any).collect::<Result<Vec<_>, _>>();
    all.map(Filter::all)
}

/// Keys that blanks separate.
fn keys_in(text: &str) -> Vec<i64> {
    let keys = text.split_whitespace();
    keys.filter_map(|key| key.parse().ok()).collect()
}

/// `facility_id` → `facility`: the field that shows a column.
fn field_name(column: &str) -> String {
    camel(column.strip_suffix("_id").unwrap_or(column))
}

/// `StaffMember` → `staff_member`: how the policy calls a type.
fn kind_of(type_name: &str) -> String {
    snake(type_name).trim_start_matches('_').to_owned()
}
