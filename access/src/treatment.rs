//! How a column of a row is treated: shown in clear, masked or refused.

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};

use crate::{cover::Rule, expression::only_where, frame::Frame, gate::Gate};

/// What a caller sees of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// Nothing, not even whether there is one.
    Refused,
    /// That there is one, and some of it.
    Masked,
    /// All of it.
    Clear,
}

/// How a column is treated on the rows of a statement.
pub(crate) enum Treated {
    /// The same on every row.
    Alike(Treatment),
    /// As the row's flag says; the value is NULL where it is refused.
    PerRow { flag: Box<Expr>, value: Box<Expr> },
}

impl Treatment {
    /// The treatment that a row's flag says.
    pub(crate) fn of_flag(flag: i32) -> Treatment {
        let all = [Treatment::Refused, Treatment::Masked, Treatment::Clear];
        let mut flagged = all.into_iter().filter(|known| *known as i32 == flag);
        flagged.next().unwrap_or(Treatment::Refused)
    }

    fn flag(self) -> Expr {
        Expr::cust((self as i32).to_string())
    }
}

impl Frame<'_> {
    /// How a column is treated that is masked, if not clear, where this gate is open.
    pub(crate) fn treated(&self, column: usize, mask: &Gate) -> Treated {
        let rule = |gate: &Gate| gate.condition(self.kind, &self.table);
        let clear = rule(&self.view.gates[column]);
        let masked = rule(mask);
        let mut flag = CaseStatement::new();
        if let Rule::Where(clear) = &clear {
            flag = flag.case(clear.clone(), Treatment::Clear.flag());
        }
        if let Rule::Where(masked) = &masked {
            flag = flag.case(masked.clone(), Treatment::Masked.flag());
        }
        let (otherwise, seen) = match (clear, masked) {
            (Rule::All, _) => return Treated::Alike(Treatment::Clear),
            (Rule::None, Rule::All) => return Treated::Alike(Treatment::Masked),
            (Rule::None, Rule::None) => return Treated::Alike(Treatment::Refused),
            (Rule::Where(_), Rule::All) => (Treatment::Masked, None),
            (Rule::Where(one), Rule::None) | (Rule::None, Rule::Where(one)) => {
                (Treatment::Refused, Some(one))
            }
            (Rule::Where(clear), Rule::Where(masked)) => {
                (Treatment::Refused, Some(clear.or(masked)))
            }
        };
        let value = self.raw(column);
        Treated::PerRow {
            flag: Box::new(flag.finally(otherwise.flag()).into()),
            value: Box::new(match seen {
                Some(seen) => only_where(seen, value),
                None => value,
            }),
        }
    }
}
