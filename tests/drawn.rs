//! Rows of kinds that a world of tests has none of. They are drawn after what their
//! entities say of themselves, so that a new kind is asked for, changed and probed before
//! anyone thinks of it.

use access::{AccessError, Kind, Load, Loadable, System};
use entity::table::{ACTIVE, Shape, Table, TableColumn, VERSION};
use futures_util::future::BoxFuture;
use grassroots::seed::Dataset;
use sea_orm::{ActiveModelTrait, IdenStatic, Iterable, ModelTrait, TryIntoModel, Value as Stored};

use crate::{
    Schema,
    record::{self, Record, Value},
};

/// Rows of one kind.
pub trait Rows: Send + Sync {
    /// The kind.
    fn kind(&self) -> Kind;
    /// The rows without their types.
    fn records(&self) -> Vec<Record>;
    /// Puts a value, or none, into a column of the row at this place.
    fn set(&mut self, place: usize, column: &str, value: Option<&Value>);
    /// Adds the row at this place once more, under another key.
    fn repeat(&mut self, place: usize, key: i64);
    /// Loads them.
    fn insert<'a>(&'a self, load: &'a mut Load) -> BoxFuture<'a, Result<(), AccessError>>;
    /// The same once more.
    fn copied(&self) -> Box<dyn Rows>;
}

struct Typed<E: Loadable>(Vec<E::Model>);

impl<E: Loadable> Rows for Typed<E>
where
    E::Model: Sync,
{
    fn kind(&self) -> Kind {
        E::KIND
    }

    fn records(&self) -> Vec<Record> {
        self.0.iter().map(Record::of::<E>).collect()
    }

    fn set(&mut self, place: usize, column: &str, value: Option<&Value>) {
        record::set::<E>(&mut self.0[place], column, value);
    }

    fn repeat(&mut self, place: usize, key: i64) {
        let mut row = self.0[place].clone();
        let id = E::Column::iter().next().unwrap();
        row.set(id, Stored::BigInt(Some(key)));
        self.0.push(row);
    }

    fn insert<'a>(&'a self, load: &'a mut Load) -> BoxFuture<'a, Result<(), AccessError>> {
        Box::pin(load.insert::<E>(self.0.clone(), &|_| {}))
    }

    fn copied(&self) -> Box<dyn Rows> {
        Box::new(Typed::<E>(self.0.clone()))
    }
}

