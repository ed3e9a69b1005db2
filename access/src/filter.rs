//! Filters over what the caller may see: a column that is not clear on a row
//! meets no condition there, nor its opposite.

use std::{cell::Cell, marker::PhantomData};

use sea_orm::sea_query::{Expr, ExprTrait, IntoIden};

use crate::{
    arm::Interval,
    caller::Caller,
    cover::Rule,
    datum::{Datum, one_of},
    error::AccessError,
    expression::{all_of, any_of, contains, falsehood, starts_with},
    frame::Frame,
    kind::{self, Kind, Resource, Shape},
    scope::Way,
};

/// Values by which something sealed is sought at a time: enough for who knows whom they
/// look for, and too few to try all that there may be.
const MOST_SOUGHT: usize = 20;

/// A condition on rows of `E`.
#[derive(Clone, Debug)]
pub struct Filter<E> {
    pub(crate) node: Node,
    entity: PhantomData<fn() -> E>,
}

/// A condition on the value of a column.
#[derive(Clone, Debug)]
pub enum Test {
    /// It equals the value.
    Equals(Datum),
    /// It is one of the values.
    In(Vec<Datum>),
    /// It is less.
    Less(Datum),
    /// It is less or equal.
    AtMost(Datum),
    /// It is greater.
    Greater(Datum),
    /// It is greater or equal.
    AtLeast(Datum),
    /// It contains the text.
    Contains(String),
    /// It starts with the text.
    StartsWith(String),
    /// It has no value (true), or has one (false).
    IsAbsent(bool),
    /// It is a division of the subtree.
    Within(Interval),
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Column(usize, Test),
    /// The row that the column refers to meets the condition.
    One(usize, Kind, Box<Node>),
    /// Some row whose column refers to this one meets the condition.
    Some(Kind, usize, Box<Node>),
}

impl<E: Resource> Filter<E> {
    fn new(node: Node) -> Filter<E> {
        Filter {
            node,
            entity: PhantomData,
        }
    }

    /// Rows that meet all of the conditions; every row if there are none.
    pub fn all(filters: impl IntoIterator<Item = Filter<E>>) -> Filter<E> {
        Filter::new(Node::All(
            filters.into_iter().map(|filter| filter.node).collect(),
        ))
    }

    /// Rows that meet any of the conditions; no row if there are none.
    pub fn any(filters: impl IntoIterator<Item = Filter<E>>) -> Filter<E> {
        Filter::new(Node::Any(
            filters.into_iter().map(|filter| filter.node).collect(),
        ))
    }

    /// Rows that surely do not meet the condition.
    pub fn negate(self) -> Filter<E> {
        Filter::new(Node::Not(Box::new(self.node)))
    }

    /// Rows whose column meets the test.
    pub fn column(column: E::Column, test: Test) -> Filter<E> {
        Filter::new(Node::Column(kind::index::<E>(column), test))
    }

    /// Rows whose column refers to a row, open to the caller, that meets the condition.
    pub fn one<R: Resource>(column: E::Column, filter: Filter<R>) -> Filter<E> {
        let node = Box::new(filter.node);
        Filter::new(Node::One(kind::index::<E>(column), R::KIND, node))
    }

    /// Rows that some row, listed to the caller, refers to by its column and
    /// that meets the condition.
    pub fn some<R: Resource>(column: R::Column, filter: Filter<R>) -> Filter<E> {
        let node = Box::new(filter.node);
        Filter::new(Node::Some(R::KIND, kind::index::<R>(column), node))
    }
}

/// Compiles filters of one statement, giving each subselect a name of its own.
pub(crate) struct Compiler<'a> {
    caller: &'a Caller,
    named: Cell<usize>,
    conditions: Cell<usize>,
    nested: Cell<usize>,
}

/// Conditions of one filter at most: far more than a person writes, and far
/// fewer than a statement's expression may be deep.
const MOST_CONDITIONS: usize = 250;

/// Relations of one filter within each other at most. Where the database can't
/// turn them into joins, each multiplies the rows that it looks at.
const MOST_NESTED: usize = 4;

impl<'a> Compiler<'a> {
    pub(crate) fn new(caller: &'a Caller) -> Compiler<'a> {
        Compiler {
            caller,
            named: Cell::new(0),
            conditions: Cell::new(0),
            nested: Cell::new(0),
        }
    }

    /// A table under a name that this statement has not used yet.
    pub(crate) fn frame(&self, kind: Kind, way: Way) -> Frame<'a> {
        let number = self.named.get();
        self.named.set(number + 1);
        Frame {
            kind,
            table: format!("t{number}").into_iden(),
            view: self.caller.scope().view(kind, way),
        }
    }

