//! The database's tables as SeaORM entities, one a file, and the vocabularies
//! of their columns in [`term`].

#![allow(
    missing_docs,
    reason = "each entity's module documents its Model; the derives add the rest"
)]

pub mod app_user;
pub mod audit_event;
pub mod division;
pub mod employment;
pub mod enrollment;
pub mod facility;
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
pub mod term;
