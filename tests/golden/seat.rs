//! Who asks: every role of the policy, held at every kind of target.

use std::fmt;

use entity::role_binding;
use grassroots_tests::country::{EAST, EAST_CENTER, PROGRAM_ROOT, PROJECT, key};

/// A role at a target, or nothing at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    Stranger,
    Holder(String, Target),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Nation,
    Province,
    County,
    Facility,
    Program,
    Project,
}

impl Seat {
    /// In the policy's order, where a role follows those that it builds on.
    pub(crate) fn all() -> Vec<Seat> {
        let holders = roles()
            .into_iter()
            .flat_map(|role| Target::ALL.map(|target| Seat::Holder(role.clone(), target)));
        std::iter::once(Seat::Stranger).chain(holders).collect()
    }

    /// The file of the table that it stands in.
    pub(crate) fn role(&self) -> &str {
        match self {
            Seat::Stranger => "stranger",
            Seat::Holder(role, _) => role,
        }
    }
}

impl fmt::Display for Seat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seat::Stranger => formatter.pad("stranger"),
            Seat::Holder(role, target) => {
                let target = format!("{target:?}").to_lowercase();
                formatter.pad(&format!("{role} @ {target}"))
            }
        }
    }
}

impl Target {
    const ALL: [Target; 6] = [
        Target::Nation,
        Target::Province,
        Target::County,
        Target::Facility,
        Target::Program,
        Target::Project,
    ];

    /// Has a binding be at this target.
    pub(crate) fn place(self, binding: &mut role_binding::Model) {
        match self {
            Target::Nation => binding.division_id = Some(key("0")),
            Target::Province => binding.division_id = Some(key("31")),
            Target::County => binding.division_id = Some(key(EAST)),
            Target::Facility => binding.facility_id = Some(EAST_CENTER),
            Target::Program => binding.program_id = Some(PROGRAM_ROOT),
            Target::Project => binding.partnership_id = Some(PROJECT),
        }
    }
}

/// The policy that a new database starts with, a line each.
pub(crate) fn policy() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../access/src/policy.csv").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The roles that the policy knows, each where it comes first.
pub(crate) fn roles() -> Vec<String> {
    let words = policy().flat_map(|line| line.split(", "));
    let mut roles = Vec::new();
    for role in words.filter_map(|word| word.strip_prefix("role:")) {
        if !roles.iter().any(|known| known == role) {
            roles.push(role.to_owned());
        }
    }
    roles
}
