//! What there was at the end of a day, counted at the lowest places of a release.

use std::collections::{BTreeMap, HashMap};

use chrono::{Months, NaiveDate};
use entity::term::DivisionLevel;
use sea_orm::{QueryResult, Statement};

use crate::{
    cube::{Dimension, Leaves, dimensions},
    database::Database,
    error::AccessError,
    kind::Kind,
    places::Places,
    statement::Plan,
    tally::node_of,
};

/// Counts facilities and employments that had begun by a day and went on behind it, and
/// the enrollments of its year, with their terms as they are now.
pub(crate) struct Census<'a> {
    pub(crate) database: &'a Database,
    pub(crate) places: &'a Places<'a>,
    pub(crate) day: NaiveDate,
}

impl Census<'_> {
    /// The divisions above counties to which something belongs as a whole: those where a
    /// facility is or a program is run, which everybody may know, or was, when somebody
    /// entered a program.
    pub(crate) async fn whole_divisions(database: &Database) -> Result<Vec<i64>, AccessError> {
        let sql = "SELECT located_in FROM facility UNION SELECT administered_by FROM facility
            UNION SELECT division_id FROM program UNION SELECT division_id FROM enrollment";
        let rows = select(database, sql.to_owned()).await?;
        let keys = rows.iter().map(|row| row.try_get_by_index(0));
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// The facilities, by each of their dimensions.
    pub(crate) async fn facilities(&self) -> Result<Vec<Leaves>, AccessError> {
        self.by_each(Kind::Facility, "located_in", |column| {
            (
                column.to_owned(),
                format!("facility WHERE {}", self.in_force("opened_on", "closed_on")),
            )
        })
        .await
    }

    /// The staff at their main sites, by each of their dimensions.
    pub(crate) async fn staff(&self) -> Result<Vec<Leaves>, AccessError> {
        self.by_each(Kind::StaffMember, "employment.located_in", |column| {
            // The post is that of the employment of that day.
            let table = match column {
                "key_post" => "employment",
                _ => "staff_member",
            };
            (
                format!("{table}.{column}"),
                format!(
                    "employment
                    JOIN staff_member ON staff_member.person_id = employment.person_id
                    WHERE employment.main AND {}",
                    self.in_force("employment.started_on", "employment.ended_on")
                ),
            )
        })
        .await
    }

    /// The enrollments that began within the year of that day, and those of them in
    /// programs that a project supports, by all projects that support any. Each is counted
    /// in one year alone: if a year's counts held those of the years before, each would be
    /// at most the next, and from many years what is withheld could be worked out.
    pub(crate) async fn enrollments(&self) -> Result<(Leaves, BTreeMap<i64, Leaves>), AccessError> {
        let sql = format!(
            "SELECT {}, status, count(*), supported_by
            FROM enrollment JOIN program ON program.id = enrollment.program_id
            WHERE entered_on > '{}' AND entered_on <= '{}' GROUP BY 1, 2, 4",
            lowest("enrollment.division_id"),
            self.day - Months::new(12),
            self.day
        );
        let [dimension] = dimensions(Kind::Enrollment) else {
            return Ok(Default::default());
        };
        let terms = numbers(dimension);
        let mut all = Leaves::new();
        // A project without any has counts like one with a few.
        let projects = "SELECT DISTINCT supported_by FROM program WHERE supported_by IS NOT NULL";
        let projects = select(self.database, projects.to_owned()).await?;
        let mut supported = BTreeMap::new();
        for project in projects {
            supported.insert(project.try_get_by_index::<i64>(0)?, Leaves::new());
        }
        for row in select(self.database, sql).await? {
            self.add(&mut all, &terms, &row)?;
            if let Some(project) = row.try_get_by_index::<Option<i64>>(3)? {
                self.add(supported.entry(project).or_default(), &terms, &row)?;
            }
        }
        Ok((all, supported))
    }

    /// The counts by each of a kind's dimensions. One statement counts all of them, so
    /// that they are of the same records.
    async fn by_each(
        &self,
        kind: Kind,
        place: &str,
        source: impl Fn(&str) -> (String, String),
    ) -> Result<Vec<Leaves>, AccessError> {
        let place = lowest(place);
        let each = dimensions(kind).iter().enumerate().map(|(number, by)| {
            let (term, rows) = source(by.column);
            format!("SELECT {place}, {term}, count(*), {number} FROM {rows} GROUP BY 1, 2")
        });
        let sql = each.collect::<Vec<_>>().join(" UNION ALL ");
        let terms: Vec<_> = dimensions(kind).iter().map(numbers).collect();
        let mut leaves = vec![Leaves::new(); terms.len()];
        for row in select(self.database, sql).await? {
            let number: i32 = row.try_get_by_index(3)?;
            let number = usize::try_from(number).map_err(AccessError::internal)?;
            self.add(&mut leaves[number], &terms[number], &row)?;
        }
        Ok(leaves)
    }

    /// Adds a row's count where it belongs.
    fn add(
        &self,
        leaves: &mut Leaves,
        terms: &HashMap<String, usize>,
        row: &QueryResult,
    ) -> Result<(), AccessError> {
        let term: String = row.try_get_by_index(1)?;
        let term = terms.get(&term).copied();
        let term = term.ok_or_else(|| AccessError::internal("a record has an unknown term"))?;
        let place = self.places.leaf_of(row.try_get_by_index(0)?);
        if !self.places.holds(place) {
            return Err(AccessError::internal("a record counts in an unknown place"));
        }
        let count: i64 = row.try_get_by_index(2)?;
        *leaves.entry((place, term)).or_default() += count;
        Ok(())
    }

    fn in_force(&self, from: &str, to: &str) -> String {
        let day = self.day;
        format!("({from} IS NULL OR {from} <= '{day}') AND ({to} IS NULL OR {to} > '{day}')")
    }
}

/// The county of a column's division.
fn lowest(column: &str) -> String {
    node_of(column, DivisionLevel::County.digit())
}

fn numbers(dimension: &Dimension) -> HashMap<String, usize> {
    (dimension.terms)().into_iter().zip(0..).collect()
}

async fn select(database: &Database, sql: String) -> Result<Vec<QueryResult>, AccessError> {
    let statement = Statement::from_string(database.backend, sql);
    database.send(Plan::Own, statement).await
}
