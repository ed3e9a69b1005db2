//! What runs without a caller: making the schema, loading data, signing the
//! local issuer's tokens. `main` alone gets this handle.

use std::sync::{Arc, OnceLock};

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Generate, Key as RandomKey};
use chrono::TimeDelta;
use entity::{app_user, secret};
use migration::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter,
    sea_query::Query,
};

use crate::{
    adapter::{PolicyTable, is_unread},
    caller::Access,
    database::{Database, DatabaseSettings},
    error::AccessError,
    fold::Folder,
    line::Line,
    load::Load,
    personal::PersonalKeys,
    seal::Seal,
    sealing::no_keys,
    token::{self, Provider, ProviderSettings, Verifier},
};

/// The handle for what needs no caller. There is one, and it is not cloned.
pub struct System {
    database: Database,
    keys: OnceLock<PersonalKeys>,
}

const TOKEN_KEY: &str = "local issuer";
const CURSOR_KEY: &str = "cursors";

/// Connects to the database; a SQLite file that is not there is made.
///
/// # Errors
/// [`AccessError::InvalidInput`] if the file can't be made,
/// [`AccessError::Internal`] if the database can't be reached.
pub async fn boot(settings: &DatabaseSettings) -> Result<System, AccessError> {
    let database = Database::connect(settings).await?;
    Ok(System {
        database,
        keys: OnceLock::new(),
    })
}

impl System {
    /// Brings the schema up to date; a new database gets the policy that this
    /// program carries and keys of its own.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if a migration fails.
    pub async fn migrate(&self) -> Result<(), AccessError> {
        let connection = &self.database.connection;
        Migrator::up(connection, None).await?;
        // The keys come last, so that they tell a database that has its policy: one
        // whose policy was emptied on purpose is not given another.
        if self.secret(TOKEN_KEY).await?.is_none() {
            self.replace_policy(include_str!("policy.csv")).await?;
        }
        for name in [TOKEN_KEY, CURSOR_KEY] {
            if self.secret(name).await?.is_none() {
                let key = secret::ActiveModel {
                    id: NotSet,
                    name: Set(name.to_owned()),
                    value: Set(random_key()),
                };
                secret::Entity::insert(key).exec(connection).await?;
            }
        }
        Ok(())
    }

    /// Takes every migration back, and all data with them.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if a migration fails.
    pub async fn tear_down(&self) -> Result<(), AccessError> {
        Ok(Migrator::down(&self.database.connection, None).await?)
    }

    /// How many migrations the schema lacks.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn pending(&self) -> Result<usize, AccessError> {
        let connection = &self.database.connection;
        let schema = SchemaManager::new(connection);
        let applied = if schema.has_table("seaql_migrations").await? {
            let versions = Query::select()
                .column("version")
                .from("seaql_migrations")
                .take();
            self.database.select(&versions).await?
        } else {
            Vec::new()
        };
        let applied = applied.iter().map(|row| row.try_get_by_index::<String>(0));
        let applied = applied.collect::<Result<Vec<_>, _>>()?;
        let known = Migrator::migrations();
        let names = known.iter().map(|migration| migration.name());
        let lacking = |name: &&str| !applied.iter().any(|version| version == name);
        Ok(names.filter(lacking).count())
    }

    /// Replaces the policy by these lines, `p`, `g` and `g2`, one a line.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] names the line that is not valid,
    /// [`AccessError::Internal`] if the database fails; then nothing has changed.
    pub async fn replace_policy(&self, lines: &str) -> Result<(), AccessError> {
        let lines = Line::all_of(lines);
        if lines.is_empty() {
            return Err(AccessError::InvalidInput(
                "the policy holds no line".to_owned(),
            ));
        }
        let table = PolicyTable {
            connection: self.database.connection.clone(),
        };
        match table.replace(&lines).await {
            Err(error) if !is_unread(&error) => Err(AccessError::InvalidInput(error.to_string())),
            replaced => Ok(replaced?),
        }
    }

    /// Begins to load data; all of it is there after [`Load::commit`], or none.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the key for personal data has been replaced,
    /// [`AccessError::Internal`] if the database fails.
    pub async fn load(&self) -> Result<Load, AccessError> {
        Load::begin(&self.database, self.keys.get().cloned()).await
    }

    /// Has the database count what it holds, for its plans, and put it in order.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn analyze(&self) -> Result<(), AccessError> {
        match self.database.backend {
            // Pages that are known to be visible to all need not be looked up.
            DbBackend::Postgres => self.database.run("VACUUM (ANALYZE)").await,
            _ => self.database.run("ANALYZE").await,
        }
    }

    /// What folds appended counts into the tallies.
    pub fn folder(&self) -> Folder {
        Folder(self.database.clone())
    }

    /// A token of the local issuer for a subject.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database has no key yet.
    pub async fn sign(&self, subject: &str, lifetime: TimeDelta) -> Result<String, AccessError> {
        token::sign(&self.known_secret(TOKEN_KEY).await?, subject, lifetime)
    }

    /// Whether the local issuer's tokens for a subject speak for an account.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn has_account(&self, subject: &str) -> Result<bool, AccessError> {
        let accounts = app_user::Entity::find()
            .filter(app_user::Column::Issuer.eq(token::LOCAL_ISSUER))
            .filter(app_user::Column::Subject.eq(subject));
        Ok(accounts.one(&self.database.connection).await?.is_some())
    }

    /// Opens the door for callers with tokens of the local issuer.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the personal data is not [unlocked](System::unlock),
    /// [`AccessError::Internal`] if the database has no keys of its own yet.
    pub async fn access(&self) -> Result<Access, AccessError> {
        self.open(None).await
    }

    /// Opens the door for callers with tokens of an identity provider, too. Its keys
    /// are read now and kept up to date while the door is in use.
    ///
    /// # Errors
    /// As [`Self::access`], and [`AccessError::InvalidInput`] if the provider's
    /// issuer is none of its own or its keys are in a file that holds none.
    pub async fn access_trusting(&self, provider: ProviderSettings) -> Result<Access, AccessError> {
        self.open(Some(Provider::connect(provider).await?)).await
    }

    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.database.connection
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn keys(&self) -> Option<&PersonalKeys> {
        self.keys.get()
    }

    pub(crate) fn keep_keys(&self, keys: PersonalKeys) -> Result<(), AccessError> {
        let kept = self.keys.set(keys);
        kept.map_err(|_| AccessError::internal("the keys for personal data are given twice"))
    }

    async fn open(&self, provider: Option<Arc<Provider>>) -> Result<Access, AccessError> {
        let verifier = Verifier::new(&self.known_secret(TOKEN_KEY).await?, provider);
        let seal = Seal::new(&self.known_secret(CURSOR_KEY).await?)?;
        let keys = self.keys.get().ok_or_else(no_keys)?;
        Ok(Access::new(
            self.database.clone(),
            verifier,
            seal,
            keys.clone(),
        ))
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, AccessError> {
        let secret = secret::Entity::find()
            .filter(secret::Column::Name.eq(name))
            .one(&self.database.connection)
            .await?;
        Ok(secret.map(|secret| secret.value))
    }

    async fn known_secret(&self, name: &str) -> Result<Vec<u8>, AccessError> {
        let secret = self.secret(name).await?;
        secret.ok_or_else(|| {
            AccessError::internal(format!(
                "the database has no key for {name}: migrate it first"
            ))
        })
    }
}

fn random_key() -> Vec<u8> {
    RandomKey::<XChaCha20Poly1305>::generate().to_vec()
}
