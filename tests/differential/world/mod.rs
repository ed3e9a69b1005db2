//! A world: a small country with its facilities, people, programs, projects,
//! users and policy, all drawn from one seed.

mod account;
mod facility;
mod partnership;
mod person;
mod policy;
mod program;
mod trail;
mod transfer;
mod tree;
mod word;
mod writing;

use std::collections::HashMap;

use access::{Kind, Load};
use grassroots_tests::drawn::{self, Rows};

use self::policy::Role;
use crate::{
    rng::Rng,
    value::{self, Record, Value},
};

pub(crate) use account::in_force;
pub(crate) use policy::personal;
pub(crate) use writing::{READER, is_changed};

macro_rules! tables {
    ($($rows:ident: $module:ident $kind:ident;)*) => {
        /// The rows of every table, those first that others refer to.
        #[derive(Default)]
        pub(crate) struct Tables {
            $(pub(crate) $rows: Vec<entity::$module::Model>,)*
            /// Those of the kinds that no other is drawn after.
            others: Vec<Box<dyn Rows>>,
        }

        /// The kinds of which rows are drawn one by one.
        const DRAWN: &[Kind] = &[$(Kind::$kind,)*];

        impl Clone for Tables {
            fn clone(&self) -> Tables {
                Tables {
                    $($rows: self.$rows.clone(),)*
                    others: self.others.iter().map(|rows| rows.copied()).collect(),
                }
            }
        }

        #[allow(unreachable_patterns, reason = "there may be no others")]
        impl Tables {
            fn records(&self) -> HashMap<Kind, Vec<Record>> {
                let drawn = [$((
                    Kind::$kind,
                    self.$rows.iter().map(Record::of::<entity::$module::Entity>).collect(),
                ),)*];
                let others = self.others.iter().map(|rows| (rows.kind(), rows.records()));
                drawn.into_iter().chain(others).collect()
            }

            fn set(&mut self, kind: Kind, place: usize, column: &str, value: Option<&Value>) {
                match kind {
                    $(Kind::$kind => {
                        value::set::<entity::$module::Entity>(&mut self.$rows[place], column, value);
                    })*
                    _ => self.other(kind).set(place, column, value),
                }
            }

            /// Adds the row at this place once more, under another key.
            fn repeat(&mut self, kind: Kind, place: usize, key: i64) {
                match kind {
                    $(Kind::$kind => {
                        let mut row = self.$rows[place].clone();
                        row.id = key;
                        self.$rows.push(row);
                    })*
                    _ => self.other(kind).repeat(place, key),
                }
            }

            pub(crate) async fn insert(&self, load: &mut Load) {
                $(load.insert::<entity::$module::Entity>(self.$rows.clone(), &|_| {})
                    .await
                    .expect(stringify!($rows));)*
                for rows in &self.others {
                    rows.insert(load).await.expect(rows.kind().name());
                }
            }
        }
    };
}

tables! {
    divisions: division Division;
    organizations: organization Organization;
    facilities: facility Facility;
    people: person Person;
    employments: employment Employment;
    staff: staff_member StaffMember;
    transfers: transfer Transfer;
    clashes: clash Clash;
    projects: partnership_project PartnershipProject;
    programs: program Program;
    stages: stage Stage;
    enrollments: enrollment Enrollment;
    parties: partnership_party PartnershipParty;
    modules: partnership_module PartnershipModule;
    sites: partnership_site PartnershipSite;
    activities: partnership_activity PartnershipActivity;
    users: app_user User;
    bindings: role_binding RoleBinding;
    policy: policy_rule PolicyRule;
    events: audit_event AuditEvent;
}

impl Tables {
    fn other(&mut self, kind: Kind) -> &mut dyn Rows {
        let mut others = self.others.iter_mut();
        let rows = others.find(|rows| rows.kind() == kind);
        rows.expect("rows of the kind").as_mut()
    }

    /// Draws rows of the kinds of which there are none yet.
    fn draw_others(&mut self, rng: &mut Rng) {
        let records = self.records();
        let rows = |kind| records[&kind].clone();
        self.others = drawn::others(DRAWN, OTHERS, &rows, &mut |below| rng.below(below));
    }
}

/// Rows of each kind that are not drawn one by one.
const OTHERS: i64 = 6;

