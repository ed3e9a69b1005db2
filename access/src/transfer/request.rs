//! A request, as the database holds it.

use chrono::NaiveDate;
use entity::{employment, person, staff_member, transfer};
use sea_orm::{
    IdenStatic, QueryResult, TryGetable,
    sea_query::{Expr, ExprTrait, Query},
};

use super::given;
use crate::{
    assignment::Given, datum::Datum, error::AccessError, kind::Kind, personal::Spot,
    writing::Writing,
};

/// A request that is to be decided.
pub(super) struct Request {
    pub(super) division: i64,
    pub(super) starts_on: NaiveDate,
    pub(super) asked: Asked,
}

/// Who is to come.
pub(super) enum Asked {
    /// One of the staff, who is let go.
    Staff { person: i64, from: Left },
    /// Whoever has this identity number.
    Candidate(Box<Candidate>),
}

/// Where somebody is let go.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub(super) facility: i64,
    /// Division that administered it then: what it agreed to binds no other.
    pub(super) division: Option<i64>,
}

/// Somebody who is to be hired, by what the columns would hold.
pub(super) struct Candidate {
    pub(super) identity_number: Datum,
    pub(super) person: Vec<Given>,
    pub(super) record: Vec<Given>,
    pub(super) post: Vec<Given>,
}

impl Request {
    pub(super) async fn read(writing: &mut Writing<'_>, key: i64) -> Result<Request, AccessError> {
        use transfer::Column;

        let select = Query::select()
            .columns(
                Kind::Transfer
                    .table()
                    .columns
                    .iter()
                    .map(|column| column.name),
            )
            .from(transfer::Entity)
            .and_where(Expr::col(Column::Id).eq(key))
            .take();
        let rows = writing.run(&select).await?;
        let row = Row(rows.first().ok_or(AccessError::NotFound)?);
        let asked = match (row.get(Column::PersonId)?, row.get(Column::FromId)?) {
            (Some(person), Some(facility)) => {
                let division = row.get(Column::ReleasedBy)?;
                let from = Left { facility, division };
                Asked::Staff { person, from }
            }
            _ => {
                let sealed: Vec<u8> = row.needed(Column::IdentityNumber)?;
                let spot = Spot {
                    column: "transfer.identity_number",
                    record: key,
                };
                let number = writing.caller().keys().open(spot, &sealed)?;
                Asked::Candidate(Box::new(row.candidate(number.as_str().into())?))
            }
        };
        Ok(Request {
            division: row.needed(Column::DivisionId)?,
            starts_on: row.needed(Column::StartsOn)?,
            asked,
        })
    }
}

struct Row<'a>(&'a QueryResult);

impl Row<'_> {
    fn get<T: TryGetable>(&self, column: transfer::Column) -> Result<Option<T>, AccessError> {
        Ok(self.0.try_get("", column.as_str())?)
    }

    fn needed<T: TryGetable>(&self, column: transfer::Column) -> Result<T, AccessError> {
        let missing = || AccessError::internal(format!("no {} is there", column.as_str()));
        self.get(column)?.ok_or_else(missing)
    }

    /// A text as what another column is to hold.
    fn text(&self, column: transfer::Column) -> Result<Datum, AccessError> {
        let text: String = self.needed(column)?;
        Ok(text.as_str().into())
    }

    fn candidate(&self, identity_number: Datum) -> Result<Candidate, AccessError> {
        use transfer::Column;

        let facility: i64 = self.needed(Column::FacilityId)?;
        let mut person = vec![
            given(person::Column::Name, self.text(Column::Name)?),
            given(person::Column::Sex, self.text(Column::Sex)?),
            given(person::Column::IdentityNumber, identity_number.clone()),
        ];
        if self.get::<String>(Column::IdentityKind)?.is_some() {
            let kind = self.text(Column::IdentityKind)?;
            person.push(given(person::Column::IdentityKind, kind));
        }
        Ok(Candidate {
            identity_number,
            person,
            record: vec![
                given(
                    staff_member::Column::ProfessionCategory,
                    self.text(Column::ProfessionCategory)?,
                ),
                given(
                    staff_member::Column::Education,
                    self.text(Column::Education)?,
                ),
                given(staff_member::Column::Title, self.text(Column::Title)?),
            ],
            post: vec![
                given(employment::Column::FacilityId, facility),
                given(employment::Column::EmployerId, facility),
                given(employment::Column::Tenure, self.text(Column::Tenure)?),
                given(employment::Column::KeyPost, self.text(Column::KeyPost)?),
                given(
                    employment::Column::TitleEngaged,
                    self.text(Column::TitleEngaged)?,
                ),
            ],
        })
    }
}
