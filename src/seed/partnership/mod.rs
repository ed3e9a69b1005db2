//! Public-private partnership projects. Structure, parties and modules are the
//! sources'; sites and activities that no source names say 示例, 'example'.

pub(super) mod hundred_cities;
pub(super) mod public_welfare;

use chrono::NaiveDate;
use entity::term::{ActivityKind, AgreementKind, PartyRole, ProjectTier};
use entity::{
    partnership_activity, partnership_module, partnership_party, partnership_project,
    partnership_site,
};

use super::Dataset;
use super::register::{Site, append_after};

/// A project without an agreement that a source names.
pub(super) fn project(
    parent_id: Option<i64>,
    name: &str,
    tier: ProjectTier,
) -> partnership_project::Model {
    partnership_project::Model {
        id: 0,
        parent_id,
        name: name.to_owned(),
        tier,
        agreement_kind: AgreementKind::NotStated,
        signed_on: None,
        signed_at: None,
        agreement_ends_on: None,
        version: 1,
        active: true,
    }
}

impl Dataset {
    pub(super) fn add_project(&mut self, project: partnership_project::Model) -> i64 {
        append_after(self.before.projects, &mut self.projects, |id| {
            partnership_project::Model { id, ..project }
        })
    }

    /// The program is supported by the project.
    pub(super) fn support(&mut self, program: i64, project: i64) {
        let mut programs = self.programs.iter_mut();
        if let Some(program) = programs.find(|known| known.id == program) {
            program.supported_by = Some(project);
        }
    }

    pub(super) fn add_party(&mut self, project_id: i64, organization_id: i64, role: PartyRole) {
        append_after(self.before.parties, &mut self.parties, |id| {
            partnership_party::Model {
                id,
                project_id,
                organization_id,
                role,
            }
        });
    }

    pub(super) fn add_modules<const N: usize>(
        &mut self,
        project_id: i64,
        names: [&str; N],
    ) -> [i64; N] {
        let mut ordinal = 0;
        names.map(|name| {
            ordinal += 1;
            append_after(self.before.modules, &mut self.modules, |id| {
                partnership_module::Model {
                    id,
                    project_id,
                    ordinal,
                    name: name.to_owned(),
                }
            })
        })
    }

    pub(super) fn add_site(&mut self, project_id: i64, site: Site, joined_on: Option<NaiveDate>) {
        append_after(self.before.sites, &mut self.sites, |id| {
            partnership_site::Model {
                id,
                project_id,
                facility_id: site.facility_id,
                administered_by: site.administered_by,
                located_in: site.located_in,
                joined_on,
            }
        });
    }

    pub(super) fn add_activity(
        &mut self,
        project_id: i64,
        module_id: Option<i64>,
        activity: Activity,
    ) {
        append_after(self.before.activities, &mut self.activities, |id| {
            partnership_activity::Model {
                id,
                project_id,
                module_id,
                kind: activity.kind,
                name: activity.name.to_owned(),
                held_on: activity.held_on,
                place: activity.place.to_owned(),
                version: 1,
                active: true,
            }
        });
    }
}

/// An activity, apart from what it belongs to.
pub(super) struct Activity {
    pub(super) kind: ActivityKind,
    pub(super) name: &'static str,
    pub(super) held_on: NaiveDate,
    pub(super) place: &'static str,
}
