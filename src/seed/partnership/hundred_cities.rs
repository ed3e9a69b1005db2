//! The Hundred-Cities Thousand-Counties health talent project of the Talent
//! Exchange Center, the association and Novartis China.

use entity::partnership_project;
use entity::term::{ActivityKind, AgreementKind, PartyRole, ProjectTier};

use super::{Activity, project};
use crate::seed::Dataset;
use crate::seed::calendar::day;
use crate::seed::county_hospital::CountyHospitals;
use crate::seed::donggang::Donggang;
use crate::seed::organization::Organizations;

const MODULES: [&str; 4] = ["医院管理", "皮肤科", "风湿科", "心内科"];

/// Adds the project and returns its key.
pub(in crate::seed) fn add(
    data: &mut Dataset,
    organizations: &Organizations,
    hospitals: &CountyHospitals,
    donggang: &Donggang,
) -> i64 {
    let name = "百城千县卫生健康人才培养项目";
    let id = data.add_project(partnership_project::Model {
        agreement_kind: AgreementKind::Memorandum,
        // Signed during the China International Import Expo of 2023; the source gives no day.
        signed_at: Some("上海".to_owned()),
        ..project(None, name, ProjectTier::Project)
    });
    for party in [
        organizations.talent_exchange_center,
        organizations.equipment_association,
        organizations.novartis,
    ] {
        data.add_party(id, party, PartyRole::Initiator);
        data.add_party(id, party, PartyRole::Signatory);
    }
    data.add_party(
        id,
        organizations.friendship_hospital,
        PartyRole::LeadExpertUnit,
    );
    let modules = data.add_modules(id, MODULES);

    // Donggang's is the one hospital that the source names; the others are assumed.
    data.add_site(id, donggang.hospital, None);
    let henan = hospitals.henan.iter().step_by(30);
    let hebei = hospitals.hebei.iter().skip(6).step_by(40);
    for site in henan.chain(hebei) {
        data.add_site(id, *site, None);
    }
    add_activities(data, id, modules);
    id
}

fn add_activities(data: &mut Dataset, id: i64, modules: [i64; 4]) {
    let review = Activity {
        kind: ActivityKind::Review,
        name: "百城千县项目一周年回顾与展望",
        held_on: day(2024, 11, 6),
        place: "上海 第七届中国国际进口博览会",
    };
    data.add_activity(id, None, review);
    // The source names these kinds; titles, days and places are assumed.
    let [management, dermatology, rheumatology, cardiology] = modules;
    let assumed = [
        (
            management,
            ActivityKind::Seminar,
            "县级医院管理高层研讨会(示例)",
            day(2024, 3, 15),
        ),
        (
            dermatology,
            ActivityKind::AcademicExchange,
            "皮肤科学术交流(示例)",
            day(2024, 5, 17),
        ),
        (
            rheumatology,
            ActivityKind::CaseSharing,
            "风湿科案例分享(示例)",
            day(2024, 6, 21),
        ),
        (
            cardiology,
            ActivityKind::AcademicExchange,
            "心内科学术交流(示例)",
            day(2024, 9, 13),
        ),
    ];
    for (module, kind, name, held_on) in assumed {
        let activity = Activity {
            kind,
            name,
            held_on,
            place: "示例",
        };
        data.add_activity(id, Some(module), activity);
    }
}
