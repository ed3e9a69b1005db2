//! The way of the data into a database.

use std::sync::atomic::{AtomicU64, Ordering};

use access::{AccessError, System};

use super::Dataset;

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
            let Dataset { $($rows),+ } = data;
            let all = [$($rows.len()),+].iter().sum::<usize>() as u64;
            let done = AtomicU64::new(0);
            let more = |rows| {
                let before = done.fetch_add(rows, Ordering::Relaxed);
                progress(before + rows, all);
            };
            let load = system.load().await?;
            $(load.insert::<entity::$entity::Entity>($rows, &more).await?;)+
            load.commit().await?;
        }};
    }
    load! {
        divisions: division,
        organizations: organization,
        facilities: facility,
        people: person,
        employments: employment,
        staff: staff_member,
        programs: program,
        stages: stage,
        enrollments: enrollment,
        projects: partnership_project,
        parties: partnership_party,
        modules: partnership_module,
        sites: partnership_site,
        activities: partnership_activity,
        users: app_user,
        bindings: role_binding,
    }
    system.analyze().await
}
