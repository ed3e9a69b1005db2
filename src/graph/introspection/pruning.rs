//! The account without what a caller has no use for.

use std::{collections::HashSet, sync::Arc};

use access::Capabilities;
use async_graphql::{Name, Value};

use super::account::{Account, Part, is_needed, list, name, type_of};
use crate::graph::classification::Classification;

/// What remains of the account for a caller.
pub(super) fn prune(
    account: &Account,
    classification: &Classification,
    capabilities: &Capabilities,
) -> Account {
    let used = account.types.iter().filter(|(name, type_)| {
        let is_of_language = name.starts_with("__") || is_kind(type_, "SCALAR");
        is_of_language
            || classification
                .of_type(name, capabilities)
                .unwrap_or_default()
    });
    let mut pruning = Pruning {
        account,
        classification,
        capabilities,
        kept: used.map(|(name, _)| name.as_str()).collect(),
    };
    while pruning.drop_empty() {}
    pruning.kept = pruning.reached();
    let types = account.types.iter().filter_map(|(name, type_)| {
        let is_kept = pruning.kept.contains(name.as_str());
        is_kept.then(|| (name.clone(), pruning.rest(name, type_)))
    });
    let mut schema = account.schema.clone();
    for root in ROOTS {
        if let Some(Value::Object(type_)) = schema.get(root)
            && !pruning.keeps_type(name(type_))
        {
            schema.insert(Name::new(root), Value::Null);
        }
    }
    Account {
        types: types.collect(),
        schema,
    }
}

const ROOTS: [&str; 3] = ["queryType", "mutationType", "subscriptionType"];
/// What types consist of.
const MEMBERS: [&str; 3] = ["fields", "inputFields", "enumValues"];
const OTHER_TYPES: [&str; 2] = ["interfaces", "possibleTypes"];

struct Pruning<'a> {
    account: &'a Account,
    classification: &'a Classification,
    capabilities: &'a Capabilities,
    /// The types that remain, by their names.
    kept: HashSet<&'a str>,
}

impl<'a> Pruning<'a> {
    /// Drops types of which nothing remains, and inputs that can't be given. Says whether
    /// there were any: then others may be such now.
    fn drop_empty(&mut self) -> bool {
        let dropped: Vec<&str> = self
            .kept
            .iter()
            .copied()
            .filter(|name| self.is_empty(name))
            .collect();
        self.kept.retain(|name| !dropped.contains(name));
        !dropped.is_empty()
    }

    fn is_empty(&self, type_: &str) -> bool {
        let Some(part) = self.account.type_(type_) else {
            return true;
        };
        let mut members = MEMBERS.into_iter().flat_map(|key| list(part, key));
        let mut needed = list(part, "inputFields").filter(|input| is_needed(input));
        !is_kind(part, "SCALAR") && !members.any(|member| self.keeps(type_, member))
            || needed.any(|input| !self.keeps(type_, input))
    }

    /// The types that one comes to from the roots, from directives, and by asking about
    /// the schema.
    fn reached(&self) -> HashSet<&'a str> {
        let schema = &self.account.schema;
        let roots = ROOTS.into_iter().filter_map(|root| match schema.get(root) {
            Some(Value::Object(type_)) => name(type_),
            _ => None,
        });
        let directives = list(schema, "directives").flat_map(|directive| list(directive, "args"));
        let mut left: Vec<&str> = roots.chain(directives.filter_map(type_of)).collect();
        left.push("__Schema");
        let mut reached = HashSet::new();
        while let Some(type_) = left.pop() {
            if !self.kept.contains(type_) || !reached.insert(type_) {
                continue;
            }
            let Some(part) = self.account.type_(type_) else {
                continue;
            };
            for member in MEMBERS.into_iter().flat_map(|key| list(part, key)) {
                if self.keeps(type_, member) {
                    left.extend(type_of(member));
                    let arguments = list(member, "args");
                    let arguments = arguments.filter(|one| self.keeps_argument(type_, member, one));
                    left.extend(arguments.filter_map(type_of));
                }
            }
            left.extend(
                OTHER_TYPES
                    .into_iter()
                    .flat_map(|key| list(part, key))
                    .filter_map(name),
            );
        }
        reached
    }

    /// What remains of a type; itself if that is all of it.
    fn rest(&self, type_: &str, part: &Arc<Part>) -> Arc<Part> {
        let mut rest = Part::clone(part);
        for key in MEMBERS {
            retain(&mut rest, key, |member| self.keeps(type_, member));
        }
        for key in OTHER_TYPES {
            retain(&mut rest, key, |other| self.keeps_type(name(other)));
        }
        if let Some(Value::List(fields)) = rest.get_mut("fields") {
            for field in fields {
                if let Value::Object(field) = field {
                    let whole = field.clone();
                    retain(field, "args", |one| self.keeps_argument(type_, &whole, one));
                }
            }
        }
        if rest == **part {
            return part.clone();
        }
        Arc::new(rest)
    }

    /// Whether a member of a type remains.
    fn keeps(&self, type_: &str, member: &Part) -> bool {
        let Some(member_name) = name(member) else {
            return false;
        };
        let is_used = type_.starts_with("__")
            || self
                .classification
                .of_part(type_, member_name, self.capabilities)
                .unwrap_or_default();
        let mut needed = list(member, "args").filter(|argument| is_needed(argument));
        is_used
            && (!member.contains_key("type") || self.keeps_type(type_of(member)))
            && needed.all(|argument| self.keeps_argument(type_, member, argument))
    }

    fn keeps_argument(&self, type_: &str, field: &Part, argument: &Part) -> bool {
        let names = name(field).zip(name(argument));
        let is_used = names.is_some_and(|(field, argument)| {
            let part = format!("{field}({argument}:)");
            self.classification
                .of_part(type_, &part, self.capabilities)
                .unwrap_or(true)
        });
        is_used && self.keeps_type(type_of(argument))
    }

    fn keeps_type(&self, type_: Option<&str>) -> bool {
        type_.is_some_and(|type_| self.kept.contains(type_))
    }
}

fn is_kind(type_: &Part, kind: &str) -> bool {
    matches!(type_.get("kind"), Some(Value::Enum(found)) if found == kind)
}

/// Leaves those in a part's list that are kept.
fn retain(part: &mut Part, key: &str, keeps: impl Fn(&Part) -> bool) {
    if let Some(Value::List(items)) = part.get_mut(key) {
        items.retain(|item| matches!(item, Value::Object(item) if keeps(item)));
    }
}
