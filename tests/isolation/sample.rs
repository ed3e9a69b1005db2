//! Rows to open one by one: all of a short table; of a long one a spread and
//! those that lie where rights begin and end.

use std::{collections::HashSet, sync::LazyLock};

use crate::{
    table::Kind,
    world::{Row, WORLD},
};

/// A table of so many rows is opened in full.
const SHORT: usize = 70;
/// Rows of a long table, spread evenly.
const SPREAD: usize = 40;
/// Rows of each sort that lie where rights begin and end.
const NEAR: usize = 40;

static SAMPLES: LazyLock<Vec<Vec<Row>>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| draw(*kind)).collect());

/// The rows of a type to open, the same for every caller.
pub(crate) fn of(kind: Kind) -> &'static [Row] {
    &SAMPLES[kind as usize]
}

fn draw(kind: Kind) -> Vec<Row> {
    let all: Vec<Row> = WORLD.rows(kind).collect();
    if all.len() <= SHORT {
        return all;
    }
    let mut drawn = spread(&all, SPREAD);
    match kind {
        Kind::Division => drawn.extend(seats()),
        Kind::Facility => drawn.extend(border_facilities()),
        Kind::Person => drawn.extend(border_people()),
        Kind::StaffMember | Kind::Employment | Kind::Enrollment => {
            let person = kind.column("person");
            let facility = kind.column("facility");
            let people: HashSet<Row> = border_people().into_iter().collect();
            let facilities: HashSet<Row> = border_facilities().into_iter().collect();
            let among = |row: &Row, column, some: &HashSet<Row>| {
                row.referred(column)
                    .is_some_and(|referred| some.contains(&referred))
            };
            drawn.extend(all.iter().filter(|row| among(row, person, &people)));
            let beside = all
                .into_iter()
                .filter(|row| among(row, facility, &facilities));
            drawn.extend(spread(&beside.collect::<Vec<_>>(), 2 * NEAR));
        }
        _ => {}
    }
    let mut met = HashSet::new();
    drawn.retain(|row| met.insert(*row));
    drawn
}

/// The divisions where seats are held, with those above and beside them.
fn seats() -> Vec<Row> {
    let seats = WORLD
        .data
        .bindings
        .iter()
        .filter_map(|binding| binding.division_id);
    let mut near = Vec::new();
    for seat in seats {
        let above = WORLD.divisions_above(seat);
        near.extend(above.into_iter().map(|key| WORLD.at(Kind::Division, key)));
        let seat = WORLD.at(Kind::Division, seat);
        let children = Kind::Division.many("children");
        let parent = seat.referred(Kind::Division.column("parent"));
        for place in [Some(seat), parent]
            .into_iter()
            .flatten()
            .flat_map(|row| WORLD.hanging(children, row).iter().take(4))
        {
            near.push(Row {
                kind: Kind::Division,
                place: *place,
            });
        }
    }
    near
}

/// Facilities that another division administers than the one where they stand,
/// those where seats are held, those that they manage, and those managed by these.
fn border_facilities() -> Vec<Row> {
    let data = &WORLD.data;
    let apart = WORLD.rows(Kind::Facility).filter(|row| {
        let facility = &data.facilities[row.place];
        !WORLD
            .divisions_above(facility.located_in)
            .contains(&facility.administered_by)
    });
    let mut near: Vec<Row> = apart.collect();
    let held = data
        .bindings
        .iter()
        .filter_map(|binding| binding.facility_id);
    let mut level: Vec<Row> = held.map(|key| WORLD.at(Kind::Facility, key)).collect();
    for _ in 0..3 {
        near.extend(&level);
        let managed = ["branches", "integratedClinics"].map(|field| Kind::Facility.many(field));
        let managed = level
            .iter()
            .flat_map(|row| managed.map(|many| WORLD.hanging(many, *row)))
            .flatten();
        level = managed
            .map(|place| Row {
                kind: Kind::Facility,
                place: *place,
            })
            .collect();
    }
    near
}

/// People of whom one division holds this and another that; students; staff of
/// the border facilities.
fn border_people() -> Vec<Row> {
    let [staff, employments, enrollments] =
        ["staffRecords", "employments", "enrollments"].map(|field| Kind::Person.many(field));
    let (mut torn, mut students) = (Vec::new(), Vec::new());
    for person in WORLD.rows(Kind::Person) {
        let data = &WORLD.data;
        let record = WORLD
            .hanging(staff, person)
            .first()
            .map(|place| &data.staff[*place]);
        let employments = WORLD.hanging(employments, person).iter();
        let mut holders = employments
            .map(|place| data.employments[*place].administered_by)
            .chain(
                WORLD
                    .hanging(enrollments, person)
                    .iter()
                    .map(|place| data.enrollments[*place].division_id),
            );
        match record {
            Some(record) if holders.any(|holder| holder != record.administered_by) => {
                torn.push(person);
            }
            Some(_) => {}
            None => students.push(person),
        }
    }
    let at_border: Vec<Row> = border_facilities()
        .into_iter()
        .flat_map(|row| {
            WORLD
                .hanging(Kind::Facility.many("staff"), row)
                .iter()
                .take(2)
        })
        .filter_map(|place| {
            let record = Row {
                kind: Kind::StaffMember,
                place: *place,
            };
            record.referred(Kind::StaffMember.column("person"))
        })
        .collect();
    [
        spread(&torn, NEAR),
        spread(&students, NEAR / 2),
        spread(&at_border, NEAR),
    ]
    .concat()
}

/// So many of the rows, evenly, the first and the last among them.
pub(crate) fn spread(rows: &[Row], number: usize) -> Vec<Row> {
    if rows.len() <= number {
        return rows.to_vec();
    }
    (0..number)
        .map(|step| rows[step * (rows.len() - 1) / (number - 1)])
        .collect()
}
