//! A list that is long enough to be walked, in every order.

use access::Interval;
use serde_json::{Value, json};

use crate::{
    instance::Answer,
    world::{EAST, WEST, World},
};

/// A facility that stays while others come and go.
#[derive(Clone, Debug)]
pub(crate) struct Stay {
    pub(crate) name: String,
    pub(crate) id: i64,
    division: i64,
    beds: Option<i64>,
    opened: Option<String>,
}

/// Which side of a facility that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before = -1,
    Behind = 1,
}

/// How many stay.
pub(crate) const LENGTH: usize = 40;
const FIRST_KEY: i64 = 1000;
const KEY_STEP: i64 = 10;

/// The facilities that stay: ties and absent values in every column but the name.
pub(crate) fn stays() -> Vec<Stay> {
    let of = |index: usize| {
        let number = index as i64;
        Stay {
            name: format!("Stay {:02}", (index * 17) % LENGTH),
            id: FIRST_KEY + KEY_STEP * number,
            division: key(if index.is_multiple_of(3) { WEST } else { EAST }),
            beds: (!index.is_multiple_of(4)).then_some(number * 7 % 5),
            opened: (!index.is_multiple_of(5))
                .then(|| format!("20{:02}-01-01", number * 3 % 7 + 10)),
        }
    };
    (0..LENGTH).map(of).collect()
}

/// Key of the division with this code.
fn key(code: &str) -> i64 {
    Interval::of_code(code).unwrap().first
}

/// The names in one of the API's orders, computed without it.
pub(crate) fn names_in(order: &str) -> Vec<String> {
    let (column, direction) = order.rsplit_once('_').unwrap();
    let mut stays = stays();
    // Absent values come last in rising order.
    stays.sort_by_key(|stay| {
        let (absent, value) = match column {
            "OFFICIAL" => (false, format!("{:013}", stay.division)),
            "NAME" => (false, stay.name.clone()),
            "BEDS_ACTUAL" => match stay.beds {
                Some(beds) => (false, format!("{beds:03}")),
                None => (true, String::new()),
            },
            "OPENED_ON" => match &stay.opened {
                Some(day) => (false, day.clone()),
                None => (true, String::new()),
            },
            _ => panic!("{column} is not an order of facilities"),
        };
        (absent, value, stay.id)
    });
    if direction == "DESC" {
        stays.reverse();
    }
    stays.into_iter().map(|stay| stay.name).collect()
}

/// Puts the facilities that stay into the world, each with one member of staff
/// of the same name.
pub(crate) async fn fill(world: &World) {
    for stay in stays() {
        add(world, stay.id, &stay.name, &stay).await;
    }
}

/// Puts in a facility beside one that stays, right before it or right behind it
/// in every order.
pub(crate) async fn add_beside(world: &World, stay: &Stay, side: Side) {
    let mut name = stay.name.clone();
    match side {
        Side::Before => {
            let last = name.pop().unwrap() as u8;
            name.push((last - 1).into());
            name.push('~');
        }
        Side::Behind => name.push_str(" and more"),
    }
    add(world, stay.id + side as i64, &name, stay).await;
}

/// Takes such a facility away again.
pub(crate) async fn remove_beside(world: &World, stay: &Stay, side: Side) {
    let id = stay.id + side as i64;
    let sql = format!(
        "delete from staff_member where id = {id}; delete from employment where id = {id};
         delete from person where id = {id}; delete from facility where id = {id}"
    );
    world.sql.run(&sql).await;
}

async fn add(world: &World, id: i64, name: &str, like: &Stay) {
    let Stay { division, .. } = like;
    let beds = like.beds.map_or("null".to_owned(), |beds| beds.to_string());
    let opened = match &like.opened {
        Some(day) => format!("'{day}'"),
        None => "null".to_owned(),
    };
    let sql = format!(
        "insert into facility (id, name, facility_type, level, class, sponsor_body, located_in,
             administered_by, beds_actual, opened_on)
         values ({id}, '{name}', 'VILLAGE_CLINIC', 'UNGRADED', 'UNGRADED', 'GOVERNMENT',
             {division}, {division}, {beds}, {opened});
         insert into person (id, name, sex) values ({id}, '{name}', 'MALE');
         insert into employment (id, person_id, person_name, facility_id, employer_id,
             administered_by, located_in, main, tenure, key_post, title_engaged, started_on)
         values ({id}, {id}, '{name}', {id}, {id}, {division}, {division}, true, 'CONTRACT',
             'OTHER', 'JUNIOR', '2020-01-01');
         insert into staff_member (id, person_id, name, main_employment_id, facility_id,
             administered_by, located_in, profession_category, education, title, key_post)
         values ({id}, {id}, '{name}', {id}, {id}, {division}, {division}, 'VILLAGE_DOCTOR',
             'BACHELOR', 'JUNIOR', 'OTHER')"
    );
    world.sql.run(&sql).await;
}

/// A page of a list, as the administrator sees it.
pub(crate) struct Page {
    pub(crate) names: Vec<String>,
    pub(crate) cursors: Vec<String>,
    pub(crate) has_next: bool,
    pub(crate) has_previous: bool,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

/// Asks for a page; `arguments` are those of the field, as GraphQL.
pub(crate) async fn page(world: &World, list: &str, arguments: &str) -> Page {
    let answer = ask(world, "administrator", list, arguments).await;
    let connection = &answer.good()[list];
    let of_edges = |read: &dyn Fn(&Value) -> String| {
        let edges = connection["edges"].as_array().unwrap();
        edges.iter().map(read).collect()
    };
    let info = &connection["pageInfo"];
    let cursor = |name: &str| info[name].as_str().map(str::to_owned);
    Page {
        names: of_edges(&|edge| edge["node"]["name"].as_str().unwrap().to_owned()),
        cursors: of_edges(&|edge| edge["cursor"].as_str().unwrap().to_owned()),
        has_next: info["hasNextPage"].as_bool().unwrap(),
        has_previous: info["hasPreviousPage"].as_bool().unwrap(),
        start: cursor("startCursor"),
        end: cursor("endCursor"),
    }
}

/// Asks for a page that may be refused.
pub(crate) async fn ask(world: &World, subject: &str, list: &str, arguments: &str) -> Answer {
    let query = format!(
        "{{ {list}({arguments}) {{ edges {{ cursor node {{ name }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    world.instance.ask_with(subject, &query, json!({})).await
}
