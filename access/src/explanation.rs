//! Why somebody may do something to a record, or may not: for oneself, and for accounts
//! that the caller may open, by the roles of theirs that the caller may open.

mod path;
mod reach;

use std::collections::BTreeMap;

use entity::{app_user, role_binding};
use sea_orm::{
    QueryResult,
    sea_query::{ExprTrait, SelectStatement},
};

use self::path::Paths;
pub(crate) use self::reach::Way;
use crate::{
    account::{Account, Binding},
    bounds::field_name,
    caller::Caller,
    error::AccessError,
    filter::Compiler,
    frame::Frame,
    guard::guard,
    kind::Kind,
    policy::Policy,
    rows::Rows,
    scope,
    statement::Plan,
    token::Identity,
    vocabulary::Effect,
};

/// A record by its kind and its key.
pub(crate) type Place = (Kind, i64);

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Key of the account that it is about; none is the caller's own.
    pub account: Option<i64>,
    /// The record.
    pub record: Place,
    /// What would be done to it.
    pub deed: Deed,
    /// To which of its fields, by the name that clients know.
    pub field: Option<String>,
}

/// What would be done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To find it in lists and count it; with a field, to filter and order by it.
    List,
    /// To open it and read a field of it.
    Read,
    /// To have a personal field in clear, for a purpose.
    Reveal,
    /// To change it, or a field of it.
    Update,
    /// To take it out of use.
    Deactivate,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What comes of it.
    pub outcome: Outcome,
    /// The roles and policy lines that cover the record, those that deny last.
    pub reasons: Vec<Reason>,
    /// Where it is refused: what of the policy would allow it.
    pub needs: Vec<Need>,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It may be done.
    Allowed,
    /// The value is seen masked.
    Masked,
    /// It may not be done.
    Refused,
}

/// A role by which a policy line covers the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Key of the role binding.
    pub binding: i64,
    /// The role.
    pub role: String,
    /// The policy line, as the policy writes it.
    pub line: String,
    /// Whether it denies.
    pub denies: bool,
    /// From the place where the role is held to the record, as far as the caller may know.
    pub path: Vec<Place>,
}

/// A policy line that would allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The line, as the policy writes it.
    pub line: String,
    /// The roles to which it gives this, any of which would do.
    pub roles: Vec<String>,
    /// Where one of them would have to be held, or above; none where the caller may not
    /// know, or anywhere would do.
    pub at: Option<Place>,
}

/// Roles of an account whose lines are looked at one by one.
const MOST_BINDINGS: usize = 100;

impl Caller {
    /// Answers a question about rights.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if the caller may open no such record or account,
    /// [`AccessError::InvalidInput`] if the field is none of the record's or does not go
    /// with the deed, [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn explain(&self, question: &Question) -> Result<Explanation, AccessError> {
        let way = Way::of(question)?;
        self.check_askable(question).await?;
        let (user, bindings) = self.asked_about(question.account).await?;
        let policy = self.policy().await?;
        let bindings: Vec<&Binding> = bindings.iter().collect();
        let looked_at = &bindings[..bindings.len().min(MOST_BINDINGS)];
        let lines = way.lines(user, looked_at, &policy);

