//! Requests that somebody come to work elsewhere, as they stand with those who decide. They
//! are demonstration assumptions.

use entity::term::{Tenure, TransferStatus};
use entity::{clash, transfer};

use super::Dataset;
use super::calendar::day;
use super::division::Tree;
use super::donggang::Donggang;
use super::error::SeedError;
use super::person;
use super::register::append;

/// The key of a person whom no scale of the data has.
const NOBODY: i64 = 9_999_999;

/// Asks for one who works in Beijing and for one whom nobody knows at Donggang's hospital,
/// and lets one of Chaoyang's staff go there and one of the hospital's to Chaoyang.
pub(super) fn ask(data: &mut Dataset, tree: &Tree, donggang: &Donggang) -> Result<(), SeedError> {
    let hospital = donggang.hospital;
    let chaoyang = tree.at("110105")?.id;
    let mut districts = data
        .staff
        .iter()
        .filter(|row| row.administered_by == chaoyang);
    let [leaving, known] = [districts.next(), districts.next()].map(|row| row.cloned());
    let returning = data.staff.get(donggang.staff.start).cloned();
    let (Some(leaving), Some(known), Some(returning)) = (leaving, known, returning) else {
        return Err(SeedError::NoStaff("110105".to_owned()));
    };
    let released = [(leaving, hospital.administered_by), (returning, chaoyang)];
    for (staff, division) in released {
        append(&mut data.transfers, |id| transfer::Model {
            division_id: division,
            person_id: Some(staff.person_id),
            name: staff.name.clone(),
            from_id: Some(staff.facility_id),
            released_by: Some(staff.administered_by),
            ..blank(id)
        });
    }
    for key in [known.person_id, NOBODY] {
        let candidate = person::invented(key);
        let request = append(&mut data.transfers, |id| transfer::Model {
            division_id: hospital.administered_by,
            name: candidate.name,
            facility_id: Some(hospital.facility_id),
            tenure: Some(Tenure::Established),
            key_post: Some(known.key_post),
            title_engaged: Some(known.title),
            sex: Some(candidate.sex),
            identity_kind: candidate.identity_kind,
            identity_number: candidate.identity_number,
            profession_category: Some(known.profession_category),
            education: Some(known.education),
            title: Some(known.title),
            ..blank(id)
        });
        if key == known.person_id {
            data.clashes.push(clash::Model::of(request, key));
        }
    }
    Ok(())
}

/// A request that says nothing yet.
fn blank(id: i64) -> transfer::Model {
    transfer::Model {
        id,
        division_id: 0,
        person_id: None,
        name: String::new(),
        from_id: None,
        released_by: None,
        starts_on: day(2027, 1, 1),
        facility_id: None,
        tenure: None,
        key_post: None,
        title_engaged: None,
        sex: None,
        identity_kind: None,
        identity_number: None,
        identity_number_digest: None,
        profession_category: None,
        education: None,
        title: None,
        status: TransferStatus::Pending,
        version: 1,
        active: true,
    }
}
