#include "services/directory/app/export_audit_entries.h"

#include <algorithm>

#include "continuo/directory/v1/audit_entry.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/testing/catch/catch.h"
#include "services/directory/app/stage_test.h"

namespace continuo::directory::app {
namespace {

// So many entries, by two services in turn, of so many bytes each.
void Fill(Stage& stage, int entries, int bytes) {
  stage.test.Execute(
      "INSERT INTO directory.audit_entry (id, position, service, principal, action, subject_id, "
      "request_id, after, known_at, hash) "
      "SELECT gen_random_uuid(), n, CASE n % 2 WHEN 0 THEN 'crm' ELSE 'billing' END, 'usr_1', "
      "'crm.CreateLead', 'lea_' || n, 'req_1', json_build_object('note', repeat('x', " +
      std::to_string(bytes) + ")), '2026-03-01T00:00:00Z'::timestamptz + n * interval '1 minute', '\\x00' "
      "FROM generate_series(1, " + std::to_string(entries) + ") n");
}

struct Export {
  int pieces = 0;
  int lines = 0;
  size_t largest = 0;
};

// As the gateway asks: each piece behind the one before.
Export All(const Stage& stage, v1::ExportAuditEntriesRequest request) {
  Export all;
  for (std::string next = "0"; !next.empty();) {
    request.set_after(std::stoll(next));
    const auto piece = Must(ExportAuditEntries(stage.app, stage.All(), request));
    CHECK(piece.content_type() == "application/x-ndjson");
    type::v1::HttpAnswer says;
    REQUIRE(piece.extensions(0).UnpackTo(&says));
    next = says.next();
    ++all.pieces;
    all.lines += static_cast<int>(std::count(piece.data().begin(), piece.data().end(), '\n'));
    all.largest = std::max(all.largest, piece.data().size());
  }
  return all;
}

TEST_CASE("the trail is exported whole, in pieces of a bounded number of rows") {
  Stage stage;
  CHECK(All(stage, {}).lines == 0);
  Fill(stage, 600, 10);
  const Export all = All(stage, {});
  CHECK(all.lines == 600);
  CHECK(all.pieces == 3);
  v1::ExportAuditEntriesRequest request;
  request.set_service("crm");
  CHECK(All(stage, request).lines == 300);
  request.set_subject_id("lea_7");
  CHECK(All(stage, request).lines == 0);
  request.set_service("billing");
  CHECK(All(stage, request).lines == 1);
}

TEST_CASE("an export takes the time that its caller names") {
  Stage stage;
  Fill(stage, 60, 10);
  v1::ExportAuditEntriesRequest request;
  request.mutable_known_at_gte()->set_seconds(1772323200 + 10 * 60);  // 2026-03-01T00:10:00Z
  CHECK(All(stage, request).lines == 51);
  request.mutable_known_at_lt()->set_seconds(1772323200 + 12 * 60);
  CHECK(All(stage, request).lines == 2);
}

TEST_CASE("large entries make pieces of fewer rows") {
  Stage stage;
  Fill(stage, 100, 16'000);
  const Export all = All(stage, {});
  CHECK(all.lines == 100);
  CHECK(all.pieces == 12);
  CHECK(all.largest < 128 * 1024 + 17'000);
}

}  // namespace
}  // namespace continuo::directory::app
