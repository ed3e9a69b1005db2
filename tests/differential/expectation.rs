//! The response that a user must get to a query.

use access::Kind;
use serde_json::{Map, Value as Json, json};

use crate::{
    catalogue::{self, Many, Operand, Test},
    filter::{Comparison, Condition, Filter},
    listing::{Page, Refused},
    oracle::Way,
    query::{Field, Form, List, Nodes, Open, Query, Root, global_id},
    sight::{Seen, Sight},
    value::{Record, Value},
};

/// What stands for any cursor: they are sealed, and no two are alike.
pub(crate) const CURSOR: &str = "some cursor";

#[derive(Default)]
pub(crate) struct Expectation {
    pub(crate) data: Json,
    /// JSON pointers to where a `FORBIDDEN` is due.
    pub(crate) refused: Vec<String>,
    pub(crate) handles: Vec<Handle>,
}

/// Where the response has a cursor.
#[derive(Clone)]
pub(crate) struct Handle {
    /// Number of the list that it is of.
    pub(crate) list: usize,
    pub(crate) pointer: String,
    /// The row that it is given for.
    pub(crate) row: i64,
}

impl Expectation {
    pub(crate) fn of(sight: &Sight<'_>, query: &Query) -> Expectation {
        let mut answer = Answer {
            sight,
            expected: Expectation::default(),
        };
        let data = query.roots.iter().map(|root| answer.root(root)).collect();
        let mut expected = answer.expected;
        expected.data = Json::Object(data);
        expected.refused.sort_unstable();
        expected
    }
}

struct Answer<'a, 's> {
    sight: &'a Sight<'s>,
    expected: Expectation,
}

/// The condition that `viewer` adds to its list of bindings.
static OWN: Test = Test {
    field: "user",
    column: "user_id",
    operand: Operand::Number,
};

