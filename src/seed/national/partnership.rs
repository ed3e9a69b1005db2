//! Partnership projects all over the country, with invented companies.

use entity::division;
use entity::organization;
use entity::partnership_project;
use entity::term::{ActivityKind, AgreementKind, OrganizationKind, PartyRole, ProjectTier};

use crate::seed::Dataset;
use crate::seed::calendar::{after, day};
use crate::seed::chance::Chance;
use crate::seed::organization::Organizations;
use crate::seed::partnership::{Activity, project};
use crate::seed::register::{Site, append};

use super::account;

const COMPANIES: u64 = 200;
const MODULES: [&str; 3] = ["管理(示例)", "临床(示例)", "护理(示例)"];
/// Sites of a project: hospitals of the counties before.
const SITES: usize = 40;

/// Who supports projects, and where the next one has its sites.
#[derive(Clone)]
pub(super) struct Partnerships {
    public_party: i64,
    companies: Vec<i64>,
    sites: Vec<Site>,
}

impl Partnerships {
    /// Founds the companies.
    pub(super) fn set_up(data: &mut Dataset, organizations: &Organizations) -> Partnerships {
        let companies = (1..=COMPANIES).map(|number| {
            append(&mut data.organizations, |id| organization::Model {
                id,
                name: format!("示例医药企业{number:03}"),
                kind: OrganizationKind::Company,
                credit_code: None,
                division_id: None,
            })
        });
        Partnerships {
            public_party: organizations.talent_exchange_center,
            companies: companies.collect(),
            sites: Vec::new(),
        }
    }

    /// The next projects have their sites at these hospitals, too.
    pub(super) fn join(&mut self, hospitals: &[Site]) {
        self.sites.extend(hospitals);
        let gone = self.sites.len().saturating_sub(SITES);
        self.sites.drain(..gone);
    }

    /// Adds a project, signed in the county, with an account for its sponsor.
    pub(super) fn add(&self, data: &mut Dataset, county: &division::Model) {
        let mut chance = Chance::of("national project", county.id);
        let drawn = chance.below(COMPANIES) as usize;
        let Some(company) = self.companies.get(drawn).copied() else {
            return;
        };
        let name = format!("{}县域能力建设项目(示例)", county.name);
        let signed_on = after(day(2022, 1, 1), chance.below(900));
        let id = data.add_project(partnership_project::Model {
            agreement_kind: AgreementKind::Memorandum,
            signed_on: Some(signed_on),
            signed_at: Some(county.name.clone()),
            ..project(None, &name, ProjectTier::Project)
        });
        data.add_party(id, self.public_party, PartyRole::Initiator);
        data.add_party(id, company, PartyRole::Supporter);
        let modules = data.add_modules(id, MODULES);
        for site in &self.sites {
            data.add_site(id, *site, Some(after(signed_on, chance.below(90))));
        }
        for module in modules {
            let activity = Activity {
                kind: ActivityKind::Training,
                name: "培训(示例)",
                held_on: after(signed_on, 30 + chance.below(300)),
                place: "示例",
            };
            data.add_activity(id, Some(module), activity);
        }
        account::open_sponsor(data, county, company, id);
    }
}
