//! Every root list holds exactly the caller's rows, in the official order, on all
//! its pages and in its count.

use serde_json::{Value as Json, json};

use crate::{
    schema,
    session::{self, Session},
    table::Kind,
    world::Row,
};

/// The most records of a page.
const PAGE: usize = 200;
/// Of a longer list only so many records are read from each end.
const END: usize = 2 * PAGE;
const WHOLE: usize = 10 * PAGE;

#[tokio::test(flavor = "multi_thread")]
async fn every_list_holds_the_callers_rows() {
    session::everyone(|mut session| async move {
        for (field, kind) in schema::lists() {
            let rows = session.eyes.list(kind);
            count(&mut session, &field.name, rows.len()).await;
            if rows.len() <= WHOLE {
                walk(&mut session, &field.name, kind, rows, false).await;
            } else {
                walk(&mut session, &field.name, kind, &rows[..END], false).await;
                walk(
                    &mut session,
                    &field.name,
                    kind,
                    &rows[rows.len() - END..],
                    true,
                )
                .await;
            }
        }
        session
    })
    .await;
}

async fn count(session: &mut Session, list: &str, rows: usize) {
    let query = format!("{{ {list} {{ totalCount(exact: true) }} }}");
    let expected = json!({ list: { "totalCount": rows } });
    session.expect(&query, json!({}), &expected).await;
}

/// Turns the pages from the start of the list, or back from its end, and finds
/// these rows on them.
async fn walk(session: &mut Session, list: &str, kind: Kind, rows: &[Row], backward: bool) {
    let (size, cursor) = if backward {
        ("last", "before")
    } else {
        ("first", "after")
    };
    let query = format!(
        "query($size: Int, $cursor: String) {{
            {list}({size}: $size, {cursor}: $cursor) {{
                nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            }}
        }}"
    );
    let whole = session.eyes.list(kind).len();
    let mut position = Json::Null;
    let pages: Vec<&[Row]> = match rows {
        [] => vec![&[]],
        rows if backward => rows.rchunks(PAGE).collect(),
        rows => rows.chunks(PAGE).collect(),
    };
    let mut turned = 0;
    for page in pages {
        let variables = json!({ "size": PAGE, "cursor": position });
        let came = session.ask(&query, variables.clone()).await;
        turned += page.len();
        let info = &came[list]["pageInfo"];
        let [further, cursor] = match backward {
            true => ["hasPreviousPage", "startCursor"],
            false => ["hasNextPage", "endCursor"],
        };
        let came = json!({ "ids": came[list]["nodes"], "further": info[further] });
        let ids: Vec<Json> = page.iter().map(|row| json!({ "id": row.id() })).collect();
        let expected = json!({ "ids": ids, "further": turned < whole });
        position = info[cursor].clone();
        if !session.compare(&query, &variables, &expected, &came) {
            return;
        }
    }
}
