//! The policy's lines, added and removed one at a time.

use chrono::{DateTime, Utc};
use entity::{policy_rule, role_binding};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::{
    Administration, Noted, Sitting,
    right::{Judgement, Right},
    simulation::Turnover,
};
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

/// The policy's lines with their keys.
type Lines = Vec<(i64, Line)>;

/// A line that the caller may add or remove.
struct Judged {
    line: Line,
    columns: Vec<usize>,
    judgement: Judgement,
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
        let mut lines = self.lines().await?;
        let judged = self.judge_added(line, &mut lines).await?;
        self.judge_lines(lines, &Turnover::default()).await?;
        let key = self.insert(Kind::PolicyRule, &line.values()?).await?;
        self.note_line(Action::Create, key, &judged, reason).await?;
        Ok(key)
    }

    async fn remove(&mut self, key: i64, reason: &str) -> Result<(), AccessError> {
        let mut lines = self.lines().await?;
        let judged = self.judge_removed(key, &mut lines).await?;
        self.judge_lines(lines, &Turnover::default()).await?;
        let remove = Query::delete()
            .from_table(policy_rule::Entity)
            .and_where(Expr::col(policy_rule::Column::Id).eq(key))
            .to_owned();
        self.transaction.run(&remove).await?;
        self.note_line(Action::Deactivate, key, &judged, reason)
            .await
    }

    async fn note_line(
        &mut self,
        action: Action,
        key: i64,
        judged: &Judged,
        reason: &str,
    ) -> Result<(), AccessError> {
        self.note(Noted {
            action,
            kind: Kind::PolicyRule,
            record: key,
            columns: &judged.columns,
            judgement: &judged.judgement,
            purpose: Some(&told(&judged.line, reason)),
        })
        .await
    }

    /// The policy without and with these lines. What is not the caller's to remove or to add,
    /// and what would not hold, is refused as if it were done.
    pub(super) async fn judge_policy(
        &mut self,
        remove: &[i64],
        add: &[PolicyLine],
        turnover: &Turnover,
    ) -> Result<Policy, AccessError> {
        let mut lines = self.lines().await?;
        for key in remove {
            self.judge_removed(*key, &mut lines).await?;
        }
        for line in add {
            self.judge_added(line, &mut lines).await?;
        }
        self.judge_lines(lines, turnover).await
    }

    /// Adds the line to these, if it is the caller's to add.
    async fn judge_added(
        &mut self,
        line: &PolicyLine,
        lines: &mut Lines,
    ) -> Result<Judged, AccessError> {
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
        if lines.iter().any(|(_, known)| *known == line) {
            return Err(AccessError::Conflict("the policy has this line".to_owned()));
        }
        lines.push((0, line.clone()));
        Ok(Judged {
            line,
            columns,
            judgement,
        })
    }

    /// Takes the line with this key out of these, if it is the caller's to remove.
    async fn judge_removed(&mut self, key: i64, lines: &mut Lines) -> Result<Judged, AccessError> {
        if !self.is_open(Kind::PolicyRule, key).await? {
            return Err(AccessError::NotFound);
        }
        let place = lines.iter().position(|(known, _)| *known == key);
        let (_, line) = lines.remove(place.ok_or(AccessError::NotFound)?);
        let columns: Vec<usize> = (1..=line.values.len() + 1).collect();
        let right = Right::Write(Kind::PolicyRule, Action::Deactivate, &columns);
        let judgement = self.judge(&right, key).await?;
        if !judgement.is_allowed {
            return Err(AccessError::Forbidden(REFUSED.to_owned()));
        }
        Ok(Judged {
            line,
            columns,
            judgement,
        })
    }

    /// The policy that these lines make, if it holds together with the roles that are held
    /// and with those who keep it.
    async fn judge_lines(
        &mut self,
        lines: Lines,
        turnover: &Turnover,
    ) -> Result<Policy, AccessError> {
        let lines = lines.into_iter().map(|(_, line)| line);
        let policy = evaluated(lines.collect()).await?;
        self.check_unheld(&policy).await?;
        self.check_kept(&policy, turnover).await?;
        Ok(policy)
    }

    /// Refuses a policy that knows no more of a role that somebody holds: who defined it
    /// anew would give it to them unawares.
    async fn check_unheld(&mut self, policy: &Policy) -> Result<(), AccessError> {
        use role_binding::{Column, Entity};

        let gone: Vec<&String> = self.policy.roles.difference(&policy.roles).collect();
        if gone.is_empty() {
            return Ok(());
        }
        let held = Query::select()
            .columns([Column::Role, Column::ValidUntil])
            .from(Entity)
            .and_where(Expr::col(Column::Role).is_in(gone.into_iter().map(String::as_str)))
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

    async fn lines(&mut self) -> Result<Lines, AccessError> {
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
