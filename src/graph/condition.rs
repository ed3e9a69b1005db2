//! Conditions on values, and how the fields of a filter come together.

use access::{AccessError, Column, Datum, Filter, Interval, Resource, Test};
use async_graphql::{ID, InputObject, InputType};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    division::DivisionFilter, employment::EmploymentFilter, enrollment::EnrollmentFilter,
    error::invalid, facility::FacilityFilter, id, partnership_activity::PartnershipActivityFilter,
    partnership_module::PartnershipModuleFilter, partnership_party::PartnershipPartyFilter,
    partnership_project::PartnershipProjectFilter, partnership_site::PartnershipSiteFilter,
    program::ProgramFilter, record::Conditions, staff_member::StaffMemberFilter,
    stage::StageFilter,
};

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
    concrete(name = "EducationFilter", params(entity::term::Education)),
    concrete(
        name = "ProfessionCategoryFilter",
        params(entity::term::ProfessionCategory)
    ),
    concrete(name = "TitleFilter", params(entity::term::Title)),
    concrete(name = "KeyPostFilter", params(entity::term::KeyPost)),
    concrete(name = "TenureFilter", params(entity::term::Tenure)),
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

impl<T: InputType + access::Term> ValueFilter for TermFilter<T> {
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

/// Conditions on a global id.
#[derive(Debug, Default, InputObject)]
pub(crate) struct IdFilter {
    /// Equal to this.
    eq: Option<ID>,
    /// One of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<ID>>,
}

/// Conditions on the records that refer to this one.
#[derive(Debug, Default, InputObject)]
#[graphql(
    concrete(name = "RelatedDivisionsFilter", params(DivisionFilter)),
    concrete(name = "RelatedFacilitiesFilter", params(FacilityFilter)),
    concrete(name = "RelatedStaffFilter", params(StaffMemberFilter)),
    concrete(name = "RelatedEmploymentsFilter", params(EmploymentFilter)),
    concrete(name = "RelatedProgramsFilter", params(ProgramFilter)),
    concrete(name = "RelatedStagesFilter", params(StageFilter)),
    concrete(name = "RelatedEnrollmentsFilter", params(EnrollmentFilter)),
    concrete(
        name = "RelatedPartnershipProjectsFilter",
        params(PartnershipProjectFilter)
    ),
    concrete(
        name = "RelatedPartnershipPartiesFilter",
        params(PartnershipPartyFilter)
    ),
    concrete(
        name = "RelatedPartnershipModulesFilter",
        params(PartnershipModuleFilter)
    ),
    concrete(name = "RelatedPartnershipSitesFilter", params(PartnershipSiteFilter)),
    concrete(
        name = "RelatedPartnershipActivitiesFilter",
        params(PartnershipActivityFilter)
    )
)]
pub(crate) struct Related<F: InputType> {
    /// At least one that you may see meets this.
    some: Option<F>,
    /// None that you may see meets this.
    none: Option<F>,
}

/// The conditions of a filter that must all be met.
pub(crate) struct Met<E: Resource>(Vec<Filter<E>>);

impl<E: Resource> Met<E> {
    pub(crate) fn new() -> Met<E> {
        Met(Vec::new())
    }

    pub(crate) fn all(self) -> Filter<E> {
        Filter::all(self.0)
    }

    pub(crate) fn and<F>(&mut self, filters: Option<Vec<F>>) -> Result<(), AccessError>
    where
        F: Conditions<Entity = E>,
    {
        if let Some(filters) = filters {
            self.0.push(Filter::all(each(filters)?));
        }
        Ok(())
    }

    pub(crate) fn or<F>(&mut self, filters: Option<Vec<F>>) -> Result<(), AccessError>
    where
        F: Conditions<Entity = E>,
    {
        if let Some(filters) = filters {
            self.0.push(Filter::any(each(filters)?));
        }
        Ok(())
    }

    pub(crate) fn not<F>(&mut self, filter: Option<Box<F>>) -> Result<(), AccessError>
    where
        F: Conditions<Entity = E>,
    {
        if let Some(filter) = filter {
            self.0.push(filter.filter()?.negate());
        }
        Ok(())
    }

    pub(crate) fn id(
        &mut self,
        column: Column<E>,
        type_name: &str,
        filter: Option<IdFilter>,
    ) -> Result<(), AccessError> {
        let Some(filter) = filter else { return Ok(()) };
        if let Some(id) = &filter.eq {
            let test = Test::Equals(id::key_of(type_name, id)?.into());
            self.0.push(Filter::column(column, test));
        }
        if let Some(ids) = &filter.one_of {
            let keys = ids.iter().map(|id| Ok(id::key_of(type_name, id)?.into()));
            let test = Test::In(keys.collect::<Result<_, AccessError>>()?);
            self.0.push(Filter::column(column, test));
        }
        Ok(())
    }

    pub(crate) fn value(
        &mut self,
        column: Column<E>,
        filter: Option<impl ValueFilter>,
    ) -> Result<(), AccessError> {
        if let Some(filter) = filter {
            let tests = filter.tests()?.into_iter();
            self.0
                .extend(tests.map(|test| Filter::column(column, test)));
        }
        Ok(())
    }

    pub(crate) fn one<F: Conditions>(
        &mut self,
        column: Column<E>,
        filter: Option<Box<F>>,
    ) -> Result<(), AccessError> {
        if let Some(filter) = filter {
            self.0.push(Filter::one(column, filter.filter()?));
        }
        Ok(())
    }

    pub(crate) fn many<F: Conditions + InputType>(
        &mut self,
        link: Column<F::Entity>,
        related: Option<Box<Related<F>>>,
    ) -> Result<(), AccessError> {
        let Some(related) = related else {
            return Ok(());
        };
        if let Some(filter) = related.some {
            self.0.push(Filter::some(link, filter.filter()?));
        }
        if let Some(filter) = related.none {
            self.0.push(Filter::some(link, filter.filter()?).negate());
        }
        Ok(())
    }
}

fn each<F: Conditions>(filters: Vec<F>) -> Result<Vec<Filter<F::Entity>>, AccessError> {
    filters.into_iter().map(Conditions::filter).collect()
}

fn data<T: Into<Datum>>(values: Vec<T>) -> Vec<Datum> {
    values.into_iter().map(Into::into).collect()
}
