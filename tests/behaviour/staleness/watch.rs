//! Instances that have served a caller before, and so remember a decision.

use access::Access;
use async_graphql::Request;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    instance::{Answer, Instance, ask},
    world::World,
};

/// A caller who has asked every question before, each of an instance of its own:
/// the first statement that notices a change makes an instance forget all that
/// it remembered of the caller, so that a second question would prove nothing.
pub(crate) struct Watch {
    instance: Instance,
    token: String,
    seats: Vec<Seat>,
}

struct Seat {
    question: String,
    access: Access,
}

/// The answers to all questions.
pub(crate) struct Sight {
    answers: Vec<Answer>,
}

const FACILITIES: usize = 0;
const STAFF: usize = 1;
const ENROLLMENTS: usize = 2;
const VIEWER: usize = 3;

/// Each way there is to come by rows.
fn questions() -> [String; 7] {
    let id = |key: i64, kind: &str| URL_SAFE_NO_PAD.encode(format!("{kind}:{key}"));
    let ids: Vec<String> = (1..=4)
        .flat_map(|key| ["Facility", "StaffMember", "Enrollment"].map(|kind| id(key, kind)))
        .collect();
    [
        "{ facilities { nodes { name } } }".to_owned(),
        "{ staff { nodes { name facility { name } } } }".to_owned(),
        "{ enrollments { nodes { participant { name facility { name } } } } }".to_owned(),
        "{ viewer { name subject bindings { totalCount nodes { role division { name } } } } }"
            .to_owned(),
        "{ facilities { totalCount } }".to_owned(),
        "{ divisions { nodes { name facilitiesAdministered { totalCount nodes {
            name staff { totalCount nodes { name } } } } } }
           partnershipProjects { nodes { sites { totalCount } } } }"
            .to_owned(),
        format!("{{ nodes(ids: {ids:?}) {{ id ... on StaffMember {{ name }} }} }}"),
    ]
}

impl Watch {
    pub(crate) async fn begin(world: &World, subject: &str) -> Watch {
        let instance = Instance::start(&world.url).await;
        let token = instance.token(subject).await;
        let mut seats = Vec::new();
        for question in questions() {
            let access = instance.system.access().await.unwrap();
            seats.push(Seat { question, access });
        }
        let watch = Watch {
            instance,
            token,
            seats,
        };
        watch.ask().await;
        watch
    }

    /// Asks everything of the instances that remember.
    pub(crate) async fn ask(&self) -> Sight {
        let mut answers = Vec::new();
        for Seat { question, access } in &self.seats {
            answers.push(self.answer(access, question).await);
        }
        Sight { answers }
    }

    /// Asks everything, and makes sure that an instance which has just started
    /// gives the same.
    pub(crate) async fn look(&self) -> Sight {
        let sight = self.ask().await;
        let started = self.instance.system.access().await.unwrap();
        for (Seat { question, .. }, answer) in self.seats.iter().zip(&sight.answers) {
            let current = self.answer(&started, question).await;
            assert_eq!(answer.data, current.data, "{question}");
            assert_eq!(answer.codes, current.codes, "{question}");
        }
        sight
    }

    async fn answer(&self, access: &Access, question: &str) -> Answer {
        let request = Request::new(question);
        ask(access, &self.instance.graph, &self.token, request).await
    }
}

impl Sight {
    #[track_caller]
    pub(crate) fn facilities(&self) -> Vec<&str> {
        self.answers[FACILITIES].names("facilities")
    }

    #[track_caller]
    pub(crate) fn staff(&self) -> Vec<&str> {
        self.answers[STAFF].names("staff")
    }

    #[track_caller]
    pub(crate) fn participants(&self) -> Vec<&str> {
        let enrollments = self.answers[ENROLLMENTS].good();
        let nodes = enrollments["enrollments"]["nodes"].as_array().unwrap();
        let names = nodes.iter().map(|node| &node["participant"]["name"]);
        names.map(|name| name.as_str().unwrap()).collect()
    }

    #[track_caller]
    pub(crate) fn viewer(&self) -> &serde_json::Value {
        &self.answers[VIEWER].good()["viewer"]
    }

    /// Whether every operation was run again under other rights than it began with.
    pub(crate) fn was_run_again(&self) -> bool {
        self.answers.iter().all(|answer| answer.runs > 1)
    }

    /// Whether nothing was answered, for the token speaks for nobody.
    pub(crate) fn is_nobodys(&self) -> bool {
        let refused =
            |answer: &Answer| answer.data.is_null() && answer.codes == ["UNAUTHENTICATED"];
        self.answers.iter().all(refused)
    }
}
