// The audit trail of all services, chained, and its reading.
#pragma once

#include "libs/result/result.h"

namespace continuo::events {
struct Event;
}
namespace continuo::postgres {
class Transaction;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class AuditEntry;
class AuditEntryRecorded;
class GetAuditEntryRequest;
class ListAuditEntriesRequest;
class ListAuditEntriesResponse;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

// Adds the entry to the end of the chain, once.
void AppendAuditEntry(postgres::Transaction& tx, const events::Event& event,
                      const v1::AuditEntryRecorded& entry);

Result<v1::AuditEntry> GetAuditEntry(const App& app, const rpc::Call& call,
                                     const v1::GetAuditEntryRequest& request);
Result<v1::ListAuditEntriesResponse> ListAuditEntries(const App& app, const rpc::Call& call,
                                                      const v1::ListAuditEntriesRequest& request);

}  // namespace continuo::directory::app
