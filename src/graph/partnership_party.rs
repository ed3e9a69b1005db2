//! parties: the type, its filter and its orders.

use entity::term::PartyRole;

use super::{
    organization::{Organization, OrganizationFilter},
    partnership_project::{PartnershipProject, PartnershipProjectFilter},
    record::{filter, order, record},
    value::TermFilter,
};

record! {
    /// An organization's part in a partnership project.
    PartnershipParty(partnership_party, PartnershipPartyFilter, PartnershipPartyOrder) {
        terms {
            /// Its role, as the source states it.
            role: PartyRole = Role;
        }
        one {
            /// The project.
            project: PartnershipProject = ProjectId;
            /// The organization.
            organization: Organization = OrganizationId;
        }
    }
}

filter! {
    /// Conditions on parties.
    PartnershipPartyFilter for PartnershipParty(partnership_party) {
        values {
            /// Role.
            role: TermFilter<PartyRole> = Role;
        }
        one {
            /// The project.
            project: PartnershipProjectFilter = ProjectId;
            /// The organization.
            organization: OrganizationFilter = OrganizationId;
        }
    }
}

order! {
    /// Orders of lists of parties.
    PartnershipPartyOrder for partnership_party {
    }
}
