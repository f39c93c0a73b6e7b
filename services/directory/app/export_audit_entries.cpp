#include "services/directory/app/export_audit_entries.h"

#include <optional>

#include "continuo/directory/v1/audit_entry.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/directory/app/app.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::NullIfEmpty;
using postgres::Transaction;

// A piece ends with the first entry beyond: an entry has up to 16 kB.
constexpr size_t kPieceBytes = 128 * 1024;
constexpr int kPieceRows = 250;

}  // namespace

Result<google::api::HttpBody> ExportAuditEntries(const App& app, const rpc::Call& call,
                                                 const v1::ExportAuditEntriesRequest& request) {
  std::optional<calendar::Instant> from, before;
  if (request.has_known_at_gte()) from = ToInstant(request.known_at_gte());
  if (request.has_known_at_lt()) before = ToInstant(request.known_at_lt());
  return app.database.Read(call, [&](Transaction& tx) -> Result<google::api::HttpBody> {
    google::api::HttpBody piece;
    piece.set_content_type("application/x-ndjson");
    type::v1::HttpAnswer says;
    const postgres::Rows rows =
        tx.Run(sql::list_audit_export, request.after(), NullIfEmpty(request.service()),
               NullIfEmpty(request.principal()), NullIfEmpty(request.action()),
               NullIfEmpty(request.subject_id()), NullIfEmpty(request.request_id()), from, before,
               kPieceRows);
    size_t written = 0;
    v1::AuditEntry entry;
    for (const postgres::Row row : rows) {
      entry.Clear();
      postgres::Fill(row, &entry);
      json::WriteMessage(entry, piece.mutable_data());
      piece.mutable_data()->push_back('\n');
      ++written;
      if (piece.data().size() >= kPieceBytes) break;
    }
    const bool more = written < rows.size() || rows.size() == static_cast<size_t>(kPieceRows);
    if (more) says.set_next(std::to_string(entry.position()));
    piece.add_extensions()->PackFrom(says);
    return piece;
  });
}

}  // namespace continuo::directory::app
