// refused: E0616 database
pub fn connection(system: &access::System) {
    let _ = &system.database;
}
