//! A caller's bindings and the policy's grants, compiled into one decision for
//! each kind of record and each of its columns.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{
    account::{Account, Binding, Target},
    arm::{Arm, Decision, Interval},
    gate::Gate,
    kind::Kind,
    policy::{Grant, Policy},
    release,
    vocabulary::{Action, Effect, ScopeKind},
};

/// Everything that decides what a caller may do, and until when it holds.
pub(crate) struct Scope {
    /// No other scope of this process has had this number.
    pub(crate) number: u64,
    /// Key of the caller's account.
    pub(crate) user: i64,
    pub(crate) binding_epoch: i64,
    pub(crate) policy_epoch: i64,
    /// When the next binding begins or ends, by the database's clock in
    /// milliseconds since 1970.
    pub(crate) valid_until: i64,
    /// Those of the caller's that are in force.
    pub(crate) bindings: Vec<Binding>,
    /// Whether some role may be given to somebody.
    pub(crate) appoints: bool,
    rights: Vec<Rights>,
}

/// What a caller may do with one kind of record.
pub(crate) struct Rights {
    list: View,
    read: View,
    /// Where it is counted in what is published, by each column: nowhere for who has
    /// records that would tell what is withheld.
    counts: Vec<Decision>,
    /// Where it may be written, by each column, for each action that is allowed at all.
    writes: Vec<(Action, Vec<Decision>)>,
}

/// A row rule and, for the rows that it lets through, gates for each column.
pub(crate) struct View {
    pub(crate) rows: Decision,
    /// Where the column is in clear.
    pub(crate) gates: Vec<Gate>,
    /// Where it is seen masked, if not in clear.
    pub(crate) masks: Vec<Gate>,
    /// Where it may be revealed.
    pub(crate) reveals: Vec<Gate>,
}

/// How a row is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    /// In a list or a count.
    Listed,
    /// By its key, or as the one that another row refers to.
    Opened,
}

impl Scope {
    pub(crate) fn compile(account: &Account, policy: &Policy) -> Scope {
        let in_force: Vec<&Binding> = account
            .bindings
            .iter()
            .filter(|binding| binding.in_force(account.now))
            .collect();
        let compile = |kind: &Kind| Rights::compile(*kind, account.user, &in_force, policy);
        let mut rights: Vec<Rights> = Kind::ALL.iter().map(compile).collect();
        for counted in Kind::ALL {
            let is_told = |kind: &Kind| {
                let mut arms = rights[*kind as usize].arms();
                arms.any(|arm| release::is_told_by(*counted, *kind, arm))
            };
            if Kind::ALL.iter().any(is_told) {
                rights[*counted as usize]
                    .counts
                    .fill_with(Decision::default);
            }
        }
        let changes = account.bindings.iter().flat_map(Binding::changes);
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Scope {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            user: account.user,
            binding_epoch: account.binding_epoch,
            policy_epoch: account.policy_epoch,
            valid_until: changes
                .filter(|instant| *instant > account.now)
                .min()
                .unwrap_or(i64::MAX),
            appoints: in_force.iter().any(|binding| {
                let mut appointments = policy.appointments(&binding.role).iter();
                appointments.any(|line| {
                    line.effect == Effect::Allow
                        && reach(line.scope, binding.target, account.user).is_some()
                })
            }),
            bindings: in_force.into_iter().cloned().collect(),
            rights,
        }
    }

    pub(crate) fn view(&self, kind: Kind, way: Way) -> &View {
        let rights = &self.rights[kind as usize];
        match way {
            Way::Listed => &rights.list,
            Way::Opened => &rights.read,
        }
    }

    /// Where records of a kind are counted, for the caller, in what is published by a
    /// column.
    pub(crate) fn counts(&self, kind: Kind, column: usize) -> &Decision {
        &self.rights[kind as usize].counts[column]
    }

    /// Where the caller may write records of a kind by this action, by each column; none
    /// where nothing allows it.
    pub(crate) fn writes(&self, kind: Kind, action: Action) -> Option<&[Decision]> {
        let mut writes = self.rights[kind as usize].writes.iter();
        writes.find_map(|(known, columns)| (*known == action).then_some(columns.as_slice()))
    }
}

impl Rights {
    /// By which rows are let through, in lists or by their keys.
    fn arms(&self) -> impl Iterator<Item = &Arm> {
        let views = [&self.list, &self.read].into_iter();
        views.flat_map(|view| &view.rows.allow)
    }

