//! sites: the type, its filter and its orders.

use chrono::NaiveDate;

use super::{
    division::Division,
    facility::{Facility, FacilityFilter},
    partnership_project::{PartnershipProject, PartnershipProjectFilter},
    record::{filter, order, record},
    value::{DateFilter, DivisionScopeFilter},
};

record! {
    /// A facility that takes part in a partnership project.
    PartnershipSite(partnership_site, PartnershipSiteFilter, PartnershipSiteOrder) {
        columns {
            /// Day of joining.
            joined_on: NaiveDate = JoinedOn;
        }
        one {
            /// The project.
            project: PartnershipProject = ProjectId;
            /// The facility.
            facility: Facility = FacilityId;
            /// Division that administers the facility.
            administered_by: Division = AdministeredBy;
            /// Division where the facility stands.
            located_in: Division = LocatedIn;
        }
    }
}

filter! {
    /// Conditions on sites.
    PartnershipSiteFilter for PartnershipSite(partnership_site) {
        values {
            /// Day of joining.
            joined_on: DateFilter = JoinedOn;
            /// Where the facility stands.
            located_in: DivisionScopeFilter = LocatedIn;
            /// Who administers the facility.
            administered_by: DivisionScopeFilter = AdministeredBy;
        }
        one {
            /// The project.
            project: PartnershipProjectFilter = ProjectId;
            /// The facility.
            facility: FacilityFilter = FacilityId;
        }
    }
}

order! {
    /// Orders of lists of sites.
    PartnershipSiteOrder for partnership_site {
        /// By day of joining.
        JoinedOnAsc JoinedOnDesc = JoinedOn;
    }
}
