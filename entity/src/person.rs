//! A person: staff, student or expert.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    mask::Mask,
    sealed::Sealed,
    term::{IdentityKind, Sex},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// What identity document the number is of.
    pub identity_kind: Option<IdentityKind>,
    /// Number of the identity document.
    pub identity_number: Option<Sealed>,
    /// Telephone number.
    pub phone: Option<Sealed>,
    /// Date of birth, as `1985-03-21`.
    pub birth_date: Option<Sealed>,
    /// By which the identity number is found.
    pub identity_number_digest: Option<i64>,
    /// By which the telephone number is found.
    pub phone_digest: Option<i64>,
    /// By which the date of birth is found.
    pub birth_date_digest: Option<i64>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
    const MASKS: &'static [(&'static str, Mask)] = &[
        ("name", Mask::Surname),
        ("identity_number", Mask::Document),
        ("phone", Mask::Telephone),
        ("birth_date", Mask::Year),
    ];
}
