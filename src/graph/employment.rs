//! employments: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::{Deployment, KeyPost, Tenure, Title};

use super::{
    change::changes,
    division::Division,
    facility::{Facility, FacilityFilter},
    person::Person,
    record::{filter, order, record},
    scalar::PersonalText,
    value::{BooleanFilter, DateFilter, DivisionScopeFilter, TermFilter, TextFilter},
};

record! {
    /// One employment of a person at a worksite, present or past.
    Employment(employment, EmploymentFilter, EmploymentOrder) {
        columns {
            /// The person's name, for who sees the employment and not the person.
            person_name: PersonalText = PersonName;
            /// Whether this is the main site, rather than a further one (多机构执业).
            main: bool = Main;
            /// First day.
            started_on: NaiveDate = StartedOn;
            /// Last day; null while it lasts.
            ended_on: NaiveDate = EndedOn;
        }
        kept { version active }
        terms {
            /// 用工性质: kind of tenure.
            tenure: Tenure = Tenure;
            /// Arrangement where employer and worksite differ.
            deployment: Deployment = Deployment;
            /// Key post that it fills.
            key_post: KeyPost = KeyPost;
            /// 聘: title engaged for.
            title_engaged: Title = TitleEngaged;
        }
        one {
            /// The person.
            person: Person = PersonId;
            /// Worksite, where heads are counted.
            facility: Facility = FacilityId;
            /// Facility that employs; often the worksite itself.
            employer: Facility = EmployerId;
            /// Division that administers the worksite.
            administered_by: Division = AdministeredBy;
            /// Division where the worksite stands.
            located_in: Division = LocatedIn;
        }
    }
}

filter! {
    /// Conditions on employments.
    EmploymentFilter for Employment(employment) {
        values {
            /// The person's name.
            person_name: TextFilter = PersonName;
            /// Main site.
            main: BooleanFilter = Main;
            /// Kind of tenure.
            tenure: TermFilter<Tenure> = Tenure;
            /// Arrangement.
            deployment: TermFilter<Deployment> = Deployment;
            /// Key post.
            key_post: TermFilter<KeyPost> = KeyPost;
            /// Title engaged for.
            title_engaged: TermFilter<Title> = TitleEngaged;
            /// First day.
            started_on: DateFilter = StartedOn;
            /// Last day.
            ended_on: DateFilter = EndedOn;
            /// Who administers the worksite.
            administered_by: DivisionScopeFilter = AdministeredBy;
            /// Where the worksite stands.
            located_in: DivisionScopeFilter = LocatedIn;
        }
        kept { active }
        one {
            /// Worksite.
            facility: FacilityFilter = FacilityId;
            /// Employer.
            employer: FacilityFilter = EmployerId;
        }
    }
}

order! {
    /// Orders of lists of employments.
    EmploymentOrder for employment {
        /// By the person's name.
        PersonNameAsc PersonNameDesc = PersonName;
        /// By first day.
        StartedOnAsc StartedOnDesc = StartedOn;
    }
}

changes! {
    EmploymentChanges of Employment(employment) gives EmploymentPayload { employment } {
        /// Changes an employment. Who leaves has a last day.
        update_employment(UpdateEmploymentInput);
        /// Takes an employment out of use: it was an error.
        deactivate_employment;
    }
    needed {
        values {
            /// First day.
            started_on: NaiveDate = StartedOn;
        }
        terms {
            /// Kind of tenure.
            tenure: Tenure = Tenure;
            /// Key post that it fills.
            key_post: KeyPost = KeyPost;
            /// Title engaged for.
            title_engaged: Title = TitleEngaged;
        }
        links {
            /// Facility that employs; often the worksite itself.
            employer: Facility = EmployerId;
        }
    }
    later {
        values {
            /// Last day, not before the first. What has ended does not begin again.
            ended_on: NaiveDate = EndedOn;
        }
    }
    optional {
        terms {
            /// Arrangement where employer and worksite differ.
            deployment: Deployment = Deployment;
        }
    }
    made by EmploymentCreation {
        /// Registers an employment of a person whose record one may change, at a worksite of
        /// one's own.
        create_employment(CreateEmploymentInput);
        fixed {
            values {
                /// Whether it is the main site, of which a person has one at a time, rather
                /// than a further one (多机构执业).
                main: bool = Main;
            }
            links {
                /// The person.
                person: Person = PersonId;
                /// Worksite, where heads are counted.
                facility: Facility = FacilityId;
            }
        }
    }
}
