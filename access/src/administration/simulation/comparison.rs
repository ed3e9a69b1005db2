//! What may change between the rights of before and after, as far as the rules themselves
//! tell: whether there is a record for which it does is counted.

use super::{Incumbent, effect::Rights};
use crate::{
    account::Binding,
    arm::Decision,
    explanation::{Deed, Way},
    kind::{ACTIVE, Kind},
    policy::Policy,
    scope::{View, listed, opened, writes},
    vocabulary::Action,
};

/// Something that somebody could do to records of a kind, or no longer.
pub(super) struct Change {
    kind: Kind,
    pub(super) deed: Deed,
    /// The columns that it is about, all of which change alike; none are the records as a
    /// whole.
    pub(super) fields: Vec<usize>,
}

impl Change {
    pub(super) fn way(&self) -> Way {
        Way::to(self.kind, self.deed, self.fields.first().copied())
    }

    /// Whether it is of records that stay open: what comes and goes with them goes without
    /// saying.
    pub(super) fn is_within(&self) -> bool {
        matches!(self.deed, Deed::Read | Deed::Reveal) && !self.fields.is_empty()
    }
}

/// What somebody may do with a kind of records.
struct Decided {
    list: Decision,
    open: View,
    updates: Vec<Decision>,
    deactivates: Vec<Decision>,
}

impl Decided {
    fn of(kind: Kind, incumbent: &Incumbent, policy: &Policy) -> Decided {
        let (user, bindings) = (incumbent.user, &incumbent.bindings);
        let bindings: Vec<&Binding> = bindings.iter().collect();
        let written = |action| writes(kind, action, user, &bindings, policy);
        Decided {
            list: listed(kind, user, &bindings, policy).rows,
            open: opened(kind, user, &bindings, policy),
            updates: written(Action::Update),
            deactivates: written(Action::Deactivate),
        }
    }
}

/// What may change for records of a kind.
pub(super) fn changes(kind: Kind, before: &Rights<'_>, after: &Rights<'_>) -> Vec<Change> {
    let both = before.incumbents.iter().zip(&after.incumbents);
    let changed = both.filter(|(earlier, later)| {
        let ids = |incumbent: &Incumbent| -> Vec<i64> {
            let bindings = incumbent.bindings.iter();
            bindings.map(|binding| binding.id).collect()
        };
        let mut roles = earlier.bindings.iter().map(|binding| &binding.role);
        let is_same = ids(earlier) == ids(later)
            && roles.all(|role| before.policy.says_alike(after.policy, role, kind));
        !is_same
    });
    let decided = changed.map(|(earlier, later)| {
        [
            Decided::of(kind, earlier, before.policy),
            Decided::of(kind, later, after.policy),
        ]
    });
    let decided: Vec<[Decided; 2]> = decided.collect();
    let differ = |differ: &dyn Fn(&Decided, &Decided) -> bool| {
        decided
            .iter()
            .any(|[earlier, later]| differ(earlier, later))
    };
    let whole = |deed| Change {
        kind,
        deed,
        fields: Vec::new(),
    };
    let mut changes = Vec::new();
    if differ(&|earlier, later| earlier.list != later.list) {
        changes.push(whole(Deed::List));
    }
    if differ(&|earlier, later| earlier.open.rows != later.open.rows) {
        changes.push(whole(Deed::Read));
    }
    let gates = |place: usize| transition(&decided, |side| &side.open.gates[place]);
    changes.extend(grouped(kind, Deed::Read, gates));
    let reveals = |place: usize| {
        let is_masked = kind.table().columns[place].mask.is_some();
        transition(&decided, |side| &side.open.reveals[place]).filter(|_| is_masked)
    };
    changes.extend(grouped(kind, Deed::Reveal, reveals));
    let updates = |place: usize| transition(&decided, |side| &side.updates[place]);
    changes.extend(grouped(kind, Deed::Update, updates));
    let active = kind.table().index(ACTIVE);
    let deactivates = |earlier: &Decided, later: &Decided| {
        active.is_some_and(|place| earlier.deactivates[place] != later.deactivates[place])
    };
    if differ(&deactivates) {
        changes.push(whole(Deed::Deactivate));
    }
    changes
}

/// What decides something before and after, for each of those whose rights change.
type Transition<'a, T> = Vec<[&'a T; 2]>;

/// That of a part of the decisions, if it changes for somebody.
fn transition<'a, T: PartialEq>(
    decided: &'a [[Decided; 2]],
    part: impl Fn(&'a Decided) -> &'a T,
) -> Option<Transition<'a, T>> {
    let each = decided.iter();
    let each: Transition<T> = each.map(|sides| sides.each_ref().map(&part)).collect();
    let is_change = each.iter().any(|[earlier, later]| earlier != later);
    is_change.then_some(each)
}

/// A change for all columns that change alike.
fn grouped<'a, T: PartialEq + 'a>(
    kind: Kind,
    deed: Deed,
    transition: impl Fn(usize) -> Option<Transition<'a, T>>,
) -> Vec<Change> {
    let mut groups: Vec<(Transition<T>, Change)> = Vec::new();
    for (place, _) in kind.decided() {
        let Some(own) = transition(place) else {
            continue;
        };
        match groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, change)) => change.fields.push(place),
            None => {
                let fields = vec![place];
                groups.push((own, Change { kind, deed, fields }));
            }
        }
    }
    groups.into_iter().map(|(_, change)| change).collect()
}