    pub(crate) fn compile(&self, frame: &Frame<'_>, node: &Node) -> Result<Expr, AccessError> {
        self.conditions.set(self.conditions.get() + 1);
        if self.conditions.get() > MOST_CONDITIONS {
            return Err(AccessError::InvalidInput(format!(
                "the filter holds more than {MOST_CONDITIONS} conditions"
            )));
        }
        let each = |nodes: &[Node]| -> Result<Vec<Expr>, AccessError> {
            nodes.iter().map(|node| self.compile(frame, node)).collect()
        };
        match node {
            Node::All(nodes) => Ok(all_of(each(nodes)?)),
            Node::Any(nodes) => Ok(any_of(each(nodes)?)),
            Node::Not(node) => Ok(self.compile(frame, node)?.not()),
            Node::Column(column, test) => {
                let condition = match frame.kind.table().columns[*column].shape {
                    Shape::Sealed => self.test_sealed(frame, *column, test)?,
                    _ => self.test(frame.raw(*column), test),
                };
                self.gated(frame, *column, condition)
            }
            Node::One(column, kind, node) => {
                let other = self.frame(*kind, Way::Opened);
                let refers = other.raw(0).eq(frame.raw(*column));
                let condition = self.exists(&other, refers, node)?;
                self.gated(frame, *column, condition)
            }
            Node::Some(kind, column, node) => {
                let other = self.frame(*kind, Way::Listed);
                if matches!(other.rule(), Rule::None) {
                    return Ok(falsehood());
                }
                let refers = match other.clear(*column) {
                    Some(link) => link.eq(frame.raw(0)),
                    None => return Err(unreadable(other.kind, *column)),
                };
                self.exists(&other, refers, node)
            }
        }
    }

    fn gated(
        &self,
        frame: &Frame<'_>,
        column: usize,
        condition: Expr,
    ) -> Result<Expr, AccessError> {
        frame.view.gates[column]
            .guard(frame.kind, &frame.table, condition)
            .ok_or_else(|| unreadable(frame.kind, column))
    }

    fn exists(&self, other: &Frame<'_>, refers: Expr, node: &Node) -> Result<Expr, AccessError> {
        let Some(mut select) = other.rows() else {
            return Ok(falsehood());
        };
        select.expr(Expr::cust("1")).and_where(refers);
        let nested = self.nested.get();
        if nested == MOST_NESTED {
            return Err(AccessError::InvalidInput(format!(
                "the filter goes through more than {MOST_NESTED} relations, one in the other"
            )));
        }
        self.nested.set(nested + 1);
        select.and_where(self.compile(other, node)?);
        self.nested.set(nested);
        Ok(Expr::exists(select))
    }

    /// What is sealed is found by its digest, and by nothing but its exact value.
    fn test_sealed(
        &self,
        frame: &Frame<'_>,
        column: usize,
        test: &Test,
    ) -> Result<Expr, AccessError> {
        let table = frame.kind.table();
        let mut sealed = table.sealed();
        let digest = sealed.find(|(place, ..)| *place == column);
        let values = match test {
            Test::Equals(value) => std::slice::from_ref(value),
            Test::In(values) => values.as_slice(),
            Test::IsAbsent(_) => return Ok(self.test(frame.raw(column), test)),
            _ => &[],
        };
        let texts = values.iter().map(|value| match value {
            Datum::Text(text) => Some(text),
            _ => None,
        });
        let texts: Option<Vec<&String>> = texts.collect();
        let (Some((_, name, digest)), Some(texts)) = (digest, texts) else {
            return Err(AccessError::InvalidInput(format!(
                "{} is found by its exact value alone",
                table.full_name(column)
            )));
        };
        if texts.len() > MOST_SOUGHT {
            return Err(AccessError::InvalidInput(format!(
                "{} is sought by {MOST_SOUGHT} values at most",
                table.full_name(column)
            )));
        }
        let keys = self.caller.keys();
        let digests = texts.into_iter().flat_map(|text| keys.digests(&name, text));
        let digests = digests.map(Datum::from).collect();
        Ok(self.test(frame.raw(digest), &Test::In(digests)))
    }

    fn test(&self, column: Expr, test: &Test) -> Expr {
        let backend = self.caller.backend();
        match test {
            Test::Equals(value) => column.eq(Expr::from(value.clone())),
            Test::In(values) if values.is_empty() => {
                // Unknown for NULL, as for any other list.
                column.clone().ne(column)
            }
            Test::In(values) => one_of(backend, column, values.clone()),
            Test::Less(value) => column.lt(Expr::from(value.clone())),
            Test::AtMost(value) => column.lte(Expr::from(value.clone())),
            Test::Greater(value) => column.gt(Expr::from(value.clone())),
            Test::AtLeast(value) => column.gte(Expr::from(value.clone())),
            Test::Contains(part) => contains(backend, column, part),
            Test::StartsWith(start) => starts_with(column, start),
            Test::IsAbsent(true) => column.is_null(),
            Test::IsAbsent(false) => column.is_not_null(),
            Test::Within(interval) => column.between(interval.first, interval.last),
        }
    }
}

fn unreadable(kind: Kind, column: usize) -> AccessError {
    let name = kind.table().columns[column].name;
    AccessError::Forbidden(format!(
        "you may not filter by {}.{name}: it is not open to you on any row",
        kind.name()
    ))
}
