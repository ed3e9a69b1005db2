//! What is promised in words, one sentence a test.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use crate::{
    answer::REFUSED,
    eyes, sample,
    schema::{self, SCHEMA, Shape, Shaped},
    session::{self, Session},
    table::Kind,
    world::{Row, WORLD, global_id},
};

/// The types whose rows are about a person.
const ABOUT_PEOPLE: [Kind; 6] = [
    Kind::Person,
    Kind::StaffMember,
    Kind::Employment,
    Kind::Transfer,
    Kind::Clash,
    Kind::Enrollment,
];

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sees_none() {
    let check = |mut session: Session| async move {
        for (field, _) in schema::lists() {
            let query = format!(
                "{{ {}(first: 5) {{ totalCount nodes {{ id }} }} }}",
                field.name
            );
            let expected = json!({ &field.name: { "totalCount": 0, "nodes": [] } });
            session.expect(&query, json!({}), &expected).await;
        }
        for kind in Kind::ALL {
            opens_none(&mut session, sample::of(*kind)).await;
        }
        session
    };
    session::one("stranger", check).await;
    session::one("relieved-administrator", check).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_knows_who_they_are() {
    session::everyone(|mut session| async move {
        let query = "{ viewer { name issuer subject bindings { totalCount nodes { id } } } }";
        let user = session.eyes.user;
        let [name, issuer, subject] =
            ["name", "issuer", "subject"].map(|field| user.value(Kind::User.column(field)));
        let bindings = session.eyes.hanging(Kind::User.many("bindings"), user);
        let bindings = json!({ "totalCount": bindings.len(), "nodes": ids(&bindings) });
        let viewer =
            json!({ "name": name, "issuer": issuer, "subject": subject, "bindings": bindings });
        session
            .expect(query, json!({}), &json!({ "viewer": viewer }))
            .await;
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sponsor_sees_no_person_by_any_way() {
    session::one("novartis-sponsor", |mut session| async move {
        for kind in ABOUT_PEOPLE {
            opens_none(&mut session, sample::of(kind)).await;
        }
        let none = json!({ "totalCount": 0, "nodes": [] });
        for (field, kind) in schema::lists() {
            let list = &field.name;
            if ABOUT_PEOPLE.contains(&kind) {
                let query = format!("{{ {list} {{ totalCount nodes {{ id }} }} }}");
                session
                    .expect(&query, json!({}), &json!({ list: none }))
                    .await;
            }
        }
        // From every record that it sees, the sites of its project among them.
        for &kind in Kind::ALL {
            let seen: Vec<Row> = session.eyes.list(kind).iter().copied().take(60).collect();
            let seen_ids: Vec<String> = seen.iter().map(|row| row.id()).collect();
            for field in SCHEMA.fields(kind.name()) {
                let Shape::Many(listed) = field.shape() else {
                    continue;
                };
                if ABOUT_PEOPLE.contains(&listed) {
                    let query = format!(
                        "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{
                            list: {} {{ totalCount nodes {{ id }} }}
                        }} }} }}",
                        kind.name(),
                        field.name
                    );
                    let expected: Vec<Json> =
                        seen.iter().map(|_| json!({ "list": none })).collect();
                    let expected = json!({ "nodes": expected });
                    session
                        .expect(&query, json!({ "ids": seen_ids }), &expected)
                        .await;
                }
            }
        }
        // That there are any doesn't show in a filter either.
        let sites = session.eyes.list(Kind::Facility).len();
        let query = "{
            staffed: facilities(filter: { staff: { some: {} } }) { totalCount }
            unstaffed: facilities(filter: { staff: { none: {} } }) { totalCount }
            trained: facilities(filter: { enrollments: { some: {} } }) { totalCount }
        }";
        let expected = json!({
            "staffed": { "totalCount": 0 },
            "unstaffed": { "totalCount": sites },
            "trained": { "totalCount": 0 },
        });
        session.expect(query, json!({}), &expected).await;
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_sees_of_a_participant_name_facility_and_stage_only() {
    session::one("capacity-center-host", |mut session| async move {
        let open = [
            "id",
            "program",
            "stage",
            "facility",
            "participant",
            "version",
            "active",
        ];
        let fields = SCHEMA.fields("Enrollment").iter();
        let closed = fields.filter(|field| !open.contains(&field.name.as_str()));
        let closed: Vec<(String, String)> = closed
            .map(|field| match field.shape() {
                Shape::Value => (field.name.clone(), field.name.clone()),
                _ => (field.name.clone(), format!("{} {{ id }}", field.name)),
            })
            .collect();
        let selection: Vec<&str> = closed
            .iter()
            .map(|(_, selected)| selected.as_str())
            .collect();
        let query = format!(
            "{{ enrollments(first: 200) {{ totalCount nodes {{
                id participant {{ name facility {{ name }} stage {{ name }} }} {}
            }} }} }}",
            selection.join(" ")
        );
        let rows = session.eyes.list(Kind::Enrollment);
        assert_eq!(rows.len(), 150);
        let expected: Vec<Json> = rows
            .iter()
            .map(|row| {
                let named = |field: &str| {
                    let other = row.referred(Kind::Enrollment.column(field)).unwrap();
                    json!({ "name": other.value(other.kind.column("name")) })
                };
                let mut expected = json!({
                    "id": row.id(),
                    "participant": {
                        "name": row.value(Kind::Enrollment.column("participantName")),
                        "facility": named("facility"),
                        "stage": named("stage"),
                    },
                });
                for (field, _) in &closed {
                    expected[field] = REFUSED.into();
                }
                expected
            })
            .collect();
        let expected = json!({ "enrollments": { "totalCount": 150, "nodes": expected } });
        session.expect(&query, json!({}), &expected).await;
        for kind in [Kind::Person, Kind::StaffMember, Kind::Employment] {
            opens_none(&mut session, sample::of(kind)).await;
        }
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chaoyang_counts_the_national_hospital_and_does_not_open_its_staff() {
    session::one("chaoyang-administrator", |mut session| async move {
        let hospital = facility("中日友好医院");
        let query = "query($name: String!) {
            counted: facilities(filter: { locatedIn: { within: \"110105\" } }) { totalCount }
            facilities(filter: { name: { eq: $name } }) {
                totalCount
                nodes {
                    name bedsActual administeredBy { code }
                    staff { totalCount nodes { id } } employments { totalCount }
                }
            }
        }";
        let chaoyang = WORLD
            .data
            .divisions
            .iter()
            .find(|row| row.code == "110105")
            .unwrap();
        let within = WORLD.divisions_under(chaoyang.id);
        let facilities = WORLD.data.facilities.iter();
        let counted = facilities
            .filter(|row| within.contains(&row.located_in))
            .count();
        let expected = json!({
            "counted": { "totalCount": counted },
            "facilities": { "totalCount": 1, "nodes": [{
                "name": "中日友好医院",
                "bedsActual": REFUSED,
                "administeredBy": { "code": "01" },
                "staff": { "totalCount": 0, "nodes": [] },
                "employments": { "totalCount": 0 },
            }] },
        });
        session
            .expect(query, json!({ "name": "中日友好医院" }), &expected)
            .await;
        let staff = WORLD.hanging(Kind::Facility.many("staff"), hospital).iter();
        let staff = staff.map(|place| Row {
            kind: Kind::StaffMember,
            place: *place,
        });
        let staff: Vec<Row> = staff.collect();
        assert_eq!(staff.len(), 60);
        opens_none(&mut session, &staff).await;
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_query_returns_each_tenants_rows() {
    const TENANTS: [&str; 5] = [
        "donggang-steward",
        "chaoyang-administrator",
        "haidian-steward",
        "university-steward",
        "henan-administrator",
    ];
    let mut met = HashSet::new();
    for tenant in TENANTS {
        let staff = eyes::of(tenant).list(Kind::StaffMember);
        assert!(
            staff.iter().all(|row| met.insert(*row)),
            "{tenant} shares staff with another"
        );
        assert!(!staff.is_empty());
        session::one(tenant, |mut session| async move {
            let query = "{ staff(first: 200) { totalCount nodes { id } } }";
            let page = ids(&staff[..staff.len().min(200)]);
            let expected = json!({ "staff": { "totalCount": staff.len(), "nodes": page } });
            session.expect(query, json!({}), &expected).await;
            session
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_and_an_absent_id_give_the_same_answer() {
    session::everyone(|mut session| async move {
        for &kind in Kind::ALL {
            let hidden = WORLD.rows(kind).find(|row| !session.eyes.sees(*row));
            let Some(hidden) = hidden else { continue };
            let query = format!(
                "query($id: ID!) {{ node(id: $id) {{ id ... on {0} {{ __typename }} }} }}",
                kind.name()
            );
            let null = json!({ "node": null });
            for id in [hidden.id(), global_id(kind, 8_888_888_888_888)] {
                session.expect(&query, json!({ "id": id }), &null).await;
            }
        }
        session
    })
    .await;
}

async fn opens_none(session: &mut Session, rows: &[Row]) {
    for rows in rows.chunks(200) {
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let ids: Vec<String> = rows.iter().map(|row| row.id()).collect();
        let expected = json!({ "nodes": vec![Json::Null; rows.len()] });
        session
            .expect(query, json!({ "ids": ids }), &expected)
            .await;
    }
}

fn ids(rows: &[Row]) -> Vec<Json> {
    rows.iter().map(|row| json!({ "id": row.id() })).collect()
}

fn facility(name: &str) -> Row {
    let place = WORLD
        .data
        .facilities
        .iter()
        .position(|row| row.name == name);
    Row {
        kind: Kind::Facility,
        place: place.unwrap(),
    }
}
