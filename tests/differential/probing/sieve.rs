//! Filters by a column: each operator with values that the two worlds hold there, each
//! filter's opposite and what both come to, and the same by way of other records.

use access::Kind;

use super::twin::Difference;
use crate::{
    catalogue::{self, Operand, Test},
    cell::Column,
    filter::{Comparison, Condition, Filter},
    rng::Rng,
    value::Value,
    world::World,
};

/// Filters on records of the kind itself; none if the schema has no filter by the column.
pub(super) fn filters(
    rng: &mut Rng,
    world: &World,
    (kind, column): Column,
    differences: &[Difference],
) -> Vec<Filter> {
    let listed = catalogue::of(kind);
    let mut conditions = Vec::new();
    // Of one record what either world holds.
    let difference = rng.pick(differences);
    let values = [&difference.here, &difference.there];
    let values: Vec<&Value> = values.into_iter().flatten().collect();
    for test in listed.tests.iter().filter(|test| test.column == column) {
        let compared = comparisons(world, test, &values);
        conditions.extend(
            compared
                .into_iter()
                .map(|one| Condition::Value(test, vec![one])),
        );
    }
    let related = |field: &str| listed.related.contains(&field);
    for one in listed
        .ones
        .iter()
        .filter(|one| one.column == column && related(one.field))
    {
        conditions.push(Condition::One(one, Filter::default()));
        for value in &values {
            let id = Condition::Id(one.kind, Comparison::Equals((*value).clone()));
            conditions.push(Condition::One(one, Filter(vec![id])));
        }
    }
    let rows = differences
        .iter()
        .map(|other| Value::Integer(other.cell.row));
    let rows = Condition::Id(kind, Comparison::In(rows.collect()));
    let filters = conditions.into_iter().flat_map(|condition| {
        let plain = Filter(vec![condition]);
        let not = Filter(vec![Condition::Not(plain.clone())]);
        let both = vec![plain.clone(), not.clone()];
        let either = Filter(vec![Condition::Or(both)]);
        let among = vec![plain.clone(), Filter(vec![rows.clone()])];
        [plain, not, either, Filter(vec![Condition::And(among)])]
    });
    filters.collect()
}

/// Filters on records of another kind that refer to such records, or that such records
/// refer to.
pub(super) fn through(
    rng: &mut Rng,
    from: Kind,
    to: Kind,
    filters: &[Filter],
    most: usize,
) -> Vec<Filter> {
    let listed = catalogue::of(from);
    let related = |field: &str| listed.related.contains(&field);
    let mut through = Vec::new();
    for one in listed
        .ones
        .iter()
        .filter(|one| one.kind == to && related(one.field))
    {
        for filter in rng.sample(most, most, filters) {
            through.push(Filter(vec![Condition::One(one, filter)]));
        }
    }
    for many in listed
        .manys
        .iter()
        .filter(|many| many.kind == to && related(many.field))
    {
        for filter in rng.sample(most, most, filters) {
            through.push(Filter(vec![match rng.chance(50) {
                true => Condition::Many(many, Some(filter), None),
                false => Condition::Many(many, None, Some(filter)),
            }]));
        }
    }
    through
}

/// Filters on records of a kind that others refer to by the column.
pub(super) fn links(
    kind: Kind,
    (other, column): Column,
    differences: &[Difference],
) -> Vec<Filter> {
    let listed = catalogue::of(kind);
    let manys = listed.manys.iter().filter(|many| {
        many.kind == other && many.link == column && listed.related.contains(&many.field)
    });
    let rows = differences
        .iter()
        .map(|difference| Value::Integer(difference.cell.row));
    let rows = Filter(vec![Condition::Id(other, Comparison::In(rows.collect()))]);
    let links = manys.flat_map(|many| {
        [
            Condition::Many(many, Some(Filter::default()), None),
            Condition::Many(many, Some(rows.clone()), None),
            Condition::Many(many, None, Some(rows.clone())),
        ]
    });
    links.map(|link| Filter(vec![link])).collect()
}

fn comparisons(world: &World, test: &Test, values: &[&Value]) -> Vec<Comparison> {
    let mut comparisons = Vec::new();
    if test.operand != Operand::Boolean {
        if test.operand != Operand::Type {
            comparisons.extend([true, false].map(Comparison::IsNull));
        }
        let all = values.iter().map(|value| (*value).clone());
        if test.operand != Operand::Division {
            comparisons.push(Comparison::In(all.collect()));
        }
    }
    for value in values.iter().map(|value| (*value).clone()) {
        match (test.operand, &value) {
            (Operand::Division, Value::Integer(key)) => {
                let division = world.row(Kind::Division, *key);
                let code = division.and_then(|division| division.get("code"));
                if let Some(Value::Text(code)) = code
                    && code.bytes().all(|byte| byte.is_ascii_digit())
                {
                    comparisons.push(Comparison::Within(*key, code.clone()));
                }
            }
            (Operand::Text, Value::Text(text)) => {
                let end: String = text.chars().skip(1).collect();
                comparisons.extend([
                    Comparison::Contains(end),
                    Comparison::StartsWith(text.clone()),
                    Comparison::Equals(value),
                ]);
            }
            (Operand::Number | Operand::Date | Operand::Instant, _) => comparisons.extend([
                Comparison::Less(value.clone()),
                Comparison::AtMost(value.clone()),
                Comparison::Greater(value.clone()),
                Comparison::AtLeast(value.clone()),
                Comparison::Equals(value),
            ]),
            _ => comparisons.push(Comparison::Equals(value)),
        }
    }
    comparisons
}
