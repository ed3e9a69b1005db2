//! How many records somebody would gain and lose.

use sea_orm::sea_query::{DynIden, Expr, ExprTrait, Func, IntoIden, Query};

use super::{
    Administration, Incumbent,
    comparison::{Change, changes},
};
use crate::{
    bounds::field_name,
    cover::Rule,
    error::AccessError,
    explanation::{Deed, Way},
    filter::Compiler,
    guard::guard,
    kind::Kind,
    policy::Policy,
    scope,
    statement::Plan,
};

/// What would change for somebody, of the records of a kind that the caller may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// For whom.
    pub subject: Subject,
    /// The kind of records.
    pub kind: Kind,
    /// What could be done to them, or no longer.
    pub deed: Deed,
    /// To which of their fields, by the names that clients know; none are the records as a
    /// whole. What is read or revealed of fields is counted where the records stay open.
    pub fields: Vec<String>,
    /// How many would be gained.
    pub gained: i64,
    /// How many would be lost.
    pub lost: i64,
}

/// Whose rights are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Everybody who holds a role: a record is theirs if it is somebody's by that role alone.
    Role(String),
    /// An account with all its roles, by its key.
    User(i64),
}

/// Somebody's rights: by which roles, under which policy.
pub(super) struct Rights<'a> {
    pub(super) incumbents: Vec<Incumbent>,
    pub(super) policy: &'a Policy,
}

/// Changes that are counted in one statement, which grows with the roles that are held.
const MOST_CHANGES: usize = 8;

impl Administration {
    /// What changes between one's rights and those of the same people later.
    pub(super) async fn compare(
        &self,
        subject: &Subject,
        before: &Rights<'_>,
        after: &Rights<'_>,
    ) -> Result<Vec<Effect>, AccessError> {
        let mut effects = Vec::new();
        let kinds = Kind::ALL.iter().copied();
        for kind in kinds.filter(|kind| self.caller.may_know_of_others(*kind)) {
            for changes in changes(kind, before, after).chunks(MOST_CHANGES) {
                let counts = self.count(kind, changes, before, after).await?;
                for (change, (gained, lost)) in changes.iter().zip(counts) {
                    if (gained, lost) == (0, 0) {
                        continue;
                    }
                    let name = |place: &usize| field_name(kind.table().columns[*place].name);
                    effects.push(Effect {
                        subject: subject.clone(),
                        kind,
                        deed: change.deed,
                        fields: change.fields.iter().map(name).collect(),
                        gained,
                        lost,
                    });
                }
            }
        }
        Ok(effects)
    }

    /// How many records each of the changes would add and take away.
    async fn count(
        &self,
        kind: Kind,
        changes: &[Change],
        before: &Rights<'_>,
        after: &Rights<'_>,
    ) -> Result<Vec<(i64, i64)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(kind, scope::Way::Opened);
        let Some(mut flags) = frame.rows() else {
            return Ok(Vec::new());
        };
        let open = Way::to(kind, Deed::Read, None);
        let ways = changes.iter().map(Change::way).chain([open]);
        for (place, way) in ways.enumerate() {
            let [earlier, later] = names(place);
            flags.expr_as(before.flag(&way, &frame.table), earlier);
            flags.expr_as(after.flag(&way, &frame.table), later);
        }
        let mut counts = Query::select();
        counts.from_subquery(flags, "flags");
        let [open_before, open_after] = names(changes.len()).map(Expr::col);
        for (place, change) in changes.iter().enumerate() {
            let [earlier, later] = names(place).map(Expr::col);
            let not = |flag: &Expr| Expr::cust("1").sub(flag.clone());
            let mut gained = later.clone().mul(not(&earlier));
            let mut lost = earlier.mul(not(&later));
            if change.is_within() {
                gained = gained.mul(open_before.clone());
                lost = lost.mul(open_after.clone());
            }
            counts.expr(sum(gained)).expr(sum(lost));
        }
        counts.and_where(guard(self.caller.scope(), self.caller.backend()));
        let rows = self.caller.select(Plan::Own, &counts).await?;
        let row = rows.first();
        let row = row.ok_or_else(|| AccessError::internal("no count"))?;
        let counted = (0..changes.len()).map(|place| {
            let (gained, lost) = (2 * place, 2 * place + 1);
            Ok((row.try_get_by_index(gained)?, row.try_get_by_index(lost)?))
        });
        counted.collect()
    }
}

impl<'a> Rights<'a> {
    pub(super) fn of(incumbents: Vec<Incumbent>, policy: &'a Policy) -> Rights<'a> {
        Rights { incumbents, policy }
    }

    /// 1 on the rows where somebody may, and 0 on the others.
    fn flag(&self, way: &Way, table: &DynIden) -> Expr {
        let rules = self.incumbents.iter().map(|incumbent| {
            let bindings: Vec<_> = incumbent.bindings.iter().collect();
            way.allowed(table, incumbent.user, &bindings, self.policy)
        });
        rules.fold(Rule::None, Rule::or).flag()
    }
}

/// What the flags of a change are called, before and after it.
fn names(place: usize) -> [DynIden; 2] {
    ["before", "after"].map(|name| format!("{name}_{place}").into_iden())
}

/// The sum over all rows, 0 where there is none.
fn sum(flags: Expr) -> Expr {
    Func::coalesce([Func::sum(flags).into(), Expr::cust("0")]).into()
}
