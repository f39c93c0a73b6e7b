// The tables of libs/events. Schemas() goes into every service's schema, before its own migrations;
// bus migrations make the schema of the service `event_bus`, which the postgres transport needs.
//
//   Migrate({.admin_url = url, .service = "billing"}, {events::Migrations(), billing::sql::migrations()});
//   Migrate({.admin_url = url, .service = "event_bus"}, {events::BusMigrations()});
#pragma once

#include <span>

#include "libs/postgres/statement.h"

namespace continuo::events {

std::span<const postgres::Migration> Migrations();
std::span<const postgres::Migration> BusMigrations();

}  // namespace continuo::events
