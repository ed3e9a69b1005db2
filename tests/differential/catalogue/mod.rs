//! The types of the GraphQL schema as the tests expect them: which field shows
//! which column, what refers to what, and what lists filter and order by.

mod account;
#[cfg(test)]
mod drift;
mod partnership;
mod place;
mod program;
mod trail;
mod workforce;

use access::Kind;
use serde_json::Value as Json;

use crate::value::Value;

pub(crate) use trail::type_name;

/// A type of the schema that shows records of one kind.
pub(crate) struct Type {
    pub(crate) name: &'static str,
    /// The root's list of it.
    pub(crate) list: Option<&'static str>,
    /// The root's field that opens one by its id.
    pub(crate) open: Option<&'static str>,
    /// Columns that a field of the same name shows.
    pub(crate) values: &'static [&'static str],
    pub(crate) ones: &'static [One],
    pub(crate) manys: &'static [Many],
    pub(crate) tests: &'static [Test],
    /// Of `ones` and `manys` those that the filter knows.
    pub(crate) related: &'static [&'static str],
    /// Columns that lists may be ordered by.
    pub(crate) orders: &'static [&'static str],
    /// The column of the official order, before the key.
    pub(crate) official: Option<&'static str>,
}

/// A field that shows the record which a column refers to.
pub(crate) struct One {
    pub(crate) field: &'static str,
    pub(crate) column: &'static str,
    pub(crate) kind: Kind,
}

/// A field that lists the records whose column refers to this one.
pub(crate) struct Many {
    pub(crate) field: &'static str,
    pub(crate) kind: Kind,
    pub(crate) link: &'static str,
}

/// A field of a filter.
pub(crate) struct Test {
    pub(crate) field: &'static str,
    pub(crate) column: &'static str,
    pub(crate) operand: Operand,
}

/// What a field of a filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    Text,
    /// A text that is found by its exact value alone.
    Exact,
    Term,
    Number,
    Date,
    Instant,
    Boolean,
    /// A division's subtree, by its code.
    Division,
    /// A kind of records, by the name of its type.
    Type,
}

/// The type that shows this kind of record. A kind without one does not compile.
pub(crate) fn of(kind: Kind) -> &'static Type {
    match kind {
        Kind::Division => &place::DIVISION,
        Kind::Organization => &place::ORGANIZATION,
        Kind::Facility => &place::FACILITY,
        Kind::Person => &workforce::PERSON,
        Kind::StaffMember => &workforce::STAFF_MEMBER,
        Kind::Employment => &workforce::EMPLOYMENT,
        Kind::Program => &program::PROGRAM,
        Kind::Stage => &program::STAGE,
        Kind::Enrollment => &program::ENROLLMENT,
        Kind::PartnershipProject => &partnership::PROJECT,
        Kind::PartnershipParty => &partnership::PARTY,
        Kind::PartnershipModule => &partnership::MODULE,
        Kind::PartnershipSite => &partnership::SITE,
        Kind::PartnershipActivity => &partnership::ACTIVITY,
        Kind::User => &account::USER,
        Kind::RoleBinding => &account::ROLE_BINDING,
        Kind::PolicyRule => &account::POLICY_RULE,
        Kind::AuditEvent => &trail::AUDIT_EVENT,
    }
}

/// A column's value as its field shows it.
pub(crate) fn shown(kind: Kind, column: &str, value: &Value) -> Json {
    match kind {
        Kind::AuditEvent => trail::shown(column, value),
        _ => value.json(),
    }
}

const fn one(field: &'static str, column: &'static str, kind: Kind) -> One {
    One {
        field,
        column,
        kind,
    }
}

const fn many(field: &'static str, kind: Kind, link: &'static str) -> Many {
    Many { field, kind, link }
}

const fn test(field: &'static str, column: &'static str, operand: Operand) -> Test {
    Test {
        field,
        column,
        operand,
    }
}

/// `beds_actual` → `bedsActual`: the field that shows a column.
pub(crate) fn camel(column: &str) -> String {
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
