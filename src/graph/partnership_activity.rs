//! activities: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::ActivityKind;

use super::{
    change::changes,
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
        kept { version active }
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
        kept { active }
        one {
            /// The project.
            project: PartnershipProjectFilter = ProjectId;
            /// The module.
            module: PartnershipModuleFilter = ModuleId;
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

changes! {
    PartnershipActivityChanges of PartnershipActivity(partnership_activity)
    gives PartnershipActivityPayload { partnership_activity } {
        /// Changes an activity.
        update_partnership_activity(UpdatePartnershipActivityInput);
        /// Takes an activity out of use: it does not take place, or was an error.
        deactivate_partnership_activity;
    }
    needed {
        values {
            /// Title, in 1 to 200 characters.
            name: String = Name;
            /// Day.
            held_on: NaiveDate = HeldOn;
            /// Place, in 1 to 200 characters.
            place: String = Place;
        }
        terms {
            /// Kind.
            kind: ActivityKind = Kind;
        }
    }
    optional {
        links {
            /// Module that it belongs to, of the same project.
            module: PartnershipModule = ModuleId;
        }
    }
    made by PartnershipActivityCreation {
        /// Enters an activity of a partnership project.
        create_partnership_activity(CreatePartnershipActivityInput);
        fixed {
            links {
                /// The project.
                project: PartnershipProject = ProjectId;
            }
        }
    }
}
