//! The figures of the source documents, asked of the whole registry.

use serde_json::{Value as Json, json};

use crate::session;

/// Community health centers and stations that stand in Beijing.
const COMMUNITY: &str = "locatedIn: { within: \"11\" }, facility: {
    facilityType: { in: [COMMUNITY_HEALTH_CENTER, COMMUNITY_HEALTH_STATION] }
}";
/// Codes 11 to 69 of the survey forms.
const TECHNICIANS: &str = "professionCategory: { in: [
    LICENSED_PHYSICIAN, LICENSED_ASSISTANT_PHYSICIAN, TRAINEE_PHYSICIAN, REGISTERED_NURSE, MIDWIFE,
    WESTERN_PHARMACIST, TCM_PHARMACIST, LABORATORY_TECHNICIAN, IMAGING_TECHNICIAN,
    HEALTH_SUPERVISOR, OTHER_HEALTH_TECHNICIAN
] }";

/// Has the national administrator ask.
async fn expect(query: &str, expected: Json) {
    let query = query.to_owned();
    session::one("national-administrator", move |mut session| {
        let (query, expected) = (query.clone(), expected.clone());
        async move {
            session.expect(&query, json!({}), &expected).await;
            session
        }
    })
    .await;
}

fn total(number: u32) -> Json {
    json!({ "totalCount": number })
}

#[tokio::test(flavor = "multi_thread")]
async fn beijing_has_44_400_community_health_staff() {
    let query = format!("{{ staff(filter: {{ {COMMUNITY} }}) {{ totalCount(exact: true) }} }}");
    expect(&query, json!({ "staff": total(44_400) })).await;
}

