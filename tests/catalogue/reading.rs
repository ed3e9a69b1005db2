//! Reads the types from the schema.

use std::sync::LazyLock;

use super::{Many, One, Operand, Test, Type};
use crate::{Field, Schema, drawn::camel};
use access::Kind;

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::read);

/// The column by which a list hangs on its record, where more than one might be meant.
const LINKS: [(&str, &str, &str); 5] = [
    ("Division", "facilitiesLocated", "located_in"),
    ("Division", "facilitiesAdministered", "administered_by"),
    ("Facility", "employments", "facility_id"),
    ("Facility", "branches", "branch_of"),
    ("Facility", "integratedClinics", "integrated_under"),
];

/// What is asked for by itself: a participant, whose fields are an enrollment's columns; the
/// records of an event, which several columns tell, and the condition on them.
const APART: [(&str, &str); 3] = [
    ("Enrollment", "participant"),
    ("AuditEvent", "records"),
    ("AuditEventFilter", "record"),
];

/// What filters take beside terms.
const OPERANDS: [(&str, Operand); 8] = [
    ("TextFilter", Operand::Text),
    ("ExactFilter", Operand::Exact),
    ("NumberFilter", Operand::Number),
    ("DateFilter", Operand::Date),
    ("InstantFilter", Operand::Instant),
    ("BooleanFilter", Operand::Boolean),
    ("DivisionScopeFilter", Operand::Division),
    ("TypeFilter", Operand::Type),
];

pub(super) fn read(kind: Kind) -> Type {
    let name: &str = format!("{kind:?}").leak();
    let (filter, order) = (format!("{name}Filter"), format!("{name}Order"));
    let shown = shown(name).filter(|field| field.name != "id");
    let shown: Vec<&Field> = shown.collect();
    let is_value = |field: &&&Field| target(field).is_none() && listed(field).is_none();
    let many = |field: &&'static Field| {
        let kind = listed(field)?;
        let link = link(name, &field.name, kind);
        let field = &field.name;
        Some(Many { field, kind, link })
    };
    let conditions: Vec<&Field> = self::shown(&filter).collect();
    let own = ["and", "or", "not", "id"];
    let tests = conditions.iter().filter_map(|field| {
        let operand = operand(&field.of)?;
        let column = match (kind, field.name.as_str()) {
            (Kind::Division, "within") => "id",
            (_, name) => column(kind, name),
        };
        let field = &field.name;
        Some(Test {
            field,
            column,
            operand,
        })
    });
    let related = conditions
        .iter()
        .filter(|field| !own.contains(&field.name.as_str()) && operand(&field.of).is_none());
    let orders = SCHEMA.values(&order).iter();
    let orders = orders.filter_map(|order| order.strip_suffix("_ASC").map(str::to_lowercase));
    let orders = orders.filter(|order| order != "official");
    let orders = orders.map(|order| column(kind, &camel(&order)));
    let mut roots = SCHEMA.fields("Query").iter();
    let opens = |field: &&Field| {
        field.of == name && field.arguments.iter().any(|(argument, _)| argument == "id")
    };
    Type {
        name,
        open: roots.clone().find(opens).map(|field| field.name.as_str()),
        list: roots
            .find(|field| listed(field) == Some(kind))
            .map(|field| field.name.as_str()),
        values: shown
            .iter()
            .filter(is_value)
            .map(|field| column(kind, &field.name))
            .collect::<Vec<_>>()
            .leak(),
        terms: shown
            .iter()
            .filter(|field| !SCHEMA.values(&field.of).is_empty())
            .map(|field| column(kind, &field.name))
            .collect::<Vec<_>>()
            .leak(),
        ones: ones(kind).collect::<Vec<_>>().leak(),
        manys: shown.iter().filter_map(many).collect::<Vec<_>>().leak(),
        tests: tests.collect::<Vec<_>>().leak(),
        related: related
            .map(|field| field.name.as_str())
            .collect::<Vec<_>>()
            .leak(),
        orders: orders.collect::<Vec<_>>().leak(),
        official: kind.division(),
    }
}

/// The fields of a type, but for those that are asked for apart.
fn shown(name: &str) -> impl Iterator<Item = &'static Field> {
    let fields = SCHEMA.fields(name).iter();
    fields.filter(move |field| !APART.contains(&(name, &field.name)))
}

fn ones(kind: Kind) -> impl Iterator<Item = One> {
    shown(format!("{kind:?}").leak()).filter_map(move |field| {
        let target = target(field)?;
        Some(One {
            field: &field.name,
            column: column(kind, &field.name),
            kind: target,
        })
    })
}

/// The kind of the record that a field gives.
fn target(field: &Field) -> Option<Kind> {
    named(&field.of)
}

/// The kind of the records that a field lists.
fn listed(field: &Field) -> Option<Kind> {
    named(field.of.strip_suffix("Connection")?)
}

/// The kind of the records of a type.
pub fn named(type_name: &str) -> Option<Kind> {
    let mut kinds = Kind::ALL.iter().copied();
    kinds.find(|kind| format!("{kind:?}") == type_name)
}

/// The column of a kind that a field or a condition is called after.
fn column(kind: Kind, field: &str) -> &'static str {
    let mut column = String::new();
    for letter in field.chars() {
        if letter.is_ascii_uppercase() {
            column.push('_');
        }
        column.push(letter.to_ascii_lowercase());
    }
    let names = [column.clone(), column + "_id"];
    let mut columns = kind.columns();
    columns
        .find(|known| names.iter().any(|name| name == known))
        .unwrap_or_else(|| panic!("no column of {kind:?} is called as the field {field}"))
}

fn link(of: &str, field: &str, listed: Kind) -> &'static str {
    let told = LINKS
        .iter()
        .find(|(type_name, name, _)| (*type_name, *name) == (of, field));
    if let Some((.., link)) = told {
        return link;
    }
    let mut links = ones(listed).filter(|one| format!("{:?}", one.kind) == of);
    match (links.next(), links.next()) {
        (Some(link), None) => link.column,
        _ => panic!("tell by which column {of}.{field} hang"),
    }
}

/// What a condition of this type takes; nothing where it is on other records, or on the
/// record itself.
fn operand(filter: &str) -> Option<Operand> {
    let known = OPERANDS.iter().find(|(name, _)| *name == filter);
    let is_term = || {
        let term = filter.strip_suffix("Filter")?;
        (!SCHEMA.values(term).is_empty()).then_some(Operand::Term)
    };
    known.map(|(_, operand)| *operand).or_else(is_term)
}
