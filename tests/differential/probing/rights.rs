//! What a user's rights rest on. Two worlds that are alike in it give the user the same
//! rows, and the same of their columns in clear, whatever else they hold.

use access::Kind;
use entity::{app_user, division, policy_rule, role_binding};

use super::policy;
use crate::{
    catalogue,
    cell::Cell,
    reach::{self, SCOPES},
    world::World,
};

#[derive(PartialEq)]
pub(super) struct Rights {
    user: app_user::Model,
    bindings: Vec<role_binding::Model>,
    targets: Vec<division::Model>,
    policy: Vec<policy_rule::Model>,
    /// Of each binding, scope kind and row, whether it is covered.
    covered: Vec<bool>,
}

impl Rights {
    pub(super) fn of(world: &World, user: i64) -> Rights {
        let tables = &world.tables;
        let mut users = tables.users.iter();
        let own = users.find(|own| own.id == user);
        let bindings = tables.bindings.iter();
        let bindings: Vec<_> = bindings.filter(|binding| binding.user_id == user).collect();
        let targets = tables.divisions.iter();
        let targets = targets.filter(|division| {
            let mut bindings = bindings.iter();
            bindings.any(|binding| binding.division_id == Some(division.id))
        });
        let policy = tables.policy.iter().filter(|line| !policy::is_idle(line));
        Rights {
            user: own.cloned().expect("the user"),
            targets: targets.cloned().collect(),
            policy: policy.cloned().collect(),
            covered: covered(world, &bindings),
            bindings: bindings.into_iter().cloned().collect(),
        }
    }
}

fn covered(world: &World, bindings: &[&role_binding::Model]) -> Vec<bool> {
    let named = |scope: &&&str| {
        let mut lines = world.tables.policy.iter();
        lines.any(|line| line.v3.as_deref() == Some(**scope))
    };
    let mut covered = Vec::new();
    for scope in SCOPES.iter().filter(named) {
        for kind in Kind::ALL {
            for row in world.rows(*kind) {
                let covers = |binding: &&role_binding::Model| {
                    reach::covers(world, scope, binding, *kind, row)
                };
                covered.extend(bindings.iter().map(covers));
            }
        }
    }
    covered
}

/// Whether rights may rest on the cell: any other need not be looked at.
pub(super) fn may_rest_on(cell: Cell) -> bool {
    let is_account = matches!(
        cell.kind,
        Kind::Division | Kind::User | Kind::RoleBinding | Kind::PolicyRule
    );
    let mut references = catalogue::of(cell.kind).ones.iter();
    is_account
        || (cell.kind, cell.column) == (Kind::Organization, "kind")
        || references.any(|one| one.column == cell.column)
}
