//! Queries: what they are, and how they are written.

use std::fmt::{self, Display, Formatter};

use access::Kind;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    catalogue::{self, Many, One, camel},
    filter::{Filter, quoted},
};

#[derive(Clone)]
pub(crate) struct Query {
    pub(crate) roots: Vec<Root>,
}

#[derive(Clone)]
pub(crate) enum Root {
    List(List),
    /// The caller's bindings, by way of `viewer`.
    Bindings(List),
    /// One record by the field of its type.
    Open(Open),
    /// A division by its code.
    Division(Open, String),
    /// One record by `node`.
    Node(Nodes),
    /// Several by `nodes`.
    Nodes(Nodes),
}

#[derive(Clone)]
pub(crate) struct Open {
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) id: i64,
    pub(crate) fields: Vec<Field>,
}

/// Records of several types, and what is asked of each type.
#[derive(Clone)]
pub(crate) struct Nodes {
    pub(crate) key: String,
    pub(crate) ids: Vec<(Kind, i64)>,
    pub(crate) fields: Vec<(Kind, Vec<Field>)>,
}

/// A field and the key that it has in the response.
#[derive(Clone)]
pub(crate) enum Field {
    Id,
    TypeName,
    Value(String, &'static str),
    One(String, &'static One, Vec<Field>),
    Many(&'static Many, List),
    /// An enrollment's participant: not a record of its own, but a part of it.
    Participant(String, Vec<Field>),
}

#[derive(Clone)]
pub(crate) struct List {
    /// Its place among the query's lists.
    pub(crate) number: usize,
    pub(crate) key: String,
    pub(crate) field: &'static str,
    pub(crate) kind: Kind,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Option<Order>,
    pub(crate) window: Window,
    pub(crate) total: bool,
    pub(crate) info: bool,
    pub(crate) form: Form,
    pub(crate) fields: Vec<Field>,
}

impl List {
    /// Whether it asks for more than the count.
    pub(crate) fn asks_for_page(&self) -> bool {
        self.info || self.form != Form::None
    }
}

/// How a list's records are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Nodes,
    Edges,
    None,
}

#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// None for the official order.
    pub(crate) column: Option<&'static str>,
    pub(crate) descending: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Window {
    pub(crate) size: Size,
    pub(crate) after: Option<Cursor>,
    pub(crate) before: Option<Cursor>,
}

#[derive(Clone, Copy, Default)]
pub(crate) enum Size {
    First(usize),
    Last(usize),
    #[default]
    Usual,
}

/// A cursor that some response gave, and the row that it was given for.
#[derive(Clone)]
pub(crate) struct Cursor {
    pub(crate) text: String,
    pub(crate) row: i64,
}

impl Query {
    /// The list with this number, wherever it stands.
    pub(crate) fn list_mut(&mut self, number: usize) -> Option<&mut List> {
        self.roots.iter_mut().find_map(|root| match root {
            Root::List(list) | Root::Bindings(list) => list.find(number),
            Root::Open(open) | Root::Division(open, _) => find(&mut open.fields, number),
            Root::Node(nodes) | Root::Nodes(nodes) => {
                let mut types = nodes.fields.iter_mut();
                types.find_map(|(_, fields)| find(fields, number))
            }
        })
    }
}

impl List {
    fn find(&mut self, number: usize) -> Option<&mut List> {
        if self.number == number {
            Some(self)
        } else {
            find(&mut self.fields, number)
        }
    }
}

fn find(fields: &mut [Field], number: usize) -> Option<&mut List> {
    fields.iter_mut().find_map(|field| match field {
        Field::Many(_, list) => list.find(number),
        Field::One(_, _, fields) | Field::Participant(_, fields) => find(fields, number),
        Field::Id | Field::TypeName | Field::Value(..) => None,
    })
}

/// The global id of a record.
pub(crate) fn global_id(kind: Kind, id: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{id}", catalogue::of(kind).name))
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{")?;
        for root in &self.roots {
            write!(f, " {root}")?;
        }
        write!(f, " }}")
    }
}

impl Display for Root {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Root::List(list) => list.fmt(f),
            Root::Bindings(list) => write!(f, "{}_by: viewer {{ {list} }}", list.key),
            Root::Open(open) => {
                let field = catalogue::of(open.kind).open.expect("a field that opens");
                let id = quoted(&global_id(open.kind, open.id));
                write!(
                    f,
                    "{}: {field}(id: {id}) {}",
                    open.key,
                    Fields(&open.fields)
                )
            }
            Root::Division(open, code) => {
                let (code, fields) = (quoted(code), Fields(&open.fields));
                write!(f, "{}: division(code: {code}) {fields}", open.key)
            }
            Root::Node(nodes) => {
                let id = nodes
                    .ids
                    .first()
                    .map(|(kind, id)| quoted(&global_id(*kind, *id)));
                let id = id.expect("an id");
                write!(f, "{}: node(id: {id}) {nodes}", nodes.key)
            }
            Root::Nodes(nodes) => {
                let ids = nodes.ids.iter();
                let ids: Vec<_> = ids
                    .map(|(kind, id)| quoted(&global_id(*kind, *id)))
                    .collect();
                write!(f, "{}: nodes(ids: [{}]) {nodes}", nodes.key, ids.join(", "))
            }
        }
    }
}

