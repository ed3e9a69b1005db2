//! Users and what they hold.

use super::DATA;
use access::LOCAL_ISSUER;

use crate::seed::PERSONAS;

#[test]
fn every_persona_is_a_user() {
    assert_eq!(PERSONAS.len(), 11);
    assert_eq!(DATA.users.len(), PERSONAS.len());
    for (user, persona) in DATA.users.iter().zip(PERSONAS) {
        assert_eq!(user.subject, persona.name);
        assert_eq!(user.issuer, LOCAL_ISSUER);
        assert!(user.active && !persona.description.is_empty());
    }
}

#[test]
fn each_but_the_stranger_holds_one_role_at_one_target() {
    let held: Vec<String> = DATA
        .bindings
        .iter()
        .map(|row| {
            let user = DATA
                .users
                .iter()
                .find(|user| user.id == row.user_id)
                .unwrap();
            let division = row.division_id.map(|id| {
                DATA.divisions
                    .iter()
                    .find(|one| one.id == id)
                    .map(|one| one.name.clone())
            });
            let facility = row.facility_id.map(|id| {
                DATA.facilities
                    .iter()
                    .find(|one| one.id == id)
                    .map(|one| one.name.clone())
            });
            let program = row.program_id.map(|id| {
                DATA.programs
                    .iter()
                    .find(|one| one.id == id)
                    .map(|one| one.name.clone())
            });
            let project = row.partnership_id.map(|id| {
                DATA.projects
                    .iter()
                    .find(|one| one.id == id)
                    .map(|one| one.name.clone())
            });
            let targets = [division, facility, program, project];
            let mut targets = targets.into_iter().flatten().map(|name| name.unwrap());
            let target = targets.next().unwrap();
            assert_eq!(targets.next(), None);
            format!("{}: {} @ {target}", user.subject, row.role)
        })
        .collect();
    assert_eq!(
        held,
        [
            "national-administrator: administrator @ 中华人民共和国",
            "national-analyst: analyst @ 中华人民共和国",
            "henan-administrator: administrator @ 河南省",
            "donggang-steward: steward @ 东港市",
            "chaoyang-administrator: administrator @ 朝阳区",
            "donggang-hospital-manager: manager @ 东港市中心医院",
            "capacity-center-host: host @ 县级肿瘤防治能力培训",
            "novartis-sponsor: sponsor @ 百城千县卫生健康人才培养项目",
            "beijing-statistician: statistician @ 北京市",
            "auditor: auditor @ 中华人民共和国",
        ]
    );
}
