//! What users write of each kind of records, as the tests expect it: the fields of the
//! inputs, in the order in which they are looked at.

use access::Kind;
use entity::term::{
    ActivityKind, AgreementKind, Deployment, Education, EnrollmentStatus, FacilityClass,
    FacilityLevel, FacilityType, IdentityKind, KeyPost, ProfessionCategory, ProgramKind,
    ProgramTier, ProjectTier, Sex, SponsorBody, Tenure, Title,
};
use sea_orm::{ActiveEnum, Iterable};

use crate::{
    catalogue::{self, camel},
    oracle::Action,
};

pub(super) struct Form {
    pub(super) kind: Kind,
    /// Whether users make such records.
    pub(super) is_made: bool,
    pub(super) fields: &'static [Field],
}

#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) column: &'static str,
    pub(super) takes: Takes,
    pub(super) when: When,
}

#[derive(Clone, Copy)]
pub(super) enum Takes {
    Text,
    Number,
    Day,
    /// The terms of a vocabulary.
    Term(fn() -> Vec<String>),
    /// A record of a kind.
    Link(Kind),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Given for each record that is made, and never emptied.
    Needed,
    Optional,
    /// Given when a record is made, and not changed afterwards.
    Fixed,
    /// The same, where it may be left out.
    FixedOptional,
}

use Takes::{Day, Link, Number, Text};
use When::{Fixed, FixedOptional, Needed, Optional};

const fn field(column: &'static str, takes: Takes, when: When) -> Field {
    Field {
        column,
        takes,
        when,
    }
}

const fn term<T: Iterable + ActiveEnum<Value = String>>(column: &'static str, when: When) -> Field {
    let terms = || T::iter().map(|term| term.to_value()).collect();
    field(column, Takes::Term(terms), when)
}

pub(super) static FORMS: [Form; 9] = [
    Form {
        kind: Kind::Facility,
        is_made: true,
        fields: &[
            field("name", Text, Needed),
            term::<FacilityType>("facility_type", Needed),
            term::<FacilityLevel>("level", Needed),
            term::<FacilityClass>("class", Needed),
            term::<SponsorBody>("sponsor_body", Needed),
            field("located_in", Link(Kind::Division), Needed),
            field("administered_by", Link(Kind::Division), Needed),
            field("beds_approved", Number, Optional),
            field("beds_actual", Number, Optional),
            field("opened_on", Day, Optional),
            field("closed_on", Day, Optional),
            field("organization_id", Link(Kind::Organization), Optional),
            field("branch_of", Link(Kind::Facility), Optional),
            field("integrated_under", Link(Kind::Facility), Optional),
        ],
    },
    Form {
        kind: Kind::Person,
        is_made: false,
        fields: &[
            field("name", Text, Needed),
            term::<Sex>("sex", Needed),
            field("identity_number", Text, Optional),
            field("phone", Text, Optional),
            field("birth_date", Text, Optional),
            term::<IdentityKind>("identity_kind", Optional),
        ],
    },
    Form {
        kind: Kind::StaffMember,
        is_made: false,
        fields: &[
            term::<ProfessionCategory>("profession_category", Needed),
            term::<Education>("education", Needed),
            term::<Title>("title", Needed),
        ],
    },
    Form {
        kind: Kind::Employment,
        is_made: false,
        fields: &[
            field("started_on", Day, Needed),
            field("ended_on", Day, Needed),
            term::<Tenure>("tenure", Needed),
            term::<KeyPost>("key_post", Needed),
            term::<Title>("title_engaged", Needed),
            field("employer_id", Link(Kind::Facility), Needed),
            term::<Deployment>("deployment", Optional),
        ],
    },
    Form {
        kind: Kind::Program,
        is_made: true,
        fields: &[
            field("division_id", Link(Kind::Division), Fixed),
            field("code", Text, Needed),
            field("name", Text, Needed),
            term::<ProgramKind>("kind", Needed),
            term::<ProgramTier>("tier", Needed),
            field("host_id", Link(Kind::Organization), Needed),
            field("starts_on", Day, Optional),
            field("ends_on", Day, Optional),
            field("target", Number, Optional),
            field("parent_id", Link(Kind::Program), Optional),
            field("supported_by", Link(Kind::PartnershipProject), Optional),
        ],
    },
    Form {
        kind: Kind::Stage,
        is_made: true,
        fields: &[
            field("program_id", Link(Kind::Program), Fixed),
            field("ordinal", Number, Needed),
            field("name", Text, Needed),
        ],
    },
    Form {
        kind: Kind::Enrollment,
        is_made: true,
        fields: &[
            field("entered_on", Day, Fixed),
            field("program_id", Link(Kind::Program), Fixed),
            field("person_id", Link(Kind::Person), Fixed),
            field("facility_id", Link(Kind::Facility), FixedOptional),
            field("division_id", Link(Kind::Division), FixedOptional),
            term::<EnrollmentStatus>("status", Needed),
            field("ended_on", Day, Optional),
            field("score", Number, Optional),
            field("stage_id", Link(Kind::Stage), Optional),
        ],
    },
    Form {
        kind: Kind::PartnershipProject,
        is_made: true,
        fields: &[
            field("name", Text, Needed),
            term::<ProjectTier>("tier", Needed),
            term::<AgreementKind>("agreement_kind", Needed),
            field("signed_on", Day, Optional),
            field("signed_at", Text, Optional),
            field("agreement_ends_on", Day, Optional),
            field("parent_id", Link(Kind::PartnershipProject), Optional),
        ],
    },
    Form {
        kind: Kind::PartnershipActivity,
        is_made: true,
        fields: &[
            field("project_id", Link(Kind::PartnershipProject), Fixed),
            field("name", Text, Needed),
            field("held_on", Day, Needed),
            field("place", Text, Needed),
            term::<ActivityKind>("kind", Needed),
            field("module_id", Link(Kind::PartnershipModule), Optional),
        ],
    },
];

/// The form of a kind that users write.
pub(super) fn of(kind: Kind) -> &'static Form {
    let form = FORMS.iter().find(|form| form.kind == kind);
    form.expect("a kind that users write")
}

impl Form {
    /// The fields of the input for this action.
    pub(super) fn of(&self, action: Action) -> impl Iterator<Item = &'static Field> {
        let is_taken = move |field: &&Field| match action {
            Action::Create => true,
            Action::Update => matches!(field.when, Needed | Optional),
            Action::Deactivate => false,
        };
        self.fields.iter().filter(is_taken)
    }

    /// The name of the mutation.
    pub(super) fn mutation(&self, action: Action) -> String {
        format!("{}{}", action.name(), catalogue::of(self.kind).name)
    }

    /// The field of the answer that shows the record.
    pub(super) fn shown(&self) -> String {
        let name = catalogue::of(self.kind).name;
        name[..1].to_lowercase() + &name[1..]
    }
}

impl Field {
    /// Its name in inputs, for records of the kind.
    pub(super) fn name(&self, kind: Kind) -> String {
        let mut ones = catalogue::of(kind).ones.iter();
        match ones.find(|one| one.column == self.column) {
            Some(one) => one.field.to_owned(),
            None => camel(self.column),
        }
    }
}
