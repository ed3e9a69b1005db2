//! The data in memory, and how its rows hang together.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use access::System;
use entity::{audit_event, policy_rule};
use grassroots::seed::{self, Dataset};
use grassroots_tests::{
    drawn::{self, Rows},
    policy_rule,
    record::{Record, Value},
};
use serde_json::Value as Json;

use crate::{
    cast,
    table::{Holds, Kind, Many},
    trail,
};

/// Rows of each kind that the demonstration has none of.
const OTHERS: i64 = 90;

/// The data that the databases of these tests hold.
pub(crate) struct World {
    pub(crate) data: Dataset,
    pub(crate) policy: Vec<policy_rule::Model>,
    pub(crate) events: Vec<audit_event::Model>,
    /// Of kinds that the demonstration has none of.
    others: Vec<Box<dyn Rows>>,
    /// The rows of each type.
    records: Vec<Vec<Record>>,
    places: Vec<HashMap<i64, usize>>,
    referring: HashMap<(Kind, usize), HashMap<i64, Vec<usize>>>,
}

pub(crate) static WORLD: LazyLock<World> = LazyLock::new(|| World::of(cast::demonstration()));

/// A row: its type and its place in the type's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) place: usize,
}

impl World {
    fn of(data: Dataset) -> World {
        let mut world = World {
            events: trail::of(&data),
            others: drawn::beside(&data, OTHERS),
            data,
            policy: policy(),
            records: Vec::new(),
            places: Vec::new(),
            referring: HashMap::new(),
        };
        for kind in Kind::ALL {
            let records = world.read(*kind);
            let places = records.iter().enumerate();
            let places = places.map(|(place, row)| (row.id, place)).collect();
            world.records.push(records);
            world.places.push(places);
        }
        for many in Kind::ALL.iter().flat_map(|kind| &kind.table().manys) {
            world
                .referring
                .insert((many.listed, many.link()), links(&world, many));
        }
        world
    }

    fn read(&self, kind: Kind) -> Vec<Record> {
        let other = self.others.iter().find(|rows| rows.kind() == kind.known());
        match (kind, other) {
            (Kind::PolicyRule, _) => {
                let rows = self.policy.iter();
                rows.map(Record::of::<policy_rule::Entity>).collect()
            }
            (Kind::AuditEvent, _) => {
                let rows = self.events.iter();
                rows.map(Record::of::<audit_event::Entity>).collect()
            }
            (_, Some(rows)) => rows.records(),
            (_, None) => drawn::demonstrated(&self.data, kind.known()),
        }
    }

    /// Loads it, but for the trail.
    pub(crate) async fn load(&self, system: &System) {
        let loaded = seed::load(system, self.data.clone(), &|_, _| {});
        loaded.await.unwrap();
        drawn::load(system, &self.others).await;
    }

    /// How many rows there are of a type.
    pub(crate) fn size(&self, kind: Kind) -> usize {
        self.records[kind as usize].len()
    }

    /// Every row of a type.
    pub(crate) fn rows(&self, kind: Kind) -> impl Iterator<Item = Row> + use<> {
        (0..self.size(kind)).map(move |place| Row { kind, place })
    }

    /// The row of a type with a key.
    pub(crate) fn at(&self, kind: Kind, key: i64) -> Row {
        Row {
            kind,
            place: self.places[kind as usize][&key],
        }
    }

    /// The rows of a list that hangs on a row, whoever may see them.
    pub(crate) fn hanging(&self, many: &Many, parent: Row) -> &[usize] {
        let by_parent = &self.referring[&(many.listed, many.link())];
        by_parent.get(&parent.key()).map_or(&[], Vec::as_slice)
    }

    /// The division and all below it, by climbing down from parent to child.
    pub(crate) fn divisions_under(&self, root: i64) -> HashSet<i64> {
        let children = Kind::Division.many("children");
        self.descend(Kind::Division, children, root)
    }

    /// The division and all above it.
    pub(crate) fn divisions_above(&self, key: i64) -> HashSet<i64> {
        let parent = |key: &i64| self.data.divisions[self.at(Kind::Division, *key).place].parent_id;
        std::iter::successors(Some(key), parent).collect()
    }

    /// The row with this key and all that hang on it by this list, however deep.
    pub(crate) fn descend(&self, kind: Kind, children: &Many, root: i64) -> HashSet<i64> {
        let mut found = HashSet::from([root]);
        let mut level = vec![self.at(kind, root)];
        while let Some(row) = level.pop() {
            for place in self.hanging(children, row) {
                let child = Row {
                    kind,
                    place: *place,
                };
                found.insert(child.key());
                level.push(child);
            }
        }
        found
    }
}

impl Row {
    pub(crate) fn key(self) -> i64 {
        self.record().id
    }

    /// What it holds.
    pub(crate) fn record(self) -> &'static Record {
        &WORLD.records[self.kind as usize][self.place]
    }

    /// The global id.
    pub(crate) fn id(self) -> String {
        global_id(self.kind, self.key())
    }

    /// What a column holds: a value, or the key of the row that it refers to.
    pub(crate) fn value(self, column: usize) -> Json {
        let column = &self.kind.table().columns[column];
        match column.holds {
            Holds::Value | Holds::Reference(_) => self
                .record()
                .get(column.name)
                .map_or(Json::Null, Value::json),
            Holds::Told(tell) => tell(self.record()),
        }
    }

    /// The row that a column refers to.
    pub(crate) fn referred(self, column: usize) -> Option<Row> {
        let column = &self.kind.table().columns[column];
        match column.holds {
            Holds::Value | Holds::Told(_) => None,
            Holds::Reference(kind) => Some(WORLD.at(kind, self.record().key(column.name)?)),
        }
    }
}

/// The global id of a row, be it there or not.
pub(crate) fn global_id(kind: Kind, key: i64) -> String {
    grassroots_tests::global_id(kind.name(), key)
}

fn links(world: &World, many: &Many) -> HashMap<i64, Vec<usize>> {
    let column = &many.listed.table().columns[many.link()];
    assert!(
        matches!(column.holds, Holds::Reference(_)),
        "{}",
        many.field
    );
    let mut links = HashMap::<i64, Vec<usize>>::new();
    for (place, row) in world.records[many.listed as usize].iter().enumerate() {
        if let Some(parent) = row.key(column.name) {
            links.entry(parent).or_default().push(place);
        }
    }
    links
}

/// The lines of the policy that a new database starts with, in their order.
fn policy() -> Vec<policy_rule::Model> {
    let lines = include_str!("../../access/src/policy.csv").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rule = |(id, line)| policy_rule(id, line);
    (1..).zip(lines).map(rule).collect()
}
