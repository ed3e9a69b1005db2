//! A policy line and its validation. Casbin takes a mistyped effect for no
//! effect at all, so that a mistyped deny would let through; here such a line
//! refuses the whole policy.

use std::collections::{HashMap, HashSet};

use crate::{
    kind::Kind,
    release, rules,
    vocabulary::{Action, Effect, ScopeKind},
};

/// A line as it stands in the table or the file: its section and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) section: String,
    pub(crate) values: Vec<String>,
}

impl Line {
    /// The lines of a policy's text: values separated by commas, the section
    /// first; blank lines and those that begin with `#` say nothing.
    pub(crate) fn all_of(text: &str) -> Vec<Line> {
        let lines = text.lines().map(str::trim);
        let meant = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        meant.map(Line::of).collect()
    }

    fn of(text: &str) -> Line {
        let mut values = text.split(',').map(|value| value.trim().to_owned());
        Line {
            section: values.next().unwrap_or_default(),
            values: values.collect(),
        }
    }
}

/// Checks every line; the error names the line and what is wrong with it.
pub(crate) fn validate(lines: &[Line]) -> Result<(), String> {
    let groups = Groups::of(lines);
    for line in lines {
        groups.check(line).map_err(|problem| {
            format!("{}, {}: {problem}", line.section, line.values.join(", "))
        })?;
    }
    Ok(())
}

/// Casbin follows a chain of links no further than this.
const LONGEST_CHAIN: usize = 9;

struct Groups<'a> {
    /// From a name to the groups that it belongs to directly.
    parents: HashMap<&'a str, Vec<&'a str>>,
    roles: HashSet<&'a str>,
}

