//! Statistics count exactly the caller's rows: in the divisions that they belong to, by
//! terms that the caller may read.

use std::collections::BTreeMap;

use entity::{division, term::DivisionLevel};
use serde_json::{Value as Json, json};

use crate::{
    answer::REFUSED,
    condition::Condition,
    draft,
    eyes::Eyes,
    oracle,
    schema::{SCHEMA, Shape, Shaped},
    seat::Seat,
    session,
    table::Kind,
    world::{Row, WORLD},
};

const LEVELS: [(&str, DivisionLevel); 5] = [
    ("NATION", DivisionLevel::Nation),
    ("PROVINCE", DivisionLevel::Province),
    ("PREFECTURE", DivisionLevel::Prefecture),
    ("COUNTY", DivisionLevel::County),
    ("TOWNSHIP", DivisionLevel::Township),
];
/// The nation, two that callers are bound to, and one in which some have nothing.
const STARTS: [&str; 4] = ["0", "11", "110105", "210681"];
/// Conditions that a caller puts to each statistics.
const CONDITIONS: usize = 3;

/// Statistics as the schema has them, with where their records count.
struct Statistics {
    field: &'static str,
    kind: Kind,
    place: &'static str,
    count: &'static str,
    dimension: &'static str,
}

const STATISTICS: [Statistics; 3] = [
    Statistics {
        field: "facilityStatistics",
        kind: Kind::Facility,
        place: "locatedIn",
        count: "FacilityCount",
        dimension: "FacilityDimension",
    },
    Statistics {
        field: "staffStatistics",
        kind: Kind::StaffMember,
        place: "locatedIn",
        count: "StaffCount",
        dimension: "StaffDimension",
    },
    Statistics {
        field: "enrollmentStatistics",
        kind: Kind::Enrollment,
        place: "division",
        count: "EnrollmentCount",
        dimension: "EnrollmentDimension",
    },
];

impl Statistics {
    /// What the records are told apart by, each with the field that shows it.
    fn dimensions(&self) -> impl Iterator<Item = (&'static str, String)> {
        let fields = SCHEMA.fields(self.count).iter();
        let flat = |name: &str| name.replace('_', "").to_lowercase();
        SCHEMA.values(self.dimension).iter().map(move |by| {
            let mut fields = fields.clone().filter(|field| field.shape() == Shape::Value);
            let field = fields.find(|field| flat(&field.name) == flat(by));
            (by.as_str(), field.unwrap().name.clone())
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_count_the_callers_records() {
    session::everyone(|mut session| async move {
        for statistics in &STATISTICS {
            for (level, depth) in LEVELS {
                for (by, field) in statistics.dimensions() {
                    let name = statistics.field;
                    let counts = STARTS.map(|start| {
                        format!(
                            "in{start}: {name}(level: {level}, by: {by}, within: \"{start}\") {{
                                division {{ code }} {field} count share }}"
                        )
                    });
                    let query = format!("{{ {} }}", counts.join(" "));
                    let expected = STARTS.map(|start| {
                        let counts =
                            counts_of(session.eyes, statistics, depth, &field, start, None);
                        (format!("in{start}"), counts)
                    });
                    let expected = Json::Object(expected.into_iter().collect());
                    session.expect(&query, json!({}), &expected).await;
                }
            }
        }
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_count_what_meets_their_filter() {
    session::everyone(|mut session| async move {
        for statistics in &STATISTICS {
            let kind = statistics.kind;
            let caller = session.eyes.user.place;
            for (by, field) in statistics.dimensions() {
                let conditions = draft::share(kind, 1, CONDITIONS, caller);
                for condition in conditions {
                    let query = format!(
                        "query($filter: {}Filter) {{
                            {}(level: PROVINCE, by: {by}, filter: $filter) {{
                                division {{ code }} {field} count share }} }}",
                        kind.name(),
                        statistics.field,
                    );
                    let expected = counts_of(
                        session.eyes,
                        statistics,
                        DivisionLevel::Province,
                        &field,
                        "0",
                        Some(&condition),
                    );
                    let expected = json!({ statistics.field: expected });
                    let filter = json!({ "filter": condition.filter(kind) });
                    session.expect(&query, filter, &expected).await;
                }
            }
        }
        session
    })
    .await;
}

/// The counts by walking through the rows that the caller sees.
fn counts_of(
    eyes: &Eyes,
    statistics: &Statistics,
    level: DivisionLevel,
    field: &str,
    start: &str,
    condition: Option<&Condition>,
) -> Json {
    let kind = statistics.kind;
    let [place, by] = [statistics.place, field].map(|field| kind.column(field));
    let is_refused = |column| eyes.ever_sees(kind) && !eyes.ever_reads(kind, column);
    let asks_in_vain = |condition: &Condition| condition.is_forbidden(eyes, kind);
    let seats = Seat::all_of(eyes.user.key());
    let is_told = seats.iter().any(|seat| oracle::is_told_counts(seat, kind));
    // Who may see no records is pointed to what was published of them.
    if !eyes.ever_sees(kind) && is_told
        || is_refused(place)
        || is_refused(by)
        || eyes.ever_sees(kind) && condition.is_some_and(asks_in_vain)
    {
        return REFUSED.into();
    }
    let start = divisions().find(|division| division.code == start).unwrap();
    let within = WORLD.divisions_under(start.id);
    let mut counts = BTreeMap::new();
    let mut totals = BTreeMap::new();
    for row in eyes.list(kind) {
        let (Some(place), Some(by)) = (eyes.value(*row, place), eyes.value(*row, by)) else {
            continue;
        };
        let place = place.as_i64().unwrap();
        let is_met = condition.is_none_or(|condition| condition.met(eyes, *row) == Some(true));
        if within.contains(&place) && is_met && !by.is_null() {
            let term = by.as_str().unwrap().to_owned();
            let node = node(place, level);
            *counts.entry((node, term)).or_insert(0) += 1;
            *totals.entry(node).or_insert(0) += 1;
        }
    }
    let cell = |((key, term), count): (_, i32)| {
        let code = &WORLD.data.divisions[WORLD.at(Kind::Division, key).place].code;
        let share = (f64::from(count) / f64::from(totals[&key]) * 10_000.0).round() / 10_000.0;
        json!({ "division": { "code": code }, field: term, "count": count, "share": share })
    };
    counts.into_iter().map(cell).collect()
}

/// The nearest division at or above this one that is of the level or a higher one.
fn node(key: i64, level: DivisionLevel) -> i64 {
    let level_of = |key: &i64| {
        let Row { place, .. } = WORLD.at(Kind::Division, *key);
        WORLD.data.divisions[place].level
    };
    let above = WORLD.divisions_above(key).into_iter();
    let within = above.filter(|key| level_of(key).digit() <= level.digit());
    within.max_by_key(|key| level_of(key).digit()).unwrap()
}

fn divisions() -> impl Iterator<Item = &'static division::Model> {
    WORLD.data.divisions.iter()
}
