//! Beijing's community health staff.

use entity::term::{Education, ProfessionCategory, Title};

use super::{Profile, key_post, ordinary_title};
use crate::seed::chance::{Chance, Mix};

/// Education and senior title of a thousand health technicians: 570 hold a bachelor's degree or higher, 91 a senior title.
const THOUSAND: Mix<(Education, Option<Title>)> = Mix {
    parts: &[
        (4, (Education::Postgraduate, Some(Title::Senior))),
        (8, (Education::Postgraduate, Some(Title::AssociateSenior))),
        (33, (Education::Postgraduate, None)),
        (6, (Education::Bachelor, Some(Title::Senior))),
        (54, (Education::Bachelor, Some(Title::AssociateSenior))),
        (465, (Education::Bachelor, None)),
        (19, (Education::JuniorCollege, Some(Title::AssociateSenior))),
        (311, (Education::JuniorCollege, None)),
    ],
    otherwise: (Education::SecondaryVocational, None),
};

/// Prime to a thousand and near its golden section, so that any few neighbours fall all over the thousand and each thousand is complete.
const STRIDE: u64 = 619;

const SENIORS: Mix<ProfessionCategory> = Mix {
    parts: &[
        (24, ProfessionCategory::RegisteredNurse),
        (5, ProfessionCategory::WesternPharmacist),
        (4, ProfessionCategory::TcmPharmacist),
        (4, ProfessionCategory::LaboratoryTechnician),
        (3, ProfessionCategory::ImagingTechnician),
    ],
    otherwise: ProfessionCategory::LicensedPhysician,
};
const GRADUATES: Mix<ProfessionCategory> = Mix {
    parts: &[
        (25, ProfessionCategory::RegisteredNurse),
        (1, ProfessionCategory::TraineePhysician),
        (6, ProfessionCategory::WesternPharmacist),
        (4, ProfessionCategory::TcmPharmacist),
        (5, ProfessionCategory::LaboratoryTechnician),
        (3, ProfessionCategory::ImagingTechnician),
        (11, ProfessionCategory::OtherHealthTechnician),
    ],
    otherwise: ProfessionCategory::LicensedPhysician,
};
const OTHERS: Mix<ProfessionCategory> = Mix {
    parts: &[
        (20, ProfessionCategory::LicensedPhysician),
        (15, ProfessionCategory::LicensedAssistantPhysician),
        (1, ProfessionCategory::Midwife),
        (6, ProfessionCategory::WesternPharmacist),
        (4, ProfessionCategory::TcmPharmacist),
        (5, ProfessionCategory::LaboratoryTechnician),
        (3, ProfessionCategory::ImagingTechnician),
        (10, ProfessionCategory::OtherHealthTechnician),
    ],
    otherwise: ProfessionCategory::RegisteredNurse,
};

const NOT_TECHNICIANS: Mix<ProfessionCategory> = Mix {
    parts: &[
        (38, ProfessionCategory::OtherTechnician),
        (27, ProfessionCategory::Manager),
    ],
    otherwise: ProfessionCategory::SupportWorker,
};
const THEIR_EDUCATION: Mix<Education> = Mix {
    parts: &[
        (35, Education::Bachelor),
        (35, Education::JuniorCollege),
        (15, Education::SecondaryVocational),
    ],
    otherwise: Education::HighSchoolOrBelow,
};

/// The health technician with this position among all.
pub(in crate::seed) fn technician(position: u64, chance: &mut Chance) -> Profile {
    let (education, senior) = THOUSAND.at(position * STRIDE % 1_000);
    let graduate = matches!(education, Education::Postgraduate | Education::Bachelor);
    let category = chance.among(match (senior, graduate) {
        (Some(_), _) => &SENIORS,
        (None, true) => &GRADUATES,
        (None, false) => &OTHERS,
    });
    Profile {
        category,
        education,
        title: senior.unwrap_or_else(|| ordinary_title(category, chance)),
        key_post: key_post(category, chance),
    }
}

/// One of the other staff.
pub(in crate::seed) fn other(chance: &mut Chance) -> Profile {
    let category = chance.among(&NOT_TECHNICIANS);
    Profile {
        category,
        education: chance.among(&THEIR_EDUCATION),
        title: ordinary_title(category, chance),
        key_post: key_post(category, chance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::profile::is_health_technician;

    #[test]
    fn any_thousand_hold_the_shares() {
        let thousand: Vec<Profile> = (3_000..4_000)
            .map(|position| technician(position, &mut Chance::of("test", position as i64)))
            .collect();
        let count = |test: fn(&Profile) -> bool| thousand.iter().filter(|one| test(one)).count();
        assert_eq!(count(|one| is_health_technician(one.category)), 1_000);
        let graduate =
            |one: &Profile| matches!(one.education, Education::Postgraduate | Education::Bachelor);
        assert_eq!(count(graduate), 570);
        let senior = |one: &Profile| matches!(one.title, Title::Senior | Title::AssociateSenior);
        assert_eq!(count(senior), 91);
    }
}
