//! Who may call in the demonstration: one user a role, and one with none.

use access::LOCAL_ISSUER;
use entity::{app_user, role_binding};

use super::Dataset;
use super::division::Tree;
use super::error::SeedError;
use super::register::append;

/// Somebody to call as.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// Name, which is also the subject of the tokens.
    pub name: &'static str,
    /// Who it is, in a line.
    pub description: &'static str,
    shown: &'static str,
    seat: Option<(&'static str, Target)>,
}

/// What a role is held at.
#[derive(Clone, Copy, Debug)]
enum Target {
    Nation,
    Division(&'static str),
    DonggangHospital,
    OncologyProgram,
    HundredCities,
}

/// Keys of the targets that aren't divisions, and of who acts there.
pub(super) struct Targets {
    pub(super) donggang_hospital: i64,
    pub(super) oncology_program: i64,
    pub(super) capacity_center: i64,
    pub(super) hundred_cities: i64,
    pub(super) novartis: i64,
}

/// The personas.
pub const PERSONAS: &[Persona] = &[
    persona(
        "national-administrator",
        "administrator of the nation: every record, the accounts and the policy",
        "国家级管理员(示例)",
        Some(("administrator", Target::Nation)),
    ),
    persona(
        "national-analyst",
        "analyst of the national commission: every record, with what tells whose it is masked",
        "国家级分析员(示例)",
        Some(("analyst", Target::Nation)),
    ),
    persona(
        "henan-administrator",
        "administrator of Henan, a province",
        "河南省管理员(示例)",
        Some(("administrator", Target::Division("41"))),
    ),
    persona(
        "donggang-steward",
        "data steward of Donggang, a county of Liaoning",
        "东港市数据专员(示例)",
        Some(("steward", Target::Division("210681"))),
    ),
    persona(
        "chaoyang-administrator",
        "administrator of Chaoyang, a district of Beijing with a national hospital in it",
        "朝阳区管理员(示例)",
        Some(("administrator", Target::Division("110105"))),
    ),
    persona(
        "donggang-hospital-manager",
        "manager of Donggang City Central Hospital and its branch",
        "东港市中心医院管理员(示例)",
        Some(("manager", Target::DonggangHospital)),
    ),
    persona(
        "capacity-center-host",
        "the national center that hosts the county oncology training",
        "能力建设和继续教育中心项目主办方(示例)",
        Some(("host", Target::OncologyProgram)),
    ),
    persona(
        "novartis-sponsor",
        "a sponsor of the Hundred-Cities Thousand-Counties project",
        "诺华中国项目支持方(示例)",
        Some(("sponsor", Target::HundredCities)),
    ),
    persona(
        "beijing-statistician",
        "statistician of Beijing: no records",
        "北京市统计员(示例)",
        Some(("statistician", Target::Division("11"))),
    ),
    persona(
        "auditor",
        "auditor of the nation: no records",
        "审计员(示例)",
        Some(("auditor", Target::Nation)),
    ),
    persona(
        "stranger",
        "a user without any role",
        "无角色用户(示例)",
        None,
    ),
];

const fn persona(
    name: &'static str,
    description: &'static str,
    shown: &'static str,
    seat: Option<(&'static str, Target)>,
) -> Persona {
    Persona {
        name,
        description,
        shown,
        seat,
    }
}

/// Adds the personas as users and binds them to their roles.
pub(super) fn bind(data: &mut Dataset, tree: &Tree, targets: &Targets) -> Result<(), SeedError> {
    for persona in PERSONAS {
        let user_id = append(&mut data.users, |id| app_user::Model {
            id,
            issuer: LOCAL_ISSUER.to_owned(),
            subject: persona.name.to_owned(),
            name: persona.shown.to_owned(),
            organization_id: match persona.seat {
                Some((_, Target::OncologyProgram)) => Some(targets.capacity_center),
                Some((_, Target::HundredCities)) => Some(targets.novartis),
                _ => None,
            },
            active: true,
            binding_epoch: 0,
        });
        let Some((role, target)) = persona.seat else {
            continue;
        };
        let mut binding = role_binding::Model {
            id: 0,
            user_id,
            role: role.to_owned(),
            division_id: None,
            facility_id: None,
            program_id: None,
            partnership_id: None,
            valid_from: None,
            valid_until: None,
        };
        match target {
            Target::Nation => binding.division_id = Some(tree.at("0")?.id),
            Target::Division(code) => binding.division_id = Some(tree.at(code)?.id),
            Target::DonggangHospital => binding.facility_id = Some(targets.donggang_hospital),
            Target::OncologyProgram => binding.program_id = Some(targets.oncology_program),
            Target::HundredCities => binding.partnership_id = Some(targets.hundred_cities),
        }
        append(&mut data.bindings, |id| role_binding::Model {
            id,
            ..binding
        });
    }
    Ok(())
}
