//! Publishing the counts of a year's end, once: what is asked for later, and however
//! often, is answered by what was published then.

use chrono::{Datelike, NaiveDate, Utc};
use entity::{release, released_count};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, Iterable, QueryOrder, TransactionTrait,
};

use crate::{
    census::Census,
    cube::{self, Released, dimensions},
    divisions::Divisions,
    error::AccessError,
    kind::Kind,
    places::Places,
    system::System,
};

/// How many counts a release has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// All.
    pub counts: usize,
    /// Those of them that are withheld.
    pub withheld: usize,
}

/// Parameters that one statement may carry on SQLite.
const PARAMETERS: usize = 30_000;

impl System {
    /// Publishes the counts of a year's end: of the main employments and facilities of that
    /// day and the enrollments of that year, with their terms as they are now. Tells
    /// `progress` of how many of how many withheld counts it has been proved that nothing
    /// tells them.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the year is not over or has been published,
    /// [`AccessError::Internal`] if the database fails; then nothing is published.
    pub async fn publish(
        &self,
        year: i32,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<Publication, AccessError> {
        let day = NaiveDate::from_ymd_opt(year, 12, 31);
        let day = day.filter(|day| day.year() < Utc::now().year());
        let day =
            day.ok_or_else(|| AccessError::InvalidInput(format!("the year {year} is not over")))?;
        if self.published().await?.contains(&year) {
            return Err(AccessError::InvalidInput(format!(
                "{year} has been published, and what was published stays as it is"
            )));
        }
        let database = self.database();
        let divisions = Divisions::load(database, 0).await?;
        let whole = Census::whole_divisions(database).await?;
        let places = Places::of(&divisions, whole.into_iter());
        let census = Census {
            database,
            places: &places,
            day,
        };
        let facilities = census.facilities().await?;
        let facilities = dimensions(Kind::Facility).iter().zip(&facilities);
        let facilities =
            facilities.flat_map(|(by, leaves)| cube::of_facilities(&places, by, leaves));
        let staff = cube::of_staff(&places, &census.staff().await?, progress)?;
        let (enrollments, supported) = census.enrollments().await?;
        let enrollments = cube::of_enrollments(&places, &enrollments, &supported, progress)?;
        self.keep(
            year,
            [
                (Kind::Facility, facilities.collect()),
                (Kind::StaffMember, staff),
                (Kind::Enrollment, enrollments),
            ],
        )
        .await
    }

    /// The years whose ends have been published.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn published(&self) -> Result<Vec<i32>, AccessError> {
        let releases = release::Entity::find().order_by_asc(release::Column::Year);
        let releases = releases.all(self.connection()).await?;
        Ok(releases.into_iter().map(|release| release.year).collect())
    }

    async fn keep(
        &self,
        year: i32,
        counts: [(Kind, Vec<Released>); 3],
    ) -> Result<Publication, AccessError> {
        let transaction = self.connection().begin().await?;
        let release = release::ActiveModel {
            year: Set(year),
            published_at: Set(Utc::now()),
        };
        release::Entity::insert(release)
            .exec_without_returning(&transaction)
            .await?;
        let mut publication = Publication {
            counts: 0,
            withheld: 0,
        };
        for (kind, counts) in counts {
            let withheld = counts.iter().filter(|released| released.count.is_none());
            publication.counts += counts.len();
            publication.withheld += withheld.count();
            let mut rows = counts.into_iter().map(|released| row(year, kind, released));
            loop {
                let some = rows
                    .by_ref()
                    .take(PARAMETERS / released_count::Column::iter().count());
                let some: Vec<_> = some.collect();
                if some.is_empty() {
                    break;
                }
                released_count::Entity::insert_many(some)
                    .exec_without_returning(&transaction)
                    .await?;
            }
        }
        transaction.commit().await?;
        Ok(publication)
    }
}

fn row(year: i32, kind: Kind, released: Released) -> released_count::ActiveModel {
    released_count::ActiveModel {
        id: NotSet,
        year: Set(year),
        kind: Set(kind.name().to_owned()),
        dimension: Set(released.dimension.to_owned()),
        // Levels are digits.
        level: Set(released.place.level as i32),
        project_id: Set(released.project),
        division_id: Set(released.place.division),
        term: Set(released.term),
        count: Set(released.count),
    }
}
