//! A whole list, page by page, while facilities beside the page come and go.

use support::Backend;

use super::list::{LENGTH, Side, Stay, add_beside, fill, names_in, page, remove_beside, stays};
use crate::world::World;

on_both_databases!(
    facilities_that_stay_are_met_once_forward,
    facilities_that_stay_are_met_once_backward,
    staff_who_stay_are_met_once_in_either_direction,
);

const FACILITY_ORDERS: [&str; 8] = [
    "OFFICIAL_ASC",
    "OFFICIAL_DESC",
    "NAME_ASC",
    "NAME_DESC",
    "BEDS_ACTUAL_ASC",
    "BEDS_ACTUAL_DESC",
    "OPENED_ON_ASC",
    "OPENED_ON_DESC",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

async fn facilities_that_stay_are_met_once_forward(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    for order in FACILITY_ORDERS {
        walk(&world, "facilities", order, Direction::Forward).await;
    }
}

async fn facilities_that_stay_are_met_once_backward(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    for order in FACILITY_ORDERS {
        walk(&world, "facilities", order, Direction::Backward).await;
    }
}

async fn staff_who_stay_are_met_once_in_either_direction(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    for order in ["OFFICIAL_ASC", "OFFICIAL_DESC", "NAME_ASC", "NAME_DESC"] {
        for direction in [Direction::Forward, Direction::Backward] {
            walk(&world, "staff", order, direction).await;
        }
    }
}

async fn walk(world: &World, list: &str, order: &str, direction: Direction) {
    let mut guests = Guests::default();
    let mut met: Vec<String> = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..=LENGTH {
        let (size, place) = match direction {
            Direction::Forward => ("first", "after"),
            Direction::Backward => ("last", "before"),
        };
        let place = cursor.map(|cursor| format!(", {place}: \"{cursor}\""));
        let arguments = format!("orderBy: {order}, {size}: 7{}", place.unwrap_or_default());
        let mut page = page(world, list, &arguments).await;
        let (more, far_end) = match direction {
            Direction::Forward => (page.has_next, page.end.take()),
            Direction::Backward => {
                page.names.reverse();
                (page.has_previous, page.start.take())
            }
        };
        let stays = page.names.iter().filter(|name| is_stay(name)).cloned();
        met.extend(stays);
        if !more {
            break;
        }
        guests.change(world, &page.names).await;
        cursor = far_end;
    }
    guests.leave(world).await;
    if direction == Direction::Backward {
        met.reverse();
    }
    assert_eq!(met, names_in(order), "{list} {order} {direction:?}");
}

fn is_stay(name: &str) -> bool {
    name.len() == "Stay 00".len() && name.starts_with("Stay ")
}

/// Facilities that come and go between the pages, beside the last ones that a
/// page showed: right before its end and right behind it.
#[derive(Default)]
struct Guests {
    here: Vec<(Stay, Side)>,
}

impl Guests {
    async fn change(&mut self, world: &World, shown: &[String]) {
        let leaving = self.here.len() / 2;
        for (stay, side) in self.here.drain(..leaving) {
            remove_beside(world, &stay, side).await;
        }
        let stays = stays();
        let last = shown.iter().rev();
        let last = last.filter_map(|name| stays.iter().find(|stay| stay.name == *name));
        for stay in last.take(2) {
            for side in [Side::Before, Side::Behind] {
                add_beside(world, stay, side).await;
                self.here.push((stay.clone(), side));
            }
        }
    }

    async fn leave(self, world: &World) {
        for (stay, side) in self.here {
            remove_beside(world, &stay, side).await;
        }
    }
}
