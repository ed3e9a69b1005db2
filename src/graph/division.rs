//! divisions: the type, its filter and its orders.

use entity::term::{DivisionKind, DivisionLevel};

use super::{
    facility::{Facility, FacilityFilter},
    program::Program,
    record::{filter, order, record},
    value::{DivisionScopeFilter, NumberFilter, TermFilter, TextFilter},
};

record! {
    /// 行政区划: a node of the administrative tree, from the nation to a township.
    Division(division, DivisionFilter, DivisionOrder) {
        columns {
            /// Statistical code at its native length: 2, 4, 6 or 9 digits; `0` for the nation.
            code: String = Code;
            /// Name, in Chinese.
            name: String = Name;
            /// Village-level units of a township; null above that level.
            village_count: i32 = VillageCount;
        }
        terms {
            /// Tier in the tree.
            level: DivisionLevel = Level;
            /// What kind of node it is.
            kind: DivisionKind = Kind;
        }
        one {
            /// The division that it is part of; null for the nation.
            parent: Division = ParentId;
        }
        many {
            /// The divisions that it is made of.
            children: Division = division ParentId;
            /// 属地: facilities that stand in this very division, not in those below.
            facilities_located: Facility = facility LocatedIn;
            /// 隶属: facilities that this very division administers.
            facilities_administered: Facility = facility AdministeredBy;
            /// Programs that this very division runs.
            programs: Program = program DivisionId;
        }
    }
}

filter! {
    /// Conditions on divisions.
    DivisionFilter for Division(division) {
        values {
            /// In the subtree of a division.
            within: DivisionScopeFilter = Id;
            /// Statistical code.
            code: TextFilter = Code;
            /// Name.
            name: TextFilter = Name;
            /// Tier.
            level: TermFilter<DivisionLevel> = Level;
            /// Kind of node.
            kind: TermFilter<DivisionKind> = Kind;
            /// Village-level units.
            village_count: NumberFilter = VillageCount;
        }
        one {
            /// The division that it is part of.
            parent: DivisionFilter = ParentId;
        }
        many {
            /// Facilities that stand in this very division.
            facilities_located: FacilityFilter = facility LocatedIn;
        }
    }
}

order! {
    /// Orders of lists of divisions.
    DivisionOrder for division {
        /// By statistical code.
        CodeAsc CodeDesc = Code;
        /// By name.
        NameAsc NameDesc = Name;
        /// By village-level units.
        VillageCountAsc VillageCountDesc = VillageCount;
    }
}
