//! Personal values in clear, for a purpose: whoever may have them so is noted in the
//! audit trail before they are told.

use chrono::Utc;
use entity::audit_event;
use sea_orm::sea_query::{Expr, Query, SelectStatement};

use crate::{
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

/// Why personal values are asked for, and by which request.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// In words.
    pub text: String,
    /// Id of the request.
    pub request: Option<String>,
}

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
        purpose: &Purpose,
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
        self.note(key, &places, purpose).await?;
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
        purpose: &Purpose,
    ) -> Result<(), AccessError> {
        use audit_event::Column;

        let table = E::KIND.table();
        let columns = columns.iter().map(|column| table.columns[*column].name);
        let columns: Vec<&str> = columns.collect();
        let values: [(Column, Expr); 8] = [
            (Column::At, Expr::val(Utc::now())),
            (Column::UserId, Expr::val(self.caller.user())),
            (Column::Action, Expr::val(Action::Reveal.name())),
            (Column::Kind, Expr::val(E::KIND.name())),
            (Column::RecordId, Expr::val(key)),
            (Column::Columns, Expr::val(columns.join(" "))),
            (Column::Purpose, Expr::val(purpose.text.as_str())),
            (Column::RequestId, Expr::val(purpose.request.clone())),
        ];
        let mut event = Query::select();
        let mut names = Vec::with_capacity(values.len());
        for (column, value) in values {
            names.push(column);
            event.expr(value);
        }
        event.and_where(self.guard());
        let insert = Query::insert()
            .into_table(audit_event::Entity)
            .columns(names)
            .select_from(event)
            .map_err(AccessError::internal)?
            .to_owned();
        self.caller.write(&insert).await
    }
}