impl<'a> Groups<'a> {
    fn of(lines: &'a [Line]) -> Groups<'a> {
        let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut roles = HashSet::new();
        for line in lines {
            match (line.section.as_str(), line.values.as_slice()) {
                ("g" | "g2", [member, group]) => {
                    parents.entry(member).or_default().push(group);
                }
                ("p", [role, ..]) => {
                    roles.insert(role.as_str());
                }
                _ => {}
            }
        }
        Groups { parents, roles }
    }

    fn check(&self, line: &Line) -> Result<(), String> {
        let values: Vec<&str> = line.values.iter().map(String::as_str).collect();
        if let Some(value) = values.iter().find(|value| !is_plain(value)) {
            return Err(format!("{value:?} is empty or holds a blank or a comma"));
        }
        match (line.section.as_str(), values.as_slice()) {
            ("p", [role, resource, action, scope, columns, effect]) => {
                prefixed(role, "role:")?;
                let action = Action::named(action)?;
                let scope = ScopeKind::named(scope)?;
                Effect::named(effect)?;
                if action == Action::List && *columns != "cols:all" {
                    return Err("a list is of rows: its columns are cols:all".to_owned());
                }
                let kinds = self.kinds(resource)?;
                match action {
                    Action::Grant => self.check_roles(columns, &kinds)?,
                    _ => self.check_columns(columns, &kinds)?,
                }
                if matches!(action, Action::Mask | Action::Reveal) {
                    self.check_masks(columns, &kinds)?;
                }
                let sample = scope.sample();
                let supports = |kind: Kind| match action {
                    Action::Aggregate => release::supports(kind, &sample),
                    _ => rules::supports(kind, &sample),
                };
                match kinds.iter().find(|kind| !supports(**kind)) {
                    Some(kind) => Err(format!("{} has no such scope kind", kind.name())),
                    None => Ok(()),
                }
            }
            ("g", [role, inherited]) => {
                prefixed(role, "role:")?;
                prefixed(inherited, "role:")?;
                if !self.is_role(inherited) {
                    return Err(format!("no line gives anything to {inherited}"));
                }
                self.check_chain(role)
            }
            ("g2", [member, group]) => {
                if let Some(name) = member.strip_prefix("res:") {
                    prefixed(group, "res:")?;
                    if Kind::named(name).is_none() && self.kinds(member).is_err() {
                        return Err(format!("{member} is no resource"));
                    }
                } else if member.starts_with("binding:") || member.starts_with("roles:") {
                    prefixed(group, "roles:")?;
                    if !self.is_group(member, "roles:") {
                        self.check_role(member)?;
                    }
                } else {
                    prefixed(group, "cols:")?;
                    if !self.is_group(member, "cols:") {
                        self.check_column(member)?;
                    }
                }
                self.check_chain(member)
            }
            ("p" | "g" | "g2", values) => {
                Err(format!("{} values are not what it takes", values.len()))
            }
            (section, _) => Err(format!("unknown section {section:?}")),
        }
    }

    /// The kinds that a resource or a group of resources stands for.
    fn kinds(&self, resource: &str) -> Result<Vec<Kind>, String> {
        prefixed(resource, "res:")?;
        let kinds: Vec<Kind> = Kind::ALL
            .iter()
            .copied()
            .filter(|kind| self.reaches(&format!("res:{}", kind.name()), resource, 0))
            .collect();
        if kinds.is_empty() {
            return Err(format!(
                "{resource} is no resource and no group of resources"
            ));
        }
        Ok(kinds)
    }

    /// Whether a line gives something to a role, itself or by another.
    fn is_role(&self, role: &str) -> bool {
        self.roles.contains(role) || self.parents.contains_key(role)
    }

    /// Whether a line puts something into a group of this name and sort.
    fn is_group(&self, name: &str, sort: &str) -> bool {
        let mut groups = self.parents.values().flatten();
        name.starts_with(sort) && groups.any(|group| *group == name)
    }

    /// What is granted is roles, by bindings.
    fn check_roles(&self, roles: &str, kinds: &[Kind]) -> Result<(), String> {
        if kinds != [Kind::RoleBinding] {
            return Err("only role bindings are granted".to_owned());
        }
        match roles == "roles:all" || self.is_group(roles, "roles:") {
            true => Ok(()),
            false => Err(format!("{roles} is no group of roles, which roles:NAME is")),
        }
    }

    fn check_role(&self, member: &str) -> Result<(), String> {
        let role = member.strip_prefix("binding:");
        match role.is_some_and(|role| self.is_role(&format!("role:{role}"))) {
            true => Ok(()),
            false => Err(format!(
                "{member} is a binding of no role that a line gives anything to"
            )),
        }
    }

    /// A group must name a column of each kind that its line speaks of.
    fn check_columns(&self, columns: &str, kinds: &[Kind]) -> Result<(), String> {
        if columns == "cols:all" {
            return Ok(());
        }
        for kind in kinds {
            let named = kind
                .columns()
                .any(|column| self.reaches(&format!("col:{}.{column}", kind.name()), columns, 0));
            if !named {
                return Err(format!("{columns} names no column of {}", kind.name()));
            }
        }
        Ok(())
    }

    /// What is masked or revealed is personal, column for column.
    fn check_masks(&self, columns: &str, kinds: &[Kind]) -> Result<(), String> {
        for kind in kinds {
            for (_, column) in kind.decided().filter(|(_, column)| column.mask.is_none()) {
                let name = format!("col:{}.{}", kind.name(), column.name);
                if columns == "cols:all" || self.reaches(&name, columns, 0) {
                    return Err(format!("{columns} holds {name}, which has no mask"));
                }
            }
        }
        Ok(())
    }

    fn check_column(&self, name: &str) -> Result<(), String> {
        let known = name
            .strip_prefix("col:")
            .and_then(|name| name.split_once('.'))
            .is_some_and(|(kind, column)| {
                Kind::named(kind).is_some_and(|kind| kind.columns().any(|known| known == column))
            });
        if known {
            Ok(())
        } else {
            Err(format!(
                "{name} is no column; a column is written col:KIND.COLUMN"
            ))
        }
    }

    fn reaches(&self, from: &str, to: &str, depth: usize) -> bool {
        from == to
            || depth < LONGEST_CHAIN
                && self.parents.get(from).is_some_and(|groups| {
                    groups
                        .iter()
                        .any(|group| self.reaches(group, to, depth + 1))
                })
    }

    /// A chain of links must end, and before Casbin stops following it.
    fn check_chain(&self, start: &str) -> Result<(), String> {
        let mut level = vec![start];
        for _ in 0..=LONGEST_CHAIN {
            level = level
                .iter()
                .filter_map(|name| self.parents.get(name))
                .flatten()
                .copied()
                .collect();
            level.sort_unstable();
            level.dedup();
            if level.is_empty() {
                return Ok(());
            }
        }
        Err(format!(
            "the links from {start} form a cycle or are too many"
        ))
    }
}

fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c == ',' || c == '"')
}

