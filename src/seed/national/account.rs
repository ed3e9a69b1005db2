//! Accounts all over the country, a hundred thousand of them. A subject says what its
//! role is and where, such as `steward-410122-1` or `host-NATIONAL-41`.

use access::LOCAL_ISSUER;
use entity::division;
use entity::term::DivisionLevel;
use entity::{app_user, program, role_binding};

use crate::seed::Dataset;
use crate::seed::division::Tree;
use crate::seed::register::append_after;

use super::county::Opened;

/// Roles at a division, with how many accounts each has.
type Seats = &'static [(&'static str, u32)];

const PROVINCE: Seats = &[
    ("administrator", 3),
    ("analyst", 3),
    ("statistician", 3),
    ("auditor", 1),
];
const PREFECTURE: Seats = &[("administrator", 2), ("statistician", 1)];
const COUNTY: Seats = &[("administrator", 1), ("steward", 2), ("statistician", 1)];
const TOWNSHIP: Seats = &[("steward", 1)];

/// Opens the accounts of the provinces and prefectures.
pub(super) fn open_above(data: &mut Dataset, tree: &Tree) {
    for (level, seats) in [
        (DivisionLevel::Province, PROVINCE),
        (DivisionLevel::Prefecture, PREFECTURE),
    ] {
        for division in tree.holding(level) {
            data.seat(seats, &division.code, division.id);
        }
    }
}

/// Opens the accounts of a county, its townships, hospitals and centers.
pub(super) fn open(data: &mut Dataset, county: &division::Model, opened: &Opened) {
    data.seat(COUNTY, &county.code, county.id);
    for place in &opened.townships {
        data.seat(TOWNSHIP, &place.code, place.id);
    }
    for site in opened.hospitals.iter().chain(&opened.centers) {
        let subject = format!("manager-{}", site.facility_id);
        data.bind(subject, None, |binding| {
            "manager".clone_into(&mut binding.role);
            binding.facility_id = Some(site.facility_id);
        });
    }
}

/// Opens the account of a program's host.
pub(super) fn open_host(data: &mut Dataset, program: &program::Model) {
    let subject = format!("host-{}", program.code);
    data.bind(subject, Some(program.host_id), |binding| {
        "host".clone_into(&mut binding.role);
        binding.program_id = Some(program.id);
    });
}

/// Opens the account of a project's sponsor.
pub(super) fn open_sponsor(
    data: &mut Dataset,
    county: &division::Model,
    company: i64,
    project: i64,
) {
    let subject = format!("sponsor-{}", county.code);
    data.bind(subject, Some(company), |binding| {
        "sponsor".clone_into(&mut binding.role);
        binding.partnership_id = Some(project);
    });
}

impl Dataset {
    fn seat(&mut self, seats: Seats, code: &str, division: i64) {
        for (role, accounts) in seats {
            for number in 1..=*accounts {
                self.bind(format!("{role}-{code}-{number}"), None, |binding| {
                    (*role).clone_into(&mut binding.role);
                    binding.division_id = Some(division);
                });
            }
        }
    }

    /// Opens an account with one role.
    fn bind(
        &mut self,
        subject: String,
        organization_id: Option<i64>,
        to: impl FnOnce(&mut role_binding::Model),
    ) {
        let user_id = append_after(self.before.users, &mut self.users, |id| app_user::Model {
            id,
            issuer: LOCAL_ISSUER.to_owned(),
            name: format!("示例用户{id:06}"),
            subject,
            organization_id,
            active: true,
            binding_epoch: 0,
        });
        append_after(self.before.bindings, &mut self.bindings, |id| {
            let mut binding = role_binding::Model {
                id,
                user_id,
                role: String::new(),
                division_id: None,
                facility_id: None,
                program_id: None,
                partnership_id: None,
                valid_from: None,
                valid_until: None,
            };
            to(&mut binding);
            binding
        });
    }
}
