//! Casbin's adapter over the `policy_rule` table.

use async_trait::async_trait;
use casbin::{Adapter, Filter, Model, error::AdapterError};
use entity::policy_rule;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, TransactionTrait,
};

use crate::{
    hold::Hold,
    line::{self, Line},
};

/// The policy as the database holds it. Every line is validated on its way in
/// and out; one bad line refuses them all.
pub(crate) struct PolicyTable {
    pub(crate) connection: DatabaseConnection,
}

type Result<T> = casbin::Result<T>;

impl PolicyTable {
    async fn lines(&self) -> Result<Vec<Line>> {
        let rules = policy_rule::Entity::find()
            .order_by_asc(policy_rule::Column::Id)
            .all(&self.connection)
            .await
            .map_err(failed)?;
        Ok(rules.into_iter().map(line_of).collect())
    }

    /// Replaces the policy by these lines.
    pub(crate) async fn replace(&self, lines: &[Line]) -> Result<()> {
        line::validate(lines).map_err(invalid)?;
        self.write(lines, true).await
    }

    async fn insert(&self, lines: Vec<Line>) -> Result<()> {
        let mut all = self.lines().await?;
        all.extend(lines.iter().cloned());
        line::validate(&all).map_err(invalid)?;
        self.write(&lines, false).await
    }

    async fn write(&self, lines: &[Line], replace: bool) -> Result<()> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        // Two replacements at once would leave both policies.
        if transaction.get_database_backend() == DbBackend::Postgres {
            let hold = format!("select {}", Hold::RightsAlone.call());
            transaction
                .execute_unprepared(&hold)
                .await
                .map_err(failed)?;
        }
        if replace {
            policy_rule::Entity::delete_many()
                .exec(&transaction)
                .await
                .map_err(failed)?;
        }
        // Below the number of parameters that a statement may carry.
        for some in lines.chunks(500) {
            policy_rule::Entity::insert_many(some.iter().map(row_of))
                .exec_without_returning(&transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn delete(&self, section: &str, doomed: impl Fn(&[String]) -> bool) -> Result<bool> {
        let rules = policy_rule::Entity::find()
            .filter(policy_rule::Column::Ptype.eq(section))
            .all(&self.connection)
            .await
            .map_err(failed)?;
        let ids: Vec<i64> = rules
            .into_iter()
            .filter_map(|rule| {
                let id = rule.id;
                doomed(&line_of(rule).values).then_some(id)
            })
            .collect();
        let found = !ids.is_empty();
        policy_rule::Entity::delete_many()
            .filter(policy_rule::Column::Id.is_in(ids))
            .exec(&self.connection)
            .await
            .map_err(failed)?;
        Ok(found)
    }
}

#[async_trait]
impl Adapter for PolicyTable {
    async fn load_policy(&mut self, model: &mut dyn Model) -> Result<()> {
        let lines = self.lines().await?;
        line::validate(&lines).map_err(invalid)?;
        for line in lines {
            let group = line.section.chars().take(1).collect::<String>();
            model.add_policy(&group, &line.section, line.values);
        }
        Ok(())
    }

    async fn load_filtered_policy<'a>(
        &mut self,
        model: &mut dyn Model,
        _filter: Filter<'a>,
    ) -> Result<()> {
        // A part of a policy may lack its denies, so there is no loading a part.
        self.load_policy(model).await
    }

    async fn save_policy(&mut self, model: &mut dyn Model) -> Result<()> {
        self.replace(&lines_of(model)).await
    }

    async fn clear_policy(&mut self) -> Result<()> {
        self.write(&[], true).await
    }

    fn is_filtered(&self) -> bool {
        false
    }

    async fn add_policy(&mut self, _: &str, section: &str, rule: Vec<String>) -> Result<bool> {
        self.add_policies("", section, vec![rule]).await
    }

    async fn add_policies(
        &mut self,
        _: &str,
        section: &str,
        rules: Vec<Vec<String>>,
    ) -> Result<bool> {
        let lines = rules
            .into_iter()
            .map(|values| Line {
                section: section.to_owned(),
                values,
            })
            .collect();
        self.insert(lines).await?;
        Ok(true)
    }

    async fn remove_policy(&mut self, _: &str, section: &str, rule: Vec<String>) -> Result<bool> {
        self.delete(section, |values| values == rule).await
    }

    async fn remove_policies(
        &mut self,
        _: &str,
        section: &str,
        rules: Vec<Vec<String>>,
    ) -> Result<bool> {
        self.delete(section, |values| rules.iter().any(|rule| rule == values))
            .await
    }

    async fn remove_filtered_policy(
        &mut self,
        _: &str,
        section: &str,
        field_index: usize,
        field_values: Vec<String>,
    ) -> Result<bool> {
        self.delete(section, |values| {
            let fields = values.iter().skip(field_index);
            fields
                .zip(&field_values)
                .all(|(value, wanted)| wanted.is_empty() || value == wanted)
        })
        .await
    }
}

fn line_of(rule: policy_rule::Model) -> Line {
    let rest = [rule.v2, rule.v3, rule.v4, rule.v5];
    let values = [rule.v0, rule.v1]
        .into_iter()
        .chain(rest.into_iter().flatten());
    Line {
        section: rule.ptype,
        values: values.collect(),
    }
}

fn row_of(line: &Line) -> policy_rule::ActiveModel {
    let value = |place: usize| line.values.get(place).cloned();
    policy_rule::ActiveModel {
        id: NotSet,
        ptype: Set(line.section.clone()),
        v0: Set(value(0).unwrap_or_default()),
        v1: Set(value(1).unwrap_or_default()),
        v2: Set(value(2)),
        v3: Set(value(3)),
        v4: Set(value(4)),
        v5: Set(value(5)),
    }
}

fn lines_of(model: &dyn Model) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in ["p", "g"] {
        let sections = model.get_model().get(group).into_iter().flatten();
        for (section, assertion) in sections {
            lines.extend(assertion.get_policy().iter().map(|values| Line {
                section: section.clone(),
                values: values.clone(),
            }));
        }
    }
    lines
}

fn failed(error: sea_orm::DbErr) -> casbin::Error {
    AdapterError(Box::new(error)).into()
}

/// The policy is not usable; `problem` says which line and why.
pub(crate) fn invalid(problem: String) -> casbin::Error {
    AdapterError(problem.into()).into()
}

/// Whether the policy could not be read, rather than being unusable.
pub(crate) fn is_unread(error: &casbin::Error) -> bool {
    match error {
        casbin::Error::AdapterError(AdapterError(cause)) => cause.is::<sea_orm::DbErr>(),
        _ => false,
    }
}
