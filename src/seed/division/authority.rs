//! Bodies that administer facilities without being places. Each takes a code
//! from a gap of the statistical codes, so that it has an interval of its own.

use entity::division;
use entity::term::{DivisionKind, DivisionLevel};

use super::{NATION, bounds};

/// Code of the national commission as administrator of its own hospitals.
pub(in crate::seed) const NATIONAL_COMMISSION: &str = "01";
/// Code of the university that runs a community center.
pub(in crate::seed) const UNIVERSITY: &str = "02";
/// Code of the committee of Beijing's development zone.
pub(in crate::seed) const DEVELOPMENT_ZONE: &str = "119101";

/// The authorities. That Peking University and the zone's committee run community centers is a demonstration assumption.
pub(super) fn all() -> impl Iterator<Item = division::Model> {
    [
        authority(
            NATIONAL_COMMISSION,
            "国家卫生健康委员会(委属单位)",
            DivisionLevel::Province,
            Some(NATION),
        ),
        authority(
            UNIVERSITY,
            "北京大学(委托管理单位)",
            DivisionLevel::Province,
            Some(NATION),
        ),
        // Beijing's own: a code of no prefecture, since the placeholder 1101 administers nothing.
        authority(
            DEVELOPMENT_ZONE,
            "北京经济技术开发区管理委员会",
            DivisionLevel::County,
            bounds("11", DivisionLevel::Province).map(|(beijing, _)| beijing),
        ),
    ]
    .into_iter()
    .flatten()
}

fn authority(
    code: &str,
    name: &str,
    level: DivisionLevel,
    parent_id: Option<i64>,
) -> Option<division::Model> {
    let (id, last) = bounds(code, level)?;
    Some(division::Model {
        id,
        last,
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        kind: DivisionKind::Authority,
        parent_id,
        village_count: None,
    })
}
