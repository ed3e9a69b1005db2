//! Statistics count exactly the caller's rows: in the divisions where their facilities
//! stand, by terms that the caller may read.

use std::collections::BTreeMap;

use entity::{division, term::DivisionLevel};
use serde_json::{Value as Json, json};

use crate::{
    eyes::Eyes,
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
const DIMENSIONS: [(&str, &str); 3] = [
    ("TITLE", "title"),
    ("EDUCATION", "education"),
    ("KEY_POST", "keyPost"),
];
/// The nation, two that callers are bound to, and one in which some have nothing.
const STARTS: [&str; 4] = ["0", "11", "110105", "210681"];

#[tokio::test(flavor = "multi_thread")]
async fn statistics_count_the_callers_staff() {
    session::everyone(|mut session| async move {
        for (level, depth) in LEVELS {
            for (by, field) in DIMENSIONS {
                let counts = STARTS.map(|start| {
                    format!(
                        "in{start}: staffStatistics(level: {level}, by: {by}, within: \"{start}\") {{
                            division {{ code }} {field} count }}"
                    )
                });
                let query = format!("{{ {} }}", counts.join(" "));
                let expected = STARTS.map(|start| {
                    let counts = counts_of(session.eyes, depth, field, start);
                    (format!("in{start}"), counts)
                });
                let expected = Json::Object(expected.into_iter().collect());
                session.expect(&query, json!({}), &expected).await;
            }
        }
        session
    })
    .await;
}

/// The counts by walking through the rows that the caller sees.
fn counts_of(eyes: &Eyes, level: DivisionLevel, field: &str, start: &str) -> Json {
    let [place, by] = ["locatedIn", field].map(|field| Kind::StaffMember.column(field));
    let start = divisions().find(|division| division.code == start).unwrap();
    let within = WORLD.divisions_under(start.id);
    let mut counts = BTreeMap::new();
    for row in eyes.list(Kind::StaffMember) {
        let (Some(place), Some(by)) = (eyes.value(*row, place), eyes.value(*row, by)) else {
            continue;
        };
        let place = place.as_i64().unwrap();
        if within.contains(&place) {
            let term = by.as_str().unwrap().to_owned();
            *counts.entry((node(place, level), term)).or_insert(0) += 1;
        }
    }
    let cell = |((key, term), count): (_, i64)| {
        let code = &WORLD.data.divisions[WORLD.at(Kind::Division, key).place].code;
        json!({ "division": { "code": code }, field: term, "count": count })
    };
    counts.into_iter().map(cell).collect()
}

/// The division of this level that a division is or lies under; itself if it lies above.
fn node(key: i64, level: DivisionLevel) -> i64 {
    let above = WORLD.divisions_above(key).into_iter();
    let mut nodes = above.filter(|key| {
        let Row { place, .. } = WORLD.at(Kind::Division, *key);
        WORLD.data.divisions[place].level == level
    });
    nodes.next().unwrap_or(key)
}

fn divisions() -> impl Iterator<Item = &'static division::Model> {
    WORLD.data.divisions.iter()
}
