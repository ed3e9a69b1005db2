//! The division tree: ragged, with levels skipped, placeholders whose only child
//! has the same code but for zeros, and authorities in gaps of the codes, some of
//! them tight against the end of an interval.

use entity::{
    division,
    term::{DivisionKind, DivisionLevel},
};

use super::word;
use crate::rng::Rng;

/// Digits of a code at each level below the nation.
const LENGTHS: [usize; 4] = [2, 4, 6, 9];
const LEVELS: [DivisionLevel; 5] = [
    DivisionLevel::Nation,
    DivisionLevel::Province,
    DivisionLevel::Prefecture,
    DivisionLevel::County,
    DivisionLevel::Township,
];
const MOST: usize = 24;

pub(super) fn draw(rng: &mut Rng) -> Vec<division::Model> {
    let nation = division::Model {
        id: 0,
        last: 9_999_999_999_999,
        code: "0".to_owned(),
        name: "中国".to_owned(),
        level: DivisionLevel::Nation,
        kind: DivisionKind::Ordinary,
        parent_id: None,
        village_count: None,
    };
    let mut nodes = vec![nation];
    let mut next = 0;
    while next < nodes.len() {
        let children = match nodes[next].level {
            DivisionLevel::Nation => rng.between(2, 3),
            DivisionLevel::Township => 0,
            _ => rng.between(0, 3),
        };
        for _ in 0..children {
            if nodes.len() < MOST {
                let child = child(rng, &nodes, next);
                nodes.push(child);
            }
        }
        next += 1;
    }
    for parent in 0..nodes.len() {
        hang_twin(rng, &mut nodes, parent);
    }
    for _ in 0..rng.between(2, 4) {
        nodes.extend(authority(rng, &nodes));
    }
    nodes
}

/// Whether the statistics know the division's code.
pub(super) fn has_code(division: &division::Model) -> bool {
    division.code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A body that has a single key and no statistical code: the last key of a
/// node, as a part of it, or the one behind, as its neighbour. Nothing where the
/// key is not free.
fn authority(rng: &mut Rng, nodes: &[division::Model]) -> Option<division::Model> {
    let node = rng.pick(nodes);
    let (id, parent) = match rng.chance(50) {
        true => (node.last, node),
        false => {
            let parent = nodes
                .iter()
                .find(|other| Some(other.id) == node.parent_id)?;
            (node.last + 1, parent)
        }
    };
    let holds = |node: &division::Model| node.id <= id && id <= node.last;
    let above = |other: &division::Model| other.id <= parent.id && parent.last <= other.last;
    let is_free = nodes.iter().all(|node| !holds(node) || above(node));
    let fits = holds(parent) && id != parent.id && depth(parent) < 4;
    (fits && is_free).then(|| division::Model {
        id,
        last: id,
        code: format!("X{id}"),
        name: word::name(rng),
        level: LEVELS[depth(parent) + 1],
        kind: DivisionKind::Authority,
        parent_id: Some(parent.id),
        village_count: None,
    })
}

/// A child of the node at this place, one level below it or more.
fn child(rng: &mut Rng, nodes: &[division::Model], parent: usize) -> division::Model {
    let above = depth(&nodes[parent]);
    let skipped = if above > 0 && above < 3 && rng.chance(30) {
        rng.between(1, 3 - above)
    } else {
        0
    };
    let depth = above + 1 + skipped;
    let kind = match rng.below(10) {
        0 | 1 => DivisionKind::Authority,
        2 => DivisionKind::FunctionalZone,
        _ => DivisionKind::Ordinary,
    };
    loop {
        let mut code = prefix(&nodes[parent]).to_owned();
        while code.len() < LENGTHS[depth - 1] {
            code.push(char::from(b'0' + rng.below(10) as u8));
        }
        if is_free(&code, nodes, parent) {
            return node(rng, code, depth, kind, nodes[parent].id);
        }
    }
}

/// Gives a node without children, sometimes, an only child with the same code
/// but for zeros.
fn hang_twin(rng: &mut Rng, nodes: &mut Vec<division::Model>, parent: usize) {
    let depth = depth(&nodes[parent]);
    let id = nodes[parent].id;
    let has_children = nodes.iter().any(|node| node.parent_id == Some(id));
    if has_children || depth == 4 || nodes.len() >= MOST || !rng.chance(30) {
        return;
    }
    let code = format!("{:0<1$}", nodes[parent].code, LENGTHS[depth]);
    nodes[parent].kind = DivisionKind::Placeholder;
    let twin = node(rng, code, depth + 1, DivisionKind::Ordinary, id);
    nodes.push(twin);
}

/// A node's interval: the code padded with zeros and the level's digit, to the
/// code padded with nines.
fn node(
    rng: &mut Rng,
    code: String,
    depth: usize,
    kind: DivisionKind,
    parent: i64,
) -> division::Model {
    let bound = |digits: String| digits.parse::<i64>().expect("digits");
    division::Model {
        id: bound(format!("{code:0<12}{depth}")),
        last: bound(format!("{code:9<13}")),
        name: word::name(rng),
        level: LEVELS[depth],
        kind,
        parent_id: Some(parent),
        village_count: rng.maybe(40, word::count),
        code,
    }
}

/// Whether no node but the parent and those above it begins like this one.
fn is_free(code: &str, nodes: &[division::Model], parent: usize) -> bool {
    nodes.iter().all(|node| {
        let other = prefix(node);
        let apart = !code.starts_with(other) && !other.starts_with(code);
        apart || prefix(&nodes[parent]).starts_with(other) && other.len() < code.len()
    })
}

/// What the codes of all nodes below this one begin with.
fn prefix(node: &division::Model) -> &str {
    match node.level {
        DivisionLevel::Nation => "",
        _ => &node.code,
    }
}

fn depth(node: &division::Model) -> usize {
    let depth = LEVELS.iter().position(|level| *level == node.level);
    depth.expect("a level")
}
