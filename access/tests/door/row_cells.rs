// refused: E0616 cells
pub fn cells(row: &access::Row<entity::facility::Entity>) {
    let _ = &row.cells;
}
