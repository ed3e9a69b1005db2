//! Staff of a township health center, and village doctors.

use entity::term::{Education, KeyPost, ProfessionCategory, Title};

use super::{Profile, key_post, ordinary_title};
use crate::seed::chance::{Chance, Mix};

const CATEGORIES: Mix<ProfessionCategory> = Mix {
    parts: &[
        (22, ProfessionCategory::LicensedPhysician),
        (16, ProfessionCategory::LicensedAssistantPhysician),
        (2, ProfessionCategory::TraineePhysician),
        (2, ProfessionCategory::Midwife),
        (5, ProfessionCategory::WesternPharmacist),
        (3, ProfessionCategory::TcmPharmacist),
        (5, ProfessionCategory::LaboratoryTechnician),
        (4, ProfessionCategory::ImagingTechnician),
        (6, ProfessionCategory::OtherHealthTechnician),
        (2, ProfessionCategory::OtherTechnician),
        (3, ProfessionCategory::Manager),
        (4, ProfessionCategory::SupportWorker),
    ],
    otherwise: ProfessionCategory::RegisteredNurse,
};
const EDUCATION: Mix<Education> = Mix {
    parts: &[
        (26, Education::Bachelor),
        (28, Education::SecondaryVocational),
    ],
    otherwise: Education::JuniorCollege,
};
const VILLAGE_EDUCATION: Mix<Education> = Mix {
    parts: &[
        (25, Education::JuniorCollege),
        (15, Education::HighSchoolOrBelow),
    ],
    otherwise: Education::SecondaryVocational,
};

/// One of the center's staff; one physician in ten holds an associate senior title.
pub(in crate::seed) fn staff(chance: &mut Chance) -> Profile {
    let category = chance.among(&CATEGORIES);
    let senior = category == ProfessionCategory::LicensedPhysician && chance.below(10) == 0;
    Profile {
        category,
        education: chance.among(&EDUCATION),
        title: match senior {
            true => Title::AssociateSenior,
            false => ordinary_title(category, chance),
        },
        key_post: key_post(category, chance),
    }
}

/// A village doctor.
pub(in crate::seed) fn village_doctor(chance: &mut Chance) -> Profile {
    Profile {
        category: ProfessionCategory::VillageDoctor,
        education: chance.among(&VILLAGE_EDUCATION),
        title: Title::Untitled,
        key_post: KeyPost::GeneralPractice,
    }
}
