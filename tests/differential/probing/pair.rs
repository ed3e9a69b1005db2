//! Two worlds, of which one user asks the same.

use async_graphql::Response;
use serde_json::Value as Json;

use super::probe::Probe;
use crate::{
    deployment::Deployment,
    query::{Cursor, Query, Root, Size},
};

pub(super) struct Pair<'a> {
    pub(super) here: &'a Deployment,
    pub(super) there: &'a Deployment,
    pub(super) user: i64,
    pub(super) tally: Tally,
}

/// What the answers were that were compared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Answers that hold a record or a count.
    pub(super) telling: usize,
    /// Answers that hold an error.
    pub(super) refused: usize,
    /// Answers behind a cursor.
    pub(super) further: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: Tally) {
        self.telling += other.telling;
        self.refused += other.refused;
        self.further += other.further;
    }
}

/// Pages after which a walk is given up: no list of a world has so many.
const MOST_PAGES: usize = 100;
/// Characters of either answer that a report shows.
const SHOWN: usize = 200;

impl Pair<'_> {
    /// Asks of both worlds; an error says where the answers differ.
    pub(super) async fn probe(&mut self, probe: &Probe) -> Result<(), String> {
        match probe {
            Probe::Text(text) => self.ask([text, text]).await.map(drop),
            Probe::Query(query) => {
                let text = query.to_string();
                self.ask([&text, &text]).await.map(drop)
            }
            Probe::Walk(query) => self.walk(query).await,
        }
    }

    /// The query's first list from page to page, by each world's own cursors.
    async fn walk(&mut self, query: &Query) -> Result<(), String> {
        let mut queries = [query.clone(), query.clone()];
        for _ in 0..MOST_PAGES {
            let texts = queries.each_ref().map(Query::to_string);
            let answers = self.ask(texts.each_ref().map(String::as_str)).await?;
            for (query, answer) in queries.iter_mut().zip(answers) {
                if !turn(query, &answer) {
                    return Ok(());
                }
            }
            self.tally.further += 1;
        }
        Err(format!("no end of pages: {query}"))
    }

    async fn ask(&mut self, queries: [&str; 2]) -> Result<[Json; 2], String> {
        let here = self.here.ask(self.user, queries[0]).await;
        let there = self.there.ask(self.user, queries[1]).await;
        self.tally.refused += usize::from(!here.errors.is_empty());
        let (here, there) = (told(here), told(there));
        if here.0 != there.0 {
            let pairs = here.0.chars().zip(there.0.chars());
            let alike = pairs.take_while(|(one, other)| one == other).count();
            let from = alike.saturating_sub(SHOWN / 2);
            let part = |text: &str| text.chars().skip(from).take(SHOWN).collect::<String>();
            return Err(format!(
                "query\n  {}\n  here  …{}…\n  there …{}…\n",
                queries[0],
                part(&here.0),
                part(&there.0),
            ));
        }
        let is_telling = ["\"id\":", "\"count\":"]
            .iter()
            .any(|sign| here.0.contains(sign));
        self.tally.telling += usize::from(is_telling);
        Ok([here.1, there.1])
    }
}

/// The answer as it is sent, but for the order of its errors, which come as fields happen to
/// end, and for its cursors: they are sealed anew each time, and only their length may tell.
fn told(mut response: Response) -> (String, Json) {
    response
        .errors
        .sort_by_cached_key(|error| serde_json::to_string(error).expect("JSON"));
    let headers = std::mem::take(&mut response.http_headers);
    let mut text = format!(
        "{} {headers:?}",
        serde_json::to_string(&response).expect("JSON")
    );
    let data = response.data.into_json().expect("JSON");
    let mut cursors = Vec::new();
    gather(&data, &mut cursors);
    for cursor in cursors {
        text = text.replace(&cursor, &format!("a cursor of {} characters", cursor.len()));
    }
    (text, data)
}

fn gather(json: &Json, cursors: &mut Vec<String>) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("cursor" | "startCursor" | "endCursor", Json::String(text)) => {
                        cursors.push(text.clone());
                    }
                    _ => gather(value, cursors),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| gather(item, cursors)),
        _ => {}
    }
}

/// Turns the query to the next page of its first list, if there is one.
fn turn(query: &mut Query, answer: &Json) -> bool {
    let Some(Root::List(list)) = query.roots.first_mut() else {
        return false;
    };
    let info = &answer[&list.key]["pageInfo"];
    let (more, end) = match list.window.size {
        Size::Last(_) => ("hasPreviousPage", "startCursor"),
        _ => ("hasNextPage", "endCursor"),
    };
    let Some(text) = info[end].as_str().filter(|_| info[more] == true) else {
        return false;
    };
    let cursor = Some(Cursor {
        text: text.to_owned(),
        row: 0,
    });
    match list.window.size {
        Size::Last(_) => list.window.before = cursor,
        _ => list.window.after = cursor,
    }
    true
}
