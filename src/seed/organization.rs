//! The legal parties, all of them named in the sources but for the university.
//! None carries a credit code, since no source gives one.

use entity::organization;
use entity::term::OrganizationKind;

use super::Dataset;
use super::division::{NATION, Tree};
use super::error::SeedError;
use super::register::append;

/// Keys of the parties.
pub(super) struct Organizations {
    pub(super) capacity_center: i64,
    pub(super) talent_exchange_center: i64,
    pub(super) equipment_association: i64,
    pub(super) novartis: i64,
    pub(super) astrazeneca: i64,
    pub(super) beijing_commission: i64,
    pub(super) henan_commission: i64,
    pub(super) friendship_hospital: i64,
    pub(super) donggang_hospital: i64,
    pub(super) university: i64,
}

impl Organizations {
    /// Adds the parties; a seat stands where the source gives it, or the name.
    pub(super) fn found(data: &mut Dataset, tree: &Tree) -> Result<Self, SeedError> {
        let seat = |code| tree.at(code).map(|division| Some(division.id));
        let (beijing, henan) = (seat("11")?, seat("41")?);
        let (chaoyang, haidian, donggang) = (seat("110105")?, seat("110108")?, seat("210681")?);
        let nation = Some(NATION);
        let mut found = |name: &str, kind, division_id| {
            append(&mut data.organizations, |id| organization::Model {
                id,
                name: name.to_owned(),
                kind,
                credit_code: None,
                division_id,
            })
        };
        use OrganizationKind::{
            Association, Company, GovernmentBody, Hospital, PublicCenter, University,
        };
        found("国家卫生健康委员会", GovernmentBody, nation);
        Ok(Self {
            capacity_center: found("国家卫生健康委能力建设和继续教育中心", PublicCenter, nation),
            talent_exchange_center: found("国家卫生健康委人才交流服务中心", PublicCenter, nation),
            equipment_association: found("中国医学装备协会", Association, None),
            novartis: found("诺华中国", Company, None),
            astrazeneca: found("阿斯利康中国", Company, None),
            beijing_commission: found("北京市卫生健康委员会", GovernmentBody, beijing),
            henan_commission: found("河南省卫生健康委员会", GovernmentBody, henan),
            friendship_hospital: found("中日友好医院", Hospital, chaoyang),
            donggang_hospital: found("东港市中心医院", Hospital, donggang),
            university: found("北京大学", University, haidian),
        })
    }
}
