//! The databases that are asked, and how everyone asks there.

use std::sync::{Arc, LazyLock};

use access::{Kind, LOCAL_ISSUER};
use chrono::{DateTime, TimeZone, Utc};
use entity::{app_user, role_binding};
use grassroots::{
    graph::{Graph, Limits, TrustedDocuments},
    seed::{self, Dataset},
};
use grassroots_tests::{
    self as tests, Demonstration, catalogue,
    country::country,
    drawn::{self, Rows},
};
use support::Backend;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    caller::Caller,
    filling::{COMPANY, fill},
    seat::{self, Seat, Target},
    table::Table,
    trail,
};

/// A year whose counts are published.
pub(crate) const PUBLISHED: i32 = 2024;

/// As many as the pool has connections, less one.
const AT_ONCE: usize = 3;

static DATA: LazyLock<Dataset> = LazyLock::new(|| {
    let mut data = country();
    fill(&mut data);
    for seat in Seat::all() {
        appoint(&mut data, &seat);
    }
    for (role, target) in DISABLED {
        appoint(&mut data, &Seat::Holder(role.to_owned(), target));
        let account = data.users.last_mut().unwrap();
        account.subject += " disabled";
        account.active = false;
    }
    data
});

/// Roles of accounts that are disabled, where they may be held.
const DISABLED: [(&str, Target); 6] = [
    ("analyst", Target::Nation),
    ("analyst", Target::Province),
    ("steward", Target::County),
    ("manager", Target::Facility),
    ("host", Target::Program),
    ("sponsor", Target::Project),
];

/// The keys of the accounts that are disabled.
pub(crate) fn disabled() -> impl Iterator<Item = i64> {
    let disabled = DATA.users.iter().filter(|row| !row.active);
    disabled.map(|row| row.id)
}

/// What everyone may do on a database.
pub(crate) async fn survey(backend: Backend) -> Table {
    let url = backend.database_url();
    let system = tests::open(&url).await;
    let loaded = seed::load(&system, DATA.clone(), &|_, _| {}).await;
    loaded.unwrap();
    drawn::load(&system, &OTHERS).await;
    trail::load(&system).await;
    tests::forget_what_is_done(&url).await;
    system.publish(PUBLISHED, &|_, _| {}).await.unwrap();
    let mut demonstration = Demonstration::at(&url).await;
    demonstration.graph = Graph::new(boundless(), TrustedDocuments::default());

    let demonstration = Arc::new(demonstration);
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut surveys = JoinSet::new();
    for (place, seat) in Seat::all().into_iter().enumerate() {
        let (demonstration, turns) = (demonstration.clone(), turns.clone());
        surveys.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            let findings = Caller::new(&demonstration, &seat).findings().await;
            (place, seat, findings)
        });
    }
    let mut surveys = surveys.join_all().await;
    surveys.sort_by_key(|(place, ..)| *place);
    for (_, seat, findings) in &mut surveys {
        Caller::new(&demonstration, seat).makes(findings).await;
    }
    Table::of(
        surveys
            .into_iter()
            .map(|(_, seat, findings)| (seat, findings)),
    )
}

/// Rows of kinds that the country has none of.
static OTHERS: LazyLock<Vec<Box<dyn Rows>>> = LazyLock::new(|| drawn::beside(&DATA, 12));

/// The keys of all records of a type.
pub(crate) fn keys(kind: &str) -> Vec<i64> {
    let kind = catalogue::named(kind).unwrap();
    let other = OTHERS.iter().find(|rows| rows.kind() == kind);
    let records = match (kind, other) {
        (Kind::AuditEvent, _) => return trail::events().map(|event| event.id).collect(),
        (Kind::PolicyRule, _) => return (1..).zip(seat::policy()).map(|(key, _)| key).collect(),
        (_, Some(rows)) => rows.records(),
        (_, None) => drawn::demonstrated(&DATA, kind),
    };
    records.iter().map(|row| row.id).collect()
}

/// Everyone who has a professional record, with the main employment.
pub(crate) fn employed() -> impl Iterator<Item = (i64, i64)> {
    let staff = DATA.staff.iter();
    staff.map(|row| (row.person_id, row.main_employment_id))
}

/// The codes of all divisions.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    DATA.divisions.iter().map(|row| row.code.as_str())
}

/// Many questions are one operation here.
fn boundless() -> Limits {
    Limits {
        tokens: usize::MAX,
        fields: usize::MAX,
        aliases: usize::MAX,
        root_fields: usize::MAX,
        counts: usize::MAX,
        complexity: usize::MAX,
        errors: usize::MAX,
        ..Limits::USUAL
    }
}

fn appoint(data: &mut Dataset, seat: &Seat) {
    let user_id = data.users.len() as i64 + 1;
    data.users.push(app_user::Model {
        id: user_id,
        issuer: LOCAL_ISSUER.to_owned(),
        subject: seat.to_string(),
        name: format!("The {seat}"),
        organization_id: Some(COMPANY),
        active: true,
        binding_epoch: 0,
    });
    let Seat::Holder(role, target) = seat else {
        return;
    };
    let mut binding = role_binding::Model {
        id: data.bindings.len() as i64 + 1,
        user_id,
        role: role.clone(),
        division_id: None,
        facility_id: None,
        program_id: None,
        partnership_id: None,
        valid_from: Some(new_year(2020)),
        valid_until: Some(new_year(2999)),
    };
    target.place(&mut binding);
    data.bindings.push(binding);
}

fn new_year(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap()
}
