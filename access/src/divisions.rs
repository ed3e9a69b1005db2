//! The division tree in memory, for the divisions that rows refer to.

use std::collections::HashMap;

use entity::division;
use sea_orm::sea_query::Query;

use crate::{
    arm::Interval,
    database::Database,
    datum::Datum,
    error::AccessError,
    kind::{Kind, Table},
    tally,
};

/// All divisions as of an epoch, each with its columns in the table's order.
pub(crate) struct Divisions {
    pub(crate) epoch: i64,
    nodes: HashMap<i64, Vec<Option<Datum>>>,
}

impl Divisions {
    pub(crate) async fn load(database: &Database, epoch: i64) -> Result<Divisions, AccessError> {
        let table: &Table = Kind::Division.table();
        let statement = Query::select()
            .columns(table.columns.iter().map(|column| column.name))
            .from(division::Entity)
            .take();
        let mut nodes = HashMap::new();
        for row in database.select(&statement).await? {
            let values = table
                .columns
                .iter()
                .enumerate()
                .map(|(index, column)| Datum::read(&row, index, column.shape))
                .collect::<Result<_, _>>()?;
            nodes.insert(row.try_get_by_index(0)?, values);
        }
        Ok(Divisions { epoch, nodes })
    }

    /// The division with this key or, if there is none, the nearest that it would lie under.
    pub(crate) fn nearest(&self, key: i64) -> i64 {
        let above = (0..=4).rev().map(|level| tally::node(key, level));
        let mut known = above.filter(|node| self.nodes.contains_key(node));
        known.next().unwrap_or(Interval::NATION.first)
    }

    /// The division above this one.
    pub(crate) fn parent(&self, key: i64) -> Option<i64> {
        let place = Kind::Division.table().index("parent_id")?;
        match self.get(key)?.get(place)? {
            Some(Datum::Integer(parent)) => Some(*parent),
            _ => None,
        }
    }

    /// The subtree of the division with this key.
    pub(crate) fn interval(&self, key: i64) -> Option<Interval> {
        let place = Kind::Division.table().index("last")?;
        match self.get(key)?.get(place)? {
            Some(Datum::Integer(last)) => Some(Interval {
                first: key,
                last: *last,
            }),
            _ => None,
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = i64> {
        self.nodes.keys().copied()
    }

    pub(crate) fn get(&self, key: i64) -> Option<&[Option<Datum>]> {
        self.nodes.get(&key).map(Vec::as_slice)
    }
}
