//! policy lines: the type, its filter and its orders.

use super::{
    record::{filter, order, record},
    value::TextFilter,
};

record! {
    /// One line of the policy.
    PolicyRule(policy_rule, PolicyRuleFilter, PolicyRuleOrder) {
        columns {
            /// Section: `p` gives or refuses, `g` has a role inherit another, `g2` puts a resource or a column into a group.
            ptype: String = Ptype;
            /// First value: role, or the member of a group.
            v0: String = V0;
            /// Second value: resource, or the group.
            v1: String = V1;
            /// Third value of a `p` line: action.
            v2: String = V2;
            /// Fourth value of a `p` line: scope kind.
            v3: String = V3;
            /// Fifth value of a `p` line: column group.
            v4: String = V4;
            /// Sixth value of a `p` line: effect.
            v5: String = V5;
        }
        terms {
        }
        one {
        }
        many {
        }
    }
}

filter! {
    /// Conditions on policy lines.
    PolicyRuleFilter for PolicyRule(policy_rule) {
        values {
            /// Section.
            ptype: TextFilter = Ptype;
            /// First value.
            v0: TextFilter = V0;
            /// Second value.
            v1: TextFilter = V1;
        }
        one {
        }
        many {
        }
    }
}

order! {
    /// Orders of lists of policy lines.
    PolicyRuleOrder for policy_rule {
        /// By first value.
        V0Asc V0Desc = V0;
    }
}
