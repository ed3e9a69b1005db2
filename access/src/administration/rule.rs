//! The policy's lines, added and removed one at a time.

use chrono::{DateTime, Utc};
use entity::{policy_rule, role_binding};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::{Administration, Noted, Sitting, right::Right};
use crate::{
    assignment::Given,
    error::AccessError,
    hold::Hold,
    kind::Kind,
    line::{self, Line},
    policy::Policy,
    vocabulary::Action,
};

/// A line of the policy.
#[derive(Clone, Debug)]
pub struct PolicyLine {
    /// `p`, `g` or `g2`.
    pub section: String,
    /// Its values, in order.
    pub values: Vec<String>,
}

const REFUSED: &str = "the policy is not yours to change";

/// The columns of a line, in order.
const COLUMNS: [policy_rule::Column; 7] = [
    policy_rule::Column::Ptype,
    policy_rule::Column::V0,
    policy_rule::Column::V1,
    policy_rule::Column::V2,
    policy_rule::Column::V3,
    policy_rule::Column::V4,
    policy_rule::Column::V5,
];

impl Administration {
    /// Adds a line to the policy, for this reason, and gives its key.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if the policy is not the caller's to change,
    /// [`AccessError::InvalidInput`] if the policy would not hold with it,
    /// [`AccessError::Conflict`] if the policy has the line, or nobody would be left who
    /// keeps the policy, [`AccessError::Stale`], [`AccessError::Internal`]; then nothing
    /// has changed.
    pub async fn add_rule(&self, line: &PolicyLine, reason: &str) -> Result<i64, AccessError> {
        let may = self.caller.scope().writes(Kind::PolicyRule, Action::Create);
        self.refuse_unless(may.is_some(), REFUSED).await?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let added = sitting.add(line, reason).await;
        sitting.end(added).await
    }

    /// Removes a line of the policy, for this reason.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is none that the caller may open; otherwise as
    /// [`Administration::add_rule`].
    pub async fn remove_rule(&self, key: i64, reason: &str) -> Result<(), AccessError> {
        let may = self.caller.scope();
        let may = may.writes(Kind::PolicyRule, Action::Deactivate);
        self.refuse_unless(may.is_some(), REFUSED).await?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let removed = sitting.remove(key, reason).await;
        sitting.end(removed).await
    }
}