/// 57.0 % and 9.1 % of the health technicians, of whom the data assumes 40,000.
#[tokio::test(flavor = "multi_thread")]
async fn of_the_technicians_57_percent_are_graduates_and_9_1_percent_hold_a_senior_title() {
    let query = format!(
        "{{
            technicians: staff(filter: {{ {COMMUNITY}, {TECHNICIANS} }}) {{ totalCount(exact: true) }}
            graduates: staff(filter: {{
                {COMMUNITY}, {TECHNICIANS}, education: {{ in: [POSTGRADUATE, BACHELOR] }}
            }}) {{ totalCount(exact: true) }}
            seniors: staff(filter: {{
                {COMMUNITY}, {TECHNICIANS}, title: {{ in: [SENIOR, ASSOCIATE_SENIOR] }}
            }}) {{ totalCount(exact: true) }}
        }}"
    );
    let expected = json!({
        "technicians": total(40_000),
        "graduates": total(40_000 * 570 / 1_000),
        "seniors": total(40_000 * 91 / 1_000),
    });
    expect(&query, expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_post_skills_training_narrows_from_39_986_to_228() {
    let track = "program: { parent: { code: { eq: \"BJ-POST-2024\" } } }";
    let reached = |ordinal: u32| {
        format!(
            "enrollments(filter: {{ {track}, stage: {{ ordinal: {{ gte: {ordinal} }} }} }}) {{
                totalCount(exact: true)
            }}"
        )
    };
    let query = format!(
        "{{
            theory: {} practice: {} municipal: {}
            tracks: programs(filter: {{ parent: {{ code: {{ eq: \"BJ-POST-2024\" }} }} }}) {{
                totalCount(exact: true)
            }}
        }}",
        reached(1),
        reached(2),
        reached(3)
    );
    let expected = json!({
        "theory": total(39_986),
        "practice": total(6_149),
        "municipal": total(228),
        "tracks": total(6),
    });
    expect(&query, expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_statistics_list_44_703_divisions() {
    let places = "kind: { in: [ORDINARY, PLACEHOLDER, FUNCTIONAL_ZONE, CORPS_UNIT] }";
    let level = |level: &str| {
        format!(
            "divisions(filter: {{ level: {{ eq: {level} }}, {places} }}) {{ totalCount(exact: true) }}"
        )
    };
    let query = format!(
        "{{
            provinces: {} prefectures: {} counties: {} townships: {}
            placeholders: divisions(filter: {{ kind: {{ eq: PLACEHOLDER }} }}) {{ totalCount(exact: true) }}
            zones: divisions(filter: {{
                kind: {{ eq: FUNCTIONAL_ZONE }}, level: {{ eq: COUNTY }}
            }}) {{ totalCount(exact: true) }}
        }}",
        level("PROVINCE"),
        level("PREFECTURE"),
        level("COUNTY"),
        level("TOWNSHIP")
    );
    let expected = json!({
        "provinces": total(31),
        "prefectures": total(342),
        "counties": total(2_978),
        "townships": total(41_352),
        "placeholders": total(9),
        "zones": total(124),
    });
    expect(&query, expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hundred_cities_project_has_three_initiators_and_a_review_in_2024() {
    let query = "{ partnershipProjects(filter: { name: { startsWith: \"百城千县\" } }) { nodes {
        agreementKind
        initiators: parties(filter: { role: { eq: INITIATOR } }) {
            nodes { organization { name } }
        }
        lead: parties(filter: { role: { eq: LEAD_EXPERT_UNIT } }) {
            nodes { organization { name } }
        }
        modules(orderBy: ORDINAL_ASC) { nodes { name } }
        activities(filter: { kind: { eq: REVIEW } }) { nodes { heldOn } }
        sites(filter: { facility: { name: { eq: \"东港市中心医院\" } } }) {
            nodes { locatedIn { code } }
        }
    } } }";
    let named = |name: &str| json!({ "organization": { "name": name } });
    let project = json!({
        "agreementKind": "MEMORANDUM",
        "initiators": { "nodes": [
            named("国家卫生健康委人才交流服务中心"),
            named("中国医学装备协会"),
            named("诺华中国"),
        ] },
        "lead": { "nodes": [named("中日友好医院")] },
        "modules": { "nodes": [
            { "name": "医院管理" },
            { "name": "皮肤科" },
            { "name": "风湿科" },
            { "name": "心内科" },
        ] },
        "activities": { "nodes": [{ "heldOn": "2024-11-06" }] },
        "sites": { "nodes": [{ "locatedIn": { "code": "210681" } }] },
    });
    expect(
        query,
        json!({ "partnershipProjects": { "nodes": [project] } }),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_welfare_action_of_2022_is_hosted_by_the_center_and_supported_by_astrazeneca() {
    let query = "{ partnershipProjects(filter: { name: { eq: \"2022年基层公益行\" } }) { nodes {
        tier
        parent { name tier parent { name tier } }
        parties { nodes { role organization { name } } }
    } } }";
    let project = json!({
        "tier": "EDITION",
        "parent": {
            "name": "基层公益行",
            "tier": "PROJECT",
            "parent": { "name": "县域医疗卫生人员服务能力提升工程", "tier": "LINE" },
        },
        "parties": { "nodes": [
            { "role": "HOST", "organization": { "name": "国家卫生健康委能力建设和继续教育中心" } },
            { "role": "SUPPORTER", "organization": { "name": "阿斯利康中国" } },
        ] },
    });
    expect(
        query,
        json!({ "partnershipProjects": { "nodes": [project] } }),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn henans_project_has_three_ways_and_recruits_2_600_in_2024() {
    let query = "{
        ways: programs(filter: { parent: { code: { eq: \"HA-369\" } }, tier: { eq: WAY } }) {
            totalCount(exact: true)
        }
        recruitment: programs(filter: { code: { eq: \"HA-369-RECRUIT-2024\" } }) {
            nodes { target tier }
        }
    }";
    let expected = json!({
        "ways": total(3),
        "recruitment": { "nodes": [{ "target": 2_600, "tier": "EDITION" }] },
    });
    expect(query, expected).await;
}
