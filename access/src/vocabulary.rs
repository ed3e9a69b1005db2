//! The words of a policy line: actions, scope kinds and effects.

use crate::arm::{Arm, Interval};

/// What a caller may do to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    /// Find the record in a list and count it.
    List,
    /// Open the record and read columns of it.
    Read,
    /// See columns of an open record masked.
    Mask,
    /// Have it counted in statistics.
    Aggregate,
    /// Make a record.
    Create,
    /// Change it.
    Update,
    /// Take it out of use.
    Deactivate,
    /// Give a role to somebody, and take it back.
    Grant,
    /// See a masked value in clear.
    Reveal,
}

/// How a line's rights reach from a binding's target to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ScopeKind {
    Reference,
    Nation,
    Subtree,
    Located,
    Enrolled,
    Acted,
    Above,
    Facility,
    Managed,
    Program,
    Partnership,
    Own,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

const ACTIONS: &[(&str, Action)] = &[
    ("list", Action::List),
    ("read", Action::Read),
    ("mask", Action::Mask),
    ("aggregate", Action::Aggregate),
    ("create", Action::Create),
    ("update", Action::Update),
    ("deactivate", Action::Deactivate),
    ("grant", Action::Grant),
    ("reveal", Action::Reveal),
];

const SCOPES: &[(&str, ScopeKind)] = &[
    ("reference", ScopeKind::Reference),
    ("nation", ScopeKind::Nation),
    ("subtree", ScopeKind::Subtree),
    ("located", ScopeKind::Located),
    ("enrolled", ScopeKind::Enrolled),
    ("acted", ScopeKind::Acted),
    ("above", ScopeKind::Above),
    ("facility", ScopeKind::Facility),
    ("managed", ScopeKind::Managed),
    ("program", ScopeKind::Program),
    ("partnership", ScopeKind::Partnership),
    ("self", ScopeKind::Own),
];

const EFFECTS: &[(&str, Effect)] = &[("allow", Effect::Allow), ("deny", Effect::Deny)];

impl Action {
    /// Those that write.
    pub(crate) const WRITES: [Action; 3] = [Action::Create, Action::Update, Action::Deactivate];

    pub(crate) fn named(name: &str) -> Result<Action, String> {
        named(ACTIONS, name, "action")
    }

    /// The action's name in the policy.
    pub(crate) fn name(self) -> &'static str {
        ACTIONS
            .iter()
            .find(|(_, action)| *action == self)
            .map_or("", |(name, _)| name)
    }
}

impl ScopeKind {
    pub(crate) fn named(name: &str) -> Result<ScopeKind, String> {
        named(SCOPES, name, "scope kind")
    }

    /// An arm of this kind, to tell which kinds of records know it.
    pub(crate) fn sample(self) -> Arm {
        match self {
            ScopeKind::Reference | ScopeKind::Nation => Arm::Everything,
            ScopeKind::Subtree => Arm::Subtree(Interval::NATION),
            ScopeKind::Located => Arm::Located(Interval::NATION),
            ScopeKind::Enrolled => Arm::Enrolled(Interval::NATION),
            ScopeKind::Acted => Arm::Acted(Interval::NATION),
            ScopeKind::Above => Arm::Above(0),
            ScopeKind::Facility => Arm::Facility(0),
            ScopeKind::Managed => Arm::Managed(0),
            ScopeKind::Program => Arm::Program(0),
            ScopeKind::Partnership => Arm::Partnership {
                project: 0,
                user: 0,
            },
            ScopeKind::Own => Arm::Own(0),
        }
    }
}

impl Effect {
    pub(crate) fn named(name: &str) -> Result<Effect, String> {
        named(EFFECTS, name, "effect")
    }
}

fn named<T: Copy>(known: &[(&str, T)], name: &str, what: &str) -> Result<T, String> {
    known
        .iter()
        .find(|(candidate, _)| *candidate == name)
        .map(|(_, value)| *value)
        .ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            format!("unknown {what} {name:?}; known are {}", names.join(", "))
        })
}
