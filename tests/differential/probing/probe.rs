//! Probes of a column: all that a query can do with it, with the values that the two
//! worlds hold there.

use access::Kind;

use super::{sieve, twin::Difference};
use crate::{
    catalogue::{self, Many},
    cell::Column,
    filter::Filter,
    query::{Field, Form, List, Nodes, Order, Query, Root, Size, Window},
    rng::Rng,
    world::World,
};

pub(super) enum Probe {
    Query(Query),
    /// Its first list, page by page.
    Walk(Query),
    Text(String),
}

/// Filters of one query.
const BATCH: usize = 14;
/// Filters that each way to the column takes.
pub(super) const FILTERS: usize = 3;

/// The probes of a column in which two worlds differ.
pub(super) fn probes(
    rng: &mut Rng,
    world: &World,
    (kind, column): Column,
    differences: &[Difference],
) -> Vec<Probe> {
    let mut draft = Draft {
        rng,
        world,
        kind,
        column,
        differences,
        probes: Vec::new(),
    };
    draft.filter();
    draft.order();
    draft.mistake();
    draft.probes
}

struct Draft<'a> {
    rng: &'a mut Rng,
    world: &'a World,
    kind: Kind,
    column: &'static str,
    differences: &'a [Difference],
    probes: Vec<Probe>,
}

impl Draft<'_> {
    /// Lists of every type that can be filtered by the column.
    fn filter(&mut self) {
        let own = sieve::filters(
            self.rng,
            self.world,
            (self.kind, self.column),
            self.differences,
        );
        for &listed in Kind::ALL {
            let filters = match listed == self.kind {
                true => own.clone(),
                false => sieve::through(self.rng, listed, self.kind, &own, FILTERS),
            };
            let linked = sieve::links(listed, (self.kind, self.column), self.differences);
            let filters: Vec<Filter> = filters.into_iter().chain(linked).collect();
            for batch in filters.chunks(BATCH) {
                if let Some(field) = catalogue::of(listed).list {
                    let lists = batch.iter().enumerate();
                    let lists = lists.map(|(number, filter)| {
                        Root::List(list(number, listed, field, Some(filter), None))
                    });
                    self.ask(lists.collect());
                }
            }
        }
        for (parent, many) in parents(self.kind) {
            let filters = self.rng.sample(FILTERS, FILTERS, &own);
            let lists = filters.iter().enumerate();
            let lists = lists.map(|(number, filter)| {
                let list = list(number, many.kind, many.field, Some(filter), None);
                Field::Many(many, list)
            });
            let lists = lists.collect();
            self.probes.extend(of_all(self.world, parent, lists));
        }
    }

    /// Lists in the column's order, whole and page by page.
    fn order(&mut self) {
        let listed = catalogue::of(self.kind);
        let is_official = listed.official == Some(self.column);
        let column = listed.orders.iter().find(|column| **column == self.column);
        if column.is_none() && !is_official {
            return;
        }
        let orders = [false, true].map(|descending| Order {
            column: column.copied(),
            descending,
        });
        for order in orders {
            if let Some(field) = listed.list {
                let whole = list(0, self.kind, field, None, Some(order));
                self.ask(vec![Root::List(whole.clone())]);
                for size in [Size::First(3), Size::Last(2)] {
                    let mut part = whole.clone();
                    part.window.size = size;
                    let roots = vec![Root::List(part)];
                    self.probes.push(Probe::Walk(Query { roots }));
                }
            }
            for (parent, many) in parents(self.kind) {
                let list = list(0, many.kind, many.field, None, Some(order));
                let lists = vec![Field::Many(many, list)];
                self.probes.extend(of_all(self.world, parent, lists));
            }
        }
    }

    /// Values that no such column takes.
    fn mistake(&mut self) {
        let listed = catalogue::of(self.kind);
        let tests = listed
            .tests
            .iter()
            .filter(|test| test.column == self.column);
        for (test, field) in tests.zip(listed.list) {
            for value in ["[[]]", "\"2020-02-30\"", "99999999999", "NONE"] {
                self.probes.push(Probe::Text(format!(
                    "{{ {field}(filter: {{ {}: {{ eq: {value} }} }}) {{ totalCount }} }}",
                    test.field
                )));
            }
        }
    }

    fn ask(&mut self, roots: Vec<Root>) {
        self.probes.push(Probe::Query(Query { roots }));
    }
}

/// Asks all records of a kind for these fields.
pub(super) fn of_all(world: &World, kind: Kind, fields: Vec<Field>) -> Option<Probe> {
    let rows = world.rows(kind).iter();
    let ids: Vec<(Kind, i64)> = rows.map(|row| (kind, row.id)).collect();
    if ids.is_empty() {
        return None;
    }
    let nodes = Nodes {
        key: "all".to_owned(),
        ids,
        fields: vec![(kind, fields)],
    };
    let roots = vec![Root::Nodes(nodes)];
    Some(Probe::Query(Query { roots }))
}

/// The fields of other types that list records of the kind.
pub(super) fn parents(kind: Kind) -> impl Iterator<Item = (Kind, &'static Many)> {
    Kind::ALL.iter().flat_map(move |parent| {
        let manys = catalogue::of(*parent).manys.iter();
        manys
            .filter(move |many| many.kind == kind)
            .map(|many| (*parent, many))
    })
}

pub(super) fn list(
    number: usize,
    kind: Kind,
    field: &'static str,
    filter: Option<&Filter>,
    order: Option<Order>,
) -> List {
    List {
        number,
        key: format!("l{number}"),
        field,
        kind,
        filter: filter.cloned(),
        order,
        window: Window {
            size: Size::First(60),
            ..Window::default()
        },
        total: true,
        info: true,
        form: Form::Edges,
        fields: vec![Field::Id],
    }
}
