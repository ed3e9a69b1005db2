//! The policy: roles, resource groups, column groups, and lines that allow and
//! deny over whatever scope kinds a resource has.

use access::Kind;
use entity::policy_rule;
use grassroots_tests::policy_rule;

use super::Tables;
use crate::{catalogue, reach, rng::Rng};

/// What a role is mostly held at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearing {
    Division,
    Facility,
    Program,
    Partnership,
}

impl Bearing {
    pub(super) const ALL: [Bearing; 4] = [
        Bearing::Division,
        Bearing::Facility,
        Bearing::Program,
        Bearing::Partnership,
    ];

    /// The scope kinds that reach something from there; what takes some luck to
    /// meet, twice.
    fn scopes(self) -> &'static [&'static str] {
        match self {
            Bearing::Division => &[
                "reference",
                "self",
                "subtree",
                "subtree",
                "located",
                "enrolled",
                "acted",
                "above",
            ],
            Bearing::Facility => &[
                "reference",
                "self",
                "facility",
                "managed",
                "managed",
                "above",
            ],
            Bearing::Program => &["reference", "self", "program"],
            Bearing::Partnership => &["reference", "self", "partnership"],
        }
    }
}

/// A role, by its name without the prefix.
pub(super) struct Role {
    pub(super) name: String,
    pub(super) bearing: Bearing,
}

/// The most lines that allow, deny, inherit or group resources. Lines that put
/// a column into a group come on top.
const MOST: usize = 30;

/// Some kinds of records, so that the few lines of a policy meet: half of them
/// such as have a list at the root, and mostly some about people.
fn focus(rng: &mut Rng) -> Vec<Kind> {
    let (listed, others): (Vec<Kind>, Vec<Kind>) = Kind::ALL
        .iter()
        .partition(|kind| catalogue::of(**kind).list.is_some());
    let mut focus = rng.sample(2, 4, &listed);
    focus.extend(rng.sample(2, 3, &others));
    for kind in [Kind::StaffMember, Kind::Enrollment] {
        if !focus.contains(&kind) && rng.chance(60) {
            focus.push(kind);
        }
    }
    focus
}

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) -> Vec<Role> {
    let focus = &focus(rng);
    let roles = roles(rng);
    let mut policy = Draft {
        focus,
        resources: focus
            .iter()
            .map(|kind| (name(*kind), vec![*kind]))
            .collect(),
        columns: Vec::new(),
        personal: Vec::new(),
        lines: Vec::new(),
    };
    policy.group_resources(rng);
    policy.group_columns(rng);
    policy.group_personal(rng);
    let mut left = MOST - policy.resource_lines();
    left -= policy.inherit(rng, &roles);
    // Each role is given something of its own, so that all may be inherited.
    for role in &roles {
        left -= policy.grant(rng, role, "allow", 2);
    }
    while left > 0 && rng.chance(98) {
        let role = rng.pick(&roles);
        let effect = if rng.chance(25) { "deny" } else { "allow" };
        left -= policy.grant(rng, role, effect, left);
    }
    tables.policy = policy.rows();
    roles
}

pub(super) fn roles(rng: &mut Rng) -> Vec<Role> {
    (0..rng.between(3, 4))
        .map(|number| Role {
            name: format!("role-{number}"),
            bearing: match rng.below(10) {
                0..=4 => Bearing::Division,
                5 | 6 => Bearing::Facility,
                _ => *rng.pick(&Bearing::ALL),
            },
        })
        .collect()
}

fn name(kind: Kind) -> String {
    format!("res:{}", kind.name())
}

