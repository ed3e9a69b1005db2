//! A few hundred people in a few counties, of whom some terms have none, some a few and
//! some just as many that they are told.

use chrono::{Datelike, NaiveDate};
use entity::{
    app_user, division, employment, enrollment, facility, partnership_project, person,
    role_binding, staff_member,
    term::{
        DivisionLevel, Education, EnrollmentStatus, FacilityType, KeyPost, ProfessionCategory,
        Title,
    },
};
use grassroots::seed::Dataset;
use grassroots_tests::country::{EAST, FAR, PROJECT, WEST, country, key};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use sea_orm::{ActiveEnum, Iterable};

use crate::{puzzle::lies_in, release::Count};

/// The years that are published.
pub(crate) const YEARS: [i32; 2] = [2023, 2024];
/// Another partnership project.
pub(crate) const OTHER_PROJECT: i64 = 2;
/// Who asks for the nation.
pub(crate) const STATISTICIAN: &str = "statistician";
/// Who asks for a prefecture, and its code.
pub(crate) const LOCAL_STATISTICIAN: &str = "local-statistician";
pub(crate) const PREFECTURE: &str = "3101";
/// Who asks for each project.
pub(crate) const SPONSORS: [(&str, i64); 2] =
    [("sponsor", PROJECT), ("other-sponsor", OTHER_PROJECT)];

/// Codes of the counties beside those of the small country.
const COUNTIES: [&str; 5] = ["310103", "310201", "310202", "320102", "330101"];
/// How many have the same terms: none, few, and about as many as are told.
const SIZES: [usize; 8] = [0, 0, 1, 4, 10, 11, 12, 13];

pub(crate) struct Crowd {
    pub(crate) data: Dataset,
}

impl Crowd {
    pub(crate) fn draw(seed: u64) -> Crowd {
        let mut data = country();
        let rng = &mut StdRng::seed_from_u64(seed);
        for (code, level) in [
            ("3102", DivisionLevel::Prefecture),
            ("33", DivisionLevel::Province),
            ("3301", DivisionLevel::Prefecture),
        ]
        .into_iter()
        .chain(COUNTIES.map(|code| (code, DivisionLevel::County)))
        {
            divide(&mut data, code, level);
        }
        support(&mut data);
        for code in COUNTIES.into_iter().chain([EAST, WEST, FAR]) {
            // One county has nobody beside those of the small country.
            if code == "320102" {
                continue;
            }
            for _ in 0..4 {
                hire(&mut data, rng, code);
            }
        }
        ask(&mut data);
        Crowd { data }
    }

    /// How many there truly are.
    pub(crate) fn count(&self, year: i32, count: &Count) -> usize {
        let (end, within) = (NaiveDate::from_ymd_opt(year, 12, 31).unwrap(), &count.code);
        let is_within = |division: i64| {
            let at = self.data.divisions.iter().find(|row| row.id == division);
            let code = &at.unwrap().code;
            match count.level {
                "COUNTY" => code == within,
                level => lies_in(code, within, level),
            }
        };
        if count.field == "status" {
            let enrollments = self.data.enrollments.iter();
            let counted = enrollments.filter(|row| {
                let program = self
                    .data
                    .programs
                    .iter()
                    .find(|one| one.id == row.program_id);
                let project = program.unwrap().supported_by;
                is_within(row.division_id)
                    && row.entered_on.year() == year
                    && count.project.is_none_or(|key| project == Some(key))
                    && row.status.to_value() == count.term
            });
            return counted.count();
        }
        let counted = self.data.employments.iter().filter(|row| {
            let staff = self
                .data
                .staff
                .iter()
                .find(|one| one.person_id == row.person_id);
            let staff = staff.unwrap();
            let term = match count.field {
                "title" => staff.title.to_value(),
                "education" => staff.education.to_value(),
                "keyPost" => row.key_post.to_value(),
                _ => staff.profession_category.to_value(),
            };
            is_within(row.located_in)
                && row.main
                && row.started_on <= end
                && row.ended_on.is_none_or(|day| day > end)
                && term == count.term
        });
        counted.count()
    }
}

