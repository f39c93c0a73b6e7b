#include "libs/events/migrations.h"

#include "libs/event_bus/sql.h"
#include "libs/events/sql.h"

namespace continuo::events {

std::span<const postgres::Migration> Migrations() { return sql::migrations(); }
std::span<const postgres::Migration> BusMigrations() { return event_bus::sql::migrations(); }

}  // namespace continuo::events
