// `continuo verify`: the laws over all schemas, each with its figures.
//
// A law is one SQL file in continuo/laws: its first line says it in a sentence, and it answers one row
// (checked, broken, example). Reading several schemas at once is right here and nowhere else: the
// laws are what holds between the services. They need one database, and a role that may read it all.
//
// Some laws speak of rest: everything is consumed, every event is in the feed. So what is broken is
// looked at again, in a new snapshot, until it holds or patience ends; what never held is told.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

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

struct Verdict {
  std::string sentence;
  int64_t checked = 0, broken = 0;
  std::string example;
};

// All laws, as of one moment.
std::vector<Verdict> AskLaws(const std::string& url, const std::vector<std::string>& services) {
  postgres::Snapshot snapshot(url);
  std::vector<Verdict> verdicts;
  for (const auto* law : laws::sql::statements()) {
    const auto rows = snapshot.Read(laws::ForServices(law->text, services));
    const auto row = rows.front();
    verdicts.push_back({.sentence = laws::SentenceOf(law->text),
                        .checked = row.OptionalInt("checked").value_or(0),
                        .broken = row.OptionalInt("broken").value_or(0),
                        .example = std::string(row.OptionalText("example").value_or(""))});
  }
  return verdicts;
}

bool AllHold(const std::vector<Verdict>& verdicts) {
  return std::all_of(verdicts.begin(), verdicts.end(),
                     [](const Verdict& verdict) { return verdict.broken == 0; });
}

std::vector<Verdict> AskUntilAtRest(const std::string& url,
                                    const std::vector<std::string>& services,
                                    std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  auto verdicts = AskLaws(url, services);
  while (!AllHold(verdicts) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto again = AskLaws(url, services);
    for (size_t i = 0; i < verdicts.size(); ++i) {
      if (verdicts[i].broken != 0) verdicts[i] = again[i];
    }
  }
  return verdicts;
}

void Print(const Verdict& verdict) {
  const bool holds = verdict.broken == 0;
  std::printf("%s  %s (%lld checked%s%s)\n", holds ? "holds " : "BROKEN",
              verdict.sentence.c_str(), static_cast<long long>(verdict.checked),
              holds ? "" : ", broken: ", holds ? "" : verdict.example.c_str());
}

}  // namespace

int Verify(const runtime::Config& config, const VerifyOptions& options) {
  const std::string url = config.postgres.url +
                          (options.admin_role.empty() ? "" : " user=" + options.admin_role);
  std::vector<std::string> services;
  for (const auto& service : AllServices()) services.push_back(service.name);
  int held = 0, broken = 0;
  for (const Verdict& verdict :
       AskUntilAtRest(url, services, std::chrono::seconds(options.patience_seconds))) {
    Print(verdict);
    ++(verdict.broken == 0 ? held : broken);
  }
  ++(AuditChainHolds(config) ? held : broken);
  std::printf("%d laws hold, %d are broken\n", held, broken);
  return broken == 0 ? 0 : 1;
}

}  // namespace continuo
