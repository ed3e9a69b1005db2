//! Policies that hold a line which is not valid.

mod refused;
mod spoilt;

/// The policy that a new database starts with.
pub(crate) const BUILT_IN: &str = include_str!("../../../access/src/policy.csv");

/// Lines that are not valid, each with what is wrong about it. Casbin by itself
/// would take most of them, and not as they were meant.
const BAD: [(&str, &str); 27] = [
    (
        "effect",
        "p, role:steward, res:facility, list, subtree, cols:all, alow",
    ),
    (
        "effect",
        "p, role:steward, res:facility, list, subtree, cols:all, Deny",
    ),
    (
        "scope kind",
        "p, role:steward, res:facility, list, subtre, cols:all, deny",
    ),
    (
        "scope kind of another kind",
        "p, role:steward, res:user, list, facility, cols:all, deny",
    ),
    (
        "scope kind of the group",
        "p, role:steward, res:workforce, list, located, cols:all, deny",
    ),
    (
        "action",
        "p, role:steward, res:facility, lst, subtree, cols:all, deny",
    ),
    (
        "any action",
        "p, role:steward, res:facility, *, subtree, cols:all, deny",
    ),
    (
        "resource",
        "p, role:steward, res:facilities, list, subtree, cols:all, deny",
    ),
    (
        "any resource",
        "p, role:steward, *, list, subtree, cols:all, deny",
    ),
    (
        "resource's prefix",
        "p, role:steward, facility, list, subtree, cols:all, deny",
    ),
    (
        "role's prefix",
        "p, steward, res:facility, list, subtree, cols:all, deny",
    ),
    (
        "a user for a role",
        "p, user:steward, res:facility, list, subtree, cols:all, deny",
    ),
    (
        "empty role",
        "p, role:, res:facility, list, subtree, cols:all, deny",
    ),
    (
        "columns",
        "p, role:steward, res:facility, read, subtree, cols:nothing, deny",
    ),
    (
        "columns of another kind",
        "p, role:steward, res:facility, read, subtree, cols:site-, deny",
    ),
    (
        "a column for a group",
        "p, role:steward, res:facility, read, subtree, name, deny",
    ),
    (
        "too short",
        "p, role:steward, res:facility, list, subtree, cols:all",
    ),
    (
        "too long",
        "p, role:steward, res:facility, list, subtree, cols:all, deny, deny",
    ),
    ("link too short", "g, role:steward"),
    (
        "link too long",
        "g, role:steward, role:observer, role:member",
    ),
    ("link to nothing", "g, role:steward, role:nobody"),
    ("cycle", "g, role:member, role:steward"),
    ("link to itself", "g, role:steward, role:steward"),
    ("link of a user", "g, alice, role:administrator"),
    ("group of no resource", "g2, res:facilities, res:places"),
    (
        "group of no column",
        "g2, col:facility.nam, cols:facility-public",
    ),
    (
        "group without its prefix",
        "g2, col:facility.name, facility-public",
    ),
];
