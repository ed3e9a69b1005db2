//! The database's tables as SeaORM entities, one a file, and the vocabularies
//! of their columns in [`term`]. Each of the [`kinds!`] of records says as well what is to
//! be known of it beside its columns: its [`facts`].

#![allow(
    missing_docs,
    reason = "each entity's module documents its Model; the derives add the rest"
)]

/// Hands each kind of record to the macro `$each`: its description, its name, the module of
/// its entity, its name in the policy.
#[macro_export]
macro_rules! kinds {
    ($each:ident) => {
        $each! {
            /// A node of the administrative tree.
            Division: division = "division",
            /// A legal party.
            Organization: organization = "organization",
            /// A health facility.
            Facility: facility = "facility",
            /// A person.
            Person: person = "person",
            /// A person's professional record.
            StaffMember: staff_member = "staff_member",
            /// An employment, present or past.
            Employment: employment = "employment",
            /// A request that a person come to work in a division.
            Transfer: transfer = "transfer",
            /// A person who is known under the identity number of a request.
            Clash: clash = "clash",
            /// A program that trains or places people.
            Program: program = "program",
            /// A stage of a program.
            Stage: stage = "stage",
            /// A person in a program.
            Enrollment: enrollment = "enrollment",
            /// A public-private partnership project.
            PartnershipProject: partnership_project = "partnership_project",
            /// An organization's part in a project.
            PartnershipParty: partnership_party = "partnership_party",
            /// A module of a project.
            PartnershipModule: partnership_module = "partnership_module",
            /// A facility that takes part in a project.
            PartnershipSite: partnership_site = "partnership_site",
            /// An activity of a project.
            PartnershipActivity: partnership_activity = "partnership_activity",
            /// Someone who may call.
            User: app_user = "user",
            /// A role that a user holds at a target.
            RoleBinding: role_binding = "role_binding",
            /// A line of the policy.
            PolicyRule: policy_rule = "policy_rule",
            /// An event of the audit trail.
            AuditEvent: audit_event = "audit_event",
        }
    };
}

/// What SeaORM and the door ask of the entity of a module beside its model: of one that
/// callers write, more.
macro_rules! entity {
    (read) => {
        #[derive(Copy, Clone, Debug, sea_orm::EnumIter, sea_orm::DeriveRelation)]
        pub enum Relation {}

        impl sea_orm::ActiveModelBehavior for ActiveModel {}
    };
    (written) => {
        entity!(read);

        impl crate::kind::Changeable for Entity {
            const KEPT: [Column; 2] = [Column::Version, Column::Active];
        }
    };
}

use entity;

pub mod app_user;
pub mod audit_event;
pub mod clash;
pub mod division;
pub mod employment;
pub mod enrollment;
pub mod facility;
pub mod facts;
pub mod kind;
pub mod link;
pub mod mask;
pub mod organization;
pub mod partnership_activity;
pub mod partnership_module;
pub mod partnership_party;
pub mod partnership_project;
pub mod partnership_site;
pub mod person;
pub mod policy_epoch;
pub mod policy_rule;
pub mod program;
pub mod release;
pub mod released_count;
pub mod role_binding;
pub mod sealed;
pub mod secret;
pub mod seeding;
pub mod staff_member;
pub mod stage;
pub mod table;
pub mod term;
pub mod transfer;
