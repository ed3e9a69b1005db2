// refused: E0432 sea_orm
use access::sea_orm::EntityTrait as _;
