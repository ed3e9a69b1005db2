// refused: E0451 database
pub fn open(system: access::System) {
    let access::System { database: _, keys: _ } = system;
}