    fn compile(kind: Kind, user: i64, bindings: &[&Binding], policy: &Policy) -> Rights {
        let list = arms(kind, Action::List, user, bindings, policy);
        let read = arms(kind, Action::Read, user, bindings, policy);
        let mask = arms(kind, Action::Mask, user, bindings, policy);
        let reveal = arms(kind, Action::Reveal, user, bindings, policy);
        let aggregate = arms(kind, Action::Aggregate, user, bindings, policy);
        let columns = of_columns(kind, &read);
        // Of what may not be read there is no mask either.
        let unless_denied = |decisions: Vec<Decision>| -> Vec<Decision> {
            let each = decisions.into_iter().zip(&columns);
            let less = |(decision, column): (Decision, &Decision)| decision.less(&column.deny);
            each.map(less).collect()
        };
        let (masks, reveals) = (
            unless_denied(of_columns(kind, &mask)),
            unless_denied(of_columns(kind, &reveal)),
        );
        let view = |rows: Decision| {
            let gates = |columns: &[Decision]| -> Vec<Gate> {
                let columns = columns.iter().enumerate();
                let gate = |(place, column)| Gate::of(place, &rows, column);
                columns.map(gate).collect()
            };
            View {
                gates: gates(&columns),
                masks: gates(&masks),
                reveals: gates(&reveals),
                rows,
            }
        };
        // A deny on all columns hides the row; who may not read it may not list it.
        let whole = |grant: &Grant| grant.effect == Effect::Allow || grant.all_columns;
        let opened = decide(&read, whole);
        let listed = decide(&list, whole).less(&opened.deny);
        Rights {
            list: view(listed),
            read: view(opened),
            counts: of_columns(kind, &aggregate),
            writes: Action::WRITES
                .into_iter()
                .map(|action| (action, writes(kind, action, user, bindings, policy)))
                .filter(|(_, columns)| columns.iter().any(|column| !column.is_never()))
                .collect(),
        }
    }
}

/// What of a kind may be opened by these bindings.
pub(crate) fn opened(kind: Kind, user: i64, bindings: &[&Binding], policy: &Policy) -> View {
    Rights::compile(kind, user, bindings, policy).read
}

/// What of a kind may be listed by these bindings.
pub(crate) fn listed(kind: Kind, user: i64, bindings: &[&Binding], policy: &Policy) -> View {
    Rights::compile(kind, user, bindings, policy).list
}

/// Where records of a kind may be written by these bindings, by each column.
pub(crate) fn writes(
    kind: Kind,
    action: Action,
    user: i64,
    bindings: &[&Binding],
    policy: &Policy,
) -> Vec<Decision> {
    of_columns(kind, &arms(kind, action, user, bindings, policy))
}

fn of_columns(kind: Kind, arms: &[(Arm, &Grant)]) -> Vec<Decision> {
    let places = 0..kind.table().columns.len();
    let column = |place| decide(arms, |grant| grant.columns & (1_u64 << place) != 0);
    places.map(column).collect()
}

fn arms<'a>(
    kind: Kind,
    action: Action,
    user: i64,
    bindings: &[&Binding],
    policy: &'a Policy,
) -> Vec<(Arm, &'a Grant)> {
    let mut arms = Vec::new();
    for binding in bindings {
        for grant in policy.grants(&binding.role, kind, action) {
            arms.extend(
                reach(grant.scope, binding.target, user)
                    .into_iter()
                    .map(|arm| (arm, grant)),
            );
        }
    }
    arms
}

fn decide(arms: &[(Arm, &Grant)], counts: impl Fn(&Grant) -> bool) -> Decision {
    let of = |effect: Effect| {
        arms.iter()
            .filter(|(_, grant)| grant.effect == effect && counts(grant))
            .map(|(arm, _)| *arm)
            .collect()
    };
    Decision::new(of(Effect::Allow), of(Effect::Deny))
}

/// From a binding's target to rows. A scope kind that does not fit the target
/// reaches nothing.
pub(crate) fn reach(scope: ScopeKind, target: Target, user: i64) -> Option<Arm> {
    match (scope, target) {
        (ScopeKind::Reference, _) => Some(Arm::Everything),
        (ScopeKind::Nation, Target::Division(Interval::NATION)) => Some(Arm::Everything),
        (ScopeKind::Own, _) => Some(Arm::Own(user)),
        (ScopeKind::Subtree, Target::Division(interval)) => Some(Arm::Subtree(interval)),
        (ScopeKind::Located, Target::Division(interval)) => Some(Arm::Located(interval)),
        (ScopeKind::Enrolled, Target::Division(interval)) => Some(Arm::Enrolled(interval)),
        (ScopeKind::Acted, Target::Division(interval)) => Some(Arm::Acted(interval)),
        (ScopeKind::Above, Target::Division(interval)) => Some(Arm::Above(interval.first)),
        (ScopeKind::Above, Target::Facility(id)) => Some(Arm::AboveFacility(id)),
        (ScopeKind::Facility, Target::Facility(id)) => Some(Arm::Facility(id)),
        (ScopeKind::Managed, Target::Facility(id)) => Some(Arm::Managed(id)),
        (ScopeKind::Program, Target::Program(id)) => Some(Arm::Program(id)),
        (ScopeKind::Partnership, Target::Partnership(project)) => {
            Some(Arm::Partnership { project, user })
        }
        _ => None,
    }
}

/// Whether a role lets do anything at a target, beyond what it lets do anywhere and to what
/// lies above.
pub(crate) fn is_somewhere(role: &str, target: Target, policy: &Policy) -> bool {
    let scopes = policy.scopes(role);
    let mut located = scopes.filter(|scope| {
        !matches!(
            scope,
            ScopeKind::Reference | ScopeKind::Own | ScopeKind::Above
        )
    });
    located.any(|scope| reach(scope, target, 0).is_some())
}
