//! Staff of a hospital.

use entity::term::{Education, KeyPost, ProfessionCategory, Title};

use super::{Profile, key_post, ordinary_title};
use crate::seed::chance::{Chance, Mix};

const TECHNICIANS: Mix<ProfessionCategory> = Mix {
    parts: &[
        (36, ProfessionCategory::LicensedPhysician),
        (2, ProfessionCategory::TraineePhysician),
        (2, ProfessionCategory::Midwife),
        (4, ProfessionCategory::WesternPharmacist),
        (2, ProfessionCategory::TcmPharmacist),
        (5, ProfessionCategory::LaboratoryTechnician),
        (4, ProfessionCategory::ImagingTechnician),
        (3, ProfessionCategory::OtherHealthTechnician),
    ],
    otherwise: ProfessionCategory::RegisteredNurse,
};
const NOT_TECHNICIANS: Mix<ProfessionCategory> = Mix {
    parts: &[
        (40, ProfessionCategory::Manager),
        (30, ProfessionCategory::OtherTechnician),
    ],
    otherwise: ProfessionCategory::SupportWorker,
};

const PHYSICIANS_EDUCATION: Mix<Education> = Mix {
    parts: &[
        (22, Education::Postgraduate),
        (10, Education::JuniorCollege),
    ],
    otherwise: Education::Bachelor,
};
const EDUCATION: Mix<Education> = Mix {
    parts: &[
        (3, Education::Postgraduate),
        (40, Education::JuniorCollege),
        (10, Education::SecondaryVocational),
    ],
    otherwise: Education::Bachelor,
};
const SENIORITY: Mix<Option<Title>> = Mix {
    parts: &[(6, Some(Title::Senior)), (18, Some(Title::AssociateSenior))],
    otherwise: None,
};

/// One of the staff, seven of eight a health technician.
pub(in crate::seed) fn staff(chance: &mut Chance) -> Profile {
    match chance.below(8) {
        0 => of(chance.among(&NOT_TECHNICIANS), chance),
        _ => technician(chance),
    }
}

/// One of the health technicians.
pub(in crate::seed) fn technician(chance: &mut Chance) -> Profile {
    of(chance.among(&TECHNICIANS), chance)
}

fn of(category: ProfessionCategory, chance: &mut Chance) -> Profile {
    let physician = category == ProfessionCategory::LicensedPhysician;
    let education = chance.among(if physician {
        &PHYSICIANS_EDUCATION
    } else {
        &EDUCATION
    });
    let senior = if physician {
        chance.among(&SENIORITY)
    } else {
        None
    };
    // A hospital's specialists don't fill a key post of primary care.
    let key_post = if physician {
        KeyPost::Other
    } else {
        key_post(category, chance)
    };
    let title = senior.unwrap_or_else(|| ordinary_title(category, chance));
    Profile {
        category,
        education,
        title,
        key_post,
    }
}
