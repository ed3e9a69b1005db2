//! How much of a kind a caller may read, for who wants to know before asking.

use std::marker::PhantomData;

use sea_orm::sea_query::IntoIden;

use crate::{
    caller::Caller,
    cover::{Rule, rule},
    gate::Gate,
    kind::{self, Column, Resource},
    scope::{View, Way},
};

/// Of how many records of a kind something holds, as the policy and the caller's
/// bindings say it; how many there are plays no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Of every one.
    Every,
    /// It depends on the record.
    Some,
    /// Of none.
    None,
}

/// What a caller may read of a kind of record.
pub struct Readable<'a, E> {
    view: &'a View,
    kind: PhantomData<E>,
}

impl Caller {
    /// What the caller may read of this kind.
    pub fn readable<E: Resource>(&self) -> Readable<'_, E> {
        Readable {
            view: self.scope().view(E::KIND, Way::Opened),
            kind: PhantomData,
        }
    }
}

impl<E: Resource> Readable<'_, E> {
    /// Which records the caller may open.
    pub fn records(&self) -> Extent {
        let table = E::KIND.table().name.into_iden();
        Extent::of(&rule(E::KIND, &table, &self.view.rows))
    }

    /// On which of the records that the caller may open this column is theirs to read.
    pub fn column(&self, column: Column<E>) -> Extent {
        self.extent(&self.view.gates[kind::index::<E>(column)])
    }

    /// On which of them it is masked unless it is theirs to read.
    pub fn masked(&self, column: Column<E>) -> Extent {
        self.extent(&self.view.masks[kind::index::<E>(column)])
    }

    fn extent(&self, gate: &Gate) -> Extent {
        let table = E::KIND.table().name.into_iden();
        match self.records() {
            Extent::None => Extent::None,
            _ => Extent::of(&gate.condition(E::KIND, &table)),
        }
    }
}

impl Extent {
    fn of(rule: &Rule) -> Extent {
        match rule {
            Rule::All => Extent::Every,
            Rule::None => Extent::None,
            Rule::Where(_) => Extent::Some,
        }
    }
}
