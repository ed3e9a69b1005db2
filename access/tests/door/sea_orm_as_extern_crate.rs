// refused: E0463 sea_orm
extern crate sea_orm;
