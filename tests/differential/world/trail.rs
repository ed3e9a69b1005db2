//! What was done, and written down.

use access::Kind;
use chrono::{DateTime, TimeDelta, Utc};
use entity::audit_event;

use super::{Tables, word};
use crate::rng::Rng;

/// Some by those who ask, in divisions of every level.
pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(9, 12);
    for id in word::keys(rng, count) {
        let kind = *rng.pick(&[Kind::Person, Kind::StaffMember, Kind::Facility]);
        let keys: Vec<i64> = rng.sample(1, 3, &[1, 2, 3, 12]);
        let all: String = keys.iter().map(|key| format!(" {key}")).collect();
        let columns = rng.pick(&["name", "name phone", "facility_id", "beds_actual"]);
        tables.events.push(audit_event::Model {
            id,
            at: instant(rng),
            user_id: rng.pick(&tables.users).id,
            action: (*rng.pick(&["read", "update", "reveal"])).to_owned(),
            kind: kind.name().to_owned(),
            record_id: keys[0],
            records: (keys.len() > 1).then(|| format!("{all} ")),
            columns: (*columns).to_owned(),
            division_id: rng.pick(&tables.divisions).id,
            bindings: (*rng.pick(&["", "1", "1 2"])).to_owned(),
            purpose: rng.maybe(50, word::name),
            request_id: rng.maybe(50, word::name),
            address: rng.maybe(50, word::name),
        });
    }
}

fn instant(rng: &mut Rng) -> DateTime<Utc> {
    let base: DateTime<Utc> = "2015-03-01T00:00:00Z".parse().expect("an instant");
    base + TimeDelta::milliseconds(rng.below(9) as i64 * 43_200_500)
}
