//! modules: the type, its filter and its orders.

use super::{
    partnership_activity::PartnershipActivity,
    partnership_project::{PartnershipProject, PartnershipProjectFilter},
    record::{filter, order, record},
    value::{NumberFilter, TextFilter},
};

record! {
    /// A module of a partnership project.
    PartnershipModule(partnership_module, PartnershipModuleFilter, PartnershipModuleOrder) {
        columns {
            /// Place in the order, from 1.
            ordinal: i32 = Ordinal;
            /// Name.
            name: String = Name;
        }
        one {
            /// The project.
            project: PartnershipProject = ProjectId;
        }
        many {
            /// Activities of this module.
            activities: PartnershipActivity = partnership_activity ModuleId;
        }
    }
}

filter! {
    /// Conditions on modules.
    PartnershipModuleFilter for PartnershipModule(partnership_module) {
        values {
            /// Place in the order.
            ordinal: NumberFilter = Ordinal;
            /// Name.
            name: TextFilter = Name;
        }
        one {
            /// The project.
            project: PartnershipProjectFilter = ProjectId;
        }
    }
}

order! {
    /// Orders of lists of modules.
    PartnershipModuleOrder for partnership_module {
        /// By place in the project.
        OrdinalAsc OrdinalDesc = Ordinal;
        /// By name.
        NameAsc NameDesc = Name;
    }
}
