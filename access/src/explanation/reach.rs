//! Which policy lines matter to a deed, and where they and all together allow it.

use sea_orm::sea_query::DynIden;

use super::{Deed, Question, column_of};
use crate::{
    account::{Binding, Target},
    arm::{Arm, Decision},
    cover::{Rule, rule},
    error::AccessError,
    kind::{ACTIVE, Kind},
    policy::{Grant, Policy},
    scope::{View, listed, opened, reach, writes},
    vocabulary::{Action, Effect, ScopeKind},
};

/// A deed done to a kind of records, or to a column of them.
pub(crate) struct Way {
    kind: Kind,
    deed: Deed,
    column: Option<usize>,
}

/// A policy line at the target of a binding.
pub(super) struct Line<'a> {
    pub(super) binding: &'a Binding,
    pub(super) text: &'a str,
    pub(super) effect: Effect,
    pub(super) scope: ScopeKind,
    arm: Arm,
}

impl Line<'_> {
    /// The rows that it covers.
    pub(super) fn rule(&self, kind: Kind, table: &DynIden) -> Rule {
        rule(kind, table, &Decision::new(vec![self.arm], Vec::new()))
    }

    pub(super) fn target(&self) -> Target {
        self.binding.target
    }
}

impl Way {
    pub(super) fn of(question: &Question) -> Result<Way, AccessError> {
        let (kind, _) = question.record;
        let invalid = |problem: &str| Err(AccessError::InvalidInput(problem.to_owned()));
        let field = question.field.as_deref();
        let column = field.map(|field| column_of(kind, field)).transpose()?;
        match (question.deed, column) {
            (Deed::Reveal, None) => return invalid("`field`: say what is to be revealed"),
            (Deed::Reveal, Some(column)) if kind.table().columns[column].mask.is_none() => {
                return invalid("`field`: nothing of it is masked, so nothing can be revealed");
            }
            (Deed::Deactivate, Some(_)) => {
                return invalid("`field`: a record is taken out of use as a whole");
            }
            _ => {}
        }
        Ok(Way::to(kind, question.deed, column))
    }

    /// That of a column or, without one, of records as a whole.
    pub(crate) fn to(kind: Kind, deed: Deed, column: Option<usize>) -> Way {
        let column = match deed {
            Deed::Deactivate => kind.table().index(ACTIVE),
            _ => column,
        };
        Way { kind, deed, column }
    }

    fn actions(&self) -> &'static [Action] {
        match self.deed {
            Deed::List => &[Action::List],
            Deed::Read => &[Action::Read, Action::Mask],
            Deed::Reveal => &[Action::Read, Action::Reveal],
            Deed::Update => &[Action::Update],
            Deed::Deactivate => &[Action::Deactivate],
        }
    }

    /// Whether a line says anything about it.
    fn is_concerned(&self, line: &Grant) -> bool {
        match self.column {
            Some(column) => line.columns >> column & 1 == 1,
            None => line.effect == Effect::Allow || line.all_columns,
        }
    }

    /// The lines that matter, at the targets of these bindings.
    pub(super) fn lines<'a>(
        &self,
        user: i64,
        bindings: &[&'a Binding],
        policy: &'a Policy,
    ) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for binding in bindings {
            for action in self.actions() {
                let grants = policy.grants(&binding.role, self.kind, *action).iter();
                lines.extend(grants.filter_map(|line| {
                    let concerned = self.is_concerned(line);
                    let arm = reach(line.scope, binding.target, user).filter(|_| concerned)?;
                    Some(Line {
                        binding,
                        text: &line.line,
                        effect: line.effect,
                        scope: line.scope,
                        arm,
                    })
                }));
            }
        }
        lines
    }

    /// The lines by which a role would allow it.
    pub(super) fn allowing<'a>(
        &self,
        role: &str,
        policy: &'a Policy,
    ) -> impl Iterator<Item = &'a Grant> {
        // What is seen masked is not yet read.
        let actions = self.actions().iter();
        let actions = actions.filter(|action| **action != Action::Mask);
        let lines = actions.flat_map(|action| policy.grants(role, self.kind, *action));
        lines.filter(|line| line.effect == Effect::Allow && self.is_concerned(line))
    }

    /// The rows on which these bindings allow it, as the door decides.
    pub(crate) fn allowed(
        &self,
        table: &DynIden,
        user: i64,
        bindings: &[&Binding],
        policy: &Policy,
    ) -> Rule {
        let gate = |view: &View| match self.column {
            Some(column) => view.gates[column].condition(self.kind, table),
            None => Rule::All,
        };
        let rows = |view: &View| rule(self.kind, table, &view.rows);
        let open = opened(self.kind, user, bindings, policy);
        match self.deed {
            Deed::List => {
                let list = listed(self.kind, user, bindings, policy);
                rows(&list).and(gate(&list))
            }
            Deed::Read => rows(&open).and(gate(&open)),
            Deed::Reveal => {
                let revealed = self.column.map_or(Rule::None, |column| {
                    open.reveals[column].condition(self.kind, table)
                });
                rows(&open).and(gate(&open).or(revealed))
            }
            Deed::Update => {
                rows(&open).and(self.written(Action::Update, table, user, bindings, policy))
            }
            Deed::Deactivate => {
                rows(&open).and(self.written(Action::Deactivate, table, user, bindings, policy))
            }
        }
    }

    /// The rows on which they show the column masked, where not in clear.
    pub(super) fn masked(
        &self,
        table: &DynIden,
        user: i64,
        bindings: &[&Binding],
        policy: &Policy,
    ) -> Rule {
        let open = opened(self.kind, user, bindings, policy);
        match (self.deed, self.column) {
            (Deed::Read, Some(column)) => {
                let masked = open.masks[column].condition(self.kind, table);
                rule(self.kind, table, &open.rows).and(masked)
            }
            _ => Rule::None,
        }
    }

    /// Where the column may be written or, without one, any.
    fn written(
        &self,
        action: Action,
        table: &DynIden,
        user: i64,
        bindings: &[&Binding],
        policy: &Policy,
    ) -> Rule {
        let decisions = writes(self.kind, action, user, bindings, policy);
        match self.column {
            Some(column) => rule(self.kind, table, &decisions[column]),
            None => {
                let rules = decisions
                    .iter()
                    .map(|decision| rule(self.kind, table, decision));
                rules.fold(Rule::None, Rule::or)
            }
        }
    }
}
