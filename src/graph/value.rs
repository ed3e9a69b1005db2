//! Conditions on values: texts, terms, numbers, days and divisions.

use access::{AccessError, Datum, Interval, Term, Test};
use async_graphql::{InputObject, InputType};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::error::invalid;

/// A condition on a value that some column holds.
pub(crate) trait ValueFilter {
    /// The tests that must all be met.
    fn tests(self) -> Result<Vec<Test>, AccessError>;
}

/// Conditions on a text. Texts are compared letter by letter, as they are written.
#[derive(Debug, Default, InputObject)]
pub(crate) struct TextFilter {
    /// Equal to this.
    eq: Option<String>,
    /// One of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Contains this.
    contains: Option<String>,
    /// Starts with this.
    starts_with: Option<String>,
    /// Has no value (true) or has one (false).
    is_null: Option<bool>,
}

impl ValueFilter for TextFilter {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let tests = [
            self.eq.map(|text| Test::Equals(text.into())),
            self.one_of.map(|texts| Test::In(data(texts))),
            self.contains.map(Test::Contains),
            self.starts_with.map(Test::StartsWith),
            self.is_null.map(Test::IsAbsent),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// Conditions on a personal value, which is found by its exact value alone.
#[derive(Debug, Default, InputObject)]
pub(crate) struct ExactFilter {
    /// Equal to this.
    eq: Option<String>,
    /// One of these, 20 at most.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Has no value (true) or has one (false).
    is_null: Option<bool>,
}

impl ValueFilter for ExactFilter {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let tests = [
            self.eq.map(|text| Test::Equals(text.into())),
            self.one_of.map(|texts| Test::In(data(texts))),
            self.is_null.map(Test::IsAbsent),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// Conditions on a term of a vocabulary.
#[derive(Debug, Default, InputObject)]
#[graphql(
    concrete(name = "DivisionLevelFilter", params(entity::term::DivisionLevel)),
    concrete(name = "DivisionKindFilter", params(entity::term::DivisionKind)),
    concrete(
        name = "OrganizationKindFilter",
        params(entity::term::OrganizationKind)
    ),
    concrete(name = "FacilityTypeFilter", params(entity::term::FacilityType)),
    concrete(name = "FacilityLevelFilter", params(entity::term::FacilityLevel)),
    concrete(name = "FacilityClassFilter", params(entity::term::FacilityClass)),
    concrete(name = "SponsorBodyFilter", params(entity::term::SponsorBody)),
    concrete(name = "SexFilter", params(entity::term::Sex)),
    concrete(name = "IdentityKindFilter", params(entity::term::IdentityKind)),
    concrete(name = "EducationFilter", params(entity::term::Education)),
    concrete(
        name = "ProfessionCategoryFilter",
        params(entity::term::ProfessionCategory)
    ),
    concrete(name = "TitleFilter", params(entity::term::Title)),
    concrete(name = "KeyPostFilter", params(entity::term::KeyPost)),
    concrete(name = "TenureFilter", params(entity::term::Tenure)),
    concrete(name = "TransferStatusFilter", params(entity::term::TransferStatus)),
    concrete(name = "DeploymentFilter", params(entity::term::Deployment)),
    concrete(name = "ProgramKindFilter", params(entity::term::ProgramKind)),
    concrete(name = "ProgramTierFilter", params(entity::term::ProgramTier)),
    concrete(
        name = "EnrollmentStatusFilter",
        params(entity::term::EnrollmentStatus)
    ),
    concrete(name = "ProjectTierFilter", params(entity::term::ProjectTier)),
    concrete(name = "AgreementKindFilter", params(entity::term::AgreementKind)),
    concrete(name = "PartyRoleFilter", params(entity::term::PartyRole)),
    concrete(name = "ActivityKindFilter", params(entity::term::ActivityKind))
)]
pub(crate) struct TermFilter<T: InputType> {
    /// Equal to this.
    eq: Option<T>,
    /// One of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<T>>,
    /// Has no value (true) or has one (false).
    is_null: Option<bool>,
}

impl<T: InputType + Term> ValueFilter for TermFilter<T> {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let terms = |terms: Vec<T>| terms.into_iter().map(Datum::of_term).collect();
        let tests = [
            self.eq.map(|term| Test::Equals(Datum::of_term(term))),
            self.one_of.map(|some| Test::In(terms(some))),
            self.is_null.map(Test::IsAbsent),
        ];
        Ok(tests.into_iter().flatten().collect())
    }
}

macro_rules! ordered {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Default, InputObject)]
            pub(crate) struct $name {
                /// Equal to this.
                eq: Option<$type>,
                /// One of these.
                #[graphql(name = "in")]
                one_of: Option<Vec<$type>>,
                /// Less than this.
                lt: Option<$type>,
                /// Less than this or equal.
                lte: Option<$type>,
                /// Greater than this.
                gt: Option<$type>,
                /// Greater than this or equal.
                gte: Option<$type>,
                /// Has no value (true) or has one (false).
                is_null: Option<bool>,
            }

            impl ValueFilter for $name {
                fn tests(self) -> Result<Vec<Test>, AccessError> {
                    let tests = [
                        self.eq.map(|value| Test::Equals(value.into())),
                        self.one_of.map(|values| Test::In(data(values))),
                        self.lt.map(|value| Test::Less(value.into())),
                        self.lte.map(|value| Test::AtMost(value.into())),
                        self.gt.map(|value| Test::Greater(value.into())),
                        self.gte.map(|value| Test::AtLeast(value.into())),
                        self.is_null.map(Test::IsAbsent),
                    ];
                    Ok(tests.into_iter().flatten().collect())
                }
            }
        )*
    };
}

