#include "libs/events/migrations.h"

#include "services/event_bus/store/sql.h"
#include "services/events/store/sql.h"

namespace continuo::events {

std::span<const postgres::Migration> Migrations() { return sql::migrations(); }
std::span<const postgres::Migration> BusMigrations() { return event_bus::sql::migrations(); }

}  // namespace continuo::events
