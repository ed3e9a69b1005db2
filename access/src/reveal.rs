//! Personal values in clear, for a purpose: whoever may have them so is noted in the
//! audit trail before they are told.

use sea_orm::sea_query::SelectStatement;

use crate::{
    audit::{Event, Origin, division_of},
    cover::{Rule, rule},
    datum::{Datum, one_of},
    error::AccessError,
    filter::Compiler,
    kind::{self, Resource},
    projection::Projection,
    row::Row,
    rows::{Rows, read},
    scope::{Way, opened},
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
        let mut rows = read::<E>(&projection, &results, self.caller.keys())?;
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
        let (division, bindings) = self.right_to(key, columns).await?;
        let event = Event {
            action: Action::Reveal,
            kind: E::KIND,
            record: key,
            columns,
            division,
            bindings: &bindings,
            purpose: Some(purpose),
            origin,
        };
        let insert = event.insert(&self.caller, Some(self.guard()))?;
        self.caller.write(&insert).await
    }

    /// The division that a record belongs to, and the bindings by each of which alone some
    /// of the columns may be had.
    async fn right_to(&self, key: i64, columns: &[usize]) -> Result<(i64, Vec<i64>), AccessError> {
        let policy = self.caller.policy().await?;
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        let mut select = frame.rows().ok_or(AccessError::NotFound)?;
        let table = &frame.table;
        select
            .expr(division_of(E::KIND, table))
            .and_where(one_of(
                self.caller.backend(),
                frame.raw(0),
                vec![key.into()],
            ))
            .and_where(self.guard());
        let scope = self.caller.scope();
        for binding in &scope.bindings {
            let view = opened(E::KIND, scope.user, &[binding], &policy);
            let had = columns
                .iter()
                .flat_map(|column| [&view.gates[*column], &view.reveals[*column]]);
            let had = had.map(|gate| gate.condition(E::KIND, table));
            let had = had.fold(Rule::None, Rule::or);
            select.expr(rule(E::KIND, table, &view.rows).and(had).flag());
        }
        let rows = self.caller.select(Plan::Kept, &select).await?;
        let row = rows.first().ok_or(AccessError::NotFound)?;
        let mut bindings = Vec::new();
        for (place, binding) in (1..).zip(&scope.bindings) {
            if row.try_get_by_index::<i32>(place)? == 1 {
                bindings.push(binding.id);
            }
        }
        Ok((row.try_get_by_index(0)?, bindings))
    }
}
