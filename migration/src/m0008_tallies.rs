//! Counts of facilities, staff and enrollments, kept by triggers: whoever writes appends
//! how the counts change, and never waits for another writer at the nation's count. What
//! was appended is folded into the tallies from time to time; a count is the sum of both.

use std::fmt::Write;

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for counted in &COUNTED {
            dialect::run(manager, &counted.tables()).await?;
            let triggers = if dialect::is_postgres(manager) {
                counted.postgres_triggers()
            } else {
                counted.sqlite_triggers()
            };
            dialect::run(manager, &triggers).await?;
            dialect::run(manager, &counted.first_deltas()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for Counted { table, .. } in &COUNTED {
            for event in EVENTS {
                let of = if dialect::is_postgres(manager) {
                    format!(" on {table}")
                } else {
                    String::new()
                };
                dialect::run(manager, &format!("drop trigger {table}_tally_{event}{of}")).await?;
            }
            if dialect::is_postgres(manager) {
                let sql = format!(
                    "drop trigger {table}_tally_truncate on {table};
                    drop function {table}_tally"
                );
                dialect::run(manager, &sql).await?;
            }
            let tables = [format!("{table}_delta"), format!("{table}_tally")];
            dialect::drop(manager, &tables.each_ref().map(String::as_str)).await?;
        }
        Ok(())
    }
}

/// A table whose records are counted by where they are and by some of their terms.
struct Counted {
    table: &'static str,
    places: &'static [&'static str],
    dimensions: &'static [&'static str],
}

const COUNTED: [Counted; 3] = [
    Counted {
        table: "facility",
        places: &["administered_by", "located_in"],
        dimensions: &["facility_type"],
    },
    Counted {
        table: "staff_member",
        places: &["administered_by", "located_in"],
        dimensions: &["title", "education", "key_post"],
    },
    Counted {
        table: "enrollment",
        places: &["division_id"],
        dimensions: &["status"],
    },
];

const EVENTS: [&str; 3] = ["insert", "update", "delete"];

impl Counted {
    fn places(&self) -> String {
        self.places.join(", ")
    }

    /// A tally counts at every level of divisions: `level` is the level's digit, and the
    /// places are nodes of that level or above it.
    fn tables(&self) -> String {
        let Counted { table, places, .. } = self;
        let place = |place: &&str| format!("{place} bigint not null,");
        let columns: Vec<_> = places.iter().map(place).collect();
        let (columns, places) = (columns.join("\n"), self.places());
        format!(
            "create table {table}_tally (
                level integer not null,
                dimension {{text}} not null,
                {columns}
                value {{text}} not null,
                count bigint not null,
                primary key (level, dimension, {places}, value)
            );
            create table {table}_delta (
                id {{key}},
                dimension {{text}} not null,
                {columns}
                value {{text}} not null,
                count bigint not null
            );"
        )
    }

    /// One row for each dimension, of the rows that `source` holds.
    fn counted(&self, source: &str, sign: &str) -> String {
        let places = self.places();
        let each = |dimension: &&str| {
            format!(
                "select '{dimension}' as dimension, {places}, {dimension} as value,
                    {sign}count(*) as count
                from {source} group by {places}, {dimension}"
            )
        };
        let each: Vec<_> = self.dimensions.iter().map(each).collect();
        each.join(" union all ")
    }

    fn append(&self, rows: &str) -> String {
        let (table, places) = (self.table, self.places());
        format!("insert into {table}_delta (dimension, {places}, value, count) {rows};\n")
    }

    /// What is there already.
    fn first_deltas(&self) -> String {
        self.append(&self.counted(self.table, ""))
    }

    /// Once a statement, so that many rows are counted before they are appended.
    fn postgres_triggers(&self) -> String {
        let Counted { table, .. } = self;
        let (added, removed) = (self.counted("added", ""), self.counted("removed", "-"));
        let insert = self.append(&added);
        let delete = self.append(&removed);
        let places = self.places();
        let update = self.append(&format!(
            "select dimension, {places}, value, sum(count) from ({added} union all {removed}) changed
            group by dimension, {places}, value having sum(count) <> 0"
        ));
        format!(
            "create function {table}_tally() returns trigger language plpgsql as $$
            begin
                if tg_op = 'INSERT' then {insert}
                elsif tg_op = 'UPDATE' then {update}
                elsif tg_op = 'DELETE' then {delete}
                else truncate {table}_tally, {table}_delta;
                end if;
                return null;
            end $$;
            create trigger {table}_tally_insert after insert on {table}
                referencing new table as added
                for each statement execute function {table}_tally();
            create trigger {table}_tally_update after update on {table}
                referencing old table as removed new table as added
                for each statement execute function {table}_tally();
            create trigger {table}_tally_delete after delete on {table}
                referencing old table as removed
                for each statement execute function {table}_tally();
            create trigger {table}_tally_truncate after truncate on {table}
                for each statement execute function {table}_tally();"
        )
    }

    fn sqlite_triggers(&self) -> String {
        let Counted { table, .. } = self;
        let row = |row: &str, count: &str| {
            let places: Vec<_> = self
                .places
                .iter()
                .map(|place| format!("{row}.{place}"))
                .collect();
            let places = places.join(", ");
            let each =
                |dimension: &&str| format!("('{dimension}', {places}, {row}.{dimension}, {count})");
            let each: Vec<_> = self.dimensions.iter().map(each).collect();
            self.append(&format!("values {}", each.join(", ")))
        };
        let (added, removed) = (row("new", "1"), row("old", "-1"));
        let watched = [self.places, self.dimensions].concat().join(", ");
        let mut sql = String::new();
        for (event, of, body) in [
            ("insert", String::new(), added.clone()),
            ("update", format!(" of {watched}"), removed.clone() + &added),
            ("delete", String::new(), removed),
        ] {
            // Writing to a string can't fail.
            let _ = write!(
                sql,
                "create trigger {table}_tally_{event} after {event}{of} on {table} begin\n{body}end;\n"
            );
        }
        sql
    }
}
