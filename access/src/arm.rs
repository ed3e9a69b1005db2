//! What a caller's rights over one kind of record come to: arms that allow and
//! arms that deny, in a normal form that can be compared.

/// A range of division keys, both ends included: a subtree of the division tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// Key of the subtree's root.
    pub first: i64,
    /// Last key within the subtree.
    pub last: i64,
}

impl Interval {
    /// The whole tree.
    pub const NATION: Interval = Interval {
        first: 0,
        last: 9_999_999_999_999,
    };

    /// The subtree of the division with this statistical code, or nothing where
    /// the text can't be a code.
    ///
    /// The code padded to 12 digits and then the digit of its level gives the
    /// first key; padded with nines to 13 digits it gives the last.
    pub fn of_code(code: &str) -> Option<Interval> {
        if code == "0" {
            return Some(Interval::NATION);
        }
        let level = match code.len() {
            2 => 1,
            4 => 2,
            6 => 3,
            9 => 4,
            _ => return None,
        };
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let first = format!("{code:0<12}{level}").parse().ok()?;
        let last = format!("{code:9<13}").parse().ok()?;
        Some(Interval { first, last })
    }

    pub(crate) fn contains(&self, other: &Interval) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// One reason why a row is covered: a policy line's scope kind at a binding's
/// target. Only targets stand here; what hangs on them (managed facilities, a
/// program's tree, a project's sites) is looked up by the statement itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Arm {
    /// Every row.
    Everything,
    /// Rows that a division of the subtree administers.
    Subtree(Interval),
    /// Rows that stand in the subtree.
    Located(Interval),
    /// People without a staff record whom an enrollment ties to the subtree.
    Enrolled(Interval),
    /// Users who did something in the subtree that was written down.
    Acted(Interval),
    /// Rows of the division with this key and of those above it.
    Above(i64),
    /// Rows of the division that administers this facility and of those above.
    AboveFacility(i64),
    /// Rows of this facility.
    Facility(i64),
    /// Rows of the facilities that this one manages, one level down.
    Managed(i64),
    /// Rows of this program and its tree.
    Program(i64),
    /// Rows of this partnership project and its tree, as far as they are open
    /// to the party that the user acts for.
    Partnership { project: i64, user: i64 },
    /// Rows of the caller's own account.
    Own(i64),
}

impl Arm {
    /// Whether every row of `other` is surely a row of this one.
    fn covers(&self, other: &Arm) -> bool {
        match (self, other) {
            (Arm::Everything, _) => true,
            (Arm::Subtree(wide), Arm::Subtree(narrow))
            | (Arm::Located(wide), Arm::Located(narrow))
            | (Arm::Enrolled(wide), Arm::Enrolled(narrow))
            | (Arm::Acted(wide), Arm::Acted(narrow)) => wide.contains(narrow),
            _ => self == other,
        }
    }
}

/// A row is covered if some arm allows it and none denies it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Decision {
    pub(crate) allow: Vec<Arm>,
    pub(crate) deny: Vec<Arm>,
}

impl Decision {
    /// A deny of everything stays, though it leaves nothing to allow: the deny
    /// of one decision may be carried over to another.
    pub(crate) fn new(allow: Vec<Arm>, deny: Vec<Arm>) -> Decision {
        let (mut allow, deny) = (normal(allow), normal(deny));
        if deny.contains(&Arm::Everything) {
            allow.clear();
        }
        Decision { allow, deny }
    }

    /// The same, where these arms deny too.
    pub(crate) fn less(self, deny: &[Arm]) -> Decision {
        Decision::new(self.allow, [self.deny, deny.to_vec()].concat())
    }

    /// The same for where records stand instead of who administers them.
    pub(crate) fn located(&self) -> Decision {
        let of = |arms: &[Arm]| {
            let located = arms.iter().map(|arm| match arm {
                Arm::Subtree(interval) => Arm::Located(*interval),
                arm => *arm,
            });
            located.collect()
        };
        Decision::new(of(&self.allow), of(&self.deny))
    }

    pub(crate) fn is_never(&self) -> bool {
        self.allow.is_empty()
    }

    /// Whether every row covered here is surely covered by `other` too.
    pub(crate) fn implies(&self, other: &Decision) -> bool {
        let within = |arm: &Arm, arms: &[Arm]| arms.iter().any(|wide| wide.covers(arm));
        self.allow.iter().all(|arm| within(arm, &other.allow))
            && other.deny.iter().all(|arm| within(arm, &self.deny))
    }
}

/// Sorted, without what another arm covers, neighbouring intervals merged.
fn normal(mut arms: Vec<Arm>) -> Vec<Arm> {
    arms.sort_unstable();
    let mut kept: Vec<Arm> = Vec::with_capacity(arms.len());
    for arm in arms {
        if kept.iter().any(|wide| wide.covers(&arm)) {
            continue;
        }
        match (kept.last_mut(), arm) {
            (Some(Arm::Subtree(before)), Arm::Subtree(next))
            | (Some(Arm::Located(before)), Arm::Located(next))
                if next.first <= before.last.saturating_add(1) =>
            {
                before.last = next.last;
            }
            _ => kept.push(arm),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subtree(first: i64, last: i64) -> Arm {
        Arm::Subtree(Interval { first, last })
    }

    #[test]
    fn a_code_is_its_nested_interval() {
        let county = Interval::of_code("210681");
        let expected = Interval {
            first: 2_106_810_000_003,
            last: 2_106_819_999_999,
        };
        assert_eq!(county, Some(expected));
        assert_eq!(Interval::of_code("0"), Some(Interval::NATION));
        for bad in ["", "21068", "21o681", "2106810011", "２１"] {
            assert_eq!(Interval::of_code(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_province_holds_all_keys_of_its_two_digits() {
        let is_province = |code| Interval::of_code(code).is_some_and(|it| it.is_province());
        assert!(is_province("11") && is_province("82"));
        for other in ["0", "1101", "110101", "110101001"] {
            assert!(!is_province(other), "{other}");
        }
        let [first, last] = ["11", "12"].map(|code| Interval::of_code(code).unwrap());
        let both = Interval {
            first: first.first,
            last: last.last,
        };
        assert!(!both.is_province());
    }

    #[test]
    fn intervals_merge_and_a_general_deny_leaves_nothing() {
        let merged = Decision::new(
            vec![
                subtree(5, 9),
                subtree(1, 4),
                subtree(2, 3),
                Arm::Facility(7),
            ],
            vec![],
        );
        assert_eq!(merged.allow, [subtree(1, 9), Arm::Facility(7)]);
        let nothing = Decision::new(vec![Arm::Everything], vec![subtree(1, 2), Arm::Everything]);
        assert!(nothing.is_never());
        assert_eq!(nothing.deny, [Arm::Everything]);
    }

    #[test]
    fn implication_needs_every_allow_within_and_no_further_deny() {
        let county = Decision::new(vec![subtree(3, 4)], vec![]);
        let province = Decision::new(vec![subtree(1, 9)], vec![]);
        let but_one = Decision::new(vec![subtree(1, 9)], vec![Arm::Facility(7)]);
        assert!(county.implies(&province));
        assert!(!province.implies(&county));
        assert!(!county.implies(&but_one));
        assert!(but_one.implies(&province));
    }
}
