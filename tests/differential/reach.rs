//! What a scope kind means: whether a binding's target, taken in one scope kind,
//! covers a row. Decided on the world itself, by walking from parent to parent
//! and looking through rows one by one.

use access::Kind;
use entity::{facts::Tie, role_binding, term::OrganizationKind};

use crate::{
    value::Record,
    world::{Tables, World},
};

pub(crate) const SCOPES: [&str; 11] = [
    "reference",
    "self",
    "subtree",
    "located",
    "enrolled",
    "acted",
    "above",
    "facility",
    "managed",
    "program",
    "partnership",
];

/// Whether a policy line may name the scope kind for this kind of record.
pub(crate) fn has_scope(kind: Kind, scope: &str) -> bool {
    let others: &[&str] = match kind {
        Kind::Division => &["subtree", "located", "above"],
        Kind::Organization | Kind::PolicyRule | Kind::AuditEvent | Kind::Clash => &["subtree"],
        Kind::Facility => &[
            "subtree",
            "located",
            "facility",
            "managed",
            "program",
            "partnership",
        ],
        Kind::Person => &["subtree", "enrolled", "facility", "managed"],
        Kind::Program => &["subtree", "above", "program"],
        Kind::PartnershipSite => &["subtree", "facility", "partnership"],
        Kind::User => &["subtree", "program", "self", "acted"],
        Kind::RoleBinding => &[
            "subtree",
            "facility",
            "managed",
            "program",
            "partnership",
            "self",
        ],
        _ => return scope == "reference" || is_tied(kind, scope),
    };
    scope == "reference" || others.contains(&scope)
}

/// Whether one of the kind's columns says whose a record is in this sense.
fn is_tied(kind: Kind, scope: &str) -> bool {
    let mut ties = kind.table().ties.iter();
    ties.any(|tie| {
        let scopes: &[&str] = match tie {
            Tie::Division(_) => &["subtree"],
            Tie::Place(_) => &["located"],
            Tie::Above(_) => &["above"],
            Tie::Facility(_) => &["facility", "managed"],
            Tie::Program(_) => &["program"],
            Tie::Project(_) => &["subtree", "facility", "partnership"],
        };
        scopes.contains(&scope)
    })
}

/// Whether the scope kind reaches from the binding's target to any row of the
/// kind that there might be.
pub(crate) fn may_cover(scope: &str, binding: &role_binding::Model, kind: Kind) -> bool {
    let has_target = match scope {
        "reference" | "self" => true,
        "subtree" | "located" | "enrolled" | "acted" => binding.division_id.is_some(),
        "above" => binding.division_id.is_some() || binding.facility_id.is_some(),
        "facility" | "managed" => binding.facility_id.is_some(),
        "program" => binding.program_id.is_some(),
        "partnership" => binding.partnership_id.is_some(),
        other => panic!("{other} is no scope kind"),
    };
    // The policy belongs to no division but the nation.
    let is_national = kind == Kind::PolicyRule && scope == "subtree";
    has_target && has_scope(kind, scope) && (!is_national || is_nation(binding))
}

/// Whether it covers every row of the kind that there might be. The nation's
/// subtree is everything, rows without a division included.
pub(crate) fn must_cover(scope: &str, binding: &role_binding::Model, kind: Kind) -> bool {
    let whole_tree = matches!(scope, "subtree" | "located") && is_nation(binding);
    (scope == "reference" || whole_tree) && may_cover(scope, binding, kind)
}

fn is_nation(binding: &role_binding::Model) -> bool {
    binding.division_id == Some(NATION)
}

const NATION: i64 = 0;

/// Whether the scope kind at the binding's target covers the row.
pub(crate) fn covers(
    world: &World,
    scope: &str,
    binding: &role_binding::Model,
    kind: Kind,
    row: &Record,
) -> bool {
    if !may_cover(scope, binding, kind) {
        return false;
    }
    if must_cover(scope, binding, kind) {
        return true;
    }
    let reach = Reach {
        tables: &world.tables,
        binding,
        kind,
        row,
    };
    match scope {
        "self" => reach.is_own(),
        "subtree" => reach.is_administered_within(),
        "located" => reach.is_located_within(),
        "enrolled" => reach.is_enrolled_within(),
        "acted" => reach.has_acted_within(),
        "above" => reach.is_above(),
        "facility" => reach.is_at(|facility| Some(facility) == binding.facility_id),
        "managed" => reach.is_at(|facility| reach.is_managed(facility)),
        "program" => reach.is_of_program(),
        "partnership" => reach.is_of_partnership(),
        _ => false,
    }
}

