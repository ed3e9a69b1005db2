//! Beijing: its community health facilities, their staff, and the national
//! hospital that stands in one of its districts.

pub(super) mod facilities;
pub(super) mod national_hospital;
pub(super) mod staff;
