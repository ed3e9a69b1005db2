//! A question by a tenant, put to contenders in their own words.

use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    client,
    contender::{Contender, Request, token},
    question::{self, Aim, Question},
    tenant::{Host, Tenant},
};

/// How deep a page stands: the 1,000th of 20, or the last where there are fewer.
const DEPTH: i64 = 19_980;
/// The most that the server gives at a time.
const PAGE: i64 = 200;

/// A question and who asks it, with the request to each contender.
pub(crate) struct Case {
    pub(crate) question: &'static Question,
    pub(crate) level: &'static str,
    pub(crate) requests: Vec<Request>,
}

/// Whom the questions of one database are put to.
pub(crate) struct Panel<'a> {
    pub(crate) url: &'a str,
    pub(crate) pool: PgPool,
    pub(crate) server: &'a Contender,
    pub(crate) floor: Option<&'a Contender>,
    pub(crate) peer: Option<&'a Contender>,
}

/// A record that a question means or goes on from.
struct Place {
    id: String,
    cursor: String,
    keys: (i64, i64),
    row: i64,
    depth: i64,
}

impl Panel<'_> {
    /// A division's question.
    pub(crate) async fn case(&self, question: &'static Question, tenant: &Tenant) -> Case {
        let token = token(self.url, tenant.subject);
        let place = match question.aim {
            Aim::Nothing | Aim::Administration | Aim::Statistics | Aim::Program => None,
            Aim::Record | Aim::Cursor => Some(self.place(tenant, &token).await),
        };
        let variables = |id: fn(&Place) -> Value| match (&place, question.aim) {
            (Some(place), Aim::Record) => json!({ "id": id(place) }),
            (Some(place), _) => json!({ "after": place.cursor }),
            (None, _) => json!({}),
        };
        let mut requests = vec![self.server.request(
            "/graphql",
            &token,
            &json!({ "query": question.server, "variables": variables(|place| json!(place.id)) }),
        )];
        if let Some(floor) = self.floor {
            let mut parameters = vec![tenant.first, tenant.last];
            if let Some(place) = &place {
                let keys = match question.aim {
                    Aim::Record => self.keys(tenant, place.depth).await,
                    _ => place.keys,
                };
                parameters.extend([keys.0, keys.1]);
            }
            requests.push(floor.request(&path(question, &parameters), "none", &json!({})));
        }
        if let (Some(peer), Some(query)) = (self.peer, question.peer) {
            let bearer = format!("peer_division,{},{}", tenant.first, tenant.last);
            let variables = match (&place, question.aim) {
                (Some(place), Aim::Record) => json!({ "id": place.row.to_string() }),
                (Some(place), _) => {
                    json!({ "after": peer_cursor(peer, &bearer, place.depth).await })
                }
                (None, _) => json!({}),
            };
            let body = json!({ "query": query, "variables": variables });
            requests.push(peer.request("/graphql", &bearer, &body));
        }
        Case {
            question,
            level: tenant.level,
            requests,
        }
    }

    /// A host's question.
    pub(crate) async fn hosts_case(&self, question: &'static Question, host: &Host) -> Case {
        let token = token(self.url, host.subject);
        let body = json!({ "query": question.server });
        let mut requests = vec![self.server.request("/graphql", &token, &body)];
        if let Some(floor) = self.floor {
            requests.push(floor.request(&path(question, &[host.program]), "none", &json!({})));
        }
        if let (Some(peer), Some(query)) = (self.peer, question.peer) {
            let bearer = format!("peer_host,{}", host.program);
            let body = json!({ "query": query });
            requests.push(peer.request("/graphql", &bearer, &body));
        }
        Case {
            question,
            level: host.level,
            requests,
        }
    }

    /// The record behind [`DEPTH`] others of the tenant's, or the 20th from the end.
    async fn place(&self, tenant: &Tenant, token: &str) -> Place {
        let count = "select count(*) from staff_member where administered_by between $1 and $2";
        let count: i64 = sqlx::query_scalar(count)
            .bind(tenant.first)
            .bind(tenant.last)
            .fetch_one(&self.pool)
            .await
            .unwrap();
        let depth = DEPTH.min(count - 20);
        let mut cursor = Value::Null;
        let mut gone = 0;
        while gone < depth {
            let some = PAGE.min(depth - gone);
            let query = "query ($first: Int!, $after: String) {
                staff(first: $first, after: $after) { pageInfo { endCursor } } }";
            let variables = json!({ "first": some, "after": cursor });
            let body = json!({ "query": query, "variables": variables });
            let answer = client::answer(&self.server.request("/graphql", token, &body)).await;
            cursor = answer["data"]["staff"]["pageInfo"]["endCursor"].clone();
            gone += some;
        }
        let query = "query ($after: String) { staff(first: 1, after: $after) { nodes { id } } }";
        let body = json!({ "query": query, "variables": { "after": cursor } });
        let answer = client::answer(&self.server.request("/graphql", token, &body)).await;
        let id = &answer["data"]["staff"]["nodes"][0]["id"];
        Place {
            id: id.as_str().unwrap().to_owned(),
            cursor: cursor.as_str().unwrap().to_owned(),
            keys: self.keys(tenant, depth - 1).await,
            row: self.keys(tenant, depth).await.1,
            depth,
        }
    }

    /// The keys of the tenant's member of staff behind so many others.
    async fn keys(&self, tenant: &Tenant, behind: i64) -> (i64, i64) {
        let keys = "select administered_by, id from staff_member
            where administered_by between $1 and $2
            order by administered_by, id offset $3 limit 1";
        let keys = sqlx::query_as(keys).bind(tenant.first).bind(tenant.last);
        keys.bind(behind).fetch_one(&self.pool).await.unwrap()
    }
}

