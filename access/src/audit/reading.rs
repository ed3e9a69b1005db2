//! Reading what is sealed in clear, in the trail: what an operation has told is written down
//! before its answer leaves.

use std::collections::BTreeMap;

use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, Func, Query},
};

use super::{Fields, Gates, Origin, Right, keys, names, write};
use crate::{
    caller::Caller, error::AccessError, guard::guard, kind::Kind, policy::ColumnSet,
    vocabulary::Action,
};

/// What the records of one event have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Common {
    division: i64,
    columns: ColumnSet,
    bindings: Vec<i64>,
}

impl Caller {
    /// Writes down what this run has told in clear of what is sealed, if the decision is
    /// still in force. Until then no answer may leave.
    ///
    /// # Errors
    /// [`AccessError::Stale`], [`AccessError::Internal`]; then it is not written down.
    pub async fn write_down(&self, origin: &Origin) -> Result<(), AccessError> {
        let told = self.notes().take();
        if told.is_empty() {
            return Ok(());
        }
        let mut events = Vec::new();
        for (kind, told) in told {
            for (common, records) in self.events(kind, &told).await? {
                events.push(entry(kind, &common, &records));
            }
        }
        self.insert_read(&serde_json::Value::from(events), origin)
            .await
    }

    /// The events of a kind: each of records that have all else in common.
    async fn events(
        &self,
        kind: Kind,
        told: &BTreeMap<i64, ColumnSet>,
    ) -> Result<BTreeMap<Common, Vec<i64>>, AccessError> {
        let keys: Vec<i64> = told.keys().copied().collect();
        let all = told.values().fold(0, |all, columns| all | columns);
        let clear: Gates = |view, column| vec![&view.gates[column]];
        let rights = Right::to(self, kind, &keys, &places(all), clear).await?;
        let mut events: BTreeMap<Common, Vec<i64>> = BTreeMap::new();
        for (record, columns) in told {
            // What was told of a record that is gone meanwhile, the nation is told.
            let Right { division, bindings } = rights.get(record).cloned().unwrap_or_default();
            let common = Common {
                division,
                columns: *columns,
                bindings,
            };
            events.entry(common).or_default().push(*record);
        }
        Ok(events)
    }

    /// However many events there are, the statement is the same.
    async fn insert_read(
        &self,
        events: &serde_json::Value,
        origin: &Origin,
    ) -> Result<(), AccessError> {
        const EACH: &str = "each";

        let backend = self.backend();
        let events = events.to_string();
        let each = match backend {
            DbBackend::Postgres => {
                let events = Expr::val(events).cast_as("jsonb");
                Func::cust("jsonb_array_elements").arg(events)
            }
            _ => Func::cust("json_each").arg(events),
        };
        let text = |place: usize| Expr::cust(format!("each.value ->> {place}"));
        let number = |place: usize| text(place).cast_as("bigint");
        let fields = Fields {
            user: self.user(),
            action: Action::Read,
            kind: text(0),
            record: number(1),
            records: text(2),
            columns: text(3),
            division: number(4),
            bindings: text(5),
            purpose: None,
            origin,
        };
        let from = Query::select()
            .from_function(each, EACH)
            .and_where(guard(self.scope(), backend))
            .take();
        write(self, fields.insert(from)?).await
    }
}

/// An event as the statement takes it.
fn entry(kind: Kind, common: &Common, records: &[i64]) -> serde_json::Value {
    // Between blanks each, so that one is found among them.
    let all: String = records.iter().map(|record| format!(" {record}")).collect();
    let several = (records.len() > 1).then(|| format!("{all} "));
    let columns = names(kind, &places(common.columns));
    let bindings = keys(&common.bindings);
    serde_json::json!([
        kind.name(),
        records.first(),
        several,
        columns,
        common.division,
        bindings
    ])
}

fn places(columns: ColumnSet) -> Vec<usize> {
    let places = 0..usize::try_from(ColumnSet::BITS).unwrap_or_default();
    places.filter(|place| columns >> place & 1 == 1).collect()
}
