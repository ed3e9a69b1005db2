//! Everyone's questions to both databases.

use std::{fmt, sync::Arc};

use grassroots_tests::{self as tests, Demonstration};
use serde_json::Value as Json;
use support::Backend;
use tokio::{
    sync::{OnceCell, Semaphore},
    task::JoinSet,
};

use crate::{
    answer,
    eyes::{self, EVERYONE, Eyes},
    trail,
    world::WORLD,
};

/// Callers who ask at the same time: enough to keep the processors busy, and no
/// more than the pool has connections.
const AT_ONCE: usize = 3;
/// Characters of a question, and answers of a caller, that a report shows.
const LONGEST: usize = 300;
const SHOWN: usize = 3;

/// One caller before one database.
pub(crate) struct Session {
    pub(crate) eyes: &'static Eyes,
    backend: Backend,
    demonstration: Arc<Demonstration>,
    /// What was not as expected.
    problems: Vec<String>,
}

impl Session {
    /// The answer to a query, refusals in their places.
    pub(crate) async fn ask(&self, query: &str, variables: Json) -> Json {
        let persona = self.eyes.persona;
        answer::of(self.demonstration.ask(persona, query, variables).await)
    }

    /// Asks, and notes where the answer isn't the expected one.
    pub(crate) async fn expect(&mut self, query: &str, variables: Json, expected: &Json) {
        let came = self.ask(query, variables.clone()).await;
        self.compare(query, &variables, expected, &came);
    }

    /// Notes where what came isn't what was expected; tells whether it was.
    pub(crate) fn compare(
        &mut self,
        query: &str,
        variables: &Json,
        expected: &Json,
        came: &Json,
    ) -> bool {
        let Some(difference) = answer::difference(expected, came) else {
            return true;
        };
        let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
        let brief = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let (query, variables) = (brief(&query), brief(&variables.to_string()));
        self.problems
            .push(format!("{query}\n  with {variables}\n    {difference}"));
        false
    }
}

/// Has every caller check on every database, a few at a time.
pub(crate) async fn everyone<C, F>(check: C)
where
    C: Fn(Session) -> F,
    F: Future<Output = Session> + Send + 'static,
{
    some(EVERYONE.iter(), check).await;
}

/// Has a caller check on every database.
pub(crate) async fn one<C, F>(persona: &str, check: C)
where
    C: Fn(Session) -> F,
    F: Future<Output = Session> + Send + 'static,
{
    some([eyes::of(persona)], check).await;
}

async fn some<C, F>(callers: impl IntoIterator<Item = &'static Eyes> + Clone, check: C)
where
    C: Fn(Session) -> F,
    F: Future<Output = Session> + Send + 'static,
{
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut sessions = JoinSet::new();
    for backend in Backend::ALL {
        let demonstration = Arc::new(open(backend).await);
        for eyes in callers.clone() {
            let checked = check(Session {
                eyes,
                backend,
                demonstration: demonstration.clone(),
                problems: Vec::new(),
            });
            let turns = turns.clone();
            sessions.spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                checked.await
            });
        }
    }
    let sessions = sessions.join_all().await.into_iter();
    let failed = sessions.filter(|session| !session.problems.is_empty());
    let failed: Vec<String> = failed.map(|session| session.to_string()).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

/// How many answers were not as expected, and some of them.
impl fmt::Display for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (persona, number) = (self.eyes.persona, self.problems.len());
        let shown = self.problems.iter().take(SHOWN).map(String::as_str);
        let shown = shown.collect::<Vec<_>>().join("\n");
        write!(
            formatter,
            "{persona} on {:?}: {number} wrong answers\n{shown}",
            self.backend
        )
    }
}

async fn open(backend: Backend) -> Demonstration {
    static LOADED: OnceCell<[String; 2]> = OnceCell::const_new();
    let load_all = async || {
        let [sqlite, postgres] = Backend::ALL;
        let (sqlite, postgres) = tokio::join!(load(sqlite), load(postgres));
        [sqlite, postgres]
    };
    let urls = LOADED.get_or_init(load_all).await;
    let place = Backend::ALL.iter().position(|known| *known == backend);
    Demonstration::at(&urls[place.unwrap()]).await
}

async fn load(backend: Backend) -> String {
    let url = backend.database_url();
    let system = tests::open(&url).await;
    WORLD.load(&system).await;
    trail::load(&system).await;
    tests::forget_what_is_done(&url).await;
    url
}
