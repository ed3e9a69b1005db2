//! The small country for tests that change it.

use access::Interval;
use grassroots_tests::{country::country, drawn};
use support::Backend;
use tokio::sync::OnceCell;

use crate::{
    database::{Sql, copy},
    instance::Instance,
};

pub(crate) use grassroots_tests::{
    country::{
        EAST, EAST_CENTER, EAST_CLINIC, FAR, FAR_CENTER, PROGRAM_CHILD, PROGRAM_OTHER,
        PROGRAM_ROOT, WEST, WEST_CENTER, birth_date, identity_number, phone,
    },
    global_id,
};

/// A database that holds the country, and belongs to one test.
pub(crate) struct World {
    pub(crate) url: String,
    /// The instance that serves, or through which an administrator writes.
    pub(crate) instance: Instance,
    pub(crate) sql: Sql,
}

impl World {
    pub(crate) async fn make(backend: Backend) -> World {
        static SQLITE: OnceCell<String> = OnceCell::const_new();
        static POSTGRES: OnceCell<String> = OnceCell::const_new();
        let original = match backend {
            Backend::Sqlite => &SQLITE,
            Backend::Postgres => &POSTGRES,
        };
        let original = original.get_or_init(|| settle(backend)).await;
        let url = copy(backend, original).await;
        World {
            instance: Instance::start(&url).await,
            sql: Sql::connect(&url).await,
            url,
        }
    }
}

/// The global id of a division.
pub(crate) fn division(code: &str) -> String {
    global_id("Division", Interval::of_code(code).unwrap().first)
}

/// Gives a user a role at a division.
pub(crate) async fn give(world: &World, subject: &str, role: &str, code: &str) {
    let division = Interval::of_code(code).unwrap().first;
    let sql = format!(
        "insert into role_binding (user_id, role, division_id)
         select id, '{role}', {division} from app_user where subject = '{subject}'"
    );
    world.sql.run(&sql).await;
}

/// Makes the database that all worlds are copies of.
async fn settle(backend: Backend) -> String {
    let url = backend.database_url();
    let system = grassroots_tests::open(&url).await;
    let country = country();
    let others = drawn::beside(&country, 3);
    grassroots::seed::load(&system, country, &|_, _| {})
        .await
        .unwrap();
    drawn::load(&system, &others).await;
    url
}
