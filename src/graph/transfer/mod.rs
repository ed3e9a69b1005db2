//! transfers: the type, its filter and its orders.

mod change;

use chrono::NaiveDate;
use entity::term::{
    Education, IdentityKind, KeyPost, ProfessionCategory, Sex, Tenure, Title, TransferStatus,
};

pub(crate) use change::TransferChanges;

use super::{
    clash::{Clash, ClashFilter},
    division::Division,
    facility::{Facility, FacilityFilter},
    person::Person,
    record::{filter, order, record},
    scalar::PersonalText,
    value::{BooleanFilter, DateFilter, DivisionScopeFilter, TermFilter, TextFilter},
};

record! {
    /// A request that a person come to work in a division: one of the staff of another, who
    /// lets the person go, or whoever has an identity number.
    Transfer(transfer, TransferFilter, TransferOrder) {
        columns {
            /// The person's name.
            name: PersonalText = Name;
            /// First day at the new worksite.
            starts_on: NaiveDate = StartsOn;
            /// 身份证件号码: number of the identity document of who is to be hired.
            identity_number: PersonalText = IdentityNumber;
            /// How often it has been written; a decision names the version that it is based on.
            version: i32 = Version;
            /// Whether it is still to be decided; what is decided stays as it is.
            active: bool = Active;
        }
        terms {
            /// What has been decided.
            status: TransferStatus = Status;
            /// Kind of tenure at the new worksite.
            tenure: Tenure = Tenure;
            /// Key post that is to be filled there.
            key_post: KeyPost = KeyPost;
            /// 聘: title that the person is to be engaged for.
            title_engaged: Title = TitleEngaged;
            /// Sex of who is to be hired.
            sex: Sex = Sex;
            /// 身份证件种类: what identity document the number is of.
            identity_kind: IdentityKind = IdentityKind;
            /// 从事专业类别: profession category of who is to be hired.
            profession_category: ProfessionCategory = ProfessionCategory;
            /// 学历: highest education of who is to be hired.
            education: Education = Education;
            /// Title assessed (评) of who is to be hired.
            title: Title = Title;
        }
        one {
            /// Division that the person is to come to.
            division: Division = DivisionId;
            /// The new worksite: of staff as soon as the request is accepted.
            facility: Facility = FacilityId;
            /// The person, where it is one of the staff who is let go.
            person: Person = PersonId;
            /// Worksite that the person is let go from.
            from: Facility = FromId;
            /// Division that administered that worksite when it let the person go: what it
            /// agreed to holds for as long as the worksite is its own.
            released_by: Division = ReleasedBy;
        }
        many {
            /// Who is known already under the identity number of who is to be hired, where
            /// that lies in your division as the request does. That there is none here says
            /// nothing of elsewhere.
            clashes: Clash = clash TransferId;
        }
    }
}

filter! {
    /// Conditions on transfers.
    TransferFilter for Transfer(transfer) {
        values {
            /// The person's name.
            name: TextFilter = Name;
            /// First day at the new worksite.
            starts_on: DateFilter = StartsOn;
            /// What has been decided.
            status: TermFilter<TransferStatus> = Status;
            /// Division that the person is to come to.
            division: DivisionScopeFilter = DivisionId;
            /// Whether it is still to be decided.
            active: BooleanFilter = Active;
        }
        one {
            /// The new worksite.
            facility: FacilityFilter = FacilityId;
            /// Worksite that the person is let go from.
            from: FacilityFilter = FromId;
        }
        many {
            /// Who is known already under the identity number.
            clashes: ClashFilter = clash TransferId;
        }
    }
}

order! {
    /// Orders of lists of transfers.
    TransferOrder for transfer {
        /// By first day.
        StartsOnAsc StartsOnDesc = StartsOn;
        /// By the person's name.
        NameAsc NameDesc = Name;
    }
}
