//! A filter finds exactly the caller's rows that meet it, and says nothing of a
//! column that is not the caller's to read.

use serde_json::{Value as Json, json};

use crate::{
    answer::{REFUSED, object},
    condition::Condition,
    draft, sample,
    schema::{self, SCHEMA, Shape, Shaped},
    session::{self, Session},
    table::{Kind, Many},
    world::Row,
};

/// Filters of one query.
const BATCH: usize = 8;
/// Records of each list that are compared.
const FIRST: usize = 20;
/// Conditions that a caller puts to a list, and how many relations deep.
const CONDITIONS: (usize, usize) = (24, 2);
/// The same for a long list.
const FEWER: (usize, usize) = (6, 1);
const LONG: usize = 1_000;

/// A filter, and which of some rows meet it.
struct Asked {
    filter: Json,
    met: Vec<Option<bool>>,
    forbidden: bool,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_keeps_the_rows_that_meet_its_filter() {
    session::everyone(|mut session| async move {
        for (field, kind) in schema::lists() {
            let rows = session.eyes.list(kind);
            let effort = if rows.len() > LONG { FEWER } else { CONDITIONS };
            let asked = asked(&session, kind, rows, effort);
            for batch in asked.chunks(BATCH) {
                let answers = batch.iter().map(|asked| asked.answer(rows));
                let lists = aliases(&field.name, batch.len());
                let query = format!("query({}) {{ {lists} }}", variables(kind, batch.len()));
                let expected = object(named(answers));
                session.expect(&query, filters(batch), &expected).await;
            }
        }
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_hangs_on_a_record_keeps_the_rows_that_meet_its_filter() {
    session::everyone(|mut session| async move {
        for &kind in Kind::ALL {
            let parents = sample::spread(sample::of(kind), 12);
            for field in SCHEMA.fields(kind.name()) {
                if matches!(field.shape(), Shape::Many(_)) {
                    hang(&mut session, kind, kind.many(&field.name), &parents).await;
                }
            }
        }
        session
    })
    .await;
}

async fn hang(session: &mut Session, kind: Kind, many: &'static Many, parents: &[Row]) {
    let eyes = session.eyes;
    let conditions = draft::share(many.listed, 1, BATCH, eyes.user.place);
    let readable = eyes.ever_reads(many.listed, many.link());
    let lists = parents.iter().map(|parent| {
        let hanging = eyes.hanging(many, *parent);
        let answers = conditions.iter().map(|condition| {
            let mut asked = Asked::of(session, many.listed, condition, &hanging);
            asked.forbidden &= readable;
            asked.answer(&hanging)
        });
        if eyes.sees(*parent) {
            object(named(answers))
        } else {
            Json::Null
        }
    });
    let expected = json!({ "nodes": lists.collect::<Vec<_>>() });
    let ids: Vec<String> = parents.iter().map(|row| row.id()).collect();
    let filters = conditions
        .iter()
        .map(|condition| condition.filter(many.listed));
    let mut given = object(named(filters));
    given["ids"] = json!(ids);
    let query = format!(
        "query($ids: [ID!]!, {}) {{ nodes(ids: $ids) {{ ... on {} {{ {} }} }} }}",
        variables(many.listed, conditions.len()),
        kind.name(),
        aliases(&many.field, conditions.len()),
    );
    session.expect(&query, given, &expected).await;
}

/// Conditions on a list, their opposites, and two at a time.
fn asked(
    session: &Session,
    kind: Kind,
    rows: &[Row],
    (number, depth): (usize, usize),
) -> Vec<Asked> {
    let conditions = draft::share(kind, depth, number, session.eyes.user.place);
    let plain = conditions
        .iter()
        .map(|condition| Asked::of(session, kind, condition, rows));
    let plain: Vec<Asked> = plain.collect();
    let pairs = plain.iter().zip(plain.iter().skip(1)).step_by(2);
    let mut asked: Vec<Asked> = plain.iter().map(Asked::not).collect();
    asked.extend(pairs.flat_map(|(one, other)| [one.and(&other.not()), one.not().or(other)]));
    asked.extend(plain);
    asked
}

impl Asked {
    fn of(session: &Session, kind: Kind, condition: &Condition, rows: &[Row]) -> Asked {
        let eyes = session.eyes;
        Asked {
            filter: condition.filter(kind),
            met: rows.iter().map(|row| condition.met(eyes, *row)).collect(),
            forbidden: eyes.ever_sees(kind) && condition.is_forbidden(eyes, kind),
        }
    }

    fn not(&self) -> Asked {
        Asked {
            filter: json!({ "not": self.filter }),
            met: self.met.iter().map(|met| met.map(|met| !met)).collect(),
            forbidden: self.forbidden,
        }
    }

    fn and(&self, other: &Asked) -> Asked {
        let both = |one, other| match (one, other) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        self.with("and", other, both)
    }

    fn or(&self, other: &Asked) -> Asked {
        let either = |one, other| match (one, other) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        self.with("or", other, either)
    }

    fn with(
        &self,
        joint: &str,
        other: &Asked,
        join: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Asked {
        Asked {
            filter: json!({ joint: [self.filter, other.filter] }),
            met: self
                .met
                .iter()
                .zip(&other.met)
                .map(|(one, other)| join(*one, *other))
                .collect(),
            forbidden: self.forbidden || other.forbidden,
        }
    }

    /// What a list of the rows must come to under the filter.
    fn answer(&self, rows: &[Row]) -> Json {
        if self.forbidden {
            return REFUSED.into();
        }
        let met = rows
            .iter()
            .zip(&self.met)
            .filter(|(_, met)| **met == Some(true));
        let ids: Vec<Json> = met
            .clone()
            .take(FIRST)
            .map(|(row, _)| json!({ "id": row.id() }))
            .collect();
        json!({ "totalCount": met.count(), "nodes": ids })
    }
}

fn variables(kind: Kind, number: usize) -> String {
    let declared = (0..number).map(|place| format!("$c{place}: {}Filter", kind.name()));
    declared.collect::<Vec<_>>().join(", ")
}

fn aliases(list: &str, number: usize) -> String {
    let aliases = (0..number).map(|place| {
        format!(
            "c{place}: {list}(filter: $c{place}, first: {FIRST}) {{ totalCount(exact: true) nodes {{ id }} }}"
        )
    });
    aliases.collect::<Vec<_>>().join(" ")
}

fn filters(batch: &[Asked]) -> Json {
    object(named(batch.iter().map(|asked| asked.filter.clone())))
}

/// Each under the name of its place, as the queries call them.
fn named(values: impl Iterator<Item = Json>) -> impl Iterator<Item = (String, Json)> {
    values
        .enumerate()
        .map(|(place, value)| (format!("c{place}"), value))
}