ordered! {
    /// Conditions on a whole number.
    NumberFilter: i32;
    /// Conditions on a day.
    DateFilter: NaiveDate;
    /// Conditions on an instant.
    InstantFilter: DateTime<Utc>;
}

/// A condition on yes or no.
#[derive(Debug, Default, InputObject)]
pub(crate) struct BooleanFilter {
    /// Equal to this.
    eq: Option<bool>,
}

impl ValueFilter for BooleanFilter {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let test = self.eq.map(|value| Test::Equals(value.into()));
        Ok(test.into_iter().collect())
    }
}

/// Conditions on the division that a record belongs to.
#[derive(Debug, Default, InputObject)]
pub(crate) struct DivisionScopeFilter {
    /// The division with this statistical code or any below it: 2, 4, 6 or 9
    /// digits, `0` for the nation.
    within: Option<String>,
    /// Has no value (true) or has one (false).
    is_null: Option<bool>,
}

impl ValueFilter for DivisionScopeFilter {
    fn tests(self) -> Result<Vec<Test>, AccessError> {
        let within = self.within.map(|code| subtree(&code)).transpose()?;
        let tests = [within.map(Test::Within), self.is_null.map(Test::IsAbsent)];
        Ok(tests.into_iter().flatten().collect())
    }
}

/// The subtree of a statistical code.
pub(crate) fn subtree(code: &str) -> Result<Interval, AccessError> {
    Interval::of_code(code).ok_or_else(|| {
        invalid(format!(
            "{code:?} is not a division's code: it takes 2, 4, 6 or 9 digits, or 0 for the nation"
        ))
    })
}

/// Refuses values that no column can hold and that a database would choke on.
pub(crate) fn check(test: &Test) -> Result<(), AccessError> {
    let values = match test {
        Test::In(values) => values.as_slice(),
        Test::Equals(value)
        | Test::Less(value)
        | Test::AtMost(value)
        | Test::Greater(value)
        | Test::AtLeast(value) => std::slice::from_ref(value),
        Test::Contains(text) | Test::StartsWith(text) => return check_text(text),
        Test::IsAbsent(_) | Test::Within(_) => &[],
    };
    values.iter().try_for_each(|value| match value {
        Datum::Text(text) => check_text(text),
        Datum::Date(date) => check_year(date.year()),
        Datum::Instant(instant) => check_year(instant.year()),
        Datum::Integer(_) | Datum::Boolean(_) => Ok(()),
    })
}

fn check_text(text: &str) -> Result<(), AccessError> {
    if text.contains('\0') {
        return Err(invalid(
            "a text in a filter may not hold the character U+0000",
        ));
    }
    Ok(())
}

fn check_year(year: i32) -> Result<(), AccessError> {
    if (1..=9999).contains(&year) {
        return Ok(());
    }
    Err(invalid(format!(
        "the year {year} in a filter is not one from 1 to 9999"
    )))
}

fn data<T: Into<Datum>>(values: Vec<T>) -> Vec<Datum> {
    values.into_iter().map(Into::into).collect()
}