struct Draft<'a> {
    focus: &'a [Kind],
    /// Resources and groups of them, each with the kinds that it stands for.
    resources: Vec<(String, Vec<Kind>)>,
    /// Groups of columns, each with its members.
    columns: Vec<(String, Vec<(Kind, &'static str)>)>,
    /// The same of columns that have a mask.
    personal: Vec<(String, Vec<(Kind, &'static str)>)>,
    lines: Vec<Vec<String>>,
}

impl Draft<'_> {
    fn line(&mut self, values: &[&str]) {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        if !self.lines.contains(&values) {
            self.lines.push(values);
        }
    }

    /// Groups of kinds, the second of which may hold the first.
    fn group_resources(&mut self, rng: &mut Rng) {
        let mut groups: Vec<(String, Vec<Kind>)> = Vec::new();
        for number in 0..rng.between(1, 2) {
            let group = format!("res:group-{number}");
            let mut kinds = rng.sample(2, 3, self.focus);
            for kind in &kinds {
                self.line(&["g2", &name(*kind), &group]);
            }
            if let Some((inner, within)) = groups.first()
                && rng.chance(40)
            {
                let line = ["g2", inner, &group].map(str::to_owned);
                kinds.extend(within);
                self.lines.push(line.to_vec());
            }
            groups.push((group, kinds));
        }
        self.resources.extend(groups);
    }

    fn resource_lines(&self) -> usize {
        let lines = self.lines.iter();
        lines.filter(|line| line[1].starts_with("res:")).count()
    }

    fn group_columns(&mut self, rng: &mut Rng) {
        for number in 0..rng.between(2, 4) {
            let group = format!("cols:group-{number}");
            let mut members = Vec::new();
            let share = *rng.pick(&[25, 50, 75]);
            for kind in rng.some(70, self.focus) {
                let columns: Vec<&'static str> = kind.columns().collect();
                for column in rng.some(share, &columns) {
                    self.line(&["g2", &format!("col:{}.{column}", kind.name()), &group]);
                    members.push((kind, column));
                }
            }
            self.columns.push((group, members));
        }
    }

    /// Groups of columns that have a mask, the second of which may hold the first.
    fn group_personal(&mut self, rng: &mut Rng) {
        for number in 0..2 {
            let group = format!("cols:personal-{number}");
            let mut members = Vec::new();
            for kind in self.focus {
                for column in rng.some(70, &personal(*kind)) {
                    self.line(&["g2", &format!("col:{}.{column}", kind.name()), &group]);
                    members.push((*kind, column));
                }
            }
            if let Some((inner, within)) = self.personal.first().cloned()
                && !within.is_empty()
                && rng.chance(40)
            {
                self.line(&["g2", &inner, &group]);
                members.extend(within);
            }
            self.personal.push((group, members));
        }
    }

    /// Has roles inherit others, never in a circle; counts the lines.
    fn inherit(&mut self, rng: &mut Rng, roles: &[Role]) -> usize {
        let before = self.lines.len();
        for (number, heir) in roles.iter().enumerate() {
            for giver in rng.some(35, &(0..number).collect::<Vec<_>>()) {
                let giver = format!("role:{}", roles[giver].name);
                self.line(&["g", &format!("role:{}", heir.name), &giver]);
            }
        }
        self.lines.len() - before
    }

    /// One or two lines for a role, at most `most`; counts them.
    fn grant(&mut self, rng: &mut Rng, role: &Role, effect: &str, most: usize) -> usize {
        let before = self.lines.len();
        let (resource, kinds) = rng.pick(&self.resources).clone();
        let scope = scope(rng, role.bearing, &kinds);
        let role = format!("role:{}", role.name);
        let actions = match rng.below(10) {
            0..=6 => ["list", "read"].as_slice(),
            7 => &["list"],
            _ => &["read"],
        };
        for action in actions.iter().take(most) {
            let whole = match (*action, effect) {
                // Listing is of rows, whatever their columns.
                ("list", _) => 100,
                (_, "deny") => 30,
                _ if kinds.iter().any(|kind| !personal(*kind).is_empty()) => 8,
                _ => 45,
            };
            let columns = choose(rng, &self.columns, &kinds, whole);
            let columns = columns.unwrap_or_else(|| "cols:all".to_owned());
            self.line(&["p", &role, &resource, action, scope, &columns, effect]);
        }
        for kind in kinds.iter().filter(|kind| !personal(**kind).is_empty()) {
            if self.lines.len() - before < most
                && let Some(columns) = choose(rng, &self.personal, &[*kind], 0)
            {
                self.line(&["p", &role, &name(*kind), "mask", scope, &columns, effect]);
            }
        }
        (self.lines.len() - before).max(1)
    }

    fn rows(self) -> Vec<policy_rule::Model> {
        let rows = self.lines.into_iter().zip(1..);
        rows.map(|(line, id)| policy_rule(id, &line.join(", ")))
            .collect()
    }
}

/// No group in so many cases of a hundred, else one that names a column of each kind.
fn choose(
    rng: &mut Rng,
    groups: &[(String, Vec<(Kind, &'static str)>)],
    kinds: &[Kind],
    none: usize,
) -> Option<String> {
    let names_each = |members: &[(Kind, &str)]| {
        let mut kinds = kinds.iter();
        kinds.all(|kind| members.iter().any(|(of, _)| of == kind))
    };
    let fitting = groups.iter().filter(|(_, members)| names_each(members));
    let fitting: Vec<&String> = fitting.map(|(group, _)| group).collect();
    let chosen = !fitting.is_empty() && !rng.chance(none);
    chosen.then(|| rng.pick(&fitting).to_string())
}

/// The columns of a kind that have a mask.
pub(crate) fn personal(kind: Kind) -> Vec<&'static str> {
    let columns = kind.table().columns.iter();
    let personal = columns.filter(|column| column.mask.is_some());
    personal.map(|column| column.name).collect()
}

/// A scope kind that all these kinds of records have, and mostly one that
/// reaches something from where the role is held.
pub(super) fn scope(rng: &mut Rng, bearing: Bearing, kinds: &[Kind]) -> &'static str {
    let mut scopes = reach::SCOPES.to_vec();
    scopes.retain(|scope| kinds.iter().all(|kind| reach::has_scope(*kind, scope)));
    let mut fitting = bearing.scopes().to_vec();
    fitting.retain(|scope| scopes.contains(scope));
    // What reaches everything leaves little to decide.
    fitting.retain(|scope| *scope != "reference" || rng.chance(40));
    let any = fitting.is_empty() || rng.chance(10);
    let among = if any { scopes } else { fitting };
    among[rng.below(among.len())]
}
