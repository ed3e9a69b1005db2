//! Keys for personal data: the right ones, the wrong ones, and their rotation.

use access::{AccessError, PersonalKeys, boot};
use entity::{person, sealed::Sealed};
use grassroots_tests::{country::country, global_id, keys, settings};
use serde_json::json;
use support::Backend;

use crate::{
    database::Sql,
    instance::Instance,
    world::{World, phone},
};

on_both_databases!(
    a_wrong_key_opens_nothing,
    without_keys_nothing_is_served_and_nothing_is_sealed,
    all_is_sealed_anew_under_the_first_key,
    a_key_is_not_forgotten_while_somebody_writes_under_it,
);

const USUAL: &str = "VGhlIGtleSB0aGF0IHRlc3RzIHNlYWwgdW5kZXIuLi4=";

async fn a_wrong_key_opens_nothing(backend: Backend) {
    let world = World::make(backend).await;
    let system = boot(&settings(&world.url)).await.unwrap();
    let wrong: PersonalKeys = PersonalKeys::generate().parse().unwrap();
    let refused = system.unlock(wrong).await.unwrap_err();
    let name = keys().names().next().unwrap();
    assert!(
        matches!(&refused, AccessError::InvalidInput(told)
        if told.contains(&format!("under the key {name}, which is not given"))),
        "{refused}"
    );
    system.access().await.err().expect("a closed door");
}

async fn without_keys_nothing_is_served_and_nothing_is_sealed(backend: Backend) {
    let url = backend.database_url();
    let system = boot(&settings(&url)).await.unwrap();
    system.migrate().await.unwrap();
    let closed = system.access().await.err().expect("a closed door");
    assert!(closed.to_string().contains("no keys for personal data"));
    let data = grassroots::seed::demonstration().unwrap();
    let loaded = grassroots::seed::load(&system, data, &|_, _| {}).await;
    assert!(
        loaded
            .unwrap_err()
            .to_string()
            .contains("no keys for personal data")
    );
    let holds = system.holds::<entity::person::Entity>().await;
    assert!(!holds.unwrap(), "a person is there, and in clear");
}

async fn all_is_sealed_anew_under_the_first_key(backend: Backend) {
    let World { url, instance, .. } = World::make(backend).await;
    drop(instance);
    let new = PersonalKeys::generate();
    let both: PersonalKeys = format!("{new}\n{USUAL}").parse().unwrap();
    let system = boot(&settings(&url)).await.unwrap();
    system.unlock(both).await.unwrap();
    let find = format!(
        "{{ staff(filter: {{ person: {{ phone: {{ eq: \"{}\" }} }} }}) {{
            nodes {{ name person {{ phone }} }} }} }}",
        phone(1)
    );
    let found = async |instance: &Instance| {
        let answer = instance.ask("steward", &find).await;
        assert_eq!(answer.names("staff"), ["Ann"]);
        assert_eq!(
            answer.good()["staff"]["nodes"][0]["person"]["phone"],
            phone(1)
        );
    };
    let with_both = Instance::of(system).await;
    found(&with_both).await;
    let last = std::sync::atomic::AtomicU64::new(0);
    let told = |done, all| {
        assert_eq!(all, 5);
        last.store(done, std::sync::atomic::Ordering::Relaxed);
    };
    assert_eq!(with_both.system.rotate(&told).await.unwrap(), 5);
    assert_eq!(last.into_inner(), 5);
    assert_eq!(with_both.system.rotate(&|_, _| {}).await.unwrap(), 0);
    found(&with_both).await;

    let alone = boot(&settings(&url)).await.unwrap();
    alone.unlock(new.parse().unwrap()).await.unwrap();
    found(&Instance::of(alone).await).await;
    let old = boot(&settings(&url)).await.unwrap();
    old.unlock(keys()).await.unwrap_err();
}

async fn a_key_is_not_forgotten_while_somebody_writes_under_it(backend: Backend) {
    let World { url, instance, .. } = World::make(backend).await;
    drop(instance);
    let old = boot(&settings(&url)).await.unwrap();
    old.unlock(keys()).await.unwrap();
    let late = person::Model {
        id: 1_000,
        name: "Late".to_owned(),
        phone: Some(Sealed::from(phone(9))),
        ..country().people[0].clone()
    };
    let mut load = old.load().await.unwrap();
    load.insert::<person::Entity>(vec![late], &|_| {})
        .await
        .unwrap();

    let first = PersonalKeys::generate();
    let both: PersonalKeys = format!("{first}\n{USUAL}").parse().unwrap();
    let new = boot(&settings(&url)).await.unwrap();
    let rotation = tokio::spawn(async move {
        new.unlock(both).await.unwrap();
        let rotated = new.rotate(&|_, _| {}).await;
        (new, rotated)
    });
    // Long enough to have looked at all that was there.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    load.commit().await.unwrap();
    let (new, mut rotated) = rotation.await.unwrap();
    if let Err(error) = &rotated {
        assert!(error.to_string().contains("begin again"), "{error}");
        rotated = new.rotate(&|_, _| {}).await;
    }
    rotated.unwrap();
    drop(new);
    // What was loaded meanwhile opens without the other key.
    let alone = boot(&settings(&url)).await.unwrap();
    alone.unlock(first.parse().unwrap()).await.unwrap();
    let find = format!(
        "{{ node(id: \"{}\") {{ ... on Person {{ name phone }} }} }}",
        global_id("Person", 1_000)
    );
    let alone = Instance::of(alone).await;
    let sql = Sql::connect(&url).await;
    for employ in [
        "insert into employment (id, person_id, person_name, facility_id, employer_id,
            administered_by, located_in, main, tenure, key_post, title_engaged, started_on)
         select 1000, 1000, 'Late', facility_id, employer_id, administered_by, located_in,
            main, tenure, key_post, title_engaged, started_on
         from employment where id = 1",
        "insert into staff_member (id, person_id, name, main_employment_id, facility_id,
            administered_by, located_in, profession_category, education, title, key_post)
         select 1000, 1000, 'Late', 1000, facility_id, administered_by, located_in,
            profession_category, education, title, key_post
         from staff_member where id = 1",
    ] {
        sql.run(employ).await;
    }
    let answer = alone.ask("steward", &find).await;
    assert_eq!(
        answer.good()["node"],
        json!({ "name": "Late", "phone": phone(9) })
    );
    let refused = old.load().await.err().unwrap();
    assert!(
        refused.to_string().contains("has been replaced"),
        "{refused}"
    );
}
