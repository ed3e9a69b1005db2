//! Names, days and terms to fill rows with. There are few of each, so that many
//! rows hold the same and orders have ties to break.

use chrono::{Days, NaiveDate};
use entity::sealed::Sealed;
use sea_orm::Iterable;

use crate::rng::Rng;

/// Names that a careless comparison, pattern or escape gets wrong.
const NAMES: &[&str] = &[
    "王芳",
    "王芳芳",
    "李娜",
    "张伟",
    "中心卫生院",
    "中心",
    "卫生院",
    "Zhang",
    "zhang",
    "Ärzte",
    "O'Neil",
    "say \"aah\"",
    "100%",
    "1_0",
    "back\\slash",
    "𠮷田",
    "two words",
    "",
];

pub(super) fn name(rng: &mut Rng) -> String {
    (*rng.pick(NAMES)).to_owned()
}

/// Of which no two may be taken for one, nor shown where they are too short to mask.
const NUMBERS: &[&str] = &[
    "11010519491231002X",
    "110105194912310020",
    "E12345678",
    "1234567",
];
const PHONES: &[&str] = &["13812345678", "13812345679", "13912345678", "12345"];

pub(super) fn identity_number(rng: &mut Rng) -> Sealed {
    (*rng.pick(NUMBERS)).to_owned().into()
}

pub(super) fn phone(rng: &mut Rng) -> Sealed {
    (*rng.pick(PHONES)).to_owned().into()
}

pub(super) fn day(rng: &mut Rng) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2019, 12, 25).expect("a day");
    first + Days::new(rng.below(20) as u64)
}

/// A day that is not before the other.
pub(super) fn day_since(rng: &mut Rng, first: NaiveDate) -> NaiveDate {
    first + Days::new(rng.below(10) as u64)
}

pub(super) fn count(rng: &mut Rng) -> i32 {
    [-1, 0, 5, 9, 10, 100, 2_000_000_000][rng.below(7)]
}

/// How often a record has been written.
pub(super) fn version(rng: &mut Rng) -> i32 {
    [1, 1, 2, 7][rng.below(4)]
}

pub(super) fn term<T: Iterable>(rng: &mut Rng) -> T {
    let count = T::iter().count();
    let term = T::iter().nth(rng.below(count));
    term.expect("a vocabulary has terms")
}

/// Keys from 1 on, with gaps.
pub(super) fn keys(rng: &mut Rng, count: usize) -> Vec<i64> {
    let mut last = 0;
    (0..count)
        .map(|_| {
            last += rng.between(1, 3) as i64;
            last
        })
        .collect()
}
