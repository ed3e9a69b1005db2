//! A database that is slow.

use support::Backend;

use super::server::Server;

/// A list that takes seconds once it is slowed down.
pub(crate) const SLOW: &str = "{ divisions { nodes { name } } }";

/// Makes reading divisions slow, as a large database would be.
pub(crate) async fn slow_down(server: &Server, backend: Backend) {
    let sql = match backend {
        Backend::Sqlite => {
            "alter table division rename to plain_division;
             create view division as select * from plain_division where (
                 with recursive n (i) as (select 1 union all select i + 1 from n where i < 4000000000)
                 select count(*) from n) > 0"
        }
        Backend::Postgres => {
            "alter table division rename to plain_division;
             create view division as select * from plain_division
             where (select count(*) from (select pg_sleep(20)) as nap) > 0"
        }
    };
    server.world.sql.run(sql).await;
}
