//! Lines of the policy as rows.

use entity::policy_rule;

/// The row of a line, its values separated as in `policy.csv`.
pub fn policy_rule(id: i64, line: &str) -> policy_rule::Model {
    let mut values = line.split(", ").map(str::to_owned);
    let mut value = || values.next();
    policy_rule::Model {
        id,
        ptype: value().unwrap(),
        v0: value().unwrap(),
        v1: value().unwrap(),
        v2: value(),
        v3: value(),
        v4: value(),
        v5: value(),
    }
}
