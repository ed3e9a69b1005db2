//! Personal values in clear, for a purpose: whoever may have them so is noted in the
//! audit trail before they are told.

use sea_orm::sea_query::SelectStatement;

use crate::{
    audit::{self, Event, Gates, Origin, Right},
    datum::{Datum, one_of},
    error::AccessError,
    filter::Compiler,
    kind::{self, Resource},
    projection::Projection,
    row::Row,
    rows::{Rows, read},
    scope::Way,
    statement::Plan,
    vocabulary::Action,
};

impl<E: Resource> Rows<E> {
    /// A record that the caller may open, with these columns in clear.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is none that the caller may open,
    /// [`AccessError::Forbidden`] if a column is not the caller's to reveal on it,
    /// [`AccessError::Stale`], [`AccessError::Internal`]; then nothing is told.
    pub async fn reveal(
        &self,
        key: i64,
        columns: &[E::Column],
        purpose: &str,
        origin: &Origin,
    ) -> Result<Row<E>, AccessError> {
        let mut places: Vec<usize> = columns
            .iter()
            .map(|column| kind::index::<E>(*column))
            .collect();
        places.sort_unstable();
        places.dedup();
        let Some((select, projection)) = self.settled(Ok(self.revealing(key, &places))).await?
        else {
            return Err(AccessError::NotFound);
        };
        let results = self.caller.select(Plan::Kept, &select).await?;
        let mut rows = read::<E>(&projection, &results, &self.caller)?;
        let row = rows.pop().ok_or(AccessError::NotFound)?;
        for column in columns {
            row.is_readable(*column)?;
        }
        self.note(key, &places, purpose, origin).await?;
        Ok(row)
    }

    fn revealing(&self, key: i64, columns: &[usize]) -> Option<(SelectStatement, Projection)> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        let mut select = frame.rows()?;
        let projection = Projection::revealing(&frame, columns);
        projection.select(&mut select);
        let key = one_of(self.caller.backend(), frame.raw(0), vec![Datum::from(key)]);
        select.and_where(key).and_where(self.guard());
        Some((select, projection))
    }

    /// Writes the event if the decision is still in force.
    async fn note(
        &self,
        key: i64,
        columns: &[usize],
        purpose: &str,
        origin: &Origin,
    ) -> Result<(), AccessError> {
        let gates: Gates = |view, column| vec![&view.gates[column], &view.reveals[column]];
        let mut rights = Right::to(&self.caller, E::KIND, &[key], columns, gates).await?;
        let right = rights.remove(&key).ok_or(AccessError::NotFound)?;
        let event = Event {
            action: Action::Reveal,
            kind: E::KIND,
            record: key,
            columns,
            division: right.division,
            bindings: &right.bindings,
            purpose: Some(purpose),
            origin,
        };
        let insert = event.insert(&self.caller, Some(self.guard()))?;
        audit::write(&self.caller, insert).await
    }
}
