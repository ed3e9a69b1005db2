//! A change of a record by a user, and what becomes of the world by it.

use std::fmt::{self, Display, Formatter};

use access::Kind;

use super::form::{self, Field, Form, Takes, When};
use crate::{
    cell::{self, Cell},
    filter::quoted,
    oracle::Action,
    query::global_id,
    value::{Record, Value},
    world::World,
};

#[derive(Clone)]
pub(super) struct Change {
    pub(super) user: i64,
    pub(super) kind: Kind,
    pub(super) action: Action,
    /// Key of the record or, of one that is made, of another that it is told apart from by
    /// what is given.
    pub(super) row: i64,
    pub(super) version: i32,
    pub(super) given: Vec<Given>,
    /// Why it is taken out of use.
    pub(super) reason: &'static str,
}

/// A field with its value.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) field: &'static Field,
    pub(super) value: Option<Value>,
    /// Whether the field takes such a value.
    pub(super) fits: bool,
}

impl Given {
    /// The record that the field names.
    pub(super) fn link(&self) -> Option<(Kind, i64)> {
        match (self.field.takes, &self.value) {
            (Takes::Link(kind), Some(Value::Integer(key))) => Some((kind, *key)),
            _ => None,
        }
    }

    fn literal(&self) -> String {
        match (self.field.takes, &self.value) {
            (_, None) => "null".to_owned(),
            (Takes::Link(kind), Some(Value::Integer(key))) => quoted(&global_id(kind, *key)),
            (Takes::Text, Some(Value::Text(text))) => quoted(text),
            (Takes::Day, Some(Value::Date(day))) => quoted(&day.to_string()),
            (Takes::Number, Some(Value::Integer(number))) => number.to_string(),
            (Takes::Flag, Some(Value::Boolean(flag))) => flag.to_string(),
            (Takes::Term(_), Some(Value::Text(term))) => term.clone(),
            (_, other) => panic!("{} takes no {other:?}", self.field.column),
        }
    }
}

impl Change {
    pub(super) fn form(&self) -> &'static Form {
        form::of(self.kind)
    }

    /// The columns that it writes, on which rights are needed.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        match self.action {
            Action::Deactivate => vec!["active"],
            _ => self.given.iter().map(|given| given.field.column).collect(),
        }
    }

    /// The world with the record written; one that is made gets this key.
    pub(super) fn applied(&self, world: &World, key: i64) -> World {
        let mut world = world.clone();
        match self.action {
            Action::Create => self.make(&mut world, key),
            Action::Update | Action::Deactivate => {
                let row = world.row(self.kind, self.row).expect("the record");
                let Some(Value::Integer(version)) = row.get("version") else {
                    panic!("{row:?} has no version");
                };
                let next = Value::Integer(version + 1);
                world.set(self.kind, self.row, "version", Some(next));
            }
        }
        if self.action == Action::Deactivate {
            let active = Some(Value::Boolean(false));
            world.set(self.kind, self.row, "active", active);
        }
        let row = match self.action {
            Action::Create => key,
            _ => self.row,
        };
        for given in &self.given {
            let cell = Cell {
                kind: self.kind,
                row,
                column: given.field.column,
            };
            cell::put(&mut world, cell, stored(given));
        }
        if (self.action, self.kind) == (Action::Create, Kind::Enrollment) {
            let division = division(&world, world.row(self.kind, row).expect("the record"));
            if !self.columns().contains(&"division_id") {
                world.set(self.kind, row, "division_id", division);
            }
        }
        world
    }

    /// A record of which nothing is known but that it is new and in use.
    fn make(&self, world: &mut World, key: i64) {
        world.repeat(self.kind, self.row, key);
        let fields = self.form().fields.iter();
        let left_out = fields.filter(|field| matches!(field.when, When::Later | When::Optional));
        for field in left_out {
            world.set(self.kind, key, field.column, None);
        }
        if self.kind == Kind::Enrollment {
            world.set(self.kind, key, "facility_id", None);
        }
        world.set(self.kind, key, "version", Some(Value::Integer(1)));
        world.set(self.kind, key, "active", Some(Value::Boolean(true)));
    }
}

/// Where an enrollment belongs for which nobody says it: the facility's division, or the
/// program's.
fn division(world: &World, enrollment: &Record) -> Option<Value> {
    let of = |kind, link, column| {
        let other = world.row(kind, enrollment.key(link)?)?;
        other.get(column).cloned()
    };
    of(Kind::Facility, "facility_id", "administered_by")
        .or_else(|| of(Kind::Program, "program_id", "division_id"))
}

/// Numbers by which people are known are kept without blanks, and in capitals.
fn stored(given: &Given) -> Option<Value> {
    let is_number = ["identity_number", "phone", "birth_date"].contains(&given.field.column);
    match &given.value {
        Some(Value::Text(text)) if is_number => {
            let text: String = text.split_whitespace().collect();
            Some(Value::Text(text.to_uppercase()))
        }
        value => value.clone(),
    }
}

impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let form = self.form();
        write!(f, "mutation {{ {}(input: {{", form.mutation(self.action))?;
        if self.action != Action::Create {
            let id = quoted(&global_id(self.kind, self.row));
            write!(f, " id: {id}, version: {}", self.version)?;
        }
        for given in &self.given {
            write!(f, " {}: {}", given.field.name(self.kind), given.literal())?;
        }
        if self.action == Action::Deactivate {
            write!(f, " reason: {}", quoted(self.reason))?;
        }
        write!(f, " }}) {{ {} {{ id }} }} }}", form.shown())
    }
}