/// The most rows of a world, the policy's apart.
const MOST_ROWS: usize = 200;

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) tables: Tables,
    /// The users who ask; others have an account and never call.
    pub(crate) callers: Vec<entity::app_user::Model>,
    records: HashMap<Kind, Vec<Record>>,
    places: HashMap<(Kind, i64), usize>,
}

impl World {
    pub(crate) fn draw(seed: u64) -> World {
        World::with(seed, policy::draw)
    }

    /// One whose policy lets its users write, and that has one who reads all of every
    /// person.
    pub(crate) fn to_write(seed: u64) -> World {
        let World {
            mut tables,
            mut callers,
            ..
        } = World::with(seed, writing::draw);
        person::hire_newcomers(&mut Rng::new(seed), &mut tables);
        callers.push(writing::add_reader(&mut tables));
        World::of(seed, tables, callers)
    }

    fn with(seed: u64, policy: fn(&mut Rng, &mut Tables) -> Vec<Role>) -> World {
        let rng = &mut Rng::new(seed);
        let mut tables = Tables {
            divisions: tree::draw(rng),
            ..Tables::default()
        };
        facility::draw(rng, &mut tables);
        person::draw(rng, &mut tables);
        partnership::draw(rng, &mut tables);
        program::draw(rng, &mut tables);
        tables.draw_others(rng);
        let roles = policy(rng, &mut tables);
        let callers = account::draw(rng, &mut tables, &roles);
        trail::draw(rng, &mut tables);
        transfer::draw(rng, &mut tables);
        World::of(seed, tables, callers)
    }

    pub(crate) fn of(seed: u64, tables: Tables, callers: Vec<entity::app_user::Model>) -> World {
        let records = tables.records();
        let rows: usize = records.values().map(Vec::len).sum();
        assert!(rows - tables.policy.len() <= MOST_ROWS, "{rows} rows");
        let mut places = HashMap::new();
        for (kind, rows) in &records {
            places.extend(rows.iter().enumerate().map(|(n, row)| ((*kind, row.id), n)));
        }
        World {
            seed,
            tables,
            callers,
            records,
            places,
        }
    }

    /// The rows of a kind.
    pub(crate) fn rows(&self, kind: Kind) -> &[Record] {
        &self.records[&kind]
    }

    /// The row of a kind with this key.
    pub(crate) fn row(&self, kind: Kind, id: i64) -> Option<&Record> {
        let place = self.places.get(&(kind, id))?;
        self.records[&kind].get(*place)
    }

    /// Puts a value, or none, into a column of a row; what it held comes back.
    pub(crate) fn set(
        &mut self,
        kind: Kind,
        id: i64,
        column: &'static str,
        value: Option<Value>,
    ) -> Option<Value> {
        let place = self.places[&(kind, id)];
        self.tables.set(kind, place, column, value.as_ref());
        let rows = self.records.get_mut(&kind).expect("the rows of the kind");
        rows[place].set(column, value)
    }

    /// Adds a row that is as another one but for its key.
    pub(crate) fn repeat(&mut self, kind: Kind, id: i64, key: i64) {
        let place = self.places[&(kind, id)];
        self.tables.repeat(kind, place, key);
        let rows = self.records.get_mut(&kind).expect("the rows of the kind");
        let mut row = rows[place].clone();
        row.id = key;
        row.set("id", Some(Value::Integer(key)));
        self.places.insert((kind, key), rows.len());
        rows.push(row);
    }

    /// A division that has a statistical code.
    pub(crate) fn coded_division(&self, rng: &mut Rng) -> &entity::division::Model {
        let coded = self.tables.divisions.iter();
        let coded: Vec<_> = coded.filter(|division| tree::has_code(division)).collect();
        coded[rng.below(coded.len())]
    }

    /// The policy as its text, a line each.
    pub(crate) fn policy(&self) -> String {
        let mut text = String::new();
        for line in &self.tables.policy {
            let rest = [&line.v2, &line.v3, &line.v4, &line.v5];
            let values = [&line.v0, &line.v1].into_iter();
            let values = values.chain(rest.into_iter().flatten());
            text += &line.ptype;
            for value in values {
                text += ", ";
                text += value;
            }
            text += "\n";
        }
        text
    }
}
