//! Which records those that are written may refer to.

use super::Writing;
use crate::{
    assignment::{Given, linked},
    bounds::field_name,
    error::AccessError,
    hold::Hold,
    link::Link,
    target,
    vocabulary::Action,
};

impl Writing<'_> {
    /// Makes sure that the records that the values refer to are there, in use, and the
    /// caller's to open, and that none becomes part of itself.
    pub(crate) async fn check_links(
        &mut self,
        key: Option<i64>,
        values: &[Given],
    ) -> Result<(), AccessError> {
        for (column, value) in values {
            let Some((link, other)) = linked(self.kind, (*column, value)) else {
                continue;
            };
            let is_open = match target::is_open(self.caller, link, other) {
                Some(open) => !self.transaction.run(&open).await?.is_empty(),
                None => false,
            };
            if !is_open {
                return Err(AccessError::Missing(field_name(link.column)));
            }
            if !self.is_theirs(link, other).await? {
                return Err(AccessError::Forbidden(format!(
                    "`{}` names a record that is not yours to change",
                    field_name(link.column)
                )));
            }
            if link.lasts && !self.lasts(link, other).await? {
                return Err(AccessError::InvalidInput(format!(
                    "`{}` takes a main employment that you see to be one, without a last day",
                    field_name(link.column)
                )));
            }
            if let Some(key) = key.filter(|_| link.kind == self.kind) {
                self.check_tree(link, key, other).await?;
            }
        }
        Ok(())
    }

    /// Whether the caller might change what must be theirs of the record that is referred to.
    async fn is_theirs(&mut self, link: &Link, other: i64) -> Result<bool, AccessError> {
        let Some(column) = link.carries else {
            return Ok(true);
        };
        let written = self.caller.scope().writes(link.kind, Action::Update);
        let column = link.kind.table().index(column);
        let Some((written, column)) = written.zip(column) else {
            return Ok(false);
        };
        match target::is_covered(link, other, &written[column]) {
            Some(covered) => Ok(!self.transaction.run(&covered).await?.is_empty()),
            None => Ok(false),
        }
    }

    /// Whether the caller sees that it is a main employment, and without a last day.
    async fn lasts(&mut self, link: &Link, other: i64) -> Result<bool, AccessError> {
        match target::lasts(self.caller, link, other) {
            Some(lasts) => Ok(!self.transaction.run(&lasts).await?.is_empty()),
            None => Ok(false),
        }
    }

    async fn check_tree(&mut self, link: &Link, key: i64, other: i64) -> Result<(), AccessError> {
        if let Some(hold) = Hold::Tree(self.kind).statement(self.caller.backend()) {
            self.transaction.run(&hold).await?;
        }
        let below = target::is_below(link, key, other);
        match self.transaction.run(&below).await?.is_empty() {
            true => Ok(()),
            false => Err(AccessError::InvalidInput(format!(
                "`{}` names the record itself or one that is part of it",
                field_name(link.column)
            ))),
        }
    }
}
