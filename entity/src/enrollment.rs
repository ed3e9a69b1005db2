//! A person in a program.

use std::ops::RangeInclusive;

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    mask::Mask,
    term::EnrollmentStatus,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrollment")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The program.
    pub program_id: i64,
    /// Furthest stage reached, a stage of the same program.
    pub stage_id: Option<i64>,
    /// The person.
    pub person_id: i64,
    /// The person's name, kept equal by a composite foreign key.
    pub participant_name: String,
    /// The person's facility at entry; none for a student.
    pub facility_id: Option<i64>,
    /// Division fixed at entry: the facility's administering one, else the contract county, else the program's.
    pub division_id: i64,
    /// How far it has come.
    pub status: EnrollmentStatus,
    /// Day of entry.
    pub entered_on: Date,
    /// Day of completion or withdrawal.
    pub ended_on: Option<Date>,
    /// Score in points of 100, where one was given.
    pub score: Option<i32>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[
        Tie::Division("division_id"),
        Tie::Facility("facility_id"),
        Tie::Program("program_id"),
    ];
    const LINKS: &'static [Link] = &[
        // Who holds the enrollment of a student holds the student's record.
        Link::to(Kind::Person, "person_id")
            .copying(&[("participant_name", "name")])
            .carrying("name"),
        Link::to(Kind::Stage, "stage_id"),
        Link::to(Kind::Division, "division_id"),
        Link::to(Kind::Facility, "facility_id").fixing(&[("division_id", "administered_by")]),
        Link::to(Kind::Program, "program_id").defaulting(&[("division_id", "division_id")]),
    ];
    const MASKS: &'static [(&'static str, Mask)] = &[("participant_name", Mask::Surname)];
    const PERIODS: &'static [(&'static str, &'static str)] = &[("entered_on", "ended_on")];
    const NUMBERS: &'static [(&'static str, RangeInclusive<i64>)] = &[("score", 0..=100)];
}
