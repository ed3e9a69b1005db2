//! Cells: a column of a record. Some repeat another record's and follow it.

use std::sync::LazyLock;

use access::Kind;

use crate::{value::Value, world::World};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cell {
    pub(crate) kind: Kind,
    pub(crate) row: i64,
    pub(crate) column: &'static str,
}

/// A column of a kind of records.
pub(crate) type Column = (Kind, &'static str);

/// A column that repeats one of the record that its row refers to by `link`. The
/// database keeps them equal.
struct Copy {
    column: Column,
    link: &'static str,
    of: Column,
}

static COPIES: LazyLock<Vec<Copy>> = LazyLock::new(|| {
    let links = Kind::ALL.iter().flat_map(|kind| {
        let links = kind.table().links.iter();
        links.map(|link| (*kind, link))
    });
    let copies = links.flat_map(|(kind, link)| {
        let copies = link.copies.iter();
        copies.map(move |(own, of)| Copy {
            column: (kind, own),
            link: link.column,
            of: (link.kind, of),
        })
    });
    copies.chain([BOTH]).collect()
});

/// The employment and the staff record are of one person, whom both refer to.
const BOTH: Copy = Copy {
    column: (Kind::StaffMember, "person_id"),
    link: "main_employment_id",
    of: (Kind::Employment, "person_id"),
};

/// The column that this one repeats, itself if it repeats none.
pub(crate) fn origin(column: Column) -> Column {
    match COPIES.iter().find(|copy| copy.column == column) {
        Some(copy) => origin(copy.of),
        None => column,
    }
}

/// Puts a value, or none, into a cell and into all that repeats it; what those cells
/// held comes back, to be put back in reverse.
pub(crate) fn put(
    world: &mut World,
    cell: Cell,
    value: Option<Value>,
) -> Vec<(Cell, Option<Value>)> {
    let held = world.set(cell.kind, cell.row, cell.column, value);
    let mut changed = vec![(cell, held)];
    let mut next = 0;
    while let Some((cell, _)) = changed.get(next).cloned() {
        next += 1;
        for (follower, value) in followers(world, cell) {
            let held = world.set(follower.kind, follower.row, follower.column, value.clone());
            if held != value {
                changed.push((follower, held));
            }
        }
    }
    changed
}

pub(crate) fn put_back(world: &mut World, changed: Vec<(Cell, Option<Value>)>) {
    for (cell, held) in changed.into_iter().rev() {
        world.set(cell.kind, cell.row, cell.column, held);
    }
}

/// The cells that must follow a changed one, with what they must hold.
fn followers(world: &World, changed: Cell) -> Vec<(Cell, Option<Value>)> {
    let mut followers = Vec::new();
    for copy in COPIES.iter() {
        let (kind, column) = copy.column;
        let is_link = (kind, copy.link) == (changed.kind, changed.column);
        let is_origin = copy.of == (changed.kind, changed.column);
        for row in world.rows(kind) {
            // What refers to nothing repeats nothing.
            let Some(refers) = row.key(copy.link) else {
                continue;
            };
            if is_link && row.id == changed.row || is_origin && refers == changed.row {
                let of = world.row(copy.of.0, refers);
                let value = of.and_then(|of| of.get(copy.of.1)).cloned();
                let row = row.id;
                followers.push((Cell { kind, row, column }, value));
            }
        }
    }
    followers
}
