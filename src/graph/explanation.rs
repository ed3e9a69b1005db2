//! Why somebody may do something to a record, or may not.

use std::collections::HashMap;

use access::{AccessError, Caller, Column, Explanation, Kind, Question, Resource, Rows};
use async_graphql::{Context, Enum, ID, SimpleObject};
use entity::{division, facility, partnership_project, program};

use super::{
    classification::Classification, id, node, record::Record, role_binding::RoleBinding, user::User,
};

/// What would be done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "access::Deed")]
pub(crate) enum AccessAction {
    /// To find it in lists and count it; with a field, to filter and order by it.
    List,
    /// To open it and, with a field, to read that one.
    Read,
    /// To have a personal field in clear, for a purpose.
    Reveal,
    /// To change it or, with a field, that one.
    Update,
    /// To take it out of use.
    Deactivate,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "access::Outcome")]
pub(crate) enum AccessOutcome {
    /// It may be done.
    Allowed,
    /// The value is seen masked.
    Masked,
    /// It may not be done.
    Refused,
}

/// Why something may be done to a record, or may not.
#[derive(SimpleObject)]
pub(crate) struct AccessExplanation {
    /// What comes of it, by the roles of the account that you may open.
    outcome: AccessOutcome,
    /// The roles and policy lines that cover the record; those that deny come last.
    reasons: Vec<AccessReason>,
    /// Where it is not allowed: the policy lines that would allow it.
    needs: Vec<AccessNeed>,
}

/// A role by which a policy line covers the record.
#[derive(SimpleObject)]
pub(crate) struct AccessReason {
    /// Whether the line denies. Where one does, no other allows.
    denies: bool,
    /// Global id of the role binding.
    binding: ID,
    /// The role that is held.
    role: String,
    /// The policy line: role, resource, action, scope kind, columns and effect. Its role is
    /// the one that is held or one that it builds on.
    line: String,
    /// From the place where the role is held to the record, as far as you may know.
    path: Vec<AccessPlace>,
}

/// A policy line that would allow it.
#[derive(SimpleObject)]
pub(crate) struct AccessNeed {
    /// The roles that have it, any of which would do.
    roles: Vec<String>,
    /// The policy line.
    line: String,
    /// Where one of the roles would have to be held, or above; null where you may not know,
    /// or anywhere would do.
    at: Option<AccessPlace>,
}

/// A record on a path.
#[derive(Clone, SimpleObject)]
pub(crate) struct AccessPlace {
    /// Global id of the record.
    id: ID,
    /// Name of the record's type.
    type_name: &'static str,
    /// The name of a division, facility, program or project; null of others, and where it is
    /// not yours to read.
    name: Option<String>,
}

/// What somebody asks.
pub(crate) struct Asked {
    pub(crate) subject: Option<ID>,
    pub(crate) node: ID,
    pub(crate) action: AccessAction,
    pub(crate) field: Option<String>,
}

/// Answers it.
pub(crate) async fn explain(
    ctx: &Context<'_>,
    asked: Asked,
) -> Result<AccessExplanation, AccessError> {
    let caller = ctx.data_unchecked::<Caller>();
    let (type_, key) = id::decode(&asked.node)?;
    let kind = node::kind(&type_).ok_or(AccessError::NotFound)?;
    let subject = asked.subject.as_ref();
    let account = subject.map(|id| id::key_of(User::NAME, id)).transpose()?;
    let question = Question {
        account,
        record: (kind, key),
        deed: asked.action.into(),
        field: asked.field,
    };
    let explanation = caller.explain(&question).await?;
    let names = Names::of(caller, &explanation).await?;
    Ok(AccessExplanation {
        outcome: explanation.outcome.into(),
        reasons: explanation
            .reasons
            .into_iter()
            .map(|reason| AccessReason {
                denies: reason.denies,
                binding: id::encode(RoleBinding::NAME, reason.binding),
                role: reason.role,
                line: reason.line,
                path: reason
                    .path
                    .into_iter()
                    .map(|place| names.place(place))
                    .collect(),
            })
            .collect(),
        needs: explanation
            .needs
            .into_iter()
            .map(|need| AccessNeed {
                roles: need.roles,
                line: need.line,
                at: need.at.map(|place| names.place(place)),
            })
            .collect(),
    })
}

/// The names of records that the caller may read.
struct Names(HashMap<(Kind, i64), String>);

impl Names {
    /// Those on the paths, a statement for each type.
    async fn of(caller: &Caller, explanation: &Explanation) -> Result<Names, AccessError> {
        let mut names = Names(HashMap::new());
        let paths = explanation.reasons.iter().flat_map(|reason| &reason.path);
        let needed = explanation.needs.iter().filter_map(|need| need.at.as_ref());
        let places: Vec<(Kind, i64)> = paths.chain(needed).copied().collect();
        names
            .add::<division::Entity>(caller, &places, division::Column::Name)
            .await?;
        names
            .add::<facility::Entity>(caller, &places, facility::Column::Name)
            .await?;
        names
            .add::<program::Entity>(caller, &places, program::Column::Name)
            .await?;
        let column = partnership_project::Column::Name;
        names
            .add::<partnership_project::Entity>(caller, &places, column)
            .await?;
        Ok(names)
    }

    async fn add<E: Resource>(
        &mut self,
        caller: &Caller,
        places: &[(Kind, i64)],
        column: Column<E>,
    ) -> Result<(), AccessError> {
        let of_kind = places.iter().filter(|(kind, _)| *kind == E::KIND);
        let mut keys: Vec<i64> = of_kind.map(|(_, key)| *key).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            return Ok(());
        }
        let opened = Rows::<E>::of(caller).named(["name"]).open(&keys).await?;
        for (key, row) in opened {
            match row.get::<String>(column) {
                Ok(name) => self.0.extend(name.map(|name| ((E::KIND, key), name))),
                Err(AccessError::Forbidden(_)) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    fn place(&self, place: (Kind, i64)) -> AccessPlace {
        let (kind, key) = place;
        let type_name = node::name(kind);
        AccessPlace {
            id: id::encode(type_name, key),
            type_name,
            name: self.0.get(&place).cloned(),
        }
    }
}

/// What of it a caller has a use for: all.
pub(super) fn classify(schema: &mut Classification) {
    schema.plain::<AccessAction>();
    schema.plain::<AccessOutcome>();
    schema.plain::<AccessExplanation>();
    schema.plain::<AccessReason>();
    schema.plain::<AccessNeed>();
    schema.plain::<AccessPlace>();
}
