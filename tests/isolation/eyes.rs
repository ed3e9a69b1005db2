//! The world as one caller sees it.

use std::sync::{LazyLock, OnceLock};

use serde_json::Value as Json;

use crate::{
    oracle::{self, Sight},
    seat::Seat,
    table::{Kind, Many},
    world::{Row, WORLD},
};

/// What a caller may know of every row.
pub(crate) struct Eyes {
    /// The subject of the caller's tokens.
    pub(crate) persona: &'static str,
    pub(crate) user: Row,
    known: Vec<Vec<Known>>,
    /// Of each type, what may be known of some row.
    most: Vec<Known>,
    lists: Vec<OnceLock<Vec<Row>>>,
}

/// Nothing of a row, or the row with sets of its columns.
#[derive(Clone, Copy, Default)]
struct Known(Option<Columns>);

#[derive(Clone, Copy)]
struct Columns {
    clear: u32,
    /// Those that are seen masked, unless they are clear.
    masked: u32,
}

/// Everyone who may call.
pub(crate) static EVERYONE: LazyLock<Vec<Eyes>> = LazyLock::new(|| {
    let users = &WORLD.data.users;
    std::thread::scope(|scope| {
        let eyes: Vec<_> = WORLD
            .rows(Kind::User)
            .map(|user| scope.spawn(move || Eyes::of(&users[user.place].subject, user)))
            .collect();
        eyes.into_iter().map(|eyes| eyes.join().unwrap()).collect()
    })
});

/// The eyes of a persona.
pub(crate) fn of(persona: &str) -> &'static Eyes {
    EVERYONE
        .iter()
        .find(|eyes| eyes.persona == persona)
        .unwrap()
}

impl Eyes {
    fn of(persona: &'static str, user: Row) -> Eyes {
        let seats = Seat::all_of(user.key());
        let mut eyes = Eyes {
            persona,
            user,
            known: Vec::new(),
            most: Vec::new(),
            lists: Kind::ALL.iter().map(|_| OnceLock::new()).collect(),
        };
        for &kind in Kind::ALL {
            let known: Vec<Known> = WORLD
                .rows(kind)
                .map(|row| Known::of(&seats, user.key(), row))
                .collect();
            let mut most = known.iter().copied().fold(Known::default(), Known::or);
            for seat in &seats {
                most = most.or(Known::from(kind, oracle::most(seat, kind)));
            }
            eyes.known.push(known);
            eyes.most.push(most);
        }
        eyes
    }

    /// Whether the caller may list, count and open the row.
    pub(crate) fn sees(&self, row: Row) -> bool {
        self.known[row.kind as usize][row.place].0.is_some()
    }

    /// Whether a column of the row is clear.
    pub(crate) fn reads(&self, row: Row, column: usize) -> bool {
        self.known[row.kind as usize][row.place].has(column)
    }

    /// Whether a column of the row is masked.
    pub(crate) fn reads_masked(&self, row: Row, column: usize) -> bool {
        let known = self.known[row.kind as usize][row.place].0;
        !self.reads(row, column) && known.is_some_and(|columns| columns.masked & (1 << column) != 0)
    }

    /// Whether there can be rows of the type at all.
    pub(crate) fn ever_sees(&self, kind: Kind) -> bool {
        self.most[kind as usize].0.is_some()
    }

    /// Whether a column can be clear on some row of the type.
    pub(crate) fn ever_reads(&self, kind: Kind, column: usize) -> bool {
        self.most[kind as usize].has(column)
    }

    /// A column's value, nothing where it is not clear.
    pub(crate) fn value(&self, row: Row, column: usize) -> Option<Json> {
        self.reads(row, column).then(|| row.value(column))
    }

    /// The rows of a type that the caller sees, in the official order.
    pub(crate) fn list(&self, kind: Kind) -> &[Row] {
        self.lists[kind as usize].get_or_init(|| {
            let seats = Seat::all_of(self.user.key());
            let mut rows: Vec<Row> = WORLD.rows(kind).filter(|row| self.sees(*row)).collect();
            rows.retain(|row| {
                let mut seats = seats.iter();
                *row == self.user || seats.any(|seat| oracle::is_listed(seat, *row))
            });
            self.sort(kind, &mut rows);
            rows
        })
    }

    /// The rows of a list that hangs on another row: those that the caller sees
    /// and of which it may know that they refer to it.
    pub(crate) fn hanging(&self, many: &Many, parent: Row) -> Vec<Row> {
        let mut rows: Vec<Row> = self.hanging_anyhow(many, parent).collect();
        self.sort(many.listed, &mut rows);
        rows
    }

    /// The same in no order.
    pub(crate) fn hanging_anyhow(&self, many: &Many, parent: Row) -> impl Iterator<Item = Row> {
        let (kind, link) = (many.listed, many.link());
        let places = WORLD.hanging(many, parent).iter();
        let rows = places.map(move |place| Row {
            kind,
            place: *place,
        });
        rows.filter(move |row| self.reads(*row, link))
    }

    /// By division and key, as far as the division may be known.
    fn sort(&self, kind: Kind, rows: &mut [Row]) {
        let division = oracle::official_order(kind).map(|field| kind.column(field));
        rows.sort_by_cached_key(|row| {
            let division = division.and_then(|column| self.value(*row, column));
            (
                division.is_none(),
                division.and_then(|key| key.as_i64()),
                row.key(),
            )
        });
    }
}

impl Known {
    fn of(seats: &[Seat], user: i64, row: Row) -> Known {
        let anyone = if seats.is_empty() {
            Sight::Nothing
        } else {
            oracle::of_anyone(user, row)
        };
        let sights = seats.iter().map(|seat| oracle::of_seat(seat, row));
        let known = sights.map(|sight| Known::from(row.kind, sight));
        known.fold(Known::from(row.kind, anyone), Known::or)
    }

    fn from(kind: Kind, sight: Sight) -> Known {
        let set = |fields: &[&str]| {
            let places = fields.iter().map(|field| kind.column(field));
            places.fold(0, |columns, place| columns | 1_u32 << place)
        };
        let (clear, masked) = match sight {
            Sight::Nothing => return Known(None),
            Sight::Only(fields) => (set(fields), 0),
            Sight::Masked(clear, masked) => (set(clear), set(masked)),
            Sight::But(masked) => (!set(masked), set(masked)),
            Sight::Everything => (u32::MAX, 0),
        };
        Known(Some(Columns { clear, masked }))
    }

    fn or(self, other: Known) -> Known {
        Known(match (self.0, other.0) {
            (Some(some), Some(others)) => Some(Columns {
                clear: some.clear | others.clear,
                masked: some.masked | others.masked,
            }),
            (some, others) => some.or(others),
        })
    }

    fn has(self, column: usize) -> bool {
        self.0
            .is_some_and(|columns| columns.clear & (1 << column) != 0)
    }
}
