//! What a decision covers, as a whole or in parts that are each read in an index's order.

use entity::facility;
use sea_orm::sea_query::{CaseStatement, DynIden, Expr, ExprTrait, SelectStatement, UnionType};

use crate::{
    arm::{Arm, Decision},
    expression::{any_of, is_not_true},
    kind::Kind,
    rules::{Term, term},
};

/// Which rows a decision covers.
pub(crate) enum Rule {
    All,
    None,
    Where(Expr),
}

impl Rule {
    /// What both cover.
    pub(crate) fn and(self, other: Rule) -> Rule {
        match (self, other) {
            (Rule::None, _) | (_, Rule::None) => Rule::None,
            (Rule::All, rule) | (rule, Rule::All) => rule,
            (Rule::Where(one), Rule::Where(other)) => Rule::Where(one.and(other)),
        }
    }

    /// What either covers.
    pub(crate) fn or(self, other: Rule) -> Rule {
        match (self, other) {
            (Rule::All, _) | (_, Rule::All) => Rule::All,
            (Rule::None, rule) | (rule, Rule::None) => rule,
            (Rule::Where(one), Rule::Where(other)) => Rule::Where(one.or(other)),
        }
    }

    /// 1 on the rows that it covers, and 0 on the others.
    pub(crate) fn flag(self) -> Expr {
        match self {
            Rule::All => Expr::cust("1"),
            Rule::None => Expr::cust("0"),
            Rule::Where(condition) => CaseStatement::new()
                .case(condition, Expr::cust("1"))
                .finally(Expr::cust("0"))
                .into(),
        }
    }
}

/// One of the ways to be covered. A row may be covered in several.
pub(crate) enum Part {
    Where(Expr),
    /// The same, for what another part leaves of a few rows.
    Rest(Expr),
    /// The column's value is one of the keys, and the condition holds if there is one.
    Among {
        column: DynIden,
        keys: Box<SelectStatement>,
        condition: Option<Expr>,
    },
}

/// The rows of `kind` that `decision` covers, in a statement that knows the
/// table as `table`.
pub(crate) fn rule(kind: Kind, table: &DynIden, decision: &Decision) -> Rule {
    let allow = match cover(kind, table, &decision.allow).whole(table) {
        Rule::None => return Rule::None,
        allow => allow,
    };
    match (allow, cover(kind, table, &decision.deny).whole(table)) {
        (_, Rule::All) => Rule::None,
        (allow, Rule::None) => allow,
        (Rule::Where(allow), Rule::Where(deny)) => Rule::Where(allow.and(is_not_true(deny))),
        (_, Rule::Where(deny)) => Rule::Where(is_not_true(deny)),
    }
}

/// The same in parts; none where the rule as a whole says it as well.
pub(crate) fn parts(kind: Kind, table: &DynIden, decision: &Decision) -> Vec<Part> {
    let Cover::Any(mut parts) = cover(kind, table, &decision.allow) else {
        return Vec::new();
    };
    let deny = match cover(kind, table, &decision.deny).whole(table) {
        Rule::All => return Vec::new(),
        Rule::None => None,
        Rule::Where(deny) => Some(is_not_true(deny)),
    };
    for part in &mut parts {
        match part {
            Part::Where(condition) | Part::Rest(condition) => {
                *condition = deny.iter().cloned().fold(condition.clone(), Expr::and);
            }
            Part::Among { condition, .. } => condition.clone_from(&deny),
        }
    }
    match parts.as_slice() {
        [Part::Where(_)] => Vec::new(),
        _ => parts,
    }
}

/// The rows that any of the arms covers. Arms on one column become one
/// `IN (… UNION ALL …)`, which the planners turn into a single index scan.
fn cover(kind: Kind, table: &DynIden, arms: &[Arm]) -> Cover {
    let mut alternatives = Vec::new();
    let mut among: Vec<(DynIden, Box<SelectStatement>)> = Vec::new();
    for arm in arms {
        match term(kind, table, arm) {
            Term::Everything => return Cover::All,
            Term::Nothing => {}
            Term::Where(condition) => {
                alternatives.push(match remaining(kind, table, arm, arms) {
                    Some(remaining) => Part::Rest(condition.and(remaining)),
                    None => Part::Where(condition),
                });
            }
            Term::Among(column, keys) => {
                match among.iter_mut().find(|(known, _)| *known == column) {
                    Some((_, known)) => {
                        known.union(UnionType::All, *keys);
                    }
                    None => among.push((column, keys)),
                }
            }
        }
    }
    let among = among.into_iter().map(|(column, keys)| Part::Among {
        column,
        keys,
        condition: None,
    });
    alternatives.extend(among);
    Cover::Any(alternatives)
}

/// The rows that arms cover: all, or those of any of the parts.
enum Cover {
    All,
    Any(Vec<Part>),
}

impl Cover {
    fn whole(self, table: &DynIden) -> Rule {
        match self {
            Cover::All => Rule::All,
            Cover::Any(parts) if parts.is_empty() => Rule::None,
            Cover::Any(parts) => {
                Rule::Where(any_of(parts.into_iter().map(|part| part.whole(table))))
            }
        }
    }
}

impl Part {
    /// As one condition.
    pub(crate) fn whole(self, table: &DynIden) -> Expr {
        match self {
            Part::Where(condition) | Part::Rest(condition) => condition,
            Part::Among {
                column,
                keys,
                condition,
            } => {
                let among = Expr::col((table.clone(), column)).in_subquery(*keys);
                condition.into_iter().fold(among, Expr::and)
            }
        }
    }
}

/// Most facilities that stand in a subtree are administered there, and covered for that:
/// then those that remain are few, and have an index of their own. So have, since those
/// of a province are many, the few that are not administered in their own province.
fn remaining(kind: Kind, table: &DynIden, arm: &Arm, arms: &[Arm]) -> Option<Expr> {
    let (Kind::Facility, Arm::Located(located)) = (kind, arm) else {
        return None;
    };
    let subtree = arms.iter().find_map(|arm| match arm {
        Arm::Subtree(subtree) if subtree.contains(located) => Some(subtree),
        _ => None,
    })?;
    let column = |column: facility::Column| Expr::col((table.clone(), column));
    let administered_by = || column(facility::Column::AdministeredBy);
    let elsewhere = administered_by().not_between(subtree.first, subtree.last);
    let located_in = column(facility::Column::LocatedIn);
    // As the indexes say it.
    let differs = match subtree.is_province() {
        true => {
            let province = |division: Expr| division.div(Expr::cust("100000000000"));
            province(located_in).ne(province(administered_by()))
        }
        false => located_in.ne(administered_by()),
    };
    Some(differs.and(elsewhere))
}
