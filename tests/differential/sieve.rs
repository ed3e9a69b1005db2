//! Draws filters over a world, with values that rows of it hold.

use access::Kind;

use crate::{
    catalogue::{self, Many, One, Operand, Test},
    filter::{Comparison, Condition, Filter},
    rng::Rng,
    value::Value,
    world::World,
};

/// A filter on rows of a kind, with filters within filters this deep.
pub(crate) fn draw(rng: &mut Rng, world: &World, kind: Kind, depth: usize) -> Filter {
    let mut sieve = Sieve { rng, world };
    sieve.filter(kind, depth)
}

struct Sieve<'a> {
    rng: &'a mut Rng,
    world: &'a World,
}

impl Sieve<'_> {
    fn filter(&mut self, kind: Kind, depth: usize) -> Filter {
        let listed = catalogue::of(kind);
        let mut conditions = Vec::new();
        let share = 110 / (listed.tests.len() + 1);
        for test in listed.tests {
            if self.rng.chance(share) {
                conditions.push(self.value(kind, test));
            }
        }
        if self.rng.chance(7) {
            conditions.push(self.id(kind));
        }
        if depth > 0 {
            for one in listed.ones {
                if listed.related.contains(&one.field) && self.rng.chance(15) {
                    conditions.push(self.one(one, depth));
                }
            }
            for many in listed.manys {
                if listed.related.contains(&many.field) && self.rng.chance(12) {
                    conditions.push(self.many(many, depth));
                }
            }
            conditions.extend(self.connective(kind, depth));
        }
        Filter(conditions)
    }

    fn connective(&mut self, kind: Kind, depth: usize) -> Option<Condition> {
        let several = |sieve: &mut Self| -> Vec<Filter> {
            let count = sieve.rng.below(4);
            (0..count).map(|_| sieve.filter(kind, depth - 1)).collect()
        };
        match self.rng.below(10) {
            0 => Some(Condition::And(several(self))),
            1 | 2 => Some(Condition::Or(several(self))),
            3 | 4 => Some(Condition::Not(self.filter(kind, depth - 1))),
            _ => None,
        }
    }

    fn one(&mut self, one: &'static One, depth: usize) -> Condition {
        Condition::One(one, self.filter(one.kind, depth - 1))
    }

    fn many(&mut self, many: &'static Many, depth: usize) -> Condition {
        let which = self.rng.below(5);
        let mut filter = || self.filter(many.kind, depth - 1);
        match which {
            0 | 1 => Condition::Many(many, Some(filter()), None),
            2 | 3 => Condition::Many(many, None, Some(filter())),
            _ => Condition::Many(many, Some(filter()), Some(filter())),
        }
    }

    fn id(&mut self, kind: Kind) -> Condition {
        let rows = self.world.rows(kind);
        let mut ids: Vec<Value> = rows.iter().map(|row| Value::Integer(row.id)).collect();
        ids.push(Value::Integer(999_999));
        let comparison = match self.rng.chance(30) {
            true => Comparison::Equals(self.rng.pick(&ids).clone()),
            false => Comparison::In(self.rng.sample(0, 5, &ids)),
        };
        Condition::Id(kind, comparison)
    }

    fn value(&mut self, kind: Kind, test: &'static Test) -> Condition {
        let rows = self.world.rows(kind).iter();
        let held: Vec<Value> = rows
            .filter_map(|row| row.get(test.column).cloned())
            .collect();
        let mut comparisons = vec![self.comparison(test, &held)];
        // Two ends of a range, of which one may be open.
        let second = match (comparisons.first(), held.is_empty()) {
            (Some(Comparison::Greater(_) | Comparison::AtLeast(_)), false) => self
                .rng
                .maybe(40, |rng| Comparison::AtMost(rng.pick(&held).clone())),
            _ => None,
        };
        comparisons.extend(second);
        Condition::Value(test, comparisons)
    }

    fn comparison(&mut self, test: &Test, held: &[Value]) -> Comparison {
        if test.operand == Operand::Boolean {
            return Comparison::Equals(Value::Boolean(self.rng.chance(50)));
        }
        if test.operand == Operand::Type {
            return Comparison::In(self.rng.sample(0, 2, held));
        }
        if held.is_empty() || self.rng.chance(18) {
            return Comparison::IsNull(self.rng.chance(50));
        }
        if test.operand == Operand::Division {
            let division = self.world.coded_division(self.rng);
            return Comparison::Within(division.id, division.code.clone());
        }
        let value = self.rng.pick(held).clone();
        let is_ordered = !matches!(test.operand, Operand::Text | Operand::Exact | Operand::Term);
        match (self.rng.below(6), value) {
            (0, value) => Comparison::Equals(value),
            (1, _) => Comparison::In(self.rng.sample(0, 4, held)),
            (2 | 3, Value::Text(text)) if test.operand == Operand::Text => {
                Comparison::Contains(self.part(&text))
            }
            (4 | 5, Value::Text(text)) if test.operand == Operand::Text => {
                let length = self.rng.between(0, text.chars().count());
                Comparison::StartsWith(text.chars().take(length).collect())
            }
            (2, value) if is_ordered => Comparison::Less(value),
            (3, value) if is_ordered => Comparison::AtMost(value),
            (4, value) if is_ordered => Comparison::Greater(value),
            (5, value) if is_ordered => Comparison::AtLeast(value),
            (_, value) => Comparison::Equals(value),
        }
    }

    fn part(&mut self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let start = self.rng.between(0, letters.len());
        let end = self.rng.between(start, letters.len());
        letters[start..end].iter().collect()
    }
}
