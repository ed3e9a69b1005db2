// refused: E0117 outside of the crate
impl access::Resource for entity::secret::Entity {
    const KIND: access::Kind = access::Kind::Division;
}
