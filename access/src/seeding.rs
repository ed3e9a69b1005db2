//! Whether the database has been given data, and which: where the loading of much data
//! is cut off, it is gone on with.

use entity::{division, seeding};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{error::AccessError, kind::Resource, system::System};

/// How far the data is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seeding {
    /// There is none.
    None,
    /// The data of this scale was begun with, and not all of it is there.
    Unfinished(String),
    /// There is data.
    Finished,
}

impl System {
    /// How far the data is loaded.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn seeding(&self) -> Result<Seeding, AccessError> {
        let begun = seeding::Entity::find().one(self.connection()).await?;
        Ok(match begun {
            Some(begun) if !begun.finished => Seeding::Unfinished(begun.scale),
            Some(_) => Seeding::Finished,
            None if self.holds::<division::Entity>().await? => Seeding::Finished,
            None => Seeding::None,
        })
    }

    /// Notes that data of this scale is about to be loaded, table by table.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if some was begun with before, or the database fails.
    pub async fn begin_seeding(&self, scale: &str) -> Result<(), AccessError> {
        let begun = seeding::Model {
            id: 1,
            scale: scale.to_owned(),
            finished: false,
        };
        let insert = seeding::Entity::insert(begun.into_active_model());
        insert.exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Notes that all of it is there.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn finish_seeding(&self) -> Result<(), AccessError> {
        let finished = seeding::ActiveModel {
            id: Set(1),
            finished: Set(true),
            ..Default::default()
        };
        seeding::Entity::update(finished)
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Whether there is any record of this kind.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn holds<E: Resource>(&self) -> Result<bool, AccessError> {
        let some = E::find().one(self.connection()).await?;
        Ok(some.is_some())
    }
}
