//! organizations: the type, its filter and its orders.

use entity::term::OrganizationKind;

use super::{
    division::Division,
    partnership_party::PartnershipParty,
    program::Program,
    record::{filter, order, record},
    value::{DivisionScopeFilter, TermFilter, TextFilter},
};

record! {
    /// A legal party: government body, public center, association, company, university, or a hospital's legal person.
    Organization(organization, OrganizationFilter, OrganizationOrder) {
        columns {
            /// Name.
            name: String = Name;
            /// 统一社会信用代码: unified social credit code.
            credit_code: String = CreditCode;
        }
        terms {
            /// What kind of party it is.
            kind: OrganizationKind = Kind;
        }
        one {
            /// Division of its seat.
            division: Division = DivisionId;
        }
        many {
            /// Programs that it hosts.
            programs: Program = program HostId;
            /// Its parts in partnership projects.
            partnerships: PartnershipParty = partnership_party OrganizationId;
        }
    }
}

filter! {
    /// Conditions on organizations.
    OrganizationFilter for Organization(organization) {
        values {
            /// Name.
            name: TextFilter = Name;
            /// Kind of party.
            kind: TermFilter<OrganizationKind> = Kind;
            /// Unified social credit code.
            credit_code: TextFilter = CreditCode;
            /// Division of its seat.
            division: DivisionScopeFilter = DivisionId;
        }
    }
}

order! {
    /// Orders of lists of organizations.
    OrganizationOrder for organization {
        /// By name.
        NameAsc NameDesc = Name;
    }
}
