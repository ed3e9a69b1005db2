//! What is published, as callers are told it.

use grassroots::seed;
use grassroots_tests::{self as tests, Demonstration, global_id};
use serde_json::{Value as Json, json};
use support::Backend;

use crate::crowd::{Crowd, LOCAL_STATISTICIAN, PREFECTURE, SPONSORS, STATISTICIAN, YEARS};

/// Levels, from the lowest.
pub(crate) const LEVELS: [&str; 4] = ["COUNTY", "PREFECTURE", "PROVINCE", "NATION"];
/// What persons are told apart by: the field of the query, the term's, the dimension.
const PERSONS: [(&str, &str, &str); 5] = [
    ("staffStatistics", "title", "TITLE"),
    ("staffStatistics", "education", "EDUCATION"),
    ("staffStatistics", "keyPost", "KEY_POST"),
    (
        "staffStatistics",
        "professionCategory",
        "PROFESSION_CATEGORY",
    ),
    ("enrollmentStatistics", "status", "STATUS"),
];

/// A count of persons that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    year: i32,
    pub(crate) field: &'static str,
    pub(crate) level: &'static str,
    pub(crate) project: Option<i64>,
    pub(crate) code: String,
    pub(crate) term: String,
    /// What came; none where it is withheld.
    pub(crate) told: Option<i64>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Release(Vec<Count>);

impl Release {
    /// Loads the crowd, publishes each year and asks for all that there is.
    pub(crate) async fn of(crowd: &Crowd, backend: Backend) -> Release {
        let database = publish(crowd, backend).await;
        let mut counts = Vec::new();
        for year in YEARS {
            for (query, field, by) in PERSONS {
                for level in LEVELS {
                    let asked = (query, field, by, level);
                    counts.extend(ask(&database, STATISTICIAN, year, asked, None).await);
                    if field == "status" {
                        for (_, project) in SPONSORS {
                            let asked = ask(&database, STATISTICIAN, year, asked, Some(project));
                            counts.extend(asked.await);
                        }
                    }
                }
            }
        }
        Release(counts)
    }

    pub(crate) fn of_year(&self, year: i32) -> Vec<Count> {
        let counts = self.0.iter().filter(|count| count.year == year);
        counts.cloned().collect()
    }

    /// The statistician of a prefecture is told what the nation is told of the prefecture
    /// and its counties, and no more.
    pub(crate) async fn compare_statisticians(crowd: &Crowd, backend: Backend) {
        let database = publish(crowd, backend).await;
        for (query, field, by) in PERSONS {
            for level in LEVELS {
                let asked = (query, field, by, level);
                let own = ask(&database, LOCAL_STATISTICIAN, YEARS[0], asked, None).await;
                let mut all = ask(&database, STATISTICIAN, YEARS[0], asked, None).await;
                all.retain(|count| count.code.starts_with(PREFECTURE));
                assert_eq!(own, all, "{query} of {level} by {by}");
                let project = Some(SPONSORS[0].1);
                let of_project = ask(&database, LOCAL_STATISTICIAN, YEARS[0], asked, project);
                if field == "status" {
                    assert_eq!(of_project.await, [], "{level}");
                }
            }
        }
    }

    /// Each sponsor is told the same of its own project as the nation, nothing of the
    /// other, and nothing of what no project supports.
    pub(crate) async fn compare_sponsors(crowd: &Crowd, backend: Backend) {
        let database = publish(crowd, backend).await;
        for (sponsor, own) in SPONSORS {
            for level in LEVELS {
                let asked = ("enrollmentStatistics", "status", "STATUS", level);
                for project in [None, Some(SPONSORS[0].1), Some(SPONSORS[1].1)] {
                    let counts = ask(&database, sponsor, YEARS[0], asked, project).await;
                    let all = ask(&database, STATISTICIAN, YEARS[0], asked, project).await;
                    if project == Some(own) {
                        assert_eq!(counts, all, "{sponsor} of {level}");
                    } else {
                        assert_eq!(counts, [], "{sponsor} of {project:?}");
                    }
                }
            }
        }
    }
}

async fn publish(crowd: &Crowd, backend: Backend) -> Demonstration {
    let url = backend.database_url();
    let system = tests::open(&url).await;
    let loaded = seed::load(&system, crowd.data.clone(), &|_, _| {}).await;
    loaded.unwrap();
    for year in YEARS {
        system.publish(year, &|_, _| {}).await.unwrap();
    }
    Demonstration::at(&url).await
}

/// What a caller is told; nothing where that is refused.
async fn ask(
    database: &Demonstration,
    caller: &str,
    year: i32,
    (query, field, by, level): (&str, &'static str, &str, &'static str),
    project: Option<i64>,
) -> Vec<Count> {
    let id = project.map(|key| global_id("PartnershipProject", key));
    let of_project = id.map_or(String::new(), |id| format!(", project: \"{id}\""));
    let text = format!(
        "{{ {query}(level: {level}, by: {by}, year: {year}{of_project}) {{
            division {{ code }} {field} count isWithheld share }} }}"
    );
    let response = database.ask(caller, &text, json!({})).await;
    let answer = serde_json::to_value(&response.data).unwrap();
    let Json::Array(counts) = &answer[query] else {
        assert!(!response.errors.is_empty(), "{answer}");
        return Vec::new();
    };
    assert_eq!(response.errors, [], "{text}");
    let count = |count: &Json| {
        let told = count["count"].as_i64();
        assert!(
            told.is_none_or(|told| told >= 10 && told % 5 == 0),
            "{count}"
        );
        assert_eq!(count["isWithheld"], told.is_none());
        assert_eq!(count["share"], Json::Null);
        Count {
            year,
            field,
            level,
            project,
            code: count["division"]["code"].as_str().unwrap().to_owned(),
            term: count[field].as_str().unwrap().to_owned(),
            told,
        }
    };
    counts.iter().map(count).collect()
}
