//! An audit trail that keeps what it was loaded with and nothing that is done afterwards, for
//! tests that know what it holds while others read.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};

/// Has a database forget what is done, as soon as it is written down.
pub async fn forget_what_is_done(url: &str) {
    let connection = Database::connect(url).await.unwrap();
    let triggers = match connection.get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    run(&connection, triggers).await;
    connection.close().await.unwrap();
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection.execute_unprepared(sql).await.unwrap();
}

// What tests load is older.
const SQLITE: &str = "
drop trigger audit_event_waits;
drop trigger audit_event_goes;
create trigger audit_event_is_forgotten after insert on audit_event when new.at > '2025' begin
    delete from audit_event where id = new.id;
end;
";

const POSTGRES: &str = "
drop trigger audit_event_waits on audit_event;
drop trigger audit_event_stays on audit_event;
create function forget_event() returns trigger language plpgsql as $$
begin
    delete from audit_event where id = new.id;
    return null;
end $$;
create trigger audit_event_is_forgotten after insert on audit_event
    for each row when (new.at > '2025-01-01') execute function forget_event();
";
