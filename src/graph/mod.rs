//! The GraphQL schema over what [`access`] lets a caller see, one file a type.

/// Hands each type of record to the macro `$each`, which takes `$more` behind them: its
/// module; at the root of queries the field that gives one by its id, and the list; its
/// parts of the root of mutations.
macro_rules! records {
    ($each:ident $($more:tt)*) => {
        $each! {
            {
                Division(division) {
                    many {
                        /// Divisions, from the nation to the townships.
                        divisions
                    }
                }
                Organization(organization) {
                    many {
                        /// Organizations.
                        organizations
                    }
                }
                Facility(facility) {
                    one {
                        /// A facility by its id.
                        facility
                    }
                    many {
                        /// Facilities that you may see.
                        facilities
                    }
                    changes { FacilityCreation, FacilityChanges }
                }
                Person(person) {
                    changes { PersonCreation, PersonChanges }
                }
                StaffMember(staff_member) {
                    one {
                        /// A member of staff by the record's id.
                        staff_member
                    }
                    many {
                        /// Staff that you may see.
                        staff
                    }
                    changes { StaffMemberCreation, StaffMemberChanges }
                }
                Employment(employment) {
                    changes { EmploymentCreation, EmploymentChanges }
                }
                Transfer(transfer) {
                    many {
                        /// Requests that people come to work in a division that you may see.
                        transfers
                    }
                    changes { TransferChanges }
                }
                Clash(clash) {}
                Program(program) {
                    one {
                        /// A program by its id.
                        program
                    }
                    many {
                        /// Programs that you may see.
                        programs
                    }
                    changes { ProgramCreation, ProgramChanges }
                }
                Stage(stage) {
                    changes { StageCreation, StageChanges }
                }
                Enrollment(enrollment) {
                    many {
                        /// Enrollments that you may see.
                        enrollments
                    }
                    changes { EnrollmentCreation, EnrollmentChanges }
                }
                PartnershipProject(partnership_project) {
                    one {
                        /// A partnership project by its id.
                        partnership_project
                    }
                    many {
                        /// Partnership projects that you may see.
                        partnership_projects
                    }
                    changes { PartnershipProjectCreation, PartnershipProjectChanges }
                }
                PartnershipParty(partnership_party) {}
                PartnershipModule(partnership_module) {}
                PartnershipSite(partnership_site) {}
                PartnershipActivity(partnership_activity) {
                    changes { PartnershipActivityCreation, PartnershipActivityChanges }
                }
                User(user) {
                    many {
                        /// Accounts: your own and, for administrators and hosts, those that
                        /// hold a role in their place.
                        users
                    }
                    changes { UserChanges }
                }
                RoleBinding(role_binding) {
                    changes { RoleBindingChanges }
                }
                PolicyRule(policy_rule) {
                    many {
                        /// The policy, for the nation's administrators.
                        policy_rules
                    }
                    changes { PolicyRuleChanges }
                }
                AuditEvent(audit_event) {
                    many {
                        /// The audit trail, for auditors: of their divisions.
                        audit_events
                    }
                }
            }
            $($more)*
        }
    };
}

mod administration;
mod argument;
mod audit_event;
mod change;
mod clash;
mod classification;
mod condition;
mod connection;
mod creation;
mod crowd;
mod division;
mod document;
mod employment;
mod enrollment;
mod error;
mod executable;
mod execution;
mod explanation;
mod facility;
mod id;
mod input;
mod introspection;
mod limit;
mod limits;
mod marker;
mod member;
mod mutation;
mod name;
mod node;
mod operation;
mod organization;
mod partnership_activity;
mod partnership_module;
mod partnership_party;
mod partnership_project;
mod partnership_site;
mod person;
mod policy_rule;
mod program;
mod query;
mod readable;
mod reason;
mod record;
mod reveal;
mod role_binding;
mod scalar;
mod selection;
mod shape;
mod simulation;
mod staff_member;
mod stage;
mod statistics;
mod tokens;
mod transfer;
mod trusted;
mod types;
mod user;
mod validation;
mod value;
mod variables;
mod viewer;
mod weight;

pub use crowd::Place;
pub use execution::Graph;
pub use limit::Limit;
pub use limits::Limits;
pub use operation::{Operation, Outcome, Refused, Source};
pub use trusted::TrustedDocuments;
