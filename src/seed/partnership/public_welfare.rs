//! The Grassroots Public Welfare Action, hosted by the Capacity Building Center
//! and supported by AstraZeneca China.

use entity::term::{ActivityKind, PartyRole, ProjectTier};

use super::{Activity, project};
use crate::seed::Dataset;
use crate::seed::calendar::day;
use crate::seed::county_hospital::CountyHospitals;
use crate::seed::organization::Organizations;

/// Adds the line, its project and the edition of 2022, and returns the edition's key.
pub(in crate::seed) fn add(
    data: &mut Dataset,
    organizations: &Organizations,
    hospitals: &CountyHospitals,
) -> i64 {
    let name = "县域医疗卫生人员服务能力提升工程";
    let line = data.add_project(project(None, name, ProjectTier::Line));
    let action = data.add_project(project(Some(line), "基层公益行", ProjectTier::Project));
    let edition = data.add_project(project(
        Some(action),
        "2022年基层公益行",
        ProjectTier::Edition,
    ));
    for project in [line, action, edition] {
        data.add_party(project, organizations.capacity_center, PartyRole::Host);
    }
    data.add_party(edition, organizations.astrazeneca, PartyRole::Supporter);
    let [_, tumors] = data.add_modules(
        edition,
        ["县级重大疾病管理能力建设", "县级肿瘤防治能力建设"],
    );

    // The source speaks of Hebei and names no hospital: five are assumed.
    for site in hospitals.hebei.iter().step_by(24) {
        data.add_site(edition, *site, None);
    }

    // That a meeting was held in 2022 the source says; day and place are assumed.
    let meeting = Activity {
        kind: ActivityKind::Seminar,
        name: "2022年基层公益行活动(日期和地点为示例)",
        held_on: day(2022, 7, 1),
        place: "示例",
    };
    data.add_activity(edition, None, meeting);
    let sharing = Activity {
        kind: ActivityKind::CaseSharing,
        name: "县级肿瘤防治中心建设经验分享(示例)",
        held_on: day(2022, 9, 1),
        place: "示例",
    };
    data.add_activity(edition, Some(tumors), sharing);
    edition
}
