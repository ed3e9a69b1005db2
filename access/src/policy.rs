//! The policy in force at one epoch: Casbin's matcher evaluated once for every
//! role, kind and action, down to the lines that a scope is made of.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use casbin::{
    Adapter, CoreApi, DefaultModel, EffectKind, Effector, EffectorStream, Enforcer, MgmtApi,
    StringAdapter,
};

use crate::{
    adapter::invalid,
    kind::Kind,
    line::Line,
    vocabulary::{Action, Effect, ScopeKind},
};

/// The columns of a kind, one bit each by their index in the table.
pub(crate) type ColumnSet = u64;

/// What one policy line gives or takes, for one kind of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) scope: ScopeKind,
    pub(crate) effect: Effect,
    pub(crate) columns: ColumnSet,
    /// A deny on all columns hides the row.
    pub(crate) all_columns: bool,
    /// The line as the policy writes it.
    pub(crate) line: Arc<str>,
}

/// Which roles one policy line lets somebody give to others, or forbids to give.
#[derive(Clone, Debug)]
pub(crate) struct Appointment {
    pub(crate) scope: ScopeKind,
    pub(crate) effect: Effect,
    pub(crate) roles: Roles,
}

/// Some roles, or all.
#[derive(Clone, Debug)]
pub(crate) enum Roles {
    /// Those as well that no line speaks of any more.
    All,
    Some(BTreeSet<String>),
}

impl Roles {
    pub(crate) fn contains(&self, role: &str) -> bool {
        match self {
            Roles::All => true,
            Roles::Some(roles) => roles.contains(role),
        }
    }
}

/// The policy compiled at an epoch.
pub(crate) struct Policy {
    pub(crate) epoch: i64,
    /// Every role that a line speaks of.
    pub(crate) roles: BTreeSet<String>,
    grants: HashMap<(String, Kind, Action), Vec<Grant>>,
    appointments: HashMap<String, Vec<Appointment>>,
}

/// The actions on columns of records.
const ACTIONS: [Action; 8] = [
    Action::List,
    Action::Read,
    Action::Mask,
    Action::Reveal,
    Action::Aggregate,
    Action::Create,
    Action::Update,
    Action::Deactivate,
];

impl Policy {
    /// The policy that gives nothing to anyone.
    pub(crate) fn closed(epoch: i64) -> Policy {
        Policy {
            epoch,
            roles: BTreeSet::new(),
            grants: HashMap::new(),
            appointments: HashMap::new(),
        }
    }

    /// Evaluates these lines.
    pub(crate) async fn of_lines(lines: &[Line], epoch: i64) -> casbin::Result<Policy> {
        let lines = lines
            .iter()
            .map(|line| format!("{}, {}\n", line.section, line.values.join(", ")));
        Policy::load(StringAdapter::new(lines.collect::<String>()), epoch).await
    }

    /// Loads what the adapter holds and evaluates it.
    pub(crate) async fn load(
        adapter: impl Adapter + 'static,
        epoch: i64,
    ) -> casbin::Result<Policy> {
        let mut enforcer = Enforcer::new(model().await?, adapter).await?;
        enforcer.set_effector(Box::new(EveryMatch));
        let subjects = subjects(&enforcer);
        let mut policy = Policy {
            roles: subjects.iter().map(|subject| name(subject)).collect(),
            ..Policy::closed(epoch)
        };
        for subject in &subjects {
            for &kind in Kind::ALL {
                for action in ACTIONS {
                    let lines = matching(&enforcer, subject, kind, action)?;
                    let grants = lines.iter().map(|line| grant(&enforcer, kind, line));
                    let grants = grants.collect::<casbin::Result<Vec<_>>>()?;
                    if !grants.is_empty() {
                        policy.grants.insert((name(subject), kind, action), grants);
                    }
                }
            }
            let lines = matching(&enforcer, subject, Kind::RoleBinding, Action::Grant)?;
            let appointments = lines
                .iter()
                .map(|line| appointment(&enforcer, &policy.roles, line));
            let appointments = appointments.collect::<casbin::Result<_>>()?;
            policy.appointments.insert(name(subject), appointments);
        }
        Ok(policy)
    }

