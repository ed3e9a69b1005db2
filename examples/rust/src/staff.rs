//! The query: each struct is a selection, and does not compile where it does not
//! fit the schema.

use std::fmt;

#[cynic::schema("grassroots")]
#[expect(unreachable_pub, reason = "the macro writes it")]
mod schema {}

/// A personal value, in clear or masked as the caller may see it.
#[derive(cynic::Scalar)]
pub(crate) struct PersonalText(pub(crate) String);

#[derive(cynic::QueryVariables)]
pub(crate) struct StaffPageVariables {
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "StaffPageVariables")]
pub(crate) struct StaffPage {
    #[arguments(first: $first, after: $after)]
    pub(crate) staff: Option<StaffMemberConnection>,
}

#[derive(cynic::QueryFragment)]
pub(crate) struct StaffMemberConnection {
    pub(crate) nodes: Vec<StaffMember>,
    pub(crate) page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    pub(crate) end_cursor: Option<String>,
}

/// What the caller may not read is null, so every field may be.
#[derive(cynic::QueryFragment)]
pub(crate) struct StaffMember {
    name: Option<PersonalText>,
    title: Option<Title>,
    facility: Option<Facility>,
}

#[derive(cynic::QueryFragment)]
struct Facility {
    name: Option<String>,
}

#[derive(cynic::Enum)]
enum Title {
    Senior,
    AssociateSenior,
    Intermediate,
    Junior,
    Assistant,
    Untitled,
    /// One that the API gained after this was compiled.
    #[cynic(fallback)]
    Newer(String),
}

impl Title {
    fn words(&self) -> &str {
        match self {
            Title::Senior => "senior",
            Title::AssociateSenior => "associate senior",
            Title::Intermediate => "intermediate",
            Title::Junior => "junior",
            Title::Assistant => "assistant",
            Title::Untitled => "no title",
            Title::Newer(name) => name,
        }
    }
}

impl fmt::Display for StaffMember {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facility = self
            .facility
            .as_ref()
            .and_then(|facility| facility.name.as_deref());
        let name = self.name.as_ref().map(|name| name.0.as_str());
        let title = self.title.as_ref().map(Title::words);
        write!(
            text,
            "{}\t{}\t{}",
            name.unwrap_or("—"),
            title.unwrap_or("—"),
            facility.unwrap_or("—")
        )
    }
}
