//! Whether a row is the caller's to administer, and by which bindings.

use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, Query, SelectStatement};

use super::Sitting;
use crate::{
    account::{Binding, Target},
    arm::{Arm, Decision, Interval},
    assignment::{Given, literal},
    audit::division_of,
    cover::{Rule, rule},
    error::AccessError,
    kind::Kind,
    policy::Policy,
    scope::{reach, writes},
    vocabulary::{Action, Effect},
};

/// A right that bindings may give to a row.
pub(super) enum Right<'a> {
    /// To write these columns.
    Write(Kind, Action, &'a [usize]),
    /// To give this role to somebody, and to take it back.
    Grant(&'a str),
}

/// What comes of the question whether a right is there.
pub(super) struct Judgement {
    pub(super) is_allowed: bool,
    /// Division that the row belongs to.
    pub(super) division: i64,
    /// The bindings each of which alone gives the right.
    pub(super) bindings: Vec<i64>,
}

impl Right<'_> {
    fn kind(&self) -> Kind {
        match self {
            Right::Write(kind, ..) => *kind,
            Right::Grant(_) => Kind::RoleBinding,
        }
    }

    /// The rows on which these bindings give it, to this user.
    pub(super) fn rule(
        &self,
        table: &DynIden,
        user: i64,
        bindings: &[&Binding],
        policy: &Policy,
    ) -> Rule {
        match self {
            Right::Write(kind, action, columns) => {
                let decisions = writes(*kind, *action, user, bindings, policy);
                let rules = columns
                    .iter()
                    .map(|column| rule(*kind, table, &decisions[*column]));
                rules.reduce(Rule::and).unwrap_or(Rule::None)
            }
            Right::Grant(role) => {
                let of_each = grants(role, user, bindings, policy).into_iter();
                let rules = of_each.map(|[granted, within]| {
                    let within = rule(Kind::RoleBinding, table, &within);
                    rule(Kind::RoleBinding, table, &granted).and(within)
                });
                rules.fold(Rule::None, Rule::or)
            }
        }
    }
}

impl Sitting<'_> {
    /// Judges the row with this key.
    pub(super) async fn judge(
        &mut self,
        right: &Right<'_>,
        key: i64,
    ) -> Result<Judgement, AccessError> {
        let table = right.kind().table();
        let mut row = Query::select();
        row.from(table.name)
            .and_where(Expr::col((table.name, table.columns[0].name)).eq(key));
        self.judge_of(right, &row, &table.name.into_iden()).await
    }

    /// Judges a row before it is there.
    pub(super) async fn judge_made(
        &mut self,
        right: &Right<'_>,
        values: &[Given],
    ) -> Result<Judgement, AccessError> {
        let made: DynIden = "made".into_iden();
        let mut row = Query::select();
        row.from_subquery(
            literal(right.kind(), values, self.caller.keys())?,
            made.clone(),
        );
        self.judge_of(right, &row, &made).await
    }

    async fn judge_of(
        &mut self,
        right: &Right<'_>,
        row: &SelectStatement,
        table: &DynIden,
    ) -> Result<Judgement, AccessError> {
        let (scope, policy) = (self.caller.scope(), &self.policy);
        let bindings: Vec<&Binding> = scope.bindings.iter().collect();
        let mut select = row.clone();
        select
            .expr(division_of(right.kind(), table))
            .expr(right.rule(table, scope.user, &bindings, policy).flag());
        for binding in &bindings {
            select.expr(right.rule(table, scope.user, &[binding], policy).flag());
        }
        let rows = self.transaction.run(&select).await?;
        let row = rows.first().ok_or(AccessError::NotFound)?;
        let flag = |place: usize| -> Result<bool, AccessError> {
            Ok(row.try_get_by_index::<i32>(place)? == 1)
        };
        let mut allowing = Vec::new();
        for (place, binding) in (2..).zip(bindings) {
            if flag(place)? {
                allowing.push(binding.id);
            }
        }
        Ok(Judgement {
            is_allowed: flag(1)?,
            division: row.try_get_by_index(0)?,
            bindings: allowing,
        })
    }
}

/// Where a role may be given by each of the bindings: where the policy's lines say so and no
/// line of another denies it and, whatever they say, within the binding's own target.
fn grants(role: &str, user: i64, bindings: &[&Binding], policy: &Policy) -> Vec<[Decision; 2]> {
    let lines = |binding: &Binding, effect: Effect| -> Vec<Arm> {
        let lines = policy.appointments(&binding.role).iter();
        lines
            .filter(|line| line.effect == effect && line.roles.contains(role))
            .filter_map(|line| reach(line.scope, binding.target, user))
            .collect()
    };
    let denied = bindings
        .iter()
        .flat_map(|binding| lines(binding, Effect::Deny));
    let denied: Vec<Arm> = denied.collect();
    let of_each = bindings.iter().map(|binding| {
        let within = Decision::new(target(binding.target, user), Vec::new());
        let granted = Decision::new(lines(binding, Effect::Allow), denied.clone());
        [granted, within]
    });
    of_each.collect()
}

/// What lies within a binding's target.
fn target(target: Target, user: i64) -> Vec<Arm> {
    match target {
        Target::Division(Interval::NATION) => vec![Arm::Everything],
        Target::Division(interval) => vec![Arm::Subtree(interval)],
        Target::Facility(key) => vec![Arm::Facility(key), Arm::Managed(key)],
        Target::Program(key) => vec![Arm::Program(key)],
        Target::Partnership(project) => vec![Arm::Partnership { project, user }],
    }
}
