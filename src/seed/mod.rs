//! The demonstration data, made by a pure function: the same rows on every call.
//!
//! Three sorts of content stand side by side. Divisions, and the organizations,
//! programs and projects that the sources name, are real. Reported figures come
//! out of counting rows, to the unit. All else (facilities, people, days) is
//! invented; the names of people say so, and so does a comment at each assumption.

mod beijing;
mod calendar;
mod chance;
mod contract;
mod county_hospital;
mod division;
mod donggang;
mod error;
mod load;
mod national;
mod organization;
mod partnership;
mod person;
mod persona;
mod profile;
mod program;
mod register;
mod share;
mod township;
mod transfer;

#[cfg(test)]
mod tests;

use division::Tree;
use organization::Organizations;
use partnership::{hundred_cities, public_welfare};
use persona::Targets;
use program::{county_oncology, post_skills, talent_project};

pub use error::SeedError;
pub use load::{load, load_parts};
pub use national::{Parts, Scale};
pub use persona::{PERSONAS, Persona};

/// The years of whose ends counts are published with the demonstration data.
pub const PUBLISHED: [i32; 2] = [2024, 2025];

/// Rows of the data, table by table in the order of insertion: a row refers to rows before it alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// Divisions, parents before children.
    pub divisions: Vec<entity::division::Model>,
    /// Organizations.
    pub organizations: Vec<entity::organization::Model>,
    /// Facilities, centers before their branches and clinics.
    pub facilities: Vec<entity::facility::Model>,
    /// People.
    pub people: Vec<entity::person::Model>,
    /// Employments, present and past.
    pub employments: Vec<entity::employment::Model>,
    /// Staff records.
    pub staff: Vec<entity::staff_member::Model>,
    /// Requests that people come to work in a division.
    pub transfers: Vec<entity::transfer::Model>,
    /// Clashes of requests with who is known.
    pub clashes: Vec<entity::clash::Model>,
    /// Programs, parents before children.
    pub programs: Vec<entity::program::Model>,
    /// Stages of programs.
    pub stages: Vec<entity::stage::Model>,
    /// Enrollments in programs.
    pub enrollments: Vec<entity::enrollment::Model>,
    /// Partnership projects, parents before children.
    pub projects: Vec<entity::partnership_project::Model>,
    /// Parties of partnership projects.
    pub parties: Vec<entity::partnership_party::Model>,
    /// Modules of partnership projects.
    pub modules: Vec<entity::partnership_module::Model>,
    /// Sites of partnership projects.
    pub sites: Vec<entity::partnership_site::Model>,
    /// Activities of partnership projects.
    pub activities: Vec<entity::partnership_activity::Model>,
    /// Users.
    pub users: Vec<entity::app_user::Model>,
    /// Roles that users hold.
    pub bindings: Vec<entity::role_binding::Model>,
    /// How many rows came before these.
    before: Before,
}

/// Numbers of rows, table by table, of the tables that come in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Before {
    facilities: i64,
    people: i64,
    employments: i64,
    staff: i64,
    enrollments: i64,
    projects: i64,
    parties: i64,
    modules: i64,
    sites: i64,
    activities: i64,
    users: i64,
    bindings: i64,
}

impl Dataset {
    /// The part that comes behind this one, still empty.
    fn behind(&self) -> Dataset {
        macro_rules! before {
            ($($rows:ident),+ $(,)?) => {
                Before { $($rows: self.before.$rows + self.$rows.len() as i64),+ }
            };
        }
        Dataset {
            before: before!(
                facilities,
                people,
                employments,
                staff,
                enrollments,
                projects,
                parties,
                modules,
                sites,
                activities,
                users,
                bindings,
            ),
            ..Dataset::default()
        }
    }
}

/// Makes the demonstration data.
///
/// # Errors
/// If the list of divisions that is compiled in can't be read, or lacks a division that the data refers to.
pub fn demonstration() -> Result<Dataset, SeedError> {
    let tree = Tree::read()?;
    let (mut data, _) = demonstrate(&tree)?;
    data.divisions = tree.into_rows();
    Ok(data)
}

/// All of it but the divisions.
fn demonstrate(tree: &Tree) -> Result<(Dataset, Organizations), SeedError> {
    let mut data = Dataset::default();
    let organizations = Organizations::found(&mut data, tree)?;

    let community = beijing::facilities::open(&mut data, tree, &organizations)?;
    let community_staff = beijing::staff::hire(&mut data, &community);
    beijing::national_hospital::open(&mut data, tree, &organizations, &community)?;
    let donggang = donggang::open(&mut data, tree, &organizations)?;
    let counties = county_hospital::open(&mut data, tree)?;

    post_skills::run(&mut data, tree, &organizations, community_staff)?;
    let [oncology_program, oncology_edition] =
        county_oncology::run(&mut data, &organizations, &counties, &donggang);
    talent_project::run(&mut data, tree, &organizations)?;

    let public_welfare = public_welfare::add(&mut data, &organizations, &counties);
    let hundred_cities = hundred_cities::add(&mut data, &organizations, &counties, &donggang);
    // What the projects support is assumed: the sources name themes, and no program.
    data.support(oncology_program, public_welfare);
    data.support(oncology_edition, hundred_cities);

    let donggang_hospital = donggang.hospital.facility_id;
    let targets = Targets {
        donggang_hospital,
        oncology_program,
        capacity_center: organizations.capacity_center,
        hundred_cities,
        novartis: organizations.novartis,
    };
    transfer::ask(&mut data, tree, &donggang)?;
    persona::bind(&mut data, tree, &targets)?;
    Ok((data, organizations))
}