impl Display for Nodes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{ __typename id")?;
        for (kind, fields) in &self.fields {
            let name = catalogue::of(*kind).name;
            write!(f, " ... on {name} {}", Fields(fields))?;
        }
        write!(f, " }}")
    }
}

struct Fields<'a>(&'a [Field]);

impl Display for Fields<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{")?;
        for field in self.0 {
            write!(f, " {field}")?;
        }
        write!(f, " }}")
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Field::Id => write!(f, "id"),
            Field::TypeName => write!(f, "__typename"),
            Field::Value(key, column) => {
                // A participant has a name, whose column bears a longer one.
                let field = match *column {
                    "participant_name" => "name".to_owned(),
                    column => camel(column),
                };
                if *key == field {
                    write!(f, "{field}")
                } else {
                    write!(f, "{key}: {field}")
                }
            }
            Field::One(key, one, fields) => write!(f, "{key}: {} {}", one.field, Fields(fields)),
            Field::Many(_, list) => list.fmt(f),
            Field::Participant(key, fields) => write!(f, "{key}: participant {}", Fields(fields)),
        }
    }
}

impl Display for List {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.field)?;
        let mut arguments: Vec<String> = Vec::new();
        arguments.extend(self.filter.iter().map(|filter| format!("filter: {filter}")));
        arguments.extend(self.order.iter().map(|order| format!("orderBy: {order}")));
        arguments.extend(match self.window.size {
            Size::First(size) => Some(format!("first: {size}")),
            Size::Last(size) => Some(format!("last: {size}")),
            Size::Usual => None,
        });
        let cursors = [
            ("after", &self.window.after),
            ("before", &self.window.before),
        ];
        for (name, cursor) in cursors {
            arguments.extend(
                cursor
                    .iter()
                    .map(|c| format!("{name}: {}", quoted(&c.text))),
            );
        }
        if !arguments.is_empty() {
            write!(f, "({})", arguments.join(", "))?;
        }
        write!(f, " {{")?;
        if self.total {
            write!(f, " totalCount")?;
        }
        if self.info {
            write!(
                f,
                " pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}"
            )?;
        }
        match self.form {
            Form::Nodes => write!(f, " nodes {}", Fields(&self.fields))?,
            Form::Edges => write!(f, " edges {{ cursor node {} }}", Fields(&self.fields))?,
            Form::None => {}
        }
        write!(f, " }}")
    }
}

impl Display for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let column = self.column.unwrap_or("official").to_uppercase();
        let direction = if self.descending { "DESC" } else { "ASC" };
        write!(f, "{column}_{direction}")
    }
}