impl Sitting<'_> {
    async fn add(&mut self, line: &PolicyLine, reason: &str) -> Result<i64, AccessError> {
        let values = line.values()?;
        let columns: Vec<usize> = values.iter().map(|(column, _)| *column).collect();
        let right = Right::Write(Kind::PolicyRule, Action::Create, &columns);
        let judgement = self.judge_made(&right, &values).await?;
        if !judgement.is_allowed {
            return Err(AccessError::Forbidden(REFUSED.to_owned()));
        }
        let line = Line {
            section: line.section.clone(),
            values: line.values.clone(),
        };
        let known = self.lines().await?;
        if known.iter().any(|(_, known)| *known == line) {
            return Err(AccessError::Conflict("the policy has this line".to_owned()));
        }
        let known = known.into_iter().map(|(_, line)| line);
        let policy = evaluated(known.chain([line.clone()]).collect()).await?;
        let key = self.insert(Kind::PolicyRule, &values).await?;
        self.check_kept(&policy).await?;
        self.note(Noted {
            action: Action::Create,
            kind: Kind::PolicyRule,
            record: key,
            columns: &columns,
            judgement: &judgement,
            purpose: Some(&told(&line, reason)),
        })
        .await?;
        Ok(key)
    }

    async fn remove(&mut self, key: i64, reason: &str) -> Result<(), AccessError> {
        if !self.is_open(Kind::PolicyRule, key).await? {
            return Err(AccessError::NotFound);
        }
        let (removed, left): (Vec<_>, Vec<_>) = self
            .lines()
            .await?
            .into_iter()
            .partition(|(known, _)| *known == key);
        let (_, line) = removed.first().ok_or(AccessError::NotFound)?;
        let columns: Vec<usize> = (1..=line.values.len() + 1).collect();
        let right = Right::Write(Kind::PolicyRule, Action::Deactivate, &columns);
        let judgement = self.judge(&right, key).await?;
        if !judgement.is_allowed {
            return Err(AccessError::Forbidden(REFUSED.to_owned()));
        }
        let policy = evaluated(left.into_iter().map(|(_, line)| line).collect()).await?;
        let remove = Query::delete()
            .from_table(policy_rule::Entity)
            .and_where(Expr::col(policy_rule::Column::Id).eq(key))
            .to_owned();
        self.transaction.run(&remove).await?;
        self.check_unheld(&policy).await?;
        self.check_kept(&policy).await?;
        self.note(Noted {
            action: Action::Deactivate,
            kind: Kind::PolicyRule,
            record: key,
            columns: &columns,
            judgement: &judgement,
            purpose: Some(&told(line, reason)),
        })
        .await
    }

    /// Refuses a policy that knows no more of a role that somebody holds: who defined it
    /// anew would give it to them unawares.
    async fn check_unheld(&mut self, policy: &Policy) -> Result<(), AccessError> {
        use role_binding::{Column, Entity};

        let gone = self.policy.roles.difference(&policy.roles);
        let held = Query::select()
            .columns([Column::Role, Column::ValidUntil])
            .from(Entity)
            .and_where(Expr::col(Column::Role).is_in(gone.map(String::as_str)))
            .take();
        for row in self.transaction.run(&held).await? {
            let until: Option<DateTime<Utc>> = row.try_get_by_index(1)?;
            if until.is_none_or(|until| until > Utc::now()) {
                let role: String = row.try_get_by_index(0)?;
                return Err(AccessError::Conflict(format!(
                    "the role {role} would be gone, and is held: take it back first"
                )));
            }
        }
        Ok(())
    }

    /// The policy's lines with their keys.
    async fn lines(&mut self) -> Result<Vec<(i64, Line)>, AccessError> {
        let lines = Query::select()
            .column(policy_rule::Column::Id)
            .columns(COLUMNS)
            .from(policy_rule::Entity)
            .order_by(policy_rule::Column::Id, Order::Asc)
            .take();
        let rows = self.transaction.run(&lines).await?;
        let lines = rows.iter().map(|row| {
            let mut values = Vec::with_capacity(COLUMNS.len());
            for place in 1..=COLUMNS.len() {
                values.extend(row.try_get_by_index::<Option<String>>(place)?);
            }
            let line = Line {
                section: values.remove(0),
                values,
            };
            Ok((row.try_get_by_index(0)?, line))
        });
        lines.collect()
    }
}

impl PolicyLine {
    fn values(&self) -> Result<Vec<Given>, AccessError> {
        if self.values.len() >= COLUMNS.len() {
            return Err(AccessError::InvalidInput(format!(
                "`values`: a line has {} at most",
                COLUMNS.len() - 1
            )));
        }
        let texts = std::iter::once(&self.section).chain(&self.values);
        // The key is column 0.
        let values = (1..).zip(texts);
        Ok(values
            .map(|(column, text)| (column, Some(text.as_str().into())))
            .collect())
    }
}

/// The policy that these lines make, if they hold together.
async fn evaluated(lines: Vec<Line>) -> Result<Policy, AccessError> {
    let refused = |problem: String| {
        AccessError::InvalidInput(format!("the policy would not hold together: {problem}"))
    };
    line::validate(&lines).map_err(refused)?;
    let policy = Policy::of_lines(&lines, i64::MIN).await;
    policy.map_err(|problem| refused(problem.to_string()))
}

/// What auditors are told: a line that is removed is nowhere else.
fn told(line: &Line, reason: &str) -> String {
    format!("{}, {}: {reason}", line.section, line.values.join(", "))
}
