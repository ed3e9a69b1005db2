//! What a caller has a use for: which kinds of records, and which of their columns.

use sea_orm::sea_query::IntoIden;

use crate::{
    caller::Caller,
    cover::{Rule, rule},
    gate::Gate,
    kind::{self, Column, Kind, Resource},
    policy::ColumnSet,
    scope::{Scope, View, Way},
    vocabulary::Action,
};

/// What some binding of a caller's lets them do, as the policy says it; whether there is
/// such a record plays no part. Callers who may do the same have equal ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Capabilities {
    kinds: Vec<OfKind>,
    appoints: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct OfKind {
    opened: bool,
    listed: bool,
    clear: ColumnSet,
    masked: ColumnSet,
    revealed: ColumnSet,
    counted: ColumnSet,
    made: ColumnSet,
    changed: ColumnSet,
    deactivated: ColumnSet,
}

impl Caller {
    /// What the caller has a use for.
    pub fn capabilities(&self) -> Capabilities {
        let kinds = Kind::ALL.iter();
        let kinds = kinds.map(|kind| OfKind::of(self.scope(), *kind));
        Capabilities {
            kinds: kinds.collect(),
            appoints: self.scope().appoints,
        }
    }
}

impl Capabilities {
    /// Whether there are records that may be opened.
    pub fn opens<E: Resource>(&self) -> bool {
        self.of::<E>().opened
    }

    /// Whether there are records that may be listed.
    pub fn lists<E: Resource>(&self) -> bool {
        self.of::<E>().listed
    }

    /// Whether the column is seen on some of them, be it masked.
    pub fn shows<E: Resource>(&self, column: Column<E>) -> bool {
        let of_kind = self.of::<E>();
        has::<E>(of_kind.clear | of_kind.masked, column)
    }

    /// Whether the column is clear on some of them, so that lists may be filtered and
    /// ordered by it.
    pub fn compares<E: Resource>(&self, column: Column<E>) -> bool {
        has::<E>(self.of::<E>().clear, column)
    }

    /// Whether the column may be had in clear on some of them, be it for a purpose.
    pub fn reveals<E: Resource>(&self, column: Column<E>) -> bool {
        let of_kind = self.of::<E>();
        of_kind.opened && has::<E>(of_kind.clear | of_kind.revealed, column)
    }

    /// Whether there are published counts of the kind by this column.
    pub fn counts<E: Resource>(&self, column: Column<E>) -> bool {
        has::<E>(self.of::<E>().counted, column)
    }

    /// Whether records of the kind may be made.
    pub fn makes<E: Resource>(&self) -> bool {
        self.of::<E>().made != 0
    }

    /// Whether the column may be given where one is made.
    pub fn makes_with<E: Resource>(&self, column: Column<E>) -> bool {
        has::<E>(self.of::<E>().made, column)
    }

    /// Whether records of the kind may be changed.
    pub fn changes<E: Resource>(&self) -> bool {
        self.of::<E>().changed != 0
    }

    /// Whether the column may be changed on some of them.
    pub fn changes_column<E: Resource>(&self, column: Column<E>) -> bool {
        has::<E>(self.of::<E>().changed, column)
    }

    /// Whether some of them may be taken out of use.
    pub fn deactivates<E: Resource>(&self) -> bool {
        self.of::<E>().deactivated != 0
    }

    /// Whether some role may be given to somebody, and taken back.
    pub fn appoints(&self) -> bool {
        self.appoints
    }

    fn of<E: Resource>(&self) -> &OfKind {
        &self.kinds[E::KIND as usize]
    }
}

impl OfKind {
    fn of(scope: &Scope, kind: Kind) -> OfKind {
        let (opened, listed) = (scope.view(kind, Way::Opened), scope.view(kind, Way::Listed));
        let table = kind.table().name.into_iden();
        let is_somewhere = |rule: &Rule| !matches!(rule, Rule::None);
        let has_rows = |view: &View| is_somewhere(&rule(kind, &table, &view.rows));
        let views = [opened, listed].into_iter().filter(|view| has_rows(view));
        let views: Vec<&View> = views.collect();
        let columns = |holds: &dyn Fn(usize) -> bool| {
            let places = 0..kind.table().columns.len();
            let held = places.filter(|place| holds(*place));
            held.fold(0, |set: ColumnSet, place| set | 1 << place)
        };
        let gated = |gates: fn(&View) -> &[Gate]| {
            columns(&|place| {
                let mut gates = views.iter().map(|view| &gates(view)[place]);
                gates.any(|gate| is_somewhere(&gate.condition(kind, &table)))
            })
        };
        let written = |action: Action| {
            let decisions = scope.writes(kind, action);
            columns(&|place| decisions.is_some_and(|columns| !columns[place].is_never()))
        };
        OfKind {
            made: written(Action::Create),
            changed: written(Action::Update),
            deactivated: written(Action::Deactivate),
            opened: has_rows(opened),
            listed: has_rows(listed),
            clear: gated(|view| &view.gates),
            masked: gated(|view| &view.masks),
            revealed: gated(|view| &view.reveals),
            counted: columns(&|place| !scope.counts(kind, place).is_never()),
        }
    }
}

fn has<E: Resource>(set: ColumnSet, column: Column<E>) -> bool {
    set >> kind::index::<E>(column) & 1 == 1
}
