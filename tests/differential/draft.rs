//! Draws queries over a world.

use access::Kind;

use crate::{
    catalogue::{self, Many, Type, camel},
    filter::Filter,
    oracle::{Oracle, Way},
    query::{Field, Form, List, Nodes, Open, Order, Query, Root, Size, Window},
    rng::Rng,
    sieve,
    value::Record,
    world::World,
};

pub(crate) struct Draft<'a> {
    rng: &'a mut Rng,
    oracle: &'a Oracle,
    world: &'a World,
    user: i64,
    keys: usize,
    lists: usize,
}

/// Lists of one query, so that its response stays small.
const MOST_LISTS: usize = 5;
const DEEPEST: usize = 3;

impl<'a> Draft<'a> {
    /// A query for the user, mostly for what there is something of.
    pub(crate) fn query(rng: &'a mut Rng, oracle: &'a Oracle, user: i64) -> Query {
        let mut draft = Draft {
            rng,
            oracle,
            world: &oracle.world,
            user,
            keys: 0,
            lists: 0,
        };
        let count = if draft.rng.chance(15) { 2 } else { 1 };
        Query {
            roots: (0..count).map(|_| draft.root()).collect(),
        }
    }

    fn root(&mut self) -> Root {
        match self.rng.below(100) {
            0..=69 => self.root_list(),
            70..=73 => self.bindings(),
            74..=78 => self.open(),
            79..=81 => self.division(),
            82..=90 => {
                let id = self.id();
                Root::Node(self.nodes(vec![id]))
            }
            _ => {
                let ids = (0..self.rng.between(1, 6)).map(|_| self.id()).collect();
                Root::Nodes(self.nodes(ids))
            }
        }
    }

    fn root_list(&mut self) -> Root {
        let kind = self.kind(Way::Listed, |kind| catalogue::of(kind).list.is_some());
        let field = catalogue::of(kind).list.expect("a list at the root");
        Root::List(self.list(kind, field, 0))
    }

    /// A kind of which the user may see something in this way or, at times, any.
    fn kind(&mut self, way: Way, wanted: impl Fn(Kind) -> bool) -> Kind {
        let kinds = Kind::ALL.iter().copied().filter(|kind| wanted(*kind));
        let all: Vec<Kind> = kinds.collect();
        let mut open = all.clone();
        open.retain(|kind| self.shows_any(*kind, way));
        let any = open.is_empty() || self.rng.chance(10);
        *self.rng.pick(if any { &all } else { &open })
    }

    fn shows_any(&self, kind: Kind, way: Way) -> bool {
        self.oracle.shows_any(self.user, kind, way)
    }

    fn bindings(&mut self) -> Root {
        Root::Bindings(self.list(Kind::RoleBinding, "bindings", 1))
    }

    fn open(&mut self) -> Root {
        let kind = self.kind(Way::Opened, |kind| catalogue::of(kind).open.is_some());
        let id = self.id_of(kind);
        Root::Open(self.opening(kind, id))
    }

    fn division(&mut self) -> Root {
        let division = self.world.coded_division(self.rng);
        let open = self.opening(Kind::Division, division.id);
        Root::Division(open, division.code.clone())
    }

    fn opening(&mut self, kind: Kind, id: i64) -> Open {
        Open {
            key: self.key("one"),
            kind,
            id,
            fields: self.fields(kind, 0, false),
        }
    }

