//! The root of all queries.

use access::{AccessError, Caller, Capabilities, Rows};
use async_graphql::{Context, ID, Object, OutputType};
use entity::term::DivisionLevel;

use super::{
    classification::Classification,
    connection::{Connection, Paging},
    division::Division,
    enrollment::{Enrollment, EnrollmentCount, EnrollmentDimension},
    error::{Gated, gated, invalid, visible},
    explanation::{self, AccessAction, AccessExplanation, Asked},
    facility::{Facility, FacilityCount, FacilityDimension},
    id,
    member::Member,
    name::camel,
    node::{self, Node},
    partnership_project::PartnershipProject,
    record::{Record, list},
    selection::Selection,
    simulation::{self, PolicySimulation, SimulatePolicyInput},
    staff_member::{StaffCount, StaffDimension, StaffMember},
    statistics,
    value::subtree,
    viewer::Viewer,
};

/// The root of all queries.
pub(crate) struct Query;

/// Ids that `nodes` takes at a time.
const MOST_NODES: usize = 200;

macro_rules! query {
    (
        {
            $($record:ident($module:ident) {
                $(one { $(#[$one_doc:meta])* $one:ident })?
                $(many { $(#[$many_doc:meta])* $many:ident })?
                $(changes { $($changes:ident),+ })?
            })*
        }
        counts {
            $($(#[$count_doc:meta])* $counts:ident$([$project:ident])?: $count:ident of $counted:ident by $dimension:ident;)*
        }
        also { $($also:tt)* }
    ) => {
        /// The root of all queries. Every field shows what you may see: a record that
        /// is not there and one that is not yours to open are both null, and a list
        /// holds your rows alone.
        #[Object]
        impl Query {
            $($also)*

            // Here, since the weight must see what the object's macro sees.
            /// The records with these global ids, in their order; null for each that
            /// is not there or not yours to open. At most 200 at a time.
            #[graphql(complexity = "ids.len().saturating_mul(child_complexity)")]
            async fn nodes(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Global ids of the records.")]
                ids: Vec<ID>,
            ) -> Gated<Vec<Option<Node>>> {
                if ids.len() > MOST_NODES {
                    let problem = format!("`ids` holds {} ids; it takes {MOST_NODES}", ids.len());
                    return Some(Err(visible(invalid(problem))));
                }
                gated(Box::pin(node::open(ctx, &ids)).await.map(Some))
            }

            $($(#[$count_doc])*
            #[allow(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
            #[graphql(complexity = "statistics::weight(level, child_complexity)")]
            async fn $counts(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Divisions of this level.")]
                level: DivisionLevel,
                #[graphql(desc = "What the records are told apart by.")]
                by: $dimension,
                #[graphql(desc = "Only within the division with this code; the nation by default.")]
                within: Option<String>,
                #[graphql(desc = "Only records that meet these conditions.")]
                filter: Option<<$counted as Record>::Filter>,
                #[graphql(desc = "The counts that were published of this year, rather than the records'.")]
                year: Option<i32>,
                $(#[graphql(desc = "Of published counts, those of the programs that the partnership project with this global id supports: of the nation and of provinces.")]
                $project: Option<ID>,)?
            ) -> Gated<Vec<$count>> {
                let counted = async {
                    let project = None::<ID>$(.or($project))?;
                    let project = project.map(|id| id::key_of(PartnershipProject::NAME, &id));
                    let edition = statistics::edition(year, project.transpose()?)?;
                    Box::pin($count::of(ctx, level, by, within, filter, edition)).await
                };
                Some(counted.await.map_err(visible))
            })*

            $($($(#[$one_doc])*
            async fn $one(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Global id of the record.")]
                id: ID,
            ) -> Gated<super::$module::$record> {
                gated(Box::pin(opened(ctx, &id)).await)
            })?)*

            $($($(#[$many_doc])*
            #[allow(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
            #[graphql(complexity = "crate::graph::connection::weight(first, last, child_complexity)")]
            async fn $many(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Only records that meet these conditions.")]
                filter: Option<<super::$module::$record as Record>::Filter>,
                #[graphql(desc = "Order of the list; the official order by default.")]
                order_by: Option<<super::$module::$record as Record>::Order>,
                #[graphql(desc = "The first so many records, 0 to 200; 20 by default.")]
                first: Option<i32>,
                #[graphql(desc = "Only records behind the one with this cursor.")]
                after: Option<String>,
                #[graphql(desc = "The last so many records, 0 to 200.")]
                last: Option<i32>,
                #[graphql(desc = "Only records before the one with this cursor.")]
                before: Option<String>,
            ) -> Gated<Connection<super::$module::$record>> {
                let paging = Paging { first, after, last, before };
                Connection::root(ctx, list::<super::$module::$record>(ctx, filter, order_by, paging)).await
            })?)*
        }

        impl Query {
            /// What each of the fields takes of a caller's rights.
            pub(super) fn classify(schema: &mut Classification) {
                $($count::classify(schema);)*
                explanation::classify(schema);
                simulation::classify(schema);
                schema
                    .parts(Query::type_name(), |_| true)
                    .add("viewer", |_| true)
                    .add("explainAccess", |_| true)
                    .add("simulatePolicy", simulation::is_used)
                    .add("node", |_| true)
                    .add("nodes", |_| true)
                    .add("division", Capabilities::opens::<<Division as Record>::Entity>)
                    $($(.add(
                        camel(stringify!($one)),
                        Capabilities::opens::<<super::$module::$record as Record>::Entity>,
                    ))?)*
                    $($(.add(
                        camel(stringify!($many)),
                        Capabilities::lists::<<super::$module::$record as Record>::Entity>,
                    ))?)*
                    // Where nothing is counted, nothing can be given for `by`.
                    $(.add(camel(stringify!($counts)), |_| true)
                        .add(
                            format!("{}(filter:)", camel(stringify!($counts))),
                            Capabilities::lists::<<$counted as Record>::Entity>,
                        )
                        .add(
                            format!("{}(year:)", camel(stringify!($counts))),
                            $count::is_published,
                        )
                        $(.add(
                            format!("{}({}:)", camel(stringify!($counts)), stringify!($project)),
                            $count::is_published,
                        ))?)*;
            }
        }
    };
}

records! { query
    counts {
        /// How many facilities of which type, level, class or sponsor body stand in each
        /// division of a level: of those that you may see, or as published of a year's end.
        facility_statistics: FacilityCount of Facility by FacilityDimension;
        /// How many staff of which profession category, title, education or key post there
        /// are in each division of a level: of those that you may see, exactly, or as
        /// published of a year's end, rounded and without what would tell of a few persons.
        staff_statistics: StaffCount of StaffMember by StaffDimension;
        /// How many enrollments have come how far in each division of a level: of those that
        /// you may see, exactly, or as published of those that began in a year, rounded and
        /// without what would tell of a few persons.
        enrollment_statistics[project]: EnrollmentCount of Enrollment by EnrollmentDimension;
    }
    also {
        /// Who you are and what you hold.
        async fn viewer(&self, ctx: &Context<'_>) -> Gated<Viewer> {
            let caller = ctx.data_unchecked::<Caller>();
            Some(caller.confirm().await.map(|()| Viewer).map_err(visible))
        }

        /// Why you may do something to a record, or may not; or why somebody else may, whose
        /// account you may open. A record that is not there and one that is not yours to
        /// open are both not found.
        async fn explain_access(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Global id of the user that it is about; you by default.")]
            subject: Option<ID>,
            #[graphql(desc = "Global id of the record.")]
            node: ID,
            #[graphql(desc = "What would be done to it.")]
            action: AccessAction,
            #[graphql(desc = "To which of its fields; the record as a whole by default.")]
            field: Option<String>,
        ) -> Gated<AccessExplanation> {
            let asked = Asked { subject, node, action, field };
            gated(Box::pin(explanation::explain(ctx, asked)).await.map(Some))
        }

        /// What a change of the policy or of somebody's roles would come to: how many records
        /// of each type each role, and users that you name, would gain and lose. It is refused
        /// where the change itself would be; nothing is changed. Of records only those count
        /// that you may open, and of everybody only the roles that you may open; how others
        /// see users and the audit trail is told to auditors alone. One an operation.
        async fn simulate_policy(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "What might be changed.")]
            input: SimulatePolicyInput,
        ) -> Gated<PolicySimulation> {
            gated(Box::pin(simulation::simulate(ctx, input)).await.map(Some))
        }

        /// The record with this global id, whatever its type.
        async fn node(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Global id of the record.")]
            id: ID,
        ) -> Gated<Node> {
            let nodes = Box::pin(node::open(ctx, std::slice::from_ref(&id))).await;
            gated(nodes.map(|nodes| nodes.into_iter().next().flatten()))
        }

        /// The division with this statistical code.
        async fn division(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Statistical code: 2, 4, 6 or 9 digits, or `0` for the nation.")]
            code: String,
        ) -> Gated<Division> {
            gated(Box::pin(division_of(ctx, &code)).await)
        }
    }
}

async fn opened<T: Record>(ctx: &Context<'_>, id: &ID) -> Result<Option<T>, AccessError> {
    opened_by_key(ctx, id::key_of(T::NAME, id)?).await
}

async fn opened_by_key<T: Record>(ctx: &Context<'_>, key: i64) -> Result<Option<T>, AccessError> {
    let caller = ctx.data_unchecked::<Caller>();
    let rows = Selection::<T>::of(ctx).of_rows(Rows::of(caller));
    let row = rows.open(&[key]).await?.remove(&key);
    Ok(row.map(|row| T::of(Member::single(caller, row))))
}

async fn division_of(ctx: &Context<'_>, code: &str) -> Result<Option<Division>, AccessError> {
    let key = subtree(code)?.first;
    opened_by_key(ctx, key).await
}
