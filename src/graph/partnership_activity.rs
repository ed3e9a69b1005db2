//! activities: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::ActivityKind;

use super::{
    partnership_module::{PartnershipModule, PartnershipModuleFilter},
    partnership_project::{PartnershipProject, PartnershipProjectFilter},
    record::{filter, order, record},
    value::{DateFilter, TermFilter, TextFilter},
};

record! {
    /// An activity of a partnership project.
    PartnershipActivity(partnership_activity, PartnershipActivityFilter, PartnershipActivityOrder) {
        columns {
            /// Title.
            name: String = Name;
            /// Day.
            held_on: NaiveDate = HeldOn;
            /// Place.
            place: String = Place;
        }
        terms {
            /// Kind.
            kind: ActivityKind = Kind;
        }
        one {
            /// The project.
            project: PartnershipProject = ProjectId;
            /// Module that it belongs to.
            module: PartnershipModule = ModuleId;
        }
        many {
        }
    }
}

filter! {
    /// Conditions on activities.
    PartnershipActivityFilter for PartnershipActivity(partnership_activity) {
        values {
            /// Title.
            name: TextFilter = Name;
            /// Kind.
            kind: TermFilter<ActivityKind> = Kind;
            /// Day.
            held_on: DateFilter = HeldOn;
            /// Place.
            place: TextFilter = Place;
        }
        one {
            /// The project.
            project: PartnershipProjectFilter = ProjectId;
            /// The module.
            module: PartnershipModuleFilter = ModuleId;
        }
        many {
        }
    }
}

order! {
    /// Orders of lists of activities.
    PartnershipActivityOrder for partnership_activity {
        /// By day.
        HeldOnAsc HeldOnDesc = HeldOn;
        /// By title.
        NameAsc NameDesc = Name;
    }
}
