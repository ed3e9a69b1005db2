// refused: E0432 sea_orm
use sea_orm::EntityTrait as _;