/// Draws so many rows of each kind that is not among `known`. `rows` gives those of the
/// kinds that are there, `pick` a number below another.
pub fn others(
    known: &[Kind],
    count: i64,
    rows: &dyn Fn(Kind) -> Vec<Record>,
    pick: &mut dyn FnMut(usize) -> usize,
) -> Vec<Box<dyn Rows>> {
    let schema = Schema::read();
    let mut others: Vec<Box<dyn Rows>> = Vec::new();
    macro_rules! draw {
        ($($(#[$doc:meta])* $kind:ident: $module:ident = $name:literal,)*) => {
            $(if !known.contains(&Kind::$kind) {
                let mut draft = Draft { kind: Kind::$kind, schema: &schema, pick: &mut *pick };
                let target = |kind| match others.iter().find(|rows| rows.kind() == kind) {
                    Some(rows) => rows.records(),
                    None => rows(kind),
                };
                let drawn = (1..=count).map(|id| draft.row::<entity::$module::Entity>(id, &target));
                let drawn = Typed::<entity::$module::Entity>(drawn.collect());
                others.push(Box::new(drawn));
            })*
        };
    }
    entity::kinds!(draw);
    others
}

macro_rules! dataset {
    ($($kind:ident: $rows:ident $module:ident,)*) => {
        /// The kinds that the demonstration has rows of.
        const DEMONSTRATED: &[Kind] = &[$(Kind::$kind,)*];

        /// The rows of a kind in the data.
        pub fn demonstrated(data: &Dataset, kind: Kind) -> Vec<Record> {
            match kind {
                $(Kind::$kind => {
                    let rows = data.$rows.iter();
                    rows.map(Record::of::<entity::$module::Entity>).collect()
                })*
                _ => Vec::new(),
            }
        }
    };
}

dataset! {
    Division: divisions division,
    Organization: organizations organization,
    Facility: facilities facility,
    Person: people person,
    StaffMember: staff staff_member,
    Employment: employments employment,
    Transfer: transfers transfer,
    Clash: clashes clash,
    Program: programs program,
    Stage: stages stage,
    Enrollment: enrollments enrollment,
    PartnershipProject: projects partnership_project,
    PartnershipParty: parties partnership_party,
    PartnershipModule: modules partnership_module,
    PartnershipSite: sites partnership_site,
    PartnershipActivity: activities partnership_activity,
    User: users app_user,
    RoleBinding: bindings role_binding,
}

/// Draws so many rows of each kind that the data has none of, none of whose values is absent.
/// The policy and the trail are each test's own.
pub fn beside(data: &Dataset, count: i64) -> Vec<Box<dyn Rows>> {
    let known = [DEMONSTRATED, &[Kind::PolicyRule, Kind::AuditEvent]].concat();
    let mut number = 0;
    // Never the first, by which a value would be absent.
    let mut pick = |below: usize| {
        number += 7;
        if below > 1 {
            1 + number % (below - 1)
        } else {
            0
        }
    };
    others(&known, count, &|kind| demonstrated(data, kind), &mut pick)
}

/// Loads rows that were drawn.
pub async fn load(system: &System, drawn: &[Box<dyn Rows>]) {
    let mut load = system.load().await.unwrap();
    for rows in drawn {
        rows.insert(&mut load).await.unwrap();
    }
    load.commit().await.unwrap();
}

struct Draft<'a> {
    kind: Kind,
    schema: &'a Schema,
    pick: &'a mut dyn FnMut(usize) -> usize,
}

impl Draft<'_> {
    fn row<E: Loadable>(&mut self, id: i64, rows: &dyn Fn(Kind) -> Vec<Record>) -> E::Model
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        let table = self.kind.table();
        let mut values: Vec<Option<Value>> = (0..table.columns.len())
            .map(|place| self.value(table, place, id))
            .collect();
        for link in table.links {
            let own = table.index(link.column).unwrap();
            if table.columns[own].nullable && (self.pick)(3) == 0 {
                continue;
            }
            let targets = rows(link.kind);
            let target = &targets[(self.pick)(targets.len())];
            values[own] = Some(Value::Integer(target.id));
            for (copy, of) in link.copies {
                values[table.index(copy).unwrap()] = target.get(of).cloned();
            }
        }
        for (from, until) in table.periods {
            let [from, until] = [from, until].map(|column| table.index(column).unwrap());
            if values[until].is_some() && values[until] < values[from] {
                values.swap(from, until);
            }
        }
        let mut model = E::ActiveModel::default();
        for ((column, known), value) in E::Column::iter().zip(&table.columns).zip(values) {
            assert_eq!(column.as_str(), known.name);
            model.set(column, stored(known, value));
        }
        model.try_into_model().unwrap()
    }

    fn value(&mut self, table: &Table, place: usize, id: i64) -> Option<Value> {
        let column = &table.columns[place];
        if place == 0 {
            return Some(Value::Integer(id));
        }
        match column.name {
            VERSION => return Some(Value::Integer(1)),
            ACTIVE => return Some(Value::Boolean((self.pick)(7) > 0)),
            _ if column.nullable && (self.pick)(3) == 0 => return None,
            _ => {}
        }
        let day = (self.pick)(2_000) as u64;
        Some(match column.shape {
            // A link, or a copy of what the other record holds.
            Shape::BigInteger => return None,
            Shape::Integer => {
                let mut numbers = table.numbers.iter();
                let least = numbers.find(|(name, _)| *name == column.name);
                Value::Integer(least.map_or(1, |(_, range)| *range.start()) + id)
            }
            Shape::Boolean => Value::Boolean((self.pick)(2) == 0),
            Shape::Date => Value::Date(first() + chrono::Days::new(day)),
            Shape::Instant => {
                let at = first() + chrono::Days::new(day);
                Value::Instant(at.and_hms_opt(9, 0, 0).unwrap().and_utc())
            }
            Shape::Text | Shape::Sealed => Value::Text(self.text(column, id)),
        })
    }

    fn text(&mut self, column: &TableColumn, id: i64) -> String {
        let type_name = format!("{:?}", self.kind);
        let mut fields = self.schema.fields(&type_name).iter();
        let shown = fields.find(|field| field.name == camel(column.name));
        let terms = shown.map_or(&[][..], |field| self.schema.values(&field.of));
        match terms.len() {
            0 => format!(
                "{} {} {id}",
                ["Ida", "Joe", "Kim"][(self.pick)(3)],
                column.name
            ),
            count => terms[(self.pick)(count)].clone(),
        }
    }
}

fn first() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2018, 1, 1).unwrap()
}

/// A value as the column stores it.
fn stored(column: &TableColumn, value: Option<Value>) -> Stored {
    match (column.shape, value) {
        (Shape::BigInteger, Some(Value::Integer(value))) => value.into(),
        (Shape::Integer, Some(Value::Integer(value))) => i32::try_from(value).unwrap().into(),
        (Shape::Text, Some(Value::Text(value))) => value.into(),
        (Shape::Sealed, Some(Value::Text(value))) => value.into_bytes().into(),
        (Shape::Boolean, Some(Value::Boolean(value))) => value.into(),
        (Shape::Date, Some(Value::Date(value))) => value.into(),
        (Shape::Instant, Some(Value::Instant(value))) => value.into(),
        (Shape::BigInteger, None) => Stored::BigInt(None),
        (Shape::Integer, None) => Stored::Int(None),
        (Shape::Text, None) => Stored::String(None),
        (Shape::Sealed, None) => Stored::Bytes(None),
        (Shape::Boolean, None) => Stored::Bool(None),
        (Shape::Date, None) => Stored::ChronoDate(None),
        (Shape::Instant, None) => Stored::ChronoDateTimeUtc(None),
        (shape, Some(value)) => panic!("{} is {shape:?} and not {value:?}", column.name),
    }
}

/// `held_on` → `heldOn`: the field that shows a column.
pub fn camel(column: &str) -> String {
    let mut name = String::new();
    let mut letters = column.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '_' => name.extend(letters.next().map(|letter| letter.to_ascii_uppercase())),
            letter => name.push(letter),
        }
    }
    name
}
