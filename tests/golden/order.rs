//! By what fields lists may be ordered.

use crate::{
    caller::Caller,
    finding::{Action, Findings},
    shape::{SCHEMA, camel},
    way::{Asked, Way},
};

/// Tries every order of lists of every type.
pub(crate) async fn sort(caller: &Caller<'_>, findings: &mut Findings) {
    for kind in SCHEMA.nodes() {
        let orders = SCHEMA.values(&format!("{kind}Order"));
        let path = |order: &str| {
            let column = ["_ASC", "_DESC"]
                .iter()
                .find_map(|way| order.strip_suffix(way));
            format!("{kind}.{}", camel(column.unwrap()))
        };
        for order in orders {
            findings.tried(&path(order), Action::Order);
        }
        let asked: Vec<Asked> = orders.iter().cloned().map(Asked::Order).collect();
        if asked.is_empty() {
            continue;
        }
        for way in Way::to(kind) {
            let answers = way.ask(caller, &asked).await;
            for (order, words) in orders.iter().zip(answers) {
                findings.sifted(kind, &path(order), Action::Order, words);
            }
        }
    }
}
