//! The demonstration, and beside it what it has no case of: callers whose rights
//! meet, end or reach deeper, and rows that lie just beyond somebody's reach.

use access::LOCAL_ISSUER;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use entity::{
    app_user, clash, division, facility, partnership_party, role_binding,
    term::{
        Education, IdentityKind, KeyPost, PartyRole, ProfessionCategory, Sex, Tenure, Title,
        TransferStatus,
    },
    transfer,
};
use grassroots::seed::{self, Dataset};

/// Role, where it is held, and from when until when.
type Seat = (&'static str, Target, Option<i32>, Option<i32>);

enum Target {
    Division(&'static str),
    Facility(&'static str),
    Program(&'static str),
    Project(&'static str),
}

/// The demonstration's data with the cases added.
pub(crate) fn demonstration() -> Dataset {
    let mut data = seed::demonstration().unwrap();
    deepen_management(&mut data);
    equip_chaoyang(&mut data);
    move_participant(&mut data);
    add_rivals(&mut data);
    transfer(&mut data);
    appoint(&mut data);
    data
}

fn appoint(data: &mut Dataset) {
    use Target::{Division, Facility, Program, Project};
    let always = |role, target| (role, target, None, None);
    let cast: [(&str, Vec<Seat>); 11] = [
        // A city that counts the hospital, the university's center and the zone's.
        (
            "beijing-administrator",
            vec![always("administrator", Division("11"))],
        ),
        (
            "haidian-steward",
            vec![always("steward", Division("110108"))],
        ),
        (
            "university-steward",
            vec![always("steward", Division("02"))],
        ),
        // A county with students, who are no staff of it yet.
        (
            "zhongmu-steward",
            vec![always("steward", Division("410122"))],
        ),
        // A center that manages village clinics, and one that runs stations.
        (
            "township-manager",
            vec![always("manager", Facility("东港市大东街道卫生院"))],
        ),
        (
            "university-center-manager",
            vec![always(
                "manager",
                Facility("海淀区燕园街道社区卫生服务中心"),
            )],
        ),
        // The other sponsor, at the top of a tree of projects.
        (
            "action-sponsor",
            vec![always(
                "sponsor",
                Project("县域医疗卫生人员服务能力提升工程"),
            )],
        ),
        // Of some enrollments everything, of the others what a host may know.
        (
            "daxing-steward-and-host",
            vec![
                always("steward", Division("110115")),
                always("host", Program("BJ-POST-2024")),
                always("analyst", Division("110108")),
            ],
        ),
        ("beijing-auditor", vec![always("auditor", Division("11"))]),
        (
            "relieved-administrator",
            vec![("administrator", Division("0"), None, Some(2020))],
        ),
        (
            "future-administrator",
            vec![
                ("administrator", Division("0"), Some(2999), None),
                ("statistician", Division("110105"), Some(2020), Some(2999)),
            ],
        ),
    ];
    for (name, seats) in cast {
        let user_id = data.users.len() as i64 + 1;
        data.users.push(app_user::Model {
            id: user_id,
            issuer: LOCAL_ISSUER.to_owned(),
            subject: name.to_owned(),
            name: format!("{name}(示例)"),
            organization_id: name
                .ends_with("sponsor")
                .then(|| organization(data, "阿斯利康中国")),
            active: true,
            binding_epoch: 0,
        });
        for (role, target, from, until) in seats {
            let mut binding = role_binding::Model {
                id: data.bindings.len() as i64 + 1,
                user_id,
                role: role.to_owned(),
                division_id: None,
                facility_id: None,
                program_id: None,
                partnership_id: None,
                valid_from: from.map(new_year),
                valid_until: until.map(new_year),
            };
            match target {
                Division(code) => binding.division_id = Some(division(data, code).id),
                Facility(name) => binding.facility_id = Some(facility(data, name).id),
                Program(code) => {
                    let program = data.programs.iter().find(|row| row.code == code);
                    binding.program_id = Some(program.unwrap().id);
                }
                Project(name) => binding.partnership_id = Some(project(data, name)),
            }
            data.bindings.push(binding);
        }
    }
}

/// A clinic under the hospital's branch is two levels below the hospital.
fn deepen_management(data: &mut Dataset) {
    let hospital = facility(data, "东港市中心医院").id;
    let mut facilities = data.facilities.iter_mut();
    let branch = facilities
        .find(|row| row.branch_of == Some(hospital))
        .unwrap()
        .id;
    let clinic = facilities
        .find(|row| row.integrated_under.is_some())
        .unwrap();
    clinic.branch_of = Some(branch);
}

/// Beds, so that a condition on them has something to find: in the hospital that
/// Chaoyang may not ask about and in some of the centers that it may.
fn equip_chaoyang(data: &mut Dataset) {
    let chaoyang = division(data, "110105").id;
    let national = facility(data, "中日友好医院").id;
    let mut beds = 10;
    for row in &mut data.facilities {
        if row.id == national {
            (row.beds_approved, row.beds_actual) = (Some(1_500), Some(1_610));
        } else if row.administered_by == chaoyang && row.id % 3 == 0 {
            (row.beds_approved, row.beds_actual) = (Some(beds), Some(beds + 1));
            beds += 1;
        }
    }
}

/// A participant who was at Donggang's hospital at entry and works in Henan now:
/// Donggang holds the enrollment and no longer the person.
fn move_participant(data: &mut Dataset) {
    let hospital = facility(data, "东港市中心医院").clone();
    let henan = division(data, "41");
    let henan = henan.id..=henan.last;
    let mut enrollments = data.enrollments.iter_mut();
    let moved =
        enrollments.find(|row| row.facility_id.is_some() && henan.contains(&row.division_id));
    let moved = moved.unwrap();
    (moved.facility_id, moved.division_id) = (Some(hospital.id), hospital.administered_by);
}

/// Each company is in the other one's project too.
fn add_rivals(data: &mut Dataset) {
    for (name, company) in [
        ("百城千县卫生健康人才培养项目", "阿斯利康中国"),
        ("县域医疗卫生人员服务能力提升工程", "诺华中国"),
    ] {
        data.parties.push(partnership_party::Model {
            id: data.parties.len() as i64 + 1,
            project_id: project(data, name),
            organization_id: organization(data, company),
            role: PartyRole::Supporter,
        });
    }
}

/// Staff who are let go within a city, to another and from the nation's hospital, and
/// candidates who are known where they are asked for, elsewhere, and to nobody.
fn transfer(data: &mut Dataset) {
    let at = |code: &str| {
        let division = division(data, code).id;
        let mut staff = data.staff.iter();
        let found = staff.find(|row| row.administered_by == division);
        found
            .unwrap_or_else(|| panic!("no staff in {code}"))
            .clone()
    };
    let template = transfer::Model {
        id: 0,
        division_id: 0,
        person_id: None,
        name: "张三".to_owned(),
        from_id: None,
        released_by: None,
        starts_on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        facility_id: None,
        tenure: None,
        key_post: None,
        title_engaged: None,
        sex: None,
        identity_kind: None,
        identity_number: None,
        identity_number_digest: None,
        profession_category: None,
        education: None,
        title: None,
        status: TransferStatus::Pending,
        version: 1,
        active: true,
    };
    let mut asked = Vec::new();
    for (from, to) in [
        ("110105", "110108"),
        ("110108", "210681"),
        ("210681", "110105"),
        ("210681", "210681"),
    ] {
        let staff = at(from);
        asked.push(transfer::Model {
            division_id: division(data, to).id,
            person_id: Some(staff.person_id),
            name: staff.name,
            from_id: Some(staff.facility_id),
            released_by: Some(staff.administered_by),
            ..template.clone()
        });
    }
    let mut clashes = Vec::new();
    let next = data.transfers.len() as i64 + 1;
    for (place, (to, known)) in [
        ("110105", Some("210681")),
        ("210681", Some("110108")),
        ("210681", Some("210681")),
        ("110108", None),
    ]
    .into_iter()
    .enumerate()
    {
        let worksite = at(to);
        if let Some(code) = known {
            let request = next + asked.len() as i64;
            let person = at(code).person_id;
            clashes.push(clash::Model::of(request, person));
        }
        asked.push(transfer::Model {
            division_id: worksite.administered_by,
            facility_id: Some(worksite.facility_id),
            tenure: Some(Tenure::Contract),
            key_post: Some(KeyPost::Nursing),
            title_engaged: Some(Title::Junior),
            sex: Some(Sex::Female),
            identity_kind: Some(IdentityKind::ResidentIdentityCard),
            identity_number: Some(format!("99000019900101{place:03}X").into()),
            profession_category: Some(ProfessionCategory::RegisteredNurse),
            education: Some(Education::Bachelor),
            title: Some(Title::Junior),
            status: TransferStatus::Declined,
            active: false,
            ..template.clone()
        });
    }
    data.clashes.extend(clashes);
    data.transfers.extend(
        (next..)
            .zip(asked)
            .map(|(id, asked)| transfer::Model { id, ..asked }),
    );
}

fn project(data: &Dataset, name: &str) -> i64 {
    let project = data.projects.iter().find(|row| row.name == name);
    project.unwrap_or_else(|| panic!("no project {name}")).id
}

fn organization(data: &Dataset, name: &str) -> i64 {
    let mut organizations = data.organizations.iter();
    let organization = organizations.find(|row| row.name == name);
    organization
        .unwrap_or_else(|| panic!("no organization {name}"))
        .id
}

fn division<'a>(data: &'a Dataset, code: &str) -> &'a division::Model {
    data.divisions.iter().find(|row| row.code == code).unwrap()
}

fn facility<'a>(data: &'a Dataset, name: &str) -> &'a facility::Model {
    let facility = data.facilities.iter().find(|row| row.name == name);
    facility.unwrap_or_else(|| panic!("no facility {name}"))
}

fn new_year(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap()
}