struct Reach<'a> {
    tables: &'a Tables,
    binding: &'a role_binding::Model,
    kind: Kind,
    row: &'a Record,
}

impl Reach<'_> {
    fn is_own(&self) -> bool {
        let user = match self.kind {
            Kind::User => Some(self.row.id),
            _ => self.row.key("user_id"),
        };
        user == Some(self.binding.user_id)
    }

    /// By the division that holds the record. A project has none: it is its
    /// sites', and so are its parts (row rules, `part_of_project`).
    fn is_administered_within(&self) -> bool {
        let row = self.row;
        match self.kind {
            Kind::Division => self.is_within(Some(row.id)),
            // Where somebody is to come to, and where the same person is let go.
            Kind::Transfer => {
                let mut facilities = self.tables.facilities.iter();
                let from = facilities.find(|facility| Some(facility.id) == row.key("from_id"));
                self.is_within(row.key("division_id"))
                    || self.is_within(from.map(|from| from.administered_by))
            }
            // Both sides of it.
            Kind::Clash => {
                let mut asked = self.tables.transfers.iter();
                let asked = asked.find(|asked| Some(asked.id) == row.key("transfer_id"));
                let mut staff = self.tables.staff.iter();
                self.is_within(asked.map(|asked| asked.division_id))
                    && staff.any(|staff| {
                        Some(staff.person_id) == row.key("person_id")
                            && self.is_within(Some(staff.administered_by))
                    })
            }
            Kind::Person => self
                .staff_of_person()
                .any(|staff| self.is_within(Some(staff.administered_by))),
            kind if is_tied(kind, "partnership") => {
                self.has_site(|site| self.is_within(Some(site.administered_by)))
            }
            Kind::RoleBinding => self.is_held_within(
                row.key("division_id"),
                row.key("facility_id"),
                row.key("program_id"),
            ),
            Kind::User => self.holds(|held| {
                self.is_held_within(held.division_id, held.facility_id, held.program_id)
            }),
            Kind::PolicyRule => false,
            // By the one that administers it, where that is told apart.
            _ => {
                let administered_by = row.key("administered_by");
                self.is_within(administered_by.or(row.key("division_id")))
            }
        }
    }

    /// A role belongs to its division, or to the one of its facility or program.
    fn is_held_within(
        &self,
        division: Option<i64>,
        facility: Option<i64>,
        program: Option<i64>,
    ) -> bool {
        let mut facilities = self.tables.facilities.iter();
        let facility = facilities.find(|row| Some(row.id) == facility);
        let mut programs = self.tables.programs.iter();
        let program = programs.find(|row| Some(row.id) == program);
        self.is_within(division)
            || self.is_within(facility.map(|facility| facility.administered_by))
            || self.is_within(program.map(|program| program.division_id))
    }

    /// Whether the account holds such a role, or has held it.
    fn holds(&self, wanted: impl Fn(&role_binding::Model) -> bool) -> bool {
        let mut bindings = self.tables.bindings.iter();
        bindings.any(|held| held.user_id == self.row.id && wanted(held))
    }

    fn is_located_within(&self) -> bool {
        match self.kind {
            Kind::Division => self.is_within(Some(self.row.id)),
            _ => self.is_within(self.row.key("located_in")),
        }
    }

    /// Who has no staff record is where an enrollment is.
    fn is_enrolled_within(&self) -> bool {
        let enrolled = self.tables.enrollments.iter().any(|enrollment| {
            enrollment.person_id == self.row.id && self.is_within(Some(enrollment.division_id))
        });
        enrolled && self.staff_of_person().next().is_none()
    }

    fn has_acted_within(&self) -> bool {
        let mut events = self.tables.events.iter();
        events.any(|event| event.user_id == self.row.id && self.is_within(Some(event.division_id)))
    }

    fn staff_of_person(&self) -> impl Iterator<Item = &entity::staff_member::Model> {
        let records = self.tables.staff.iter();
        records.filter(|record| record.person_id == self.row.id)
    }

    /// Whether the row's division is the target, the one that administers the
    /// target, or one above.
    fn is_above(&self) -> bool {
        let division = match self.kind {
            Kind::Division => Some(self.row.id),
            _ => self.row.key("division_id"),
        };
        let facility = self.binding.facility_id.and_then(|target| {
            let mut facilities = self.tables.facilities.iter();
            facilities.find(|facility| facility.id == target)
        });
        let own = facility.map(|facility| facility.administered_by);
        let own = own.or(self.binding.division_id);
        division.is_some_and(|division| is_part(self.tables, own, division))
    }

    /// By the facility that the row is about.
    fn is_at(&self, wanted: impl Fn(i64) -> bool) -> bool {
        let row = self.row;
        match self.kind {
            Kind::Facility => wanted(row.id),
            Kind::Person => {
                let mut staff = self.tables.staff.iter();
                staff.any(|record| record.person_id == row.id && wanted(record.facility_id))
            }
            kind if is_tied(kind, "partnership") => self.has_site(|site| wanted(site.facility_id)),
            Kind::Transfer => {
                let mut facilities = ["facility_id", "from_id"].into_iter();
                facilities.any(|column| row.key(column).is_some_and(&wanted))
            }
            _ => row.key("facility_id").is_some_and(wanted),
        }
    }

    /// Whether the target runs the facility as a branch or in integration; one
    /// level down and no further.
    fn is_managed(&self, facility: i64) -> bool {
        let manager = self.binding.facility_id;
        self.tables.facilities.iter().any(|managed| {
            managed.id == facility
                && (managed.branch_of == manager || managed.integrated_under == manager)
        })
    }

    fn is_of_program(&self) -> bool {
        match self.kind {
            Kind::Program => self.is_program_under(Some(self.row.id)),
            Kind::Facility => self.tables.enrollments.iter().any(|enrollment| {
                enrollment.facility_id == Some(self.row.id)
                    && self.is_program_under(Some(enrollment.program_id))
            }),
            Kind::User => self.holds(|held| self.is_program_under(held.program_id)),
            _ => self.is_program_under(self.row.key("program_id")),
        }
    }

    fn is_of_partnership(&self) -> bool {
        match self.kind {
            Kind::PartnershipProject => self.is_project_under(Some(self.row.id)),
            Kind::Facility => self.tables.sites.iter().any(|site| {
                site.facility_id == self.row.id && self.is_project_under(Some(site.project_id))
            }),
            Kind::PartnershipParty if self.is_rival() => false,
            Kind::RoleBinding => self.is_project_under(self.row.key("partnership_id")),
            _ => self.is_project_under(self.row.key("project_id")),
        }
    }

    /// Whether the party is a company and not the one that the user acts for.
    fn is_rival(&self) -> bool {
        let party = self.row.key("organization_id");
        let mut organizations = self.tables.organizations.iter();
        let organization = organizations.find(|organization| Some(organization.id) == party);
        let is_company = organization.is_some_and(|found| found.kind == OrganizationKind::Company);
        let mut users = self.tables.users.iter();
        let user = users.find(|user| user.id == self.binding.user_id);
        is_company && user.and_then(|user| user.organization_id) != party
    }

    /// Whether the row's project has such a site; those of its children don't count.
    fn has_site(&self, wanted: impl Fn(&entity::partnership_site::Model) -> bool) -> bool {
        let project = match self.kind {
            Kind::PartnershipProject => Some(self.row.id),
            _ => self.row.key("project_id"),
        };
        let mut sites = self.tables.sites.iter();
        sites.any(|site| Some(site.project_id) == project && wanted(site))
    }

    /// Whether the division is the target or below it.
    fn is_within(&self, division: Option<i64>) -> bool {
        let target = self.binding.division_id;
        target.is_some_and(|target| is_part(self.tables, division, target))
    }

    fn is_program_under(&self, program: Option<i64>) -> bool {
        let target = self.binding.program_id.unwrap_or_default();
        climbs(program, target, |id| {
            let mut programs = self.tables.programs.iter();
            programs.find(|program| program.id == id)?.parent_id
        })
    }

    fn is_project_under(&self, project: Option<i64>) -> bool {
        let target = self.binding.partnership_id.unwrap_or_default();
        climbs(project, target, |id| {
            let mut projects = self.tables.projects.iter();
            projects.find(|project| project.id == id)?.parent_id
        })
    }
}

/// Whether the division is the other one or below it.
pub(crate) fn is_part(tables: &Tables, division: Option<i64>, of: i64) -> bool {
    climbs(division, of, |id| {
        let mut nodes = tables.divisions.iter();
        nodes.find(|node| node.id == id)?.parent_id
    })
}

/// Whether `top` is met on the way up from `start`.
fn climbs(start: Option<i64>, top: i64, parent: impl Fn(i64) -> Option<i64>) -> bool {
    std::iter::successors(start, |id| parent(*id)).any(|id| id == top)
}
