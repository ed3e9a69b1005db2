//! The GraphQL schema over what [`access`] lets a caller see, one file a type.

/// Hands each type of record to the macro `$each`, which takes `$more` behind them: its
/// module; at the root of queries the field that gives one by its id, and the list; its
/// parts of the root of mutations.
macro_rules! records {
    ($each:ident $($more:tt)*) => {
        $each! {
            {
                Division(division) {
                    many {
                        /// Divisions, from the nation to the townships.
                        divisions
                    }
                }
                Organization(organization) {
                    many {
                        /// Organizations.
                        organizations
                    }
                }
                Facility(facility) {
                    one {
                        /// A facility by its id.
                        facility
                    }
                    many {
                        /// Facilities that you may see.
                        facilities
                    }
                    changes { FacilityCreation, FacilityChanges }
                }
                Person(person) {
                    changes { PersonCreation, PersonChanges }
                }
                StaffMember(staff_member) {
                    one {
                        /// A member of staff by the record's id.
                        staff_member
                    }
                    many {
                        /// Staff that you may see.
                        staff
                    }
                    changes { StaffMemberCreation, StaffMemberChanges }
                }
                Employment(employment) {
                    changes { EmploymentCreation, EmploymentChanges }
                }
                Transfer(transfer) {
                    many {
                        /// Requests that people come to work in a division that you may see.
                        transfers
                    }
                    changes { TransferChanges }
                }
                Clash(clash) {}
                Program(program) {
                    one {
                        /// A program by its id.
                        program
                    }
                    many {
                        /// Programs that you may see.
                        programs
                    }
                    changes { ProgramCreation, ProgramChanges }
                }
                Stage(stage) {
                    changes { StageCreation, StageChanges }
                }
                Enrollment(enrollment) {
                    many {
                        /// Enrollments that you may see.
                        enrollments
                    }
                    changes { EnrollmentCreation, EnrollmentChanges }
                }
                PartnershipProject(partnership_project) {
                    one {
                        /// A partnership project by its id.
                        partnership_project
                    }
                    many {
                        /// Partnership projects that you may see.
                        partnership_projects
                    }
                    changes { PartnershipProjectCreation, PartnershipProjectChanges }
                }
                PartnershipParty(partnership_party) {}
                PartnershipModule(partnership_module) {}
                PartnershipSite(partnership_site) {}
                PartnershipActivity(partnership_activity) {
                    changes { PartnershipActivityCreation, PartnershipActivityChanges }
                }
                User(user) {
                    many {
                        /// Accounts: your own and, for administrators and hosts, those that
                        /// hold a role in their place.
                        users
                    }
                    changes { UserChanges }
                }
                RoleBinding(role_binding) {
                    changes { RoleBindingChanges }
                }
                PolicyRule(policy_rule) {
                    many {
                        /// The policy, for the nation's administrators.
                        policy_rules
                    }
                    changes { PolicyRuleChanges }
                }
                AuditEvent(audit_event) {
                    many {
                        /// The audit trail, for auditors: of their divisions.
                        audit_events
                    }
                }
            }
            $($more)*
        }
    };
}

mod administration;
mod argument;
mod audit_event;
mod change;
mod clash;
mod classification;
mod condition;
mod connection;
mod creation;
mod crowd;
mod division;
mod document;
mod employment;
mod enrollment;
mod error;
mod executable;
mod explanation;
mod facility;
mod id;
mod input;
mod introspection;
mod limit;
mod limits;
mod marker;
mod member;
mod mutation;
mod name;
mod node;
mod operation;
mod organization;
mod partnership_activity;
mod partnership_module;
mod partnership_party;
mod partnership_project;
mod partnership_site;
mod person;
mod policy_rule;
mod program;
mod query;
mod readable;
mod reason;
mod record;
mod reveal;
mod role_binding;
mod scalar;
mod selection;
mod shape;
mod simulation;
mod staff_member;
mod stage;
mod statistics;
mod tokens;
mod transfer;
mod trusted;
mod types;
mod user;
mod validation;
mod value;
mod variables;
mod viewer;
mod weight;

use std::sync::Arc;

use access::{AccessError, Caller, Origin, SPANS};
use async_graphql::{EmptySubscription, Request, Response, Schema, ValidationMode, Value};
use tokio::time::timeout;
use tracing::{Instrument, info_span};

use crowd::Crowd;
use document::{Documents, Prepared};
use error::{server_error, too_complex};
use introspection::Introspection;
use mutation::Mutation;
use operation::Refusal;
use query::Query;

pub use crowd::Place;
pub use limit::Limit;
pub use limits::Limits;
pub use operation::{Operation, Outcome, Refused, Source};
pub use trusted::TrustedDocuments;

type Library = Schema<Query, Mutation, EmptySubscription>;

/// The schema, ready to run operations. Cheap to clone.
#[derive(Clone)]
pub struct Graph(Arc<Parts>);

struct Parts {
    /// Runs an operation whose document was found valid.
    schema: Library,
    documents: Documents,
    introspection: Introspection,
    crowd: Arc<Crowd>,
    limits: Limits,
}

/// Runs of one operation before it is given up.
const MOST_RUNS: u32 = 3;

