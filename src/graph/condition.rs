//! Conditions on ids and related records, and how the fields of a filter come
//! together.

use access::{AccessError, Column, Filter, Resource, Test};
use async_graphql::{ID, InputObject, InputType};

use super::{
    clash::ClashFilter,
    division::DivisionFilter,
    employment::EmploymentFilter,
    enrollment::EnrollmentFilter,
    facility::FacilityFilter,
    id,
    partnership_activity::PartnershipActivityFilter,
    partnership_module::PartnershipModuleFilter,
    partnership_party::PartnershipPartyFilter,
    partnership_project::PartnershipProjectFilter,
    partnership_site::PartnershipSiteFilter,
    program::ProgramFilter,
    record::Conditions,
    staff_member::StaffMemberFilter,
    stage::StageFilter,
    value::{ValueFilter, check},
};

/// Conditions on a global id.
#[derive(Debug, Default, InputObject)]
pub(crate) struct IdFilter {
    /// Equal to this.
    eq: Option<ID>,
    /// One of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<ID>>,
}

impl IdFilter {
    /// The ids of each of its conditions, any of which meets it.
    pub(super) fn conditions(self) -> impl Iterator<Item = Vec<ID>> {
        let eq = self.eq.map(|id| vec![id]);
        eq.into_iter().chain(self.one_of)
    }
}

/// Conditions on the records that refer to this one.
#[derive(Debug, Default, InputObject)]
#[graphql(
    concrete(name = "RelatedDivisionsFilter", params(DivisionFilter)),
    concrete(name = "RelatedClashesFilter", params(ClashFilter)),
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

    /// A condition on several columns.
    pub(crate) fn also(
        &mut self,
        filter: Option<Result<Filter<E>, AccessError>>,
    ) -> Result<(), AccessError> {
        self.0.extend(filter.transpose()?);
        Ok(())
    }

    pub(crate) fn value(
        &mut self,
        column: Column<E>,
        filter: Option<impl ValueFilter>,
    ) -> Result<(), AccessError> {
        if let Some(filter) = filter {
            for test in filter.tests()? {
                check(&test)?;
                self.0.push(Filter::column(column, test));
            }
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