impl<'s> Answer<'_, 's> {
    fn root(&mut self, root: &Root) -> (String, Json) {
        match root {
            Root::List(list) => (list.key.clone(), self.list(list, None, None, "")),
            Root::Bindings(list) => {
                let viewer = format!("{}_by", list.key);
                let own = Comparison::Equals(Value::Integer(self.sight.user));
                let own = Filter(vec![Condition::Value(&OWN, vec![own])]);
                let bindings = self.list(list, Some(&own), None, &at("", &viewer));
                (viewer, json!({ &list.key: bindings }))
            }
            Root::Open(open) | Root::Division(open, _) => (open.key.clone(), self.open(open)),
            Root::Node(nodes) => {
                let id = nodes.ids.first().expect("an id");
                (
                    nodes.key.clone(),
                    self.node(nodes, *id, &at("", &nodes.key)),
                )
            }
            Root::Nodes(nodes) => {
                let path = at("", &nodes.key);
                let ids = nodes.ids.iter().enumerate();
                let each = ids.map(|(place, id)| self.node(nodes, *id, &at(&path, place)));
                (nodes.key.clone(), Json::Array(each.collect()))
            }
        }
    }

    fn open(&mut self, open: &Open) -> Json {
        match self.opened(open.kind, open.id) {
            Some(row) => self.record(open.kind, row, &open.fields, &at("", &open.key)),
            None => Json::Null,
        }
    }

    fn node(&mut self, nodes: &Nodes, (kind, id): (Kind, i64), path: &str) -> Json {
        let Some(row) = self.opened(kind, id) else {
            return Json::Null;
        };
        let own = nodes.fields.iter().find(|(of, _)| *of == kind);
        let fields = own.map_or(&[][..], |(_, fields)| fields);
        let mut record = self.record(kind, row, fields, path);
        record["__typename"] = catalogue::of(kind).name.into();
        record["id"] = global_id(kind, id).into();
        record
    }

    /// The row with this key, if the user may open it.
    fn opened(&self, kind: Kind, id: i64) -> Option<&'s Record> {
        let row = self.sight.world().row(kind, id)?;
        self.sight.sees(kind, row, Way::Opened).then_some(row)
    }

    fn list(
        &mut self,
        list: &List,
        also: Option<&Filter>,
        parent: Option<(&Many, i64)>,
        path: &str,
    ) -> Json {
        let path = at(path, &list.key);
        let rows = match self.sight.list(list, also, parent) {
            Ok(rows) => rows,
            Err(Refused) => {
                self.sight.notes.borrow_mut().refused_lists += 1;
                return self.refuse(path);
            }
        };
        let mut connection = Map::new();
        if list.total {
            connection.insert("totalCount".to_owned(), rows.len().into());
        }
        let page = self.sight.page(list, rows);
        if list.info {
            let info = self.page_info(list, &page, &at(&path, "pageInfo"));
            connection.insert("pageInfo".to_owned(), info);
        }
        match list.form {
            Form::Nodes => {
                let path = at(&path, "nodes");
                let nodes = self.records(list, &page, |place| at(&path, place));
                connection.insert("nodes".to_owned(), nodes.into());
            }
            Form::Edges => {
                let path = at(&path, "edges");
                let nodes = self.records(list, &page, |place| at(&at(&path, place), "node"));
                for (place, row) in page.rows.iter().enumerate() {
                    self.handle(list, at(&at(&path, place), "cursor"), row);
                }
                let edge = |node| json!({ "cursor": CURSOR, "node": node });
                let edges: Vec<Json> = nodes.into_iter().map(edge).collect();
                connection.insert("edges".to_owned(), edges.into());
            }
            Form::None => {}
        }
        connection.into()
    }

    fn records(
        &mut self,
        list: &List,
        page: &Page<'_>,
        path: impl Fn(usize) -> String,
    ) -> Vec<Json> {
        let rows = page.rows.iter().enumerate();
        rows.map(|(place, row)| self.record(list.kind, row, &list.fields, &path(place)))
            .collect()
    }

    fn page_info(&mut self, list: &List, page: &Page<'_>, path: &str) -> Json {
        let ends = [
            ("startCursor", page.rows.first()),
            ("endCursor", page.rows.last()),
        ];
        for (name, row) in ends {
            if let Some(row) = row {
                self.handle(list, at(path, name), row);
            }
        }
        let cursor = if page.rows.is_empty() {
            Json::Null
        } else {
            CURSOR.into()
        };
        json!({
            "hasNextPage": page.has_next,
            "hasPreviousPage": page.has_previous,
            "startCursor": cursor,
            "endCursor": cursor,
        })
    }

    fn handle(&mut self, list: &List, pointer: String, row: &Record) {
        self.expected.handles.push(Handle {
            list: list.number,
            pointer,
            row: row.id,
        });
    }

    fn record(&mut self, kind: Kind, row: &Record, fields: &[Field], path: &str) -> Json {
        self.sight.notes.borrow_mut().records += 1;
        self.fields(kind, row, fields, path)
    }

    fn fields(&mut self, kind: Kind, row: &Record, fields: &[Field], path: &str) -> Json {
        let mut shown = Map::new();
        for field in fields {
            let (key, value) = match field {
                Field::Id => ("id", global_id(kind, row.id).into()),
                Field::TypeName => ("__typename", catalogue::of(kind).name.into()),
                Field::Value(key, column) => {
                    let value = match self.sight.value(kind, row, column) {
                        Seen::Clear(value) => {
                            value.map_or(Json::Null, |value| catalogue::shown(kind, column, value))
                        }
                        Seen::Masked(text) => text.into(),
                        Seen::Refused => self.refuse_value(at(path, key)),
                    };
                    (key.as_str(), value)
                }
                Field::One(key, one, fields) => {
                    let path = at(path, key);
                    let referred = match self.sight.value(kind, row, one.column) {
                        Seen::Clear(_) => row.key(one.column),
                        Seen::Masked(_) | Seen::Refused => {
                            self.refuse_value(path.clone());
                            None
                        }
                    };
                    let referred = referred.and_then(|key| self.opened(one.kind, key));
                    let value = match referred {
                        Some(row) => self.record(one.kind, row, fields, &path),
                        None => Json::Null,
                    };
                    (key.as_str(), value)
                }
                Field::Many(many, list) => {
                    let list_of = self.list(list, None, Some((many, row.id)), path);
                    (list.key.as_str(), list_of)
                }
                Field::Participant(key, fields) => {
                    (key.as_str(), self.fields(kind, row, fields, &at(path, key)))
                }
            };
            shown.insert(key.to_owned(), value);
        }
        shown.into()
    }

    fn refuse_value(&mut self, pointer: String) -> Json {
        self.sight.notes.borrow_mut().refused_values += 1;
        self.refuse(pointer)
    }

    fn refuse(&mut self, pointer: String) -> Json {
        self.expected.refused.push(pointer);
        Json::Null
    }
}

fn at(path: &str, step: impl std::fmt::Display) -> String {
    format!("{path}/{step}")
}
