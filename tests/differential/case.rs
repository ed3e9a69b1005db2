//! A case: one query by one user, and what follows from its cursors.

use access::Kind;
use async_graphql::{PathSegment, Response};
use serde_json::Value as Json;

use crate::{
    deployment::Deployment,
    draft::Draft,
    expectation::{CURSOR, Expectation, Handle},
    oracle::{Oracle, Way},
    query::{Cursor, Query, Root, Size},
    report,
    rng::Rng,
    sight::{Notes, Sight},
};

pub(crate) struct Case {
    pub(crate) user: i64,
    query: Query,
    walk: Walk,
    /// Seed of what the walk chooses.
    choices: u64,
}

/// What is asked after the first response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Nothing,
    /// The first list's next pages, to its end.
    Through,
    /// Pages behind or before a row of any list.
    Jumps(usize),
}

/// Pages after which a walk is given up: no list of a world has so many.
const MOST_PAGES: usize = 250;

impl Case {
    pub(crate) fn draw(oracle: &Oracle, number: u64) -> Case {
        let world = &oracle.world;
        let rng = &mut Rng::part(world.seed, number + 1);
        let user = caller(rng, oracle);
        let mut query = Draft::query(rng, oracle, user);
        let mut walk = match rng.below(10) {
            0..=2 => Walk::Through,
            3..=5 => Walk::Jumps(rng.between(1, 2)),
            _ => Walk::Nothing,
        };
        if walk == Walk::Through {
            match &mut query.roots[0] {
                Root::List(list) | Root::Bindings(list) => {
                    list.info = true;
                    list.window.size = match list.window.size {
                        Size::Last(size) => Size::Last(size.max(1)),
                        Size::First(size) => Size::First(size.max(1)),
                        Size::Usual => Size::First(rng.between(1, 5)),
                    };
                }
                _ => walk = Walk::Nothing,
            }
        }
        Case {
            user,
            query,
            walk,
            choices: rng.next(),
        }
    }

    /// Asks and compares; an error says what differs.
    pub(crate) async fn run(
        &self,
        deployment: &Deployment,
        oracle: &Oracle,
    ) -> Result<Notes, String> {
        let sight = Sight::of(oracle, self.user);
        let rng = &mut Rng::new(self.choices);
        let mut query = self.query.clone();
        for page in 0..MOST_PAGES {
            let expected = Expectation::of(&sight, &query);
            let text = query.to_string();
            let response = deployment.ask(self.user, &text).await;
            let actual = shown(&response);
            if let Some(difference) = report::difference(&expected, &actual) {
                return Err(format!("query\n  {text}\n{difference}"));
            }
            let next = match self.walk {
                Walk::Nothing => None,
                Walk::Through => next_page(&query, &expected),
                Walk::Jumps(jumps) if page >= jumps => None,
                Walk::Jumps(_) => jump(rng, &expected.handles),
            };
            let Some((handle, forward)) = next else {
                return Ok(sight.notes.into_inner());
            };
            sight.notes.borrow_mut().further_pages += 1;
            let text = actual.data.pointer(&handle.pointer);
            let text = text.and_then(Json::as_str).expect("the cursor compared");
            let list = query.list_mut(handle.list).expect("the list compared");
            let cursor = Some(Cursor {
                text: text.to_owned(),
                row: handle.row,
            });
            if forward {
                list.window.after = cursor;
            } else {
                list.window.before = cursor;
            }
        }
        Err(format!(
            "no end of pages after {MOST_PAGES}: query\n  {query}"
        ))
    }
}

/// Mostly a user who may see something.
fn caller(rng: &mut Rng, oracle: &Oracle) -> i64 {
    let mut callers: Vec<i64> = oracle.world.callers.iter().map(|user| user.id).collect();
    if rng.chance(90) {
        let user = *rng.pick(&callers);
        let shows = |user, kind: &Kind| oracle.shows_any(user, *kind, Way::Listed);
        callers.retain(|user| Kind::ALL.iter().any(|kind| shows(*user, kind)));
        callers.push(user);
    }
    *rng.pick(&callers)
}

/// A response as far as it can be compared.
pub(crate) struct Shown {
    pub(crate) data: Json,
    /// JSON pointers to the errors, with their codes.
    pub(crate) errors: Vec<(String, String)>,
}

fn shown(response: &Response) -> Shown {
    let mut errors: Vec<(String, String)> = response
        .errors
        .iter()
        .map(|error| {
            let path = error.path.iter().map(|segment| match segment {
                PathSegment::Field(name) => format!("/{name}"),
                PathSegment::Index(place) => format!("/{place}"),
            });
            let code = error.extensions.as_ref().and_then(|all| all.get("code"));
            let code = code.map_or_else(String::new, ToString::to_string);
            let code = match code.trim_matches('"') {
                "FORBIDDEN" => "FORBIDDEN".to_owned(),
                other => format!("{other}: {}", error.message),
            };
            (path.collect(), code)
        })
        .collect();
    errors.sort_unstable();
    let data = response.data.clone().into_json().expect("a response");
    Shown { data, errors }
}

/// The cursor of the first list's next page, and whether it comes behind it.
fn next_page(query: &Query, expected: &Expectation) -> Option<(Handle, bool)> {
    let (Root::List(list) | Root::Bindings(list)) = query.roots.first()? else {
        return None;
    };
    let (more, end, forward) = match list.window.size {
        Size::Last(_) => ("hasPreviousPage", "startCursor", false),
        _ => ("hasNextPage", "endCursor", true),
    };
    let mut handles = expected.handles.iter();
    let handle = handles.find(|h| h.list == list.number && h.pointer.ends_with(end))?;
    let info = handle.pointer.strip_suffix(end)?;
    let more = expected.data.pointer(&format!("{info}{more}"))?;
    (*more == Json::Bool(true)).then(|| (handle.clone(), forward))
}

fn jump(rng: &mut Rng, handles: &[Handle]) -> Option<(Handle, bool)> {
    if handles.is_empty() {
        return None;
    }
    let handle = rng.pick(handles).clone();
    Some((handle, rng.chance(60)))
}

/// The same response with the word for any cursor in the place of each.
pub(crate) fn masked(json: &Json) -> Json {
    match json {
        Json::Object(fields) => fields
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                ("cursor" | "startCursor" | "endCursor", Json::String(_)) => {
                    (key.clone(), CURSOR.into())
                }
                _ => (key.clone(), masked(value)),
            })
            .collect(),
        Json::Array(items) => items.iter().map(masked).collect(),
        other => other.clone(),
    }
}
