//! A role at its target, and what hangs on the target.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{role_binding, term::OrganizationKind};

use crate::{
    table::Kind,
    world::{Row, WORLD},
};

/// A role that somebody holds at a target.
#[derive(Default)]
pub(crate) struct Seat {
    pub(crate) role: String,
    /// Whether the target is the whole country.
    pub(crate) nation: bool,
    /// The target division and all below it.
    pub(crate) divisions: HashSet<i64>,
    /// The target division, or the one that administers the target facility, and
    /// all above it.
    pub(crate) above: HashSet<i64>,
    /// The target facility and those that it manages, one level down; the
    /// placements of a program, the sites of a project.
    pub(crate) facilities: HashSet<i64>,
    /// The target program and all below it.
    pub(crate) programs: HashSet<i64>,
    /// The target project and all below it; of a division, the projects in which
    /// it has a site.
    pub(crate) projects: HashSet<i64>,
    /// The organization that the holder acts for.
    organization: Option<i64>,
}

impl Seat {
    /// What a user holds today.
    pub(crate) fn all_of(user: i64) -> Vec<Seat> {
        let today = |binding: &&role_binding::Model| in_force(binding, Utc::now());
        let bindings = WORLD.data.bindings.iter();
        bindings
            .filter(|binding| binding.user_id == user)
            .filter(today)
            .map(Seat::of)
            .collect()
    }

    fn of(binding: &role_binding::Model) -> Seat {
        let seat = Seat {
            role: binding.role.clone(),
            organization: WORLD.data.users[WORLD.at(Kind::User, binding.user_id).place]
                .organization_id,
            ..Seat::default()
        };
        if let Some(division) = binding.division_id {
            seat.at_division(division)
        } else if let Some(facility) = binding.facility_id {
            seat.at_facility(facility)
        } else if let Some(program) = binding.program_id {
            seat.at_program(program)
        } else {
            seat.at_project(binding.partnership_id.unwrap())
        }
    }

    fn at_division(mut self, key: i64) -> Seat {
        let place = WORLD.at(Kind::Division, key).place;
        self.nation = WORLD.data.divisions[place].parent_id.is_none();
        self.divisions = WORLD.divisions_under(key);
        self.above = WORLD.divisions_above(key);
        let sites = WORLD.data.sites.iter();
        let own = sites.filter(|site| self.divisions.contains(&site.administered_by));
        self.projects = own.map(|site| site.project_id).collect();
        self
    }

    fn at_facility(mut self, key: i64) -> Seat {
        let facility = &WORLD.data.facilities[WORLD.at(Kind::Facility, key).place];
        self.above = WORLD.divisions_above(facility.administered_by);
        self.facilities = HashSet::from([key]);
        let managed = WORLD
            .data
            .facilities
            .iter()
            .filter(|row| row.branch_of == Some(key) || row.integrated_under == Some(key));
        self.facilities.extend(managed.map(|row| row.id));
        self
    }

    fn at_program(mut self, key: i64) -> Seat {
        self.programs = WORLD.descend(Kind::Program, Kind::Program.many("children"), key);
        let enrollments = WORLD.data.enrollments.iter();
        let placements = enrollments.filter(|row| self.programs.contains(&row.program_id));
        self.facilities = placements.filter_map(|row| row.facility_id).collect();
        self
    }

    fn at_project(mut self, key: i64) -> Seat {
        let children = Kind::PartnershipProject.many("children");
        self.projects = WORLD.descend(Kind::PartnershipProject, children, key);
        let sites = WORLD.data.sites.iter();
        let sites = sites.filter(|site| self.projects.contains(&site.project_id));
        self.facilities = sites.map(|site| site.facility_id).collect();
        self
    }

