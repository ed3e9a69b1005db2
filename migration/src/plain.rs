//! Migrations that are SQL alone, the files of `sql`: what is done and, behind the line
//! `-- down`, what undoes it. Their names are those of the files.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// Of each the name, what is done, and what undoes it.
const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/plain.rs"));

struct Plain {
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

/// All of them, in no order.
pub(crate) fn migrations() -> impl Iterator<Item = Box<dyn MigrationTrait>> {
    let plain = FILES
        .iter()
        .map(|&(name, up, down)| Plain { name, up, down });
    plain.map(|plain| Box::new(plain) as Box<dyn MigrationTrait>)
}

impl MigrationName for Plain {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Plain {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, self.down).await
    }
}