        let (kind, key) = question.record;
        let compiler = Compiler::new(self);
        let frame = compiler.frame(kind, scope::Way::Opened);
        let table = &frame.table;
        let Some(mut select) = frame.rows() else {
            self.confirm().await?;
            return Err(AccessError::NotFound);
        };
        select.expr(way.allowed(table, user, &bindings, &policy).flag());
        select.expr(way.masked(table, user, &bindings, &policy).flag());
        for line in &lines {
            select.expr(line.rule(kind, table).flag());
        }
        let paths = Paths::new(kind, key);
        paths.select(&frame, &mut select);
        let row = self.one(&frame, select, key).await?;
        let flag = |place: usize| -> Result<bool, AccessError> {
            Ok(row.try_get_by_index::<i32>(place)? == 1)
        };
        let outcome = match (flag(0)?, flag(1)?) {
            (true, _) => Outcome::Allowed,
            (_, true) => Outcome::Masked,
            _ => Outcome::Refused,
        };
        let paths = paths.read(&row, 2 + lines.len())?;
        let divisions = self.divisions().await?;
        let mut reasons = Vec::new();
        for (place, line) in (2..).zip(&lines) {
            if flag(place)? {
                reasons.push(Reason {
                    binding: line.binding.id,
                    role: line.binding.role.clone(),
                    line: line.text.to_owned(),
                    denies: line.effect == Effect::Deny,
                    path: paths.of(line, &divisions),
                });
            }
        }
        reasons.sort_by_key(|reason| reason.denies);
        let needs = match outcome {
            Outcome::Allowed => Vec::new(),
            _ => needs(&way, &policy, &paths),
        };
        Ok(Explanation {
            outcome,
            reasons,
            needs,
        })
    }

    /// Whether the caller may know how others see records of a kind. By whom an account is
    /// seen, and an event, tells who has done something where.
    pub(crate) fn may_know_of_others(&self, kind: Kind) -> bool {
        let events = self.scope().view(Kind::AuditEvent, scope::Way::Opened);
        !matches!(kind, Kind::User | Kind::AuditEvent) || !events.rows.is_never()
    }

    async fn check_askable(&self, question: &Question) -> Result<(), AccessError> {
        let (kind, _) = question.record;
        let is_own = question.account.is_none_or(|key| key == self.user());
        if is_own || self.may_know_of_others(kind) {
            return Ok(());
        }
        self.confirm().await?;
        Err(AccessError::InvalidInput(
            "`node`: how others see accounts and events is explained to auditors alone".to_owned(),
        ))
    }

    /// The account with the roles that are in force and that the caller may open.
    async fn asked_about(&self, account: Option<i64>) -> Result<(i64, Vec<Binding>), AccessError> {
        let own = self.scope();
        let Some(key) = account.filter(|key| *key != own.user) else {
            return Ok((own.user, own.bindings.clone()));
        };
        let rows = Rows::<app_user::Entity>::of(self).named(["issuer", "subject"]);
        let mut opened = rows.open(&[key]).await?;
        let opened = opened.remove(&key).ok_or(AccessError::NotFound)?;
        let text = |column| opened.get::<String>(column).map(Option::unwrap_or_default);
        let identity = Identity {
            issuer: text(app_user::Column::Issuer)?,
            subject: text(app_user::Column::Subject)?,
        };
        // Who is disabled holds nothing.
        let Some(account) = Account::read(self.database(), &identity).await? else {
            return Ok((key, Vec::new()));
        };
        let now = account.now;
        let in_force = account.bindings.into_iter();
        let in_force = in_force.filter(|binding| binding.in_force(now));
        let bindings: Vec<Binding> = in_force.collect();
        let keys: Vec<i64> = bindings.iter().map(|binding| binding.id).collect();
        let open = Rows::<role_binding::Entity>::of(self).open(&keys).await?;
        let bindings = bindings.into_iter();
        let open = bindings.filter(|binding| open.contains_key(&binding.id));
        Ok((key, open.collect()))
    }

    /// The row of the statement with this key, under the guard.
    async fn one(
        &self,
        frame: &Frame<'_>,
        mut select: SelectStatement,
        key: i64,
    ) -> Result<QueryResult, AccessError> {
        select
            .and_where(frame.raw(0).eq(key))
            .and_where(guard(self.scope(), self.backend()));
        let rows = self.select(Plan::Kept, &select).await?;
        rows.into_iter().next().ok_or(AccessError::NotFound)
    }
}

/// The lines that would allow it, whoever has them.
fn needs(way: &Way, policy: &Policy, paths: &Paths) -> Vec<Need> {
    let mut needs: BTreeMap<&str, Need> = BTreeMap::new();
    for role in &policy.roles {
        for line in way.allowing(role, policy) {
            let need = needs.entry(&line.line).or_insert_with(|| Need {
                line: line.line.to_string(),
                roles: Vec::new(),
                at: paths.need(line.scope),
            });
            if !need.roles.contains(role) {
                need.roles.push(role.clone());
            }
        }
    }
    needs.into_values().collect()
}

/// The place of the field's column.
fn column_of(kind: Kind, field: &str) -> Result<usize, AccessError> {
    let mut columns = kind.decided();
    let found = columns.find(|(_, column)| field_name(column.name) == field);
    let found = found.map(|(place, _)| place);
    found.ok_or_else(|| {
        AccessError::InvalidInput(format!(
            "`field`: the type has no field {field} with a value of its own"
        ))
    })
}
