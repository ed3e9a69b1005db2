//! A clash: a request to hire somebody under an identity number, and a person who is known
//! under it already. There is one for each such person, so that what is told of one hangs on
//! no other.

use sea_orm::entity::prelude::*;

use crate::facts::{Facts, Tie};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clash")]
pub struct Model {
    /// Key of the record, made of those of the request and the person: a number in a row
    /// would tell how many others there are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The request.
    pub transfer_id: i64,
    /// The person. Nothing in the database refers: whoever asks would wait for who changes
    /// the person, and know by it that there is one.
    pub person_id: i64,
}

crate::entity!(read);

/// How far the keys of two requests' clashes lie apart.
pub const STEP: i64 = 1 << 32;

impl Model {
    /// The clash of a request and a person.
    pub fn of(transfer_id: i64, person_id: i64) -> Model {
        Model {
            id: transfer_id * STEP + person_id,
            transfer_id,
            person_id,
        }
    }
}

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
}
