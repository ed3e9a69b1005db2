//! partnership projects: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::{AgreementKind, ProjectTier};

use super::{
    change::changes,
    partnership_activity::{PartnershipActivity, PartnershipActivityFilter},
    partnership_module::{PartnershipModule, PartnershipModuleFilter},
    partnership_party::{PartnershipParty, PartnershipPartyFilter},
    partnership_site::{PartnershipSite, PartnershipSiteFilter},
    program::{Program, ProgramFilter},
    record::{filter, order, record},
    value::{DateFilter, TermFilter, TextFilter},
};

record! {
    /// A public-private partnership project. Line, project and edition form a tree.
    PartnershipProject(partnership_project, PartnershipProjectFilter, PartnershipProjectOrder) {
        columns {
            /// Name.
            name: String = Name;
            /// Day of signing, where the source gives it.
            signed_on: NaiveDate = SignedOn;
            /// Where it was signed.
            signed_at: String = SignedAt;
            /// Last day of the agreement.
            agreement_ends_on: NaiveDate = AgreementEndsOn;
        }
        kept { version active }
        terms {
            /// Place in the tree.
            tier: ProjectTier = Tier;
            /// Kind of agreement that it rests on.
            agreement_kind: AgreementKind = AgreementKind;
        }
        one {
            /// Project that it is part of.
            parent: PartnershipProject = ParentId;
        }
        many {
            /// Projects that it is made of.
            children: PartnershipProject = partnership_project ParentId;
            /// Organizations that take part.
            parties: PartnershipParty = partnership_party ProjectId;
            /// Its modules.
            modules: PartnershipModule = partnership_module ProjectId;
            /// Facilities that take part, as far as you may see them.
            sites: PartnershipSite = partnership_site ProjectId;
            /// Its activities.
            activities: PartnershipActivity = partnership_activity ProjectId;
            /// Programs that it supports.
            supported_programs: Program = program SupportedBy;
        }
    }
}

filter! {
    /// Conditions on partnership projects.
    PartnershipProjectFilter for PartnershipProject(partnership_project) {
        values {
            /// Name.
            name: TextFilter = Name;
            /// Place in the tree.
            tier: TermFilter<ProjectTier> = Tier;
            /// Kind of agreement.
            agreement_kind: TermFilter<AgreementKind> = AgreementKind;
            /// Day of signing.
            signed_on: DateFilter = SignedOn;
        }
        kept { active }
        one {
            /// Project that it is part of.
            parent: PartnershipProjectFilter = ParentId;
        }
        many {
            /// Organizations that take part.
            parties: PartnershipPartyFilter = partnership_party ProjectId;
            /// Its modules.
            modules: PartnershipModuleFilter = partnership_module ProjectId;
            /// Facilities that take part.
            sites: PartnershipSiteFilter = partnership_site ProjectId;
            /// Its activities.
            activities: PartnershipActivityFilter = partnership_activity ProjectId;
            /// Programs that it supports.
            supported_programs: ProgramFilter = program SupportedBy;
        }
    }
}

order! {
    /// Orders of lists of partnership projects.
    PartnershipProjectOrder for partnership_project {
        /// By name.
        NameAsc NameDesc = Name;
        /// By day of signing.
        SignedOnAsc SignedOnDesc = SignedOn;
    }
}

changes! {
    PartnershipProjectChanges of PartnershipProject(partnership_project)
    gives PartnershipProjectPayload { partnership_project } {
        /// Changes a partnership project.
        update_partnership_project(UpdatePartnershipProjectInput);
        /// Takes a partnership project out of use: it stays as it is.
        deactivate_partnership_project;
    }
    needed {
        values {
            /// Name, in 1 to 200 characters.
            name: String = Name;
        }
        terms {
            /// Place in the tree.
            tier: ProjectTier = Tier;
            /// Kind of agreement.
            agreement_kind: AgreementKind = AgreementKind;
        }
    }
    optional {
        values {
            /// Day of signing.
            signed_on: NaiveDate = SignedOn;
            /// Where it was signed, in 1 to 200 characters.
            signed_at: String = SignedAt;
            /// Last day of the agreement, not before that of signing.
            agreement_ends_on: NaiveDate = AgreementEndsOn;
        }
        links {
            /// Project that it is part of.
            parent: PartnershipProject = ParentId;
        }
    }
    made by PartnershipProjectCreation {
        /// Sets up a partnership project.
        create_partnership_project(CreatePartnershipProjectInput);
    }
}
