//! Terms of people and their posts.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;

/// Sex of a person as recorded in the identity document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Sex {
    /// 女.
    Female,
    /// 男.
    Male,
}

/// Kind of identity document (身份证件种类).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum IdentityKind {
    /// 居民身份证.
    ResidentIdentityCard,
    /// 军官证.
    MilitaryOfficerCard,
    /// 护照.
    Passport,
    /// 港澳居民来往内地通行证.
    HongKongMacaoResidentPermit,
    /// 台湾居民来往大陆通行证.
    TaiwanResidentPermit,
}

/// Highest education (学历), highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Education {
    /// 研究生.
    Postgraduate,
    /// 大学本科.
    Bachelor,
    /// 大专.
    JuniorCollege,
    /// 中专.
    SecondaryVocational,
    /// 高中及以下.
    HighSchoolOrBelow,
}

/// Profession category (从事专业类别). Health technicians (卫生技术人员) are the categories LICENSED_PHYSICIAN to OTHER_HEALTH_TECHNICIAN, codes 11 to 69 of the survey form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum ProfessionCategory {
    /// 执业医师, code 11.
    LicensedPhysician,
    /// 执业助理医师, code 12.
    LicensedAssistantPhysician,
    /// 见习医师, code 13.
    TraineePhysician,
    /// 注册护士, code 21.
    RegisteredNurse,
    /// 助产士, code 22.
    Midwife,
    /// 西药师(士), code 31.
    WesternPharmacist,
    /// 中药师(士), code 32.
    TcmPharmacist,
    /// 检验技师(士), code 41.
    LaboratoryTechnician,
    /// 影像技师(士), code 42.
    ImagingTechnician,
    /// 卫生监督员, code 50.
    HealthSupervisor,
    /// 其他卫生技术人员, code 69.
    OtherHealthTechnician,
    /// 其他技术人员, code 70.
    OtherTechnician,
    /// 管理人员, code 80.
    Manager,
    /// 工勤技能人员, code 90.
    SupportWorker,
    /// 乡村医生, counted apart from the codes.
    VillageDoctor,
    /// 卫生员, counted apart from the codes.
    HealthWorker,
}

/// Professional title assessed (评聘职称, assessed). Senior titles are SENIOR and ASSOCIATE_SENIOR together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Title {
    /// 正高.
    Senior,
    /// 副高.
    AssociateSenior,
    /// 中级.
    Intermediate,
    /// 师级、助理.
    Junior,
    /// 士级.
    Assistant,
    /// 无职称: no title.
    Untitled,
}

/// Key post of primary care that an employment fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum KeyPost {
    /// 全科医疗: general practice.
    GeneralPractice,
    /// 中医: traditional Chinese medicine.
    Tcm,
    /// 康复: rehabilitation.
    Rehabilitation,
    /// 护理: nursing.
    Nursing,
    /// 预防保健: preventive care.
    PreventiveCare,
    /// 药学: pharmacy.
    Pharmacy,
    /// Any other post.
    Other,
}

/// Kind of tenure of an employment (用工性质).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Tenure {
    /// 编制内: on an establishment post.
    Established,
    /// 备案制: on a filed post.
    Filed,
    /// 合同制: by contract.
    Contract,
    /// 临聘: temporary.
    Temporary,
    /// 返聘: re-employed after retirement.
    Reemployed,
    /// 劳务派遣: through a labour agency.
    Dispatched,
}

/// Arrangement by which a person works elsewhere than with the employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Deployment {
    /// 县管乡用: managed by the county, used in a township.
    CountyManagedTownshipUsed,
    /// 乡聘村用: employed by a township center, used in a village.
    TownshipEmployedVillageUsed,
    /// 派驻: posted.
    Posted,
}

/// What has been decided on a request that somebody come to work in a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum TransferStatus {
    /// Nothing yet.
    Pending,
    /// The person came.
    Accepted,
    /// The person does not come: it was declined, or taken back.
    Declined,
}
