#include "services/directory/app/audit.h"

#include "continuo/directory/v1/audit_entry.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "libs/events/event.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/directory/app/app.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/secret_hash.h"
#include "services/directory/audit_chain.h"
#include "services/directory/domain/audit_chain.h"
#include "services/directory/store/sql.h"

namespace continuo::directory {
namespace app {
namespace {

using postgres::NullIfEmpty;
using postgres::Transaction;

constexpr Kind kEntry{"audit entry", "aud"};
constexpr int kPage = 1'000;

}  // namespace

void AppendAuditEntry(Transaction& tx, const events::Event& event,
                      const v1::AuditEntryRecorded& data) {
  const auto id = postgres::IdOrNull("aud", data.id());
  const postgres::Rows ends = tx.Run(sql::lock_audit_chain, id);
  const postgres::Row end = ends.front();
  if (end.Bool("known")) return;
  const domain::AuditEntry entry{.position = end.Int("position") + 1,
                                 .id = data.id(),
                                 .service = std::string(events::OwnerOf(event.topic)),
                                 .principal = data.principal(),
                                 .api_key_id = data.api_key_id(),
                                 .action = data.action(),
                                 .subject_id = data.subject_id(),
                                 .request_id = data.request_id(),
                                 .before = data.before(),
                                 .after = data.after(),
                                 .known_at = event.known_at};
  const std::string hash = Sha256(domain::ChainText(end.Bytes("hash"), entry));
  tx.Run(sql::append_audit_entry, id, entry.position, entry.service, entry.principal,
         NullIfEmpty(entry.api_key_id), entry.action, entry.subject_id, entry.request_id,
         NullIfEmpty(entry.before), NullIfEmpty(entry.after), entry.known_at,
         postgres::Bytes{hash});
}

Result<v1::AuditEntry> GetAuditEntry(const App& app, const rpc::Call& call,
                                     const v1::GetAuditEntryRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::AuditEntry>(tx, sql::select_audit_entry, kEntry, request.id());
  });
}

Result<v1::ListAuditEntriesResponse> ListAuditEntries(const App& app, const rpc::Call& call,
                                                      const v1::ListAuditEntriesRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListAuditEntriesResponse> {
    v1::ListAuditEntriesResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_audit_entry}, request, &response));
    return response;
  });
}

}  // namespace app

namespace {

domain::AuditEntry ReadEntry(const postgres::Row& row) {
  const auto text = [&](const char* column) {
    return std::string(row.OptionalText(column).value_or(""));
  };
  return {.position = row.Int("position"),
          .id = row.Id("aud", "id"),
          .service = text("service"),
          .principal = text("principal"),
          .api_key_id = text("api_key_id"),
          .action = text("action"),
          .subject_id = text("subject_id"),
          .request_id = text("request_id"),
          .before = text("before"),
          .after = text("after"),
          .known_at = row.Instant("known_at")};
}

}  // namespace

Result<AuditChainReport> VerifyAuditChain(postgres::Database& database, const rpc::Call& call) {
  return database.Work(call, [&](postgres::Transaction& tx) -> Result<AuditChainReport> {
    AuditChainReport report;
    // Read first: entries that are added meanwhile come after it.
    const postgres::Rows ends = tx.Run(sql::find_audit_end);
    const int64_t last = ends.front().Int("position");
    std::string hash;
    while (report.entries < last) {
      const postgres::Rows page = tx.Run(sql::list_audit_chain, report.entries, app::kPage);
      for (const postgres::Row row : page) {
        const domain::AuditEntry entry = ReadEntry(row);
        hash = app::Sha256(domain::ChainText(hash, entry));
        if (entry.position != report.entries + 1 || hash != row.Bytes("hash")) {
          report.broken_at = report.entries + 1;
          return report;
        }
        ++report.entries;
        if (report.entries == last) break;
      }
      if (page.empty()) break;
    }
    const bool whole = report.entries == last && hash == ends.front().Bytes("hash");
    if (!whole) report.broken_at = report.entries + 1;
    return report;
  });
}

}  // namespace continuo::directory
