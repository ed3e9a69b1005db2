//! What the database itself lets whoever serves do: everything but to change the schema
//! and what is written in the audit trail.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{error::AccessError, system::System};

/// Tables of which whoever serves may not change or delete rows.
const STAYING: [&str; 3] = ["audit_event", "audit_seal", "audit_anchor"];
/// Tables that whoever serves only reads.
const READ: [&str; 2] = ["audit_anchor", "seaql_migrations"];

impl System {
    /// Lets a role of PostgreSQL serve this database, which another owns.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if there is no such role, or it owns the tables, or
    /// the database is SQLite, which has no roles;
    /// [`AccessError::Internal`] if the database fails.
    pub async fn grant_to(&self, role: &str) -> Result<(), AccessError> {
        let connection = self.connection();
        let refused = |problem: &str| Err(AccessError::InvalidInput(problem.to_owned()));
        if connection.get_database_backend() != DbBackend::Postgres {
            return refused("SQLite has no roles: see who may read and write the file");
        }
        let known = "select pg_has_role(r.oid, t.relowner, 'member'),
                current_schema()::text, quote_ident($1)
            from pg_roles r, pg_class t
            where r.rolname = $1 and t.oid = 'audit_event'::regclass";
        let known = Statement::from_sql_and_values(DbBackend::Postgres, known, [role.into()]);
        let Some(row) = connection.query_one_raw(known).await? else {
            return refused("PostgreSQL has no such role");
        };
        if row.try_get_by_index(0)? {
            return refused(
                "the role owns the tables, or is a member of who does: it needs no grant, and none would bind it",
            );
        }
        let (schema, role): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let schema = format!("\"{}\"", schema.replace('"', "\"\""));
        let staying = STAYING.join(", ");
        let read = READ.join(", ");
        let grants = format!(
            "begin;
            grant usage on schema {schema} to {role};
            grant select, insert, update, delete on all tables in schema {schema} to {role};
            revoke update, delete on {staying} from {role};
            revoke insert, update, delete on {read} from {role};
            commit;"
        );
        connection.execute_unprepared(&grants).await?;
        Ok(())
    }
}
