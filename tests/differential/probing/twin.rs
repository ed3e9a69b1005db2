//! Twins: two worlds that differ in what one user may not see, and in nothing else.

use access::Kind;

use super::{
    rights::{self, Rights},
    spare,
};
use crate::{
    cell::{self, Cell, Column, origin},
    constraint,
    oracle::Oracle,
    rng::Rng,
    sight::mask,
    value::{Record, Value},
    world::World,
};

pub(super) struct Twin {
    pub(super) world: World,
    differences: Vec<(Column, Vec<Difference>)>,
}

#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) cell: Cell,
    pub(super) here: Option<Value>,
    pub(super) there: Option<Value>,
    /// Whether the user sees the value masked.
    pub(super) masked: bool,
    /// Whether the user sees the column's value on another record.
    pub(super) clear_elsewhere: bool,
}

/// Values that are tried for a cell, and cells of a column that rights may rest on.
const TRIES: usize = 8;
const CELLS: usize = 5;

impl Twin {
    /// The oracle's world and another one, which the user may not tell apart.
    pub(super) fn draw(rng: &mut Rng, oracle: &Oracle, user: i64) -> Twin {
        let sought = Sought {
            oracle,
            user,
            rights: Rights::of(&oracle.world, user),
        };
        let mut world = World::clone(&oracle.world);
        for &kind in Kind::ALL {
            // What repeats another column follows it.
            for column in kind
                .columns()
                .filter(|column| origin((kind, column)) == (kind, column))
            {
                sought.vary(rng, &mut world, kind, column);
            }
        }
        let mut differences = Vec::new();
        for &kind in Kind::ALL {
            let rows = oracle.world.rows(kind).iter().zip(world.rows(kind));
            for column in kind.columns() {
                let differ =
                    |(here, there): &(&Record, &Record)| here.get(column) != there.get(column);
                let cells = rows.clone().filter(differ);
                let cells = cells.map(|(here, there)| sought.difference(kind, column, here, there));
                differences.push(((kind, column), cells.collect()));
            }
        }
        Twin { world, differences }
    }

    /// The columns in which the worlds differ, each with its cells.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Column, &[Difference])> {
        let differences = self.differences.iter();
        let differ = differences.filter(|(_, cells)| !cells.is_empty());
        differ.map(|(column, cells)| (*column, cells.as_slice()))
    }
}

struct Sought<'a> {
    oracle: &'a Oracle,
    user: i64,
    rights: Rights,
}

impl Sought<'_> {
    /// Gives the column other values wherever the user may not see it.
    fn vary(&self, rng: &mut Rng, world: &mut World, kind: Kind, column: &'static str) {
        let rows = world.rows(kind).iter().map(|row| Cell {
            kind,
            row: row.id,
            column,
        });
        let mut cells: Vec<Cell> = rows.filter(|cell| self.is_hidden(*cell)).collect();
        cells = rng.sample(cells.len(), cells.len(), &cells);
        let mut left = CELLS;
        for cell in cells {
            let values = spare::values(rng, world, cell);
            if rights::may_rest_on(cell) && !values.is_empty() {
                if left == 0 {
                    return;
                }
                left -= 1;
            }
            for value in values.into_iter().take(TRIES) {
                let changed = cell::put(world, cell, value);
                if self.is_the_same_to_the_user(world, &changed) {
                    break;
                }
                cell::put_back(world, changed);
            }
        }
    }

    fn is_hidden(&self, cell: Cell) -> bool {
        !self
            .oracle
            .cell(self.user, cell.kind, cell.row, cell.column)
            .is_granted()
    }

    fn is_masked(&self, cell: Cell) -> bool {
        self.oracle
            .masked(self.user, cell.kind, cell.row, cell.column)
            .is_granted()
    }

    fn is_the_same_to_the_user(&self, world: &World, changed: &[(Cell, Option<Value>)]) -> bool {
        let masked = |world: &World, cell: Cell| {
            let row = world.row(cell.kind, cell.row);
            let value = row.and_then(|row| row.get(cell.column));
            value.map(|value| mask(cell.column, value))
        };
        let unseen = changed.iter().all(|(cell, _)| {
            let is_masked = self.is_masked(*cell);
            self.is_hidden(*cell)
                && (!is_masked || masked(world, *cell) == masked(&self.oracle.world, *cell))
        });
        let mut cells = changed.iter().map(|(cell, _)| *cell);
        unseen
            && cells
                .clone()
                .all(|cell| constraint::holds(world, cell.kind))
            && (!cells.any(rights::may_rest_on) || Rights::of(world, self.user) == self.rights)
    }

    fn difference(
        &self,
        kind: Kind,
        column: &'static str,
        here: &Record,
        there: &Record,
    ) -> Difference {
        let cell = |row: &Record| Cell {
            kind,
            row: row.id,
            column,
        };
        let mut rows = self.oracle.world.rows(kind).iter();
        Difference {
            cell: cell(here),
            here: here.get(column).cloned(),
            there: there.get(column).cloned(),
            masked: self.is_masked(cell(here)),
            clear_elsewhere: rows.any(|row| !self.is_hidden(cell(row))),
        }
    }
}
