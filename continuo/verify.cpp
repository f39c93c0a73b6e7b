// `continuo verify`: the laws over all schemas, each with its figures.
//
// A law is one SQL file in continuo/laws: its first line says it in a sentence, and it answers one row
// (checked, broken, example). Reading several schemas at once is right here and nowhere else: the
// laws are what holds between the services. They need one database, and a role that may read it all.
#include <cstdio>

#include "continuo/commands.h"
#include "continuo/laws/laws.h"
#include "continuo/services.h"
#include "libs/postgres/database.h"
#include "libs/postgres/snapshot.h"
#include "services/directory/audit_chain.h"
#include "services/laws/store/sql.h"

namespace continuo {
namespace {

bool AuditChainHolds(const runtime::Config& config) {
  postgres::Database database({.service = "directory",
                               .url = config.UrlOf("directory"),
                               .api_connections = 1,
                               .worker_connections = 1});
  const auto report =
      directory::VerifyAuditChain(database, rpc::Call::AsService("directory", ""));
  const bool holds = report && !report->broken_at;
  std::printf("%s  The audit chain verifies: %lld entries%s\n", holds ? "holds " : "BROKEN",
              report ? static_cast<long long>(report->entries) : 0LL,
              holds ? "" : ", broken");
  return holds;
}

}  // namespace

int Verify(const runtime::Config& config, const VerifyOptions& options) {
  const std::string url = config.postgres.url +
                          (options.admin_role.empty() ? "" : " user=" + options.admin_role);
  postgres::Snapshot snapshot(url);
  std::vector<std::string> services;
  for (const auto& service : AllServices()) services.push_back(service.name);
  int held = 0, broken = 0;
  for (const auto* law : laws::sql::statements()) {
    const auto rows = snapshot.Read(laws::ForServices(law->text, services));
    const auto row = rows.front();
    const bool holds = row.OptionalInt("broken").value_or(0) == 0;
    std::printf("%s  %s (%lld checked%s%s)\n", holds ? "holds " : "BROKEN",
                laws::SentenceOf(law->text).c_str(),
                static_cast<long long>(row.OptionalInt("checked").value_or(0)),
                holds ? "" : ", broken: ",
                holds ? "" : std::string(row.OptionalText("example").value_or("")).c_str());
    ++(holds ? held : broken);
  }
  ++(AuditChainHolds(config) ? held : broken);
  std::printf("%d laws hold, %d are broken\n", held, broken);
  return broken == 0 ? 0 : 1;
}

}  // namespace continuo
