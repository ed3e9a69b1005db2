//! Which keys the personal data of a database is sealed under: of each the database
//! holds a proof, so that a wrong or a missing key is found before anything is read.

use entity::secret;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};

use crate::{
    error::AccessError,
    personal::{PersonalKeys, key_name},
    system::System,
};

/// The names of the proofs among the database's secrets begin with this.
pub(crate) const PROOF: &str = "personal data ";

/// The name of the proof of the key that seals.
pub(crate) fn proof_name(keys: &PersonalKeys) -> String {
    format!("{PROOF}{}", key_name(keys.current()))
}

impl System {
    /// The names of the keys that the personal data is sealed under; none where there
    /// has never been any.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn personal_key_names(&self) -> Result<Vec<String>, AccessError> {
        let proofs = self.proofs().await?;
        Ok(proofs.iter().map(|proof| key_name(&proof.value)).collect())
    }

    /// Makes sure that these are the keys of the database's personal data, and works
    /// with them from now on. The database must be up to date.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if a key is missing or wrong,
    /// [`AccessError::Internal`] if the database fails or the keys are given twice.
    pub async fn unlock(&self, keys: PersonalKeys) -> Result<(), AccessError> {
        let proofs = self.proofs().await?;
        if let Some(proof) = proofs.iter().find(|proof| !keys.proves(&proof.value)) {
            let given: Vec<String> = keys.names().collect();
            let name = key_name(&proof.value);
            return Err(AccessError::InvalidInput(match given.contains(&name) {
                true => format!(
                    "the proof of the key {name} is not what this version makes: the database is of an earlier one, or was changed"
                ),
                false => format!(
                    "personal data of this database is sealed under the key {name}, which is not given; given are {}",
                    given.join(", ")
                ),
            }));
        }
        let proof = secret::ActiveModel {
            id: NotSet,
            name: Set(proof_name(&keys)),
            value: Set(keys.proof()?),
        };
        let known = OnConflict::column(secret::Column::Name)
            .do_nothing()
            .to_owned();
        secret::Entity::insert(proof)
            .on_conflict(known)
            .exec_without_returning(self.connection())
            .await?;
        self.keep_keys(keys)
    }

    async fn proofs(&self) -> Result<Vec<secret::Model>, AccessError> {
        let proofs = secret::Entity::find().filter(secret::Column::Name.starts_with(PROOF));
        Ok(proofs.all(self.connection()).await?)
    }
}
