//! Terms of divisions, organizations and facilities.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;

/// Tier of a division in the administrative tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum DivisionLevel {
    /// 全国: the whole country.
    Nation,
    /// 省级: province, autonomous region or municipality.
    Province,
    /// 地级: prefecture or city at prefecture level.
    Prefecture,
    /// 县级: county, district or city at county level.
    County,
    /// 乡级: township, town or sub-district.
    Township,
}

impl DivisionLevel {
    /// The digit with which the keys of this level's divisions end.
    pub const fn digit(self) -> i64 {
        match self {
            DivisionLevel::Nation => 0,
            DivisionLevel::Province => 1,
            DivisionLevel::Prefecture => 2,
            DivisionLevel::County => 3,
            DivisionLevel::Township => 4,
        }
    }
}

/// What kind of node a division is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum DivisionKind {
    /// An ordinary administrative division.
    Ordinary,
    /// A code that only groups others (市辖区, directly administered counties); it holds no record of its own.
    Placeholder,
    /// 功能区: a development zone or the like that the statistics list as a division.
    FunctionalZone,
    /// A unit of the Xinjiang Production and Construction Corps (兵团).
    CorpsUnit,
    /// A body that administers facilities without being a place: a university, a zone's committee.
    Authority,
}

/// What kind of legal party an organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum OrganizationKind {
    /// 政府机关: a commission or another body of government.
    GovernmentBody,
    /// 事业单位: a public center under a government body.
    PublicCenter,
    /// 社会团体: an association.
    Association,
    /// 企业: a company.
    Company,
    /// 高等院校: a university.
    University,
    /// 医院法人: the legal person of a hospital.
    Hospital,
}

/// Type of a health facility (机构类别) in the terms of the national survey forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum FacilityType {
    /// 综合医院: general hospital.
    GeneralHospital,
    /// 中医医院: hospital of traditional Chinese medicine.
    TcmHospital,
    /// 专科医院: specialised hospital.
    SpecialisedHospital,
    /// 社区卫生服务中心: community health center.
    CommunityHealthCenter,
    /// 社区卫生服务站: community health station.
    CommunityHealthStation,
    /// 中心卫生院: central township health center.
    CentralTownshipHealthCenter,
    /// 乡卫生院: ordinary township health center.
    TownshipHealthCenter,
    /// 街道卫生院: sub-district health center.
    SubdistrictHealthCenter,
    /// 村卫生室: village clinic.
    VillageClinic,
    /// 门诊部、诊所: outpatient department or clinic.
    OutpatientClinic,
    /// 妇幼保健院: maternal and child health hospital.
    MaternalAndChildHospital,
    /// 疾病预防控制中心: center for disease control and prevention.
    DiseaseControlCenter,
}

/// Assessed level of a hospital (级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum FacilityLevel {
    /// 一级.
    First,
    /// 二级.
    Second,
    /// 三级: tertiary.
    Third,
    /// 未定级: not assessed.
    Ungraded,
}

/// Class within a level (等).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum FacilityClass {
    /// 甲等.
    A,
    /// 乙等.
    B,
    /// 丙等.
    C,
    /// 未定等: not assessed.
    Ungraded,
}

/// Body that runs a facility (设置/主办单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "Text",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum SponsorBody {
    /// 政府办: run by government.
    Government,
    /// 事业单位办: run by a public institution.
    PublicInstitution,
    /// 企业办: run by an enterprise.
    Enterprise,
    /// 社会团体办: run by a social organization.
    SocialOrganization,
    /// 个人办: run by an individual.
    Individual,
}