    /// What a role lets do with records of a kind.
    pub(crate) fn grants(&self, role: &str, kind: Kind, action: Action) -> &[Grant] {
        self.grants
            .get(&(role.to_owned(), kind, action))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a role lets do the same with records of a kind as by another policy.
    pub(crate) fn says_alike(&self, other: &Policy, role: &str, kind: Kind) -> bool {
        let mut actions = ACTIONS.into_iter();
        actions.all(|action| self.grants(role, kind, action) == other.grants(role, kind, action))
    }

    /// The scope kinds by which a role lets do anything.
    pub(crate) fn scopes(&self, role: &str) -> impl Iterator<Item = ScopeKind> {
        let of_role = self
            .grants
            .iter()
            .filter(move |((known, ..), _)| known == role);
        let lines = of_role.flat_map(|(_, lines)| lines);
        let allowing = lines.filter(|line| line.effect == Effect::Allow);
        allowing.map(|line| line.scope)
    }

    /// Which roles somebody who holds this one may give to others.
    pub(crate) fn appointments(&self, role: &str) -> &[Appointment] {
        self.appointments.get(role).map_or(&[], Vec::as_slice)
    }
}

async fn model() -> casbin::Result<DefaultModel> {
    DefaultModel::from_str(include_str!("model.conf")).await
}

fn subjects(enforcer: &Enforcer) -> HashSet<String> {
    let given = enforcer.get_named_policy("p");
    let inherited = enforcer.get_named_grouping_policy("g");
    given
        .into_iter()
        .chain(inherited)
        .filter_map(|line| line.into_iter().next())
        .collect()
}

/// A role's name as bindings have it.
fn name(subject: &str) -> String {
    subject.strip_prefix("role:").unwrap_or(subject).to_owned()
}

fn matching(
    enforcer: &Enforcer,
    subject: &str,
    kind: Kind,
    action: Action,
) -> casbin::Result<Vec<Vec<String>>> {
    let resource = format!("res:{}", kind.name());
    let (_, lines) = enforcer.enforce_ex((subject, resource.as_str(), action.name()))?;
    Ok(lines)
}

/// What a line says beyond who may do what: scope kind, group and effect.
fn reach(line: &[String]) -> casbin::Result<(ScopeKind, &str, Effect)> {
    let [_, _, _, scope, group, effect] = line else {
        return Err(invalid("has a line of unexpected length".to_owned()));
    };
    let scope = ScopeKind::named(scope).map_err(invalid)?;
    Ok((scope, group, Effect::named(effect).map_err(invalid)?))
}

fn grant(enforcer: &Enforcer, kind: Kind, line: &[String]) -> casbin::Result<Grant> {
    let (scope, columns, effect) = reach(line)?;
    let all_columns = columns == "cols:all";
    let links = enforcer.get_role_manager();
    let links = links.read();
    let mut set = 0;
    for (place, column) in kind.decided() {
        let column = format!("col:{}.{}", kind.name(), column.name);
        if all_columns || links.has_link(&column, columns, None) {
            set |= 1 << place;
        }
    }
    Ok(Grant {
        scope,
        effect,
        columns: set,
        all_columns,
        line: format!("p, {}", line.join(", ")).into(),
    })
}

fn appointment(
    enforcer: &Enforcer,
    roles: &BTreeSet<String>,
    line: &[String],
) -> casbin::Result<Appointment> {
    let (scope, group, effect) = reach(line)?;
    let links = enforcer.get_role_manager();
    let links = links.read();
    let is_meant = |role: &&String| links.has_link(&format!("binding:{role}"), group, None);
    let roles = roles.iter();
    let roles = match group {
        "roles:all" => Roles::All,
        _ => Roles::Some(roles.filter(is_meant).cloned().collect()),
    };
    Ok(Appointment {
        scope,
        effect,
        roles,
    })
}

/// An effector that decides nothing and reports every line that matches.
struct EveryMatch;

impl Effector for EveryMatch {
    fn new_stream(&self, _expr: &str, _cap: usize) -> Box<dyn EffectorStream> {
        Box::new(Matches::default())
    }
}

#[derive(Default)]
struct Matches {
    seen: usize,
    matched: Vec<usize>,
}

impl EffectorStream for Matches {
    fn next(&self) -> bool {
        !self.matched.is_empty()
    }

    fn explain(&self) -> Option<Vec<usize>> {
        Some(self.matched.clone())
    }

    fn push_effect(&mut self, effect: EffectKind) -> bool {
        if effect != EffectKind::Indeterminate {
            self.matched.push(self.seen);
        }
        self.seen += 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use casbin::StringAdapter;

    use super::*;

    #[tokio::test]
    async fn the_policy_of_a_new_database_evaluates_to_grants() {
        let adapter = StringAdapter::new(include_str!("policy.csv"));
        let policy = Policy::load(adapter, 1).await.unwrap();

        let inherited = policy.grants("administrator", Kind::Facility, Action::Read);
        let inherited: Vec<_> = inherited.iter().filter(|grant| grant.all_columns).collect();
        assert_eq!(inherited.len(), 1, "{inherited:?}");
        assert_eq!(inherited[0].scope, ScopeKind::Subtree);

        let people = Kind::Person.table();
        let place = |name| people.index(name).unwrap();
        let read = policy.grants("administrator", Kind::Person, Action::Read);
        let masked = policy.grants("administrator", Kind::Person, Action::Mask);
        for (name, is_read) in [("name", true), ("sex", true), ("phone", false)] {
            assert_eq!(read[0].columns >> place(name) & 1 == 1, is_read, "{name}");
            assert_eq!(masked[0].columns >> place(name) & 1 == 0, is_read, "{name}");
        }
        let all = policy.grants("steward", Kind::Person, Action::Read);
        assert!(all[0].all_columns);
        assert_eq!(all[0].columns >> place("phone_digest") & 1, 0);

        let host = policy.grants("host", Kind::Enrollment, Action::Read);
        let columns = [
            "program_id",
            "stage_id",
            "participant_name",
            "facility_id",
            "version",
            "active",
        ];
        let table = Kind::Enrollment.table();
        let expected = columns
            .iter()
            .fold(0, |set, name| set | 1 << table.index(name).unwrap());
        assert_eq!(host[0].columns, expected);

        assert!(
            policy
                .grants("sponsor", Kind::Person, Action::Read)
                .is_empty()
        );
        assert!(
            policy
                .grants("nobody", Kind::Division, Action::List)
                .is_empty()
        );
    }
}
