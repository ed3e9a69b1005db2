//! An audit trail with a value in every column: an event of each division, of those who ask
//! and of others.

use access::System;
use entity::audit_event;
use grassroots_tests::country::{EAST, FAR, WEST, key};

pub(crate) fn events() -> impl Iterator<Item = audit_event::Model> {
    let places = [("0", 1), (EAST, 2), (EAST, 3), (WEST, 4), (FAR, 5)];
    (1..)
        .zip(places)
        .map(|(id, (code, user_id))| audit_event::Model {
            id,
            at: "2020-09-01T00:00:00Z".parse().unwrap(),
            user_id,
            action: "read".to_owned(),
            kind: "person".to_owned(),
            record_id: id,
            records: Some(format!(" {id} 9 ")),
            columns: "phone".to_owned(),
            division_id: key(code),
            bindings: "1".to_owned(),
            purpose: Some("a survey".to_owned()),
            request_id: Some("request".to_owned()),
            address: Some("192.0.2.1".to_owned()),
        })
}

pub(crate) async fn load(system: &System) {
    let mut load = system.load().await.unwrap();
    let loaded = load.insert::<audit_event::Entity>(events().collect(), &|_| {});
    loaded.await.unwrap();
    load.commit().await.unwrap();
}