fn divide(data: &mut Dataset, code: &str, level: DivisionLevel) {
    let parent = match code.len() {
        2 => "0",
        length => &code[..length - 2],
    };
    let interval = access::Interval::of_code(code).unwrap();
    data.divisions.push(division::Model {
        id: interval.first,
        last: interval.last,
        code: code.to_owned(),
        name: format!("Division {code}"),
        level,
        parent_id: Some(key(parent)),
        ..data.divisions[0].clone()
    });
    if level == DivisionLevel::County {
        data.facilities.push(facility::Model {
            id: data.facilities.len() as i64 + 1,
            located_in: key(code),
            administered_by: key(code),
            facility_type: FacilityType::GeneralHospital,
            ..data.facilities[2].clone()
        });
    }
}

/// Two of the programs have a project each.
fn support(data: &mut Dataset) {
    data.projects.push(partnership_project::Model {
        id: OTHER_PROJECT,
        name: "Other Project".to_owned(),
        ..data.projects[0].clone()
    });
    data.programs[1].supported_by = Some(PROJECT);
    data.programs[2].supported_by = Some(OTHER_PROJECT);
}

/// Adds people of the same terms to a county, some of them enrolled.
fn hire(data: &mut Dataset, rng: &mut StdRng, code: &str) {
    let site = data.facilities.iter();
    let site = site
        .clone()
        .find(|row| row.located_in == key(code))
        .unwrap()
        .id;
    let (title, education) = (term::<Title>(rng), term::<Education>(rng));
    let (key_post, profession_category) = (term::<KeyPost>(rng), term::<ProfessionCategory>(rng));
    let program_id = data.programs.choose(rng).unwrap().id;
    let status = term::<EnrollmentStatus>(rng);
    let entered_on = NaiveDate::from_ymd_opt(rng.gen_range(YEARS[0]..=YEARS[1]), 5, 1).unwrap();
    for _ in 0..*SIZES.choose(rng).unwrap() {
        let id = data.people.len() as i64 + 1;
        let name = format!("Person {id}");
        let started_on = NaiveDate::from_ymd_opt(rng.gen_range(2019..=2024), 5, 1).unwrap();
        data.people.push(person::Model {
            id,
            name: name.clone(),
            identity_number: None,
            phone: None,
            birth_date: None,
            ..data.people[0].clone()
        });
        data.employments.push(employment::Model {
            id,
            person_id: id,
            person_name: name.clone(),
            facility_id: site,
            employer_id: site,
            administered_by: key(code),
            located_in: key(code),
            key_post,
            started_on,
            ..data.employments[0].clone()
        });
        data.staff.push(staff_member::Model {
            id,
            person_id: id,
            name: name.clone(),
            main_employment_id: id,
            facility_id: site,
            administered_by: key(code),
            located_in: key(code),
            profession_category,
            education,
            title,
            key_post,
            version: 1,
            active: true,
        });
        data.enrollments.push(enrollment::Model {
            id: data.enrollments.len() as i64 + 1,
            program_id,
            stage_id: None,
            person_id: id,
            participant_name: name,
            facility_id: Some(site),
            division_id: key(code),
            status,
            entered_on,
            ..data.enrollments[0].clone()
        });
    }
}

/// One of the first three terms of a vocabulary, so that there are many of each.
fn term<T: Iterable + Copy>(rng: &mut StdRng) -> T {
    let terms: Vec<T> = T::iter().take(3).collect();
    *terms.choose(rng).unwrap()
}

/// Statisticians of the nation and of a prefecture, and a sponsor of each project.
fn ask(data: &mut Dataset) {
    let statistician = role_binding::Model {
        division_id: Some(key("0")),
        partnership_id: None,
        role: STATISTICIAN.to_owned(),
        ..data.bindings[0].clone()
    };
    let of_prefecture = role_binding::Model {
        division_id: Some(key(PREFECTURE)),
        ..statistician.clone()
    };
    let (other, project) = SPONSORS[1];
    let sponsor = role_binding::Model {
        division_id: None,
        partnership_id: Some(project),
        role: "sponsor".to_owned(),
        ..data.bindings[0].clone()
    };
    for (subject, binding) in [
        (STATISTICIAN, statistician),
        (LOCAL_STATISTICIAN, of_prefecture),
        (other, sponsor),
    ] {
        let user_id = data.users.len() as i64 + 1;
        data.users.push(app_user::Model {
            id: user_id,
            subject: subject.to_owned(),
            ..data.users[0].clone()
        });
        data.bindings.push(role_binding::Model {
            id: data.bindings.len() as i64 + 1,
            user_id,
            ..binding
        });
    }
}
