// `continuo migrate`: roles, schemas and tables of every service, and the event bus.
#include <cstdio>
#include <fstream>

#include "continuo/commands.h"
#include "continuo/services.h"
#include "libs/access/access.h"
#include "libs/calendar/zone.h"
#include "libs/events/migrations.h"
#include "libs/postgres/business_clock.h"
#include "libs/postgres/database.h"
#include "libs/postgres/migrate.h"

namespace continuo {
namespace {

std::string AdminUrl(const std::string& url, const std::string& role) {
  return role.empty() ? url : url + " user=" + role;
}

void Report(const std::string& service, const postgres::MigrateReport& report) {
  for (const auto& title : report.applied) {
    std::printf("%s: %s\n", service.c_str(), title.c_str());
  }
}

// One instant for all services.
Result<void> StartClock(const runtime::Config& config, const std::string& service,
                        calendar::Instant at) {
  postgres::Database database(
      {.service = service, .url = config.UrlOf(service), .worker_connections = 1});
  return database.Work(rpc::Call::AsService(service, ""),
                       [&](postgres::Transaction& tx) -> Result<void> {
                         postgres::StartBusinessClock(tx, at);
                         return {};
                       });
}

}  // namespace

int MigrateAll(const runtime::Config& config, const MigrateOptions& options) {
  const auto selected = SelectServices(options.services);
  if (!selected) {
    std::fprintf(stderr, "%s\n", selected.error().message.c_str());
    return 2;
  }
  calendar::Instant clock =
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  if (!options.clock.empty()) {
    const auto parsed = calendar::ParseInstant(options.clock);
    if (!parsed) {
      std::fprintf(stderr, "--clock must be an instant like 2026-01-01T09:00:00Z.\n");
      return 2;
    }
    clock = *parsed;
  }
  Report("event_bus",
         postgres::Migrate({.admin_url = AdminUrl(config.EventsUrl(), options.admin_role),
                            .service = "event_bus"},
                           {events::BusMigrations()}));
  for (const auto& service : selected->services) {
    const postgres::MigrateConfig target{
        .admin_url = AdminUrl(config.UrlOf(service.name), options.admin_role),
        .service = service.name};
    const auto access =
        service.holds_account_data ? access::Migrations() : std::span<const postgres::Migration>();
    Report(service.name,
           postgres::Migrate(target, {events::Migrations(), access, service.migrations}));
    if (!config.sandbox()) continue;
    if (const auto started = StartClock(config, service.name, clock); !started) {
      std::fprintf(stderr, "%s\n", started.error().message.c_str());
      return 1;
    }
  }
  return 0;
}

}  // namespace continuo
