//! What a member of staff is: profession, education, title and key post. The
//! mixtures are demonstration assumptions; the two shares that a source states
//! are exact, in [`community`].

pub(super) mod community;
pub(super) mod hospital;
pub(super) mod township;

use entity::term::{Education, KeyPost, ProfessionCategory, Title};

use super::chance::{Chance, Mix};

/// What a member of staff is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Profile {
    pub(super) category: ProfessionCategory,
    pub(super) education: Education,
    pub(super) title: Title,
    pub(super) key_post: KeyPost,
}

/// Whether the category is one of the health technicians (卫生技术人员), codes 11 to 69.
pub(super) const fn is_health_technician(category: ProfessionCategory) -> bool {
    !matches!(
        category,
        ProfessionCategory::OtherTechnician
            | ProfessionCategory::Manager
            | ProfessionCategory::SupportWorker
            | ProfessionCategory::VillageDoctor
            | ProfessionCategory::HealthWorker
    )
}

/// Titles of those who hold no senior one.
const PHYSICIAN_TITLES: Mix<Title> = Mix {
    parts: &[(42, Title::Intermediate), (4, Title::Untitled)],
    otherwise: Title::Junior,
};
const TECHNICIAN_TITLES: Mix<Title> = Mix {
    parts: &[
        (30, Title::Intermediate),
        (26, Title::Assistant),
        (4, Title::Untitled),
    ],
    otherwise: Title::Junior,
};

/// A title below the senior ones that fits the category.
fn ordinary_title(category: ProfessionCategory, chance: &mut Chance) -> Title {
    match category {
        ProfessionCategory::LicensedPhysician => chance.among(&PHYSICIAN_TITLES),
        ProfessionCategory::LicensedAssistantPhysician => Title::Assistant,
        ProfessionCategory::TraineePhysician
        | ProfessionCategory::SupportWorker
        | ProfessionCategory::VillageDoctor
        | ProfessionCategory::HealthWorker => Title::Untitled,
        _ => chance.among(&TECHNICIAN_TITLES),
    }
}

const PHYSICIAN_POSTS: Mix<KeyPost> = Mix {
    parts: &[
        (20, KeyPost::Tcm),
        (13, KeyPost::PreventiveCare),
        (5, KeyPost::Rehabilitation),
    ],
    otherwise: KeyPost::GeneralPractice,
};
const NURSE_POSTS: Mix<KeyPost> = Mix {
    parts: &[(9, KeyPost::PreventiveCare)],
    otherwise: KeyPost::Nursing,
};
const OTHER_POSTS: Mix<KeyPost> = Mix {
    parts: &[(40, KeyPost::PreventiveCare), (35, KeyPost::Rehabilitation)],
    otherwise: KeyPost::Other,
};

/// A key post of primary care that fits the category.
fn key_post(category: ProfessionCategory, chance: &mut Chance) -> KeyPost {
    match category {
        ProfessionCategory::LicensedPhysician
        | ProfessionCategory::LicensedAssistantPhysician
        | ProfessionCategory::TraineePhysician => chance.among(&PHYSICIAN_POSTS),
        ProfessionCategory::RegisteredNurse => chance.among(&NURSE_POSTS),
        ProfessionCategory::WesternPharmacist | ProfessionCategory::TcmPharmacist => {
            KeyPost::Pharmacy
        }
        ProfessionCategory::OtherHealthTechnician => chance.among(&OTHER_POSTS),
        ProfessionCategory::VillageDoctor => KeyPost::GeneralPractice,
        _ => KeyPost::Other,
    }
}
