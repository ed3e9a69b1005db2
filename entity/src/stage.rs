//! An ordered stage of a program.

use std::ops::RangeInclusive;

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stage")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The program.
    pub program_id: i64,
    /// The program's division, kept equal by a composite foreign key.
    pub division_id: i64,
    /// Place in the order, from 1.
    pub ordinal: i32,
    /// Name.
    pub name: String,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[
        Tie::Division("division_id"),
        Tie::Above("division_id"),
        Tie::Program("program_id"),
    ];
    const LINKS: &'static [Link] =
        &[Link::to(Kind::Program, "program_id").copying(&[("division_id", "division_id")])];
    const NUMBERS: &'static [(&'static str, RangeInclusive<i64>)] = &[("ordinal", 1..=1_000)];
}
