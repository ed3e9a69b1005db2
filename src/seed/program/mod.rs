//! Programs: Beijing's post-skills training, the national oncology training of
//! county hospitals, and Henan's talent project.

pub(super) mod county_oncology;
pub(super) mod post_skills;
pub(super) mod talent_project;