fn path(question: &Question, parameters: &[i64]) -> String {
    let parameters: Vec<_> = parameters.iter().map(i64::to_string).collect();
    format!("/{}?{}", question.name, parameters.join(","))
}

/// PostGraphile's cursor of the record before the one at this depth.
async fn peer_cursor(peer: &Contender, bearer: &str, depth: i64) -> Value {
    let query = "query ($offset: Int!) { allStaffMembers(first: 1, offset: $offset,
        orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) { pageInfo { endCursor } } }";
    let body = json!({ "query": query, "variables": { "offset": depth - 1 } });
    let answer = client::answer(&peer.request("/graphql", bearer, &body)).await;
    answer["data"]["allStaffMembers"]["pageInfo"]["endCursor"].clone()
}

impl Case {
    /// The first question by a county's steward in the demonstration.
    pub(crate) fn on_sqlite(url: &str, [server, floor]: &[Contender; 2]) -> Case {
        let question = &question::ALL[0];
        let (subject, first, last) = ("donggang-steward", 2_106_810_000_003, 2_106_819_999_999);
        let body = json!({ "query": question.server });
        Case {
            question,
            level: "county",
            requests: vec![
                server.request("/graphql", &token(url, subject), &body),
                floor.request(&path(question, &[first, last]), "none", &json!({})),
            ],
        }
    }

    /// Makes sure that all contenders give the same answer, and a full one.
    pub(crate) async fn compare(&self) {
        let mut answers = Vec::new();
        for request in &self.requests {
            answers.push(client::answer(request).await);
        }
        let (question, level) = (self.question.name, self.level);
        let first = leaves(&answers[0]);
        assert!(
            answers[0].get("errors").is_none() && !first.is_empty(),
            "{question} {level}: {}",
            answers[0]
        );
        for other in &answers[1..] {
            assert_eq!(leaves(other), first, "{question} {level}: {other}");
        }
    }
}

/// An answer's values without the fields' nesting, which is each contender's own.
fn leaves(answer: &Value) -> Vec<&Value> {
    match answer {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(fields) => fields.values().flat_map(leaves).collect(),
        leaf => vec![leaf],
    }
}