fn prefixed(name: &str, prefix: &str) -> Result<(), String> {
    match name.strip_prefix(prefix) {
        Some(rest) if !rest.is_empty() => Ok(()),
        _ => Err(format!("{name:?} must start with {prefix:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), String> {
        validate(&Line::all_of(text))
    }

    const GOOD: &str = "p, role:steward, res:facility, read, subtree, cols:public, allow\n\
                        g2, col:facility.name, cols:public";

    #[test]
    fn a_good_policy_passes() {
        assert_eq!(check(GOOD), Ok(()));
    }

    #[test]
    fn a_line_that_casbin_would_misread_is_refused() {
        for (bad, says) in [
            (
                "p, role:steward, res:facility, read, subtree, cols:all, alow",
                "effect",
            ),
            (
                "p, role:steward, res:facility, read, subtre, cols:all, allow",
                "scope kind",
            ),
            (
                "p, role:steward, res:facility, peek, subtree, cols:all, allow",
                "action",
            ),
            (
                "p, role:steward, res:facilities, read, subtree, cols:all, allow",
                "no resource",
            ),
            (
                "p, role:steward, res:facility, list, subtree, cols:public, deny",
                "of rows",
            ),
            (
                "p, steward, res:facility, read, subtree, cols:all, allow",
                "role:",
            ),
            (
                "p, role:steward, res:facility, read, subtree, cols:nothing, allow",
                "no column",
            ),
            (
                "p, role:steward, res:policy_rule, read, program, cols:all, allow",
                "scope kind",
            ),
            (
                "p, role:steward, res:facility, read, acted, cols:all, allow",
                "scope kind",
            ),
            (
                "p, role:steward, res:facility, read, subtree, cols:all",
                "5 values",
            ),
            ("q, role:steward, res:facility", "section"),
            ("g, role:a, role:b\ng, role:b, role:a", "cycle"),
            ("g2, col:facility.nam, cols:public", "no column"),
            ("g2, cols:unknown, cols:public", "no column"),
            (
                "p, role:steward, res:facility, mask, subtree, cols:public, allow",
                "no mask",
            ),
            (
                "p, role:steward, res:person, reveal, subtree, cols:all, allow",
                "no mask",
            ),
            ("g2, col:person.phone_digest, cols:public", "no column"),
            ("g, role:a, role:nobody", "gives anything"),
            ("g2, binding:nobody, roles:local", "no role"),
            ("g2, binding:steward, cols:local", "roles:"),
            ("g2, roles:unknown, roles:local", "no role"),
            (
                "p, role:steward, res:role_binding, grant, subtree, cols:all, allow",
                "no group of roles",
            ),
            (
                "p, role:steward, res:role_binding, grant, subtree, roles:none, allow",
                "no group of roles",
            ),
            (
                "p, role:steward, res:facility, grant, subtree, roles:all, allow",
                "only role bindings",
            ),
            (
                "p, role:steward, res:facility, read, subtree, roles:all, allow",
                "no column",
            ),
        ] {
            let problem = check(&format!("{GOOD}\n{bad}")).expect_err(bad);
            assert!(problem.contains(says), "{bad}: {problem}");
        }
    }
}