    fn nodes(&mut self, ids: Vec<(Kind, i64)>) -> Nodes {
        let mut kinds: Vec<Kind> = Vec::new();
        for (kind, _) in &ids {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        // Fields of several types under one key would have to be alike.
        let fields = kinds.into_iter();
        let fields = fields
            .map(|kind| (kind, self.fields(kind, 0, true)))
            .collect();
        Nodes {
            key: self.key("node"),
            ids,
            fields,
        }
    }

    fn id(&mut self) -> (Kind, i64) {
        let kind = self.kind(Way::Opened, |_| true);
        (kind, self.id_of(kind))
    }

    /// The key of a row that the user may open, of some row or, rarely, of none.
    fn id_of(&mut self, kind: Kind) -> i64 {
        let rows = self.world.rows(kind);
        let may_open = |row: &&Record| {
            let verdict = self.oracle.row(self.user, kind, row.id, Way::Opened);
            verdict.is_granted()
        };
        let open: Vec<&Record> = rows.iter().filter(may_open).collect();
        if !open.is_empty() && self.rng.chance(50) {
            self.rng.pick(&open).id
        } else if !rows.is_empty() && self.rng.chance(95) {
            self.rng.pick(rows).id
        } else {
            999_999
        }
    }

    fn key(&mut self, name: &str) -> String {
        self.keys += 1;
        format!("{name}_{}", self.keys)
    }

    fn list(&mut self, kind: Kind, field: &'static str, depth: usize) -> List {
        let number = self.lists;
        self.lists += 1;
        let (total, info) = (self.rng.chance(40), self.rng.chance(40));
        let form = match self.rng.below(10) {
            0..=5 => Form::Nodes,
            6..=8 => Form::Edges,
            _ => Form::None,
        };
        let fields = match form {
            Form::None => Vec::new(),
            _ => self.fields(kind, depth, false),
        };
        List {
            number,
            key: self.key(field),
            field,
            kind,
            filter: self.filter(kind),
            order: self.order(catalogue::of(kind)),
            window: Window {
                size: self.size(depth),
                ..Window::default()
            },
            total: total || (form == Form::None && !info),
            info,
            form,
            fields,
        }
    }

    fn filter(&mut self, kind: Kind) -> Option<Filter> {
        let chosen = self.rng.chance(40);
        chosen.then(|| sieve::draw(self.rng, self.world, kind, 2))
    }

    fn order(&mut self, listed: &Type) -> Option<Order> {
        let mut columns: Vec<Option<&'static str>> = vec![None];
        columns.extend(listed.orders.iter().copied().map(Some));
        self.rng.maybe(60, |rng| Order {
            column: *rng.pick(&columns),
            descending: rng.chance(50),
        })
    }

    /// Pages of the usual size within pages of the usual size weigh too much.
    fn size(&mut self, depth: usize) -> Size {
        match self.rng.below(10) {
            7..=9 if depth < 2 => Size::Usual,
            5 | 6 => Size::Last(self.rng.below(7)),
            _ => Size::First(self.rng.below(7)),
        }
    }

    /// Some fields of a type; with `apart` all under keys of their own.
    fn fields(&mut self, kind: Kind, depth: usize, apart: bool) -> Vec<Field> {
        let shown = catalogue::of(kind);
        let share = *self.rng.pick(&[25, 50, 100]);
        let mut fields = Vec::new();
        if self.rng.chance(70) && !apart {
            fields.push(Field::Id);
        }
        for column in self.rng.some(share, shown.values) {
            let name = camel(column);
            let key = match apart || self.rng.chance(20) {
                true => self.key(&name),
                false => name,
            };
            fields.push(Field::Value(key, column));
        }
        if depth < DEEPEST {
            for one in shown.ones {
                let share = self.share(one.kind, Way::Opened);
                if self.rng.chance(share) {
                    let below = self.fields(one.kind, depth + 1, false);
                    fields.push(Field::One(self.key(one.field), one, below));
                }
            }
            for many in shown.manys {
                let share = self.share(many.kind, Way::Listed);
                if self.lists < MOST_LISTS && self.rng.chance(share) {
                    fields.push(self.many(many, depth));
                }
            }
            if kind == Kind::Enrollment && self.rng.chance(30) {
                fields.push(self.participant(depth));
            }
        }
        if fields.is_empty() {
            fields.push(Field::TypeName);
        }
        fields
    }

    /// How often to ask for records of a kind, in percent.
    fn share(&self, kind: Kind, way: Way) -> usize {
        if self.shows_any(kind, way) { 40 } else { 10 }
    }

    fn many(&mut self, many: &'static Many, depth: usize) -> Field {
        Field::Many(many, self.list(many.kind, many.field, depth + 1))
    }

    fn participant(&mut self, depth: usize) -> Field {
        let mut fields = vec![Field::Value("name".to_owned(), "participant_name")];
        for one in catalogue::of(Kind::Enrollment).ones {
            if ["facility", "stage"].contains(&one.field) && self.rng.chance(50) {
                let below = self.fields(one.kind, depth + 1, false);
                fields.push(Field::One(self.key(one.field), one, below));
            }
        }
        Field::Participant(self.key("participant"), fields)
    }
}