impl Graph {
    /// Builds the schema.
    pub fn new(limits: Limits, trusted: TrustedDocuments) -> Graph {
        let schema = Schema::build(Query, Mutation::default(), EmptySubscription)
            .validation_mode(ValidationMode::Fast)
            .limit_complexity(limits.complexity)
            // Documents are refused by their depth before.
            .limit_recursive_depth(limits.brackets)
            .finish();
        Graph(Arc::new(Parts {
            documents: Documents::new(limits.clone(), trusted, &schema.sdl()),
            schema,
            introspection: Introspection::new(),
            crowd: Arc::default(),
            limits,
        }))
    }

    /// The schema in the definition language.
    pub fn sdl(&self) -> String {
        self.0.schema.sdl()
    }

    /// Runs an operation for a caller. Where the caller's rights change while it
    /// runs, all of it is dropped and run again under the new rights.
    pub async fn execute(&self, caller: Caller, sent: impl Into<Operation>) -> Outcome {
        let parts = &*self.0;
        let sent = sent.into();
        let named = sent.name.clone();
        let origin = sent.origin.clone();
        let prepared = parts
            .documents
            .prepare(sent)
            .instrument(info_span!(target: SPANS, "prepare"));
        let (mut outcome, name) = match prepared.await {
            Ok(prepared) => {
                let name = prepared.name().map(str::to_owned);
                (parts.admit(caller, &prepared, origin).await, name)
            }
            Err(refusal) => {
                let outcome = Outcome::from(*refusal);
                let name = outcome.operation.clone().or(named);
                (outcome, name)
            }
        };
        outcome.operation = name;
        let hit = error::settle(&mut outcome.response, &parts.limits);
        outcome.limit = outcome.limit.or(hit);
        outcome
    }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new(Limits::USUAL, TrustedDocuments::default())
    }
}

impl Parts {
    /// Runs the operation unless the caller has too many under way, and no longer
    /// than it may take.
    async fn admit(&self, caller: Caller, prepared: &Prepared, origin: Origin) -> Outcome {
        let allowed = self.limits.in_flight;
        let Some(place) = self.crowd.enter(caller.user(), allowed) else {
            let problem =
                format!("you have {allowed} operations under way, as many as are allowed");
            return at_limit(Refused::Crowded, Limit::InFlight, problem);
        };
        let run = self.run(caller.clone(), prepared, origin);
        match timeout(self.limits.time(), run).await {
            Ok(outcome) => Outcome {
                place: Some(place),
                ..outcome
            },
            Err(_) => {
                let stands = match caller.has_written() {
                    true => {
                        "; what it had changed by then stands, so read before you send it again"
                    }
                    false => "",
                };
                let problem = format!(
                    "the operation took longer than the {} seconds that are allowed{stands}",
                    self.limits.seconds
                );
                at_limit(Refused::Overdue, Limit::Seconds, problem)
            }
        }
    }

    async fn run(&self, mut caller: Caller, prepared: &Prepared, origin: Origin) -> Outcome {
        for runs in 1..=MOST_RUNS {
            let request = prepared.request();
            let request = request.data(caller.clone()).data(origin.clone());
            let span = info_span!(target: SPANS, "execute", run = i64::from(runs));
            let response = self.once(&caller, prepared, request, &origin);
            let response = response.instrument(span);
            let response = response.await;
            if !caller.is_stale() {
                let mut response = match response {
                    Ok(response) => response,
                    Err(error) => return failed(error),
                };
                // Only limits of what it comes to are left to refuse it.
                let ran = response.data != Value::Null;
                if ran {
                    prepared.executable.form(&mut response);
                }
                return Outcome {
                    response,
                    refused: (!ran).then_some(Refused::Invalid),
                    limit: None,
                    operation: None,
                    statements: caller.statements(),
                    runs,
                    place: None,
                };
            }
            tracing::debug!(runs, "rights changed while the operation ran");
            if caller.has_written() {
                return failed(AccessError::StaleAfterChange);
            }
            caller = match caller.renewed().await {
                Ok(caller) => caller,
                Err(error) => return failed(error),
            };
        }
        failed(AccessError::Stale)
    }

    async fn once(
        &self,
        caller: &Caller,
        prepared: &Prepared,
        request: Request,
        origin: &Origin,
    ) -> Result<Response, AccessError> {
        let told = match self.introspection.answer(caller, prepared).await? {
            Ok(told) => told,
            Err(problem) => return Ok(Response::from_errors(vec![too_complex(problem)])),
        };
        let mut response = self.schema.execute(request).await;
        if !caller.is_stale() {
            caller.write_down(origin).await?;
        }
        if let Value::Object(data) = &mut response.data {
            data.extend(told);
        }
        Ok(response)
    }
}

fn failed(error: AccessError) -> Outcome {
    let reason = match &error {
        AccessError::Unauthenticated(_) => Refused::Unauthenticated,
        AccessError::Stale => Refused::Stale,
        AccessError::StaleAfterChange => Refused::Overtaken,
        AccessError::Forbidden(_)
        | AccessError::NotFound
        | AccessError::Missing(_)
        | AccessError::Conflict(_)
        | AccessError::InvalidInput(_) => Refused::Invalid,
        AccessError::Internal(_) => Refused::Internal,
    };
    let refusal = Refusal {
        reason,
        errors: vec![server_error(error)],
        limit: None,
        operation: None,
    };
    refusal.into()
}

fn at_limit(reason: Refused, limit: Limit, problem: String) -> Outcome {
    let refusal = Refusal {
        reason,
        errors: vec![too_complex(problem)],
        limit: Some(limit),
        operation: None,
    };
    refusal.into()
}
