//! Terms of programs and partnership projects.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;

/// Kind of a program that trains or places people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum ProgramKind {
    /// An umbrella or a way that only groups other programs.
    Umbrella,
    /// 农村订单定向医学生: order-oriented rural medical students.
    OrderOriented,
    /// 医学毕业生特招: special recruitment of medical graduates.
    SpecialRecruitment,
    /// 全科医生特岗: special-post general practitioners.
    SpecialPost,
    /// 住院医师规范化培训: standardized residency.
    Residency,
    /// 岗位练兵: post-skills training.
    PostSkills,
    /// 继续医学教育: continuing education.
    ContinuingEducation,
    /// 乡村医生培训: training of village doctors.
    VillageDoctorTraining,
    /// 对口帮扶: counterpart assistance.
    CounterpartAssistance,
    /// 县医院能力建设: capability of county hospitals.
    CountyCapability,
}

/// Place of a program in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum ProgramTier {
    /// The top of a tree.
    Umbrella,
    /// A way within an umbrella.
    Way,
    /// A plan.
    Plan,
    /// A track of a plan.
    Track,
    /// One year's edition.
    Edition,
}

/// How far an enrollment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum EnrollmentStatus {
    /// Entered and under way.
    Entered,
    /// Completed and passed.
    Passed,
    /// Completed and failed.
    Failed,
    /// Withdrawn before completion.
    Withdrawn,
}

/// Place of a partnership project in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum ProjectTier {
    /// A line of projects.
    Line,
    /// A project.
    Project,
    /// One edition of a project.
    Edition,
}

/// Kind of agreement that a partnership project rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum AgreementKind {
    /// 战略合作备忘录: memorandum of cooperation.
    Memorandum,
    /// 合同: contract.
    Contract,
    /// The source names no agreement.
    NotStated,
}

/// Role of an organization in a partnership project, as the source states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum PartyRole {
    /// 发起方: initiator.
    Initiator,
    /// 签约方: signatory.
    Signatory,
    /// 主办方: host.
    Host,
    /// 支持方: supporter.
    Supporter,
    /// 协办方: co-organiser.
    CoOrganiser,
    /// 牵头专家单位: unit of a lead expert.
    LeadExpertUnit,
}

/// Kind of a partnership activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum ActivityKind {
    /// 高层研讨会: seminar.
    Seminar,
    /// 学术交流: academic exchange.
    AcademicExchange,
    /// 案例分享: case sharing.
    CaseSharing,
    /// 培训: training.
    Training,
    /// 总结会: review.
    Review,
}
