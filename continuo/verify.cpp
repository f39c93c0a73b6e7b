// `continuo verify`: the laws over all schemas, each with its figures.
//
// A law is one SQL file in continuo/laws: its first line says it in a sentence, and it answers one row
// (checked, broken, example). Reading several schemas at once is right here and nowhere else: the
// laws are what holds between the services. They need one database, and a role that may read it all.
#include <cstdio>
#include <pqxx/pqxx>

#include "continuo/commands.h"
#include "services/laws/store/sql.h"
#include "libs/postgres/database.h"
#include "services/directory/audit_chain.h"

namespace continuo {
namespace {

// "-- 2. Order line = ..." -> "2. Order line = ..."
std::string Sentence(std::string_view text) {
  std::string line(text.substr(0, text.find('\n')));
  line.erase(0, line.find_first_not_of("- "));
  return line;
}

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
  pqxx::connection connection(url);
  pqxx::read_transaction transaction(connection);
  int held = 0, broken = 0;
  for (const auto* law : laws::sql::statements()) {
    const auto row = transaction.exec(std::string(law->text))[0];
    const bool holds = row["broken"].as<long long>() == 0;
    std::printf("%s  %s (%s checked%s%s)\n", holds ? "holds " : "BROKEN",
                Sentence(law->text).c_str(), row["checked"].c_str(),
                holds ? "" : ", broken: ", holds ? "" : row["example"].c_str());
    ++(holds ? held : broken);
  }
  ++(AuditChainHolds(config) ? held : broken);
  std::printf("%d laws hold, %d are broken\n", held, broken);
  return broken == 0 ? 0 : 1;
}

}  // namespace continuo
