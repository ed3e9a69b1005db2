//! Days, all of them constants or counted from one: the generator reads no clock.

use chrono::{Days, NaiveDate};

/// A day known when the program is compiled; one that doesn't exist fails there, as long as the result is a constant.
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such day"),
    }
}

/// The day `days` later.
pub(super) fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date + Days::new(days)
}

/// The day `days` earlier.
pub(super) fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date - Days::new(days)
}
