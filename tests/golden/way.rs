//! Ways to come to a list of a type's records, on which conditions and orders are tried.

use std::collections::BTreeSet;

use grassroots_tests::{Field, REFUSED};
use serde_json::{Value as Json, json};

use crate::{
    caller::Caller,
    shape::{SCHEMA, Shape},
};

pub(crate) enum Way {
    /// A list of the query itself.
    Root(&'static Field),
    /// A list that hangs on records of a type.
    Hanging(&'static str, &'static Field),
    /// A list of the query of other records, by a condition on those that they refer to.
    Referring(&'static Field, &'static Field),
}

pub(crate) enum Asked {
    Filter(String),
    Order(String),
}

/// Whether it was allowed or refused, wherever it was tried.
pub(crate) type Words = BTreeSet<&'static str>;

impl Way {
    /// The nearest ways: from the root if there is a list of the type, else from the
    /// records that have one, else through those that refer to the type's records.
    pub(crate) fn to(kind: &str) -> Vec<Way> {
        let lists = |object| {
            let fields = SCHEMA.fields(object).iter();
            fields.filter(move |field| matches!(Shape::of(field), Shape::Many(_)))
        };
        let leads = |field: &&Field| matches!(Shape::of(field), Shape::Many(of) if of == kind);
        let root: Vec<Way> = lists("Query").filter(leads).map(Way::Root).collect();
        if !root.is_empty() {
            return root;
        }
        let hanging = SCHEMA.nodes().flat_map(|parent| {
            let fields = lists(parent).filter(leads);
            fields.map(move |field| Way::Hanging(parent, field))
        });
        let hanging: Vec<Way> = hanging.collect();
        if !hanging.is_empty() {
            return hanging;
        }
        let filter = format!("{kind}Filter");
        let referring = lists("Query").flat_map(|list| {
            let conditions = SCHEMA.fields(&filter_of(list)).iter();
            let conditions = conditions.filter(|condition| condition.of == filter);
            conditions.map(move |condition| Way::Referring(list, condition))
        });
        referring.collect()
    }

    /// What comes of each.
    pub(crate) async fn ask(&self, caller: &Caller<'_>, asked: &[Asked]) -> Vec<Words> {
        let fields = (0..).zip(asked).map(|(place, asked)| {
            let (list, argument) = (self.list(), self.argument(asked));
            format!("a{place}: {list}(first: 1, {argument}) {{ nodes {{ id }} }}")
        });
        let selection = fields.collect::<Vec<_>>().join(" ");
        let answers = match self {
            Way::Root(_) | Way::Referring(..) => {
                vec![caller.ask(&format!("{{ {selection} }}"), json!({})).await]
            }
            Way::Hanging(parent, _) => caller.open(parent, &selection).await,
        };
        let words = |place: usize| {
            let answers = answers.iter().map(|answer| &answer[format!("a{place}")]);
            answers.map(word).collect()
        };
        (0..asked.len()).map(words).collect()
    }

    fn list(&self) -> &str {
        match self {
            Way::Root(list) | Way::Hanging(_, list) | Way::Referring(list, _) => &list.name,
        }
    }

    fn argument(&self, asked: &Asked) -> String {
        match (self, asked) {
            (Way::Referring(_, condition), Asked::Filter(filter)) => {
                format!("filter: {{ {}: {filter} }}", condition.name)
            }
            (_, Asked::Filter(filter)) => format!("filter: {filter}"),
            (_, Asked::Order(order)) => format!("orderBy: {order}"),
        }
    }
}

fn filter_of(list: &Field) -> String {
    match Shape::of(list) {
        Shape::Many(kind) => format!("{kind}Filter"),
        _ => panic!("{} is no list", list.name),
    }
}

fn word(answer: &Json) -> &'static str {
    match answer {
        Json::Object(_) => "allowed",
        Json::String(text) if text == REFUSED => "refused",
        other => panic!("neither a page nor a refusal: {other}"),
    }
}