    /// Whether the record is held by a division of the target's subtree.
    pub(crate) fn administers(&self, row: Row) -> bool {
        let (data, place) = (&WORLD.data, row.place);
        match row.kind {
            Kind::RoleBinding => {
                let held = &data.bindings[place];
                let facility = held
                    .facility_id
                    .map(|key| WORLD.at(Kind::Facility, key).place);
                let program = held
                    .program_id
                    .map(|key| WORLD.at(Kind::Program, key).place);
                let divisions = [
                    held.division_id,
                    facility.map(|place| data.facilities[place].administered_by),
                    program.map(|place| data.programs[place].division_id),
                ];
                let mut divisions = divisions.into_iter().flatten();
                divisions.any(|key| self.divisions.contains(&key))
            }
            // Where somebody is to come to, and where the same person is let go.
            Kind::Transfer => {
                let transfer = &data.transfers[place];
                let from = transfer
                    .from_id
                    .map(|key| WORLD.at(Kind::Facility, key).place);
                let from = from.map(|place| data.facilities[place].administered_by);
                let mut divisions = [Some(transfer.division_id), from].into_iter().flatten();
                divisions.any(|key| self.divisions.contains(&key))
            }
            // Both sides of it.
            Kind::Clash => {
                let clash = &data.clashes[place];
                let asked = WORLD.at(Kind::Transfer, clash.transfer_id).place;
                let asked = data.transfers[asked].division_id;
                let known = WORLD.at(Kind::Person, clash.person_id);
                let known = self.administers_any_of(known, "staffRecords", Kind::StaffMember);
                self.divisions.contains(&asked) && known
            }
            Kind::User => held_by(row).any(|binding| self.administers(binding)),
            Kind::Person => self.administers_any_of(row, "staffRecords", Kind::StaffMember),
            Kind::Organization => false,
            // By the one that administers it, where that is told apart.
            _ => {
                let [administered_by, own] =
                    ["administered_by", "division_id"].map(|column| row.record().key(column));
                let division = administered_by.or(own);
                division.is_some_and(|division| self.divisions.contains(&division))
            }
        }
    }

    /// Whether the person is a student, without a staff record, whose enrollment
    /// is held by a division of the target's subtree.
    pub(crate) fn teaches(&self, person: Row) -> bool {
        let staff = WORLD.hanging(Kind::Person.many("staffRecords"), person);
        staff.is_empty() && self.administers_any_of(person, "enrollments", Kind::Enrollment)
    }

    fn administers_any_of(&self, person: Row, field: &str, kind: Kind) -> bool {
        let mut places = WORLD.hanging(Kind::Person.many(field), person).iter();
        places.any(|&place| self.administers(Row { kind, place }))
    }

    /// Whether the record belongs to one of the target's facilities.
    pub(crate) fn runs(&self, row: Row) -> bool {
        match row.kind {
            Kind::Facility => self.facilities.contains(&row.key()),
            Kind::Enrollment | Kind::PartnershipSite | Kind::RoleBinding => false,
            Kind::Person => {
                let staff = WORLD.hanging(Kind::Person.many("staffRecords"), row);
                staff.iter().any(|place| {
                    self.runs(Row {
                        kind: Kind::StaffMember,
                        place: *place,
                    })
                })
            }
            Kind::Transfer => {
                let mut facilities = ["facility_id", "from_id"].into_iter();
                facilities.any(|column| is_among(row, column, &self.facilities))
            }
            _ => is_among(row, "facility_id", &self.facilities),
        }
    }

    /// Whether the program, stage or enrollment is of the target program's tree.
    pub(crate) fn hosts(&self, row: Row) -> bool {
        match row.kind {
            Kind::Program => self.programs.contains(&row.key()),
            Kind::User => held_by(row).any(|binding| self.hosts(binding)),
            _ => is_among(row, "program_id", &self.programs),
        }
    }

    /// Whether the program or stage is run by a division above the target.
    pub(crate) fn lies_under(&self, row: Row) -> bool {
        let (data, place) = (&WORLD.data, row.place);
        match row.kind {
            Kind::Program => self.above.contains(&data.programs[place].division_id),
            Kind::Stage => self.above.contains(&data.stages[place].division_id),
            _ => false,
        }
    }

    /// Whether the record is another company's part in a project.
    pub(crate) fn is_rivals(&self, row: Row) -> bool {
        if row.kind != Kind::PartnershipParty {
            return false;
        }
        let party = WORLD.data.parties[row.place].organization_id;
        let place = WORLD.at(Kind::Organization, party).place;
        let is_company = WORLD.data.organizations[place].kind == OrganizationKind::Company;
        is_company && self.organization != Some(party)
    }

    /// Whether the record is of one of the seat's projects.
    pub(crate) fn takes_part(&self, row: Row) -> bool {
        match row.kind {
            Kind::PartnershipProject => self.projects.contains(&row.key()),
            _ => is_among(row, "project_id", &self.projects),
        }
    }
}

/// Whether the row refers to one of these by the column.
fn is_among(row: Row, column: &str, keys: &HashSet<i64>) -> bool {
    row.record()
        .key(column)
        .is_some_and(|key| keys.contains(&key))
}

/// The roles that a user holds, or has held.
fn held_by(user: Row) -> impl Iterator<Item = Row> {
    let places = WORLD.hanging(Kind::User.many("bindings"), user).iter();
    places.map(|&place| Row {
        kind: Kind::RoleBinding,
        place,
    })
}

fn in_force(binding: &role_binding::Model, now: DateTime<Utc>) -> bool {
    binding.valid_from.is_none_or(|from| from <= now)
        && binding.valid_until.is_none_or(|until| now < until)
}
