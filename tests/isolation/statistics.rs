//! Statistics count exactly the caller's rows: in the divisions that they belong to, by
//! terms that the caller may read.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use entity::term::DivisionLevel;
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
            for (by, field) in statistics.dimensions() {
                let counted = Counted::of(session.eyes, statistics, &field, None);
                for (level, depth) in LEVELS {
                    let name = statistics.field;
                    let counts = STARTS.map(|start| {
                        format!(
                            "in{start}: {name}(level: {level}, by: {by}, within: \"{start}\") {{
                                division {{ code }} {field} count share }}"
                        )
                    });
                    let query = format!("{{ {} }}", counts.join(" "));
                    let expected = STARTS
                        .map(|start| (format!("in{start}"), counted.told(depth, &field, start)));
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
                    let counted = Counted::of(session.eyes, statistics, &field, Some(&condition));
                    let expected = counted.told(DivisionLevel::Province, &field, "0");
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

/// How many rows a caller counts of each division and term; none where they are refused.
struct Counted(Option<BTreeMap<(i64, String), i32>>);

impl Counted {
    /// By walking through the rows that the caller sees.
    fn of(
        eyes: &Eyes,
        statistics: &Statistics,
        field: &str,
        condition: Option<&Condition>,
    ) -> Counted {
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
            return Counted(None);
        }
        let mut counts = BTreeMap::new();
        for row in eyes.list(kind) {
            let (Some(place), Some(by)) = (eyes.value(*row, place), eyes.value(*row, by)) else {
                continue;
            };
            let is_met = condition.is_none_or(|condition| condition.met(eyes, *row) == Some(true));
            if is_met && !by.is_null() {
                let term = by.as_str().unwrap().to_owned();
                *counts.entry((place.as_i64().unwrap(), term)).or_insert(0) += 1;
            }
        }
        Counted(Some(counts))
    }

    /// What the caller is told of a level, within a division.
    fn told(&self, level: DivisionLevel, field: &str, start: &str) -> Json {
        let Some(counted) = &self.0 else {
            return REFUSED.into();
        };
        let start = DIVISIONS[start];
        let mut counts = BTreeMap::new();
        let mut totals = BTreeMap::new();
        for ((place, term), count) in counted {
            if WORLD.divisions_above(*place).contains(&start) {
                let node = node(*place, level);
                *counts.entry((node, term)).or_insert(0) += count;
                *totals.entry(node).or_insert(0) += count;
            }
        }
        let cell = |((key, term), count): (_, i32)| {
            let code = &WORLD.data.divisions[WORLD.at(Kind::Division, key).place].code;
            let share = (f64::from(count) / f64::from(totals[&key]) * 10_000.0).round() / 10_000.0;
            json!({ "division": { "code": code }, field: term, "count": count, "share": share })
        };
        counts.into_iter().map(cell).collect()
    }
}

/// The key of each division, by its code.
static DIVISIONS: LazyLock<HashMap<&str, i64>> = LazyLock::new(|| {
    let divisions = WORLD.data.divisions.iter();
    divisions
        .map(|division| (division.code.as_str(), division.id))
        .collect()
});

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
