//! Smoke.
use serde_json::json;
use support::Backend;
use grassroots_tests::Demonstration;

#[tokio::test]
async fn smoke() {
    for backend in Backend::ALL {
        let t=std::time::Instant::now();
        let demo = Demonstration::open(backend).await;
        eprintln!("{backend:?} {:?}", t.elapsed());
        for (persona, query) in [
            ("donggang-steward", "{ viewer { name bindings { nodes { role division { code name } validFrom } } } staff(first: 3) { totalCount nodes { id name title facility { name facilityType staff(first:2) {totalCount nodes { name }} } administeredBy { name parent { name } } } pageInfo { hasNextPage endCursor } } }"),
            ("chaoyang-administrator", "{ facilities(filter:{name:{eq:\"中日友好医院\"}}) { totalCount nodes { name bedsActual administeredBy { name } staff { totalCount nodes { name } } } } }"),
            ("novartis-sponsor", "{ staff { totalCount } facilities { totalCount nodes { name facilityType locatedIn { name } level} } partnershipProjects { nodes { name parties { nodes { role organization { name } } } activities { nodes { name heldOn } } } } }"),
            ("capacity-center-host", "{ enrollments(first: 2) { totalCount nodes { participant { name facility { name } stage { name } } score person { name } } } }"),
            ("stranger", "{ viewer { name } divisions { totalCount nodes { name } } staff { totalCount } division(code:\"11\") { name } }"),
            ("national-administrator", "{ staff(filter:{locatedIn:{within:\"11\"}, facility:{facilityType:{in:[COMMUNITY_HEALTH_CENTER,COMMUNITY_HEALTH_STATION]}}}) { totalCount } policyRules(first:1) { totalCount } d: divisions { totalCount } e: enrollments(filter:{stage:{ordinal:{gte:2}}, program:{parent:{code:{startsWith:\"BJ\"}}}}) { totalCount } }"),
        ] {
            let t=std::time::Instant::now();
            let response = demo.ask(persona, query, json!({})).await;
            eprintln!("{persona} {:?}: {}", t.elapsed(), serde_json::to_string(&response).unwrap());
        }
    }
}
