//! Who asks: a tenant at each level, all of them above the same township.

use sqlx::PgPool;

/// An account and the subtree that it is bound to.
#[derive(Clone, Debug)]
pub(crate) struct Tenant {
    pub(crate) level: &'static str,
    pub(crate) subject: &'static str,
    /// Keys of the subtree.
    pub(crate) first: i64,
    pub(crate) last: i64,
}

/// Who asks for the nation.
pub(crate) const NATION: &str = "national-administrator";

/// A county that is among the hundredth of the country, with one of its townships.
const LEVELS: [(&str, &str, &str); 5] = [
    ("township", "steward-410122102-1", "410122102"),
    ("county", "administrator-410122-1", "410122"),
    ("prefecture", "administrator-4101-1", "4101"),
    ("province", "administrator-41-1", "41"),
    ("nation", NATION, "0"),
];

/// The tenants, from the smallest to the nation.
pub(crate) async fn all(pool: &PgPool) -> Vec<Tenant> {
    let mut tenants = Vec::new();
    for (level, subject, code) in LEVELS {
        let (first, last) = sqlx::query_as("select id, last from division where code = $1")
            .bind(code)
            .fetch_one(pool)
            .await
            .unwrap();
        tenants.push(Tenant {
            level,
            subject,
            first,
            last,
        });
    }
    tenants
}

/// The host of a program.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    pub(crate) level: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) program: i64,
}

const HOSTS: [(&str, &str, &str); 2] = [
    ("province", "host-NATIONAL-41", "NATIONAL-41"),
    ("nation", "host-NATIONAL", "NATIONAL"),
];

/// The hosts of a province's program and of the nation's.
pub(crate) async fn hosts(pool: &PgPool) -> Vec<Host> {
    let mut hosts = Vec::new();
    for (level, subject, code) in HOSTS {
        let program = sqlx::query_scalar("select id from program where code = $1");
        let program = program.bind(code).fetch_one(pool).await.unwrap();
        hosts.push(Host {
            level,
            subject,
            program,
        });
    }
    hosts
}
