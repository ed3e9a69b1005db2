//! Writing: the only way to change a record, for a caller. It is looked at before and
//! after, and what was done is written down, in one transaction: all of it holds, or
//! nothing.

use std::marker::PhantomData;

use crate::{
    assignment::Given,
    audit::Origin,
    caller::Caller,
    datum::Datum,
    error::AccessError,
    kind::{self, ACTIVE, Changeable, Column},
    look::Found,
    vocabulary::Action,
    writing::Writing,
};

/// A change of a record of `E` by a caller.
pub struct Change<E> {
    caller: Caller,
    origin: Origin,
    /// The columns that it writes, with their values.
    values: Vec<Given>,
    entity: PhantomData<fn() -> E>,
}

impl<E: Changeable> Change<E> {
    /// One that writes nothing yet.
    pub fn by(caller: &Caller, origin: &Origin) -> Change<E> {
        Change {
            caller: caller.clone(),
            origin: origin.clone(),
            values: Vec::new(),
            entity: PhantomData,
        }
    }

    /// With this value of a column; none empties it.
    #[must_use]
    pub fn set(mut self, column: Column<E>, value: Option<Datum>) -> Change<E> {
        self.values.push((kind::index::<E>(column), value));
        self
    }

    /// Makes a record and gives its key.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if it is not the caller's to make,
    /// [`AccessError::Missing`] if it refers to what the caller may not open,
    /// [`AccessError::InvalidInput`], [`AccessError::Conflict`], [`AccessError::Stale`],
    /// [`AccessError::Internal`]; then nothing has changed.
    pub async fn create(self) -> Result<i64, AccessError> {
        let mut writing = Writing::begin(&self.caller, E::KIND, Action::Create).await?;
        let made = self.make(&mut writing).await;
        writing.end(made).await
    }

    async fn make(&self, writing: &mut Writing<'_>) -> Result<i64, AccessError> {
        writing.check_links(None, &self.values).await?;
        let key = writing.make(&self.values).await?;
        writing.attest(key, &self.columns(), &self.origin).await?;
        Ok(key)
    }

    /// Changes the record of this version.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is none that the caller may open,
    /// [`AccessError::Forbidden`] if it is not the caller's to change, as it is or as it
    /// would be, [`AccessError::Conflict`] if it is of another version or out of use, and
    /// as [`Change::create`]; then nothing has changed.
    pub async fn update(self, key: i64, version: i32) -> Result<(), AccessError> {
        if self.values.is_empty() {
            return Err(AccessError::InvalidInput(
                "the input changes nothing: give at least one field".to_owned(),
            ));
        }
        self.write(Action::Update, key, version, None).await
    }

    /// Takes the record of this version out of use, for this reason.
    ///
    /// # Errors
    /// As [`Change::update`].
    pub async fn deactivate(
        mut self,
        key: i64,
        version: i32,
        reason: &str,
    ) -> Result<(), AccessError> {
        let active = E::KIND.table().index(ACTIVE);
        let active = active.ok_or_else(|| AccessError::internal("it has no such column"))?;
        self.values = vec![(active, Some(false.into()))];
        self.write(Action::Deactivate, key, version, Some(reason))
            .await
    }

    pub(crate) async fn write(
        self,
        action: Action,
        key: i64,
        version: i32,
        reason: Option<&str>,
    ) -> Result<(), AccessError> {
        let mut writing = Writing::begin(&self.caller, E::KIND, action).await?;
        let written = self.rewrite(&mut writing, key, version, reason).await;
        writing.end(written).await
    }

    async fn rewrite(
        &self,
        writing: &mut Writing<'_>,
        key: i64,
        version: i32,
        reason: Option<&str>,
    ) -> Result<(), AccessError> {
        let columns = self.columns();
        let before = writing.lock(key, &columns).await?;
        writing.check_allowed(&before, &columns)?;
        before.check_current(version)?;
        writing.check_links(Some(key), &self.values).await?;
        writing.hold_key(&self.values).await?;
        writing.update(key, &self.values).await?;
        let after = writing.look(key, &columns).await?;
        let after = after.filter(Found::is_allowed).ok_or_else(would_be_lost)?;
        after.check_order()?;
        let note = (reason, &self.origin);
        writing.note(key, &columns, &before, note).await?;
        if after.division != before.division {
            // The auditors of where it goes are told as well.
            writing.note(key, &columns, &after, note).await?;
        }
        Ok(())
    }

    fn columns(&self) -> Vec<usize> {
        self.values.iter().map(|(column, _)| *column).collect()
    }
}

fn would_be_lost() -> AccessError {
    AccessError::Forbidden(
        "the record would no longer be yours to change: who has rights on both sides may do this"
            .to_owned(),
    )
}
