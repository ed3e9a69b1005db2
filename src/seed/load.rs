//! The way of the data into a database.

use std::sync::atomic::{AtomicU64, Ordering};

use access::{AccessError, Loadable, System};
use tokio::{sync::mpsc, task::spawn_blocking};

use super::{Dataset, Parts, Scale};
use crate::error::Error;

/// Every table of the data, in the order of insertion.
macro_rules! each_table {
    ($do:ident) => {
        $do! {
            divisions: division,
            organizations: organization,
            facilities: facility,
            people: person,
            employments: employment,
            staff: staff_member,
            transfers: transfer,
            clashes: clash,
            projects: partnership_project,
            programs: program,
            stages: stage,
            enrollments: enrollment,
            parties: partnership_party,
            modules: partnership_module,
            sites: partnership_site,
            activities: partnership_activity,
            users: app_user,
            bindings: role_binding,
        }
    };
}

/// Loads the data in one transaction, so that all of it is there or none, and
/// tells `progress` how many rows of how many are in.
///
/// # Errors
/// If the database refuses a row or fails.
pub async fn load(
    system: &System,
    data: Dataset,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<(), AccessError> {
    // Each in full, so that no table is forgotten.
    macro_rules! load {
        ($($rows:ident: $entity:ident),+ $(,)?) => {{
            let Dataset { $($rows),+, before: _ } = data;
            let all = [$($rows.len()),+].iter().sum::<usize>() as u64;
            let done = AtomicU64::new(0);
            let more = |rows| {
                let before = done.fetch_add(rows, Ordering::Relaxed);
                progress(before + rows, all);
            };
            let mut load = system.load().await?;
            $(load.insert::<entity::$entity::Entity>($rows, &more).await?;)+
            load.commit().await?;
        }};
    }
    each_table!(load);
    system.folder().fold().await?;
    system.analyze().await
}

/// Loads the data of a scale table by table, each in one transaction: where it was cut
/// off, the tables that are there are left as they are. Tells `progress` how many parts
/// of how many are in.
///
/// # Errors
/// If the data can't be made, or the database refuses a row or fails.
pub async fn load_parts(
    system: &System,
    scale: Scale,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<(), Error> {
    let parts = Parts::of(scale)?;
    let count = parts.len() as u64;
    let mut before = (0..).step_by(parts.len());
    macro_rules! load {
        ($($rows:ident: $entity:ident),+ $(,)?) => {{
            let tables = [$(stringify!($rows)),+].len() as u64;
            $(
                let done = before.next().unwrap_or_default();
                let more = |parts| progress(done + parts, tables * count);
                let loaded = load_table::<entity::$entity::Entity>(
                    system, parts.clone(), |part| part.$rows, &more);
                loaded.await.map_err(Error::access("loading the data"))?;
            )+
        }};
    }
    each_table!(load);
    let folded = system.folder().fold().await;
    folded.map_err(Error::access("loading the data"))?;
    let analyzed = system.analyze().await;
    analyzed.map_err(Error::access("loading the data"))
}

/// Parts that are made ahead of what the database takes.
const AHEAD: usize = 4;

async fn load_table<E: Loadable>(
    system: &System,
    parts: Parts,
    rows: fn(Dataset) -> Vec<E::Model>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), AccessError> {
    if system.holds::<E>().await? {
        return Ok(());
    }
    let (made, taken) = mpsc::channel(AHEAD);
    spawn_blocking(move || {
        for rows in parts.map(rows) {
            if made.blocking_send(rows).is_err() {
                // The database failed, and nobody takes more.
                break;
            }
        }
    });
    let done = AtomicU64::new(0);
    let more = |parts| progress(done.fetch_add(parts, Ordering::Relaxed) + parts);
    let mut load = system.load().await?;
    load.table::<E>(taken, &more).await?;
    load.commit().await
}
