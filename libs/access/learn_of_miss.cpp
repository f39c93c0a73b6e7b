#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <atomic>
#include <set>

#include "continuo/type/v1/options.pb.h"
#include "libs/access/access.h"
#include "libs/access/sql.h"
#include "libs/ids/type_id.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"

namespace continuo::access {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using postgres::Transaction;

// A request with more ids than this is no look-up of one thing; its misses are not confirmed.
constexpr size_t kIdsMax = 50;
constexpr size_t kAccountsMax = 5;
// A miss is answered soon, even when directory is slow: it then stays a miss.
constexpr std::chrono::seconds kPatience{2};
constexpr int kNestingMax = 4;
// Of one process. Who tries foreign ids one after the other keeps directory no busier than this.
constexpr int kAtOnceMax = 4;

// One of the few look-ups at a time. Who gets none does not wait: the miss stays what it was.
class Turn {
 public:
  Turn() : got_(taken_.fetch_add(1) < kAtOnceMax) {}
  ~Turn() { --taken_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool got() const { return got_; }

 private:
  static inline std::atomic<int> taken_{0};
  const bool got_;
};

struct NamedIds {
  std::set<ids::AccountId> accounts;
  std::set<ids::Uuid> things;  // of any other kind
  bool full() const { return accounts.size() + things.size() > kIdsMax; }
};

void TakeId(const std::string& prefix, const std::string& text, NamedIds* named) {
  const auto uuid = ids::ParseTypeId(prefix, text);
  if (!uuid) return;
  if (prefix == "acc") {
    named->accounts.insert(ids::AccountId(*uuid));
  } else {
    named->things.insert(*uuid);
  }
}

void TakeIds(const Message& message, int nesting, NamedIds* named) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (named->full()) return;
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const std::string& prefix = field->options().GetExtension(type::v1::field).id();
    if (field->is_map() || (!nested && prefix.empty()) || nesting == kNestingMax) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count && !named->full(); ++i) {
      if (nested) {
        TakeIds(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                     : reflection->GetMessage(message, field),
                nesting + 1, named);
      } else {
        TakeId(prefix,
               field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                    : reflection->GetString(message, field),
               named);
      }
    }
  }
}

struct Accounts {
  bool any_seen = false;  // by the caller, as of now
  std::vector<ids::AccountId> unseen;
};

// The accounts behind the ids.
Result<Accounts> FindAccounts(postgres::Database& database, const rpc::Call& call, NamedIds named) {
  rpc::Call asking = rpc::Call::AsService(database.service(), call.request_id);
  asking.deadline = call.deadline;
  const std::vector<ids::Uuid> things(named.things.begin(), named.things.end());
  RETURN_IF_FAULT(database.Work(asking, [&](Transaction& tx) -> Result<void> {
    for (const postgres::Row row : tx.Run(sql::find_accounts_of, things, kAccountsMax)) {
      named.accounts.insert(ids::AccountId(row.Uuid("account_id")));
    }
    return {};
  }));
  return database.Read(call, [&](Transaction& tx) -> Result<Accounts> {
    Accounts accounts;
    for (const ids::AccountId account : named.accounts) {
      if (accounts.unseen.size() == kAccountsMax) break;
      if (Sees(tx, account)) {
        accounts.any_seen = true;
      } else {
        accounts.unseen.push_back(account);
      }
    }
    return accounts;
  });
}

// Whether the caller is found to see one of the accounts.
bool Learn(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call, NamedIds named) {
  const auto accounts = FindAccounts(database, call, std::move(named));
  if (!accounts) return false;
  // The event may have arrived between the miss and now.
  bool learned = accounts->any_seen;
  for (const ids::AccountId account : accounts->unseen) {
    // Where directory cannot be asked, the miss stays what it was.
    if (Confirm(database, peers, call, account).value_or(false)) learned = true;
  }
  return learned;
}

}  // namespace

bool LearnOfMiss(postgres::Database& database, rpc::Peers& peers, const rpc::Call& call,
                 const Message& request) {
  if (call.principal.sees_all || call.principal.user_id.empty()) return false;
  NamedIds named;
  TakeIds(request, 0, &named);
  if (named.full() || (named.accounts.empty() && named.things.empty())) return false;
  const Turn turn;
  if (!turn.got()) return false;
  rpc::Call soon = call;
  soon.deadline = std::min(call.deadline, std::chrono::steady_clock::now() + kPatience);
  try {
    return Learn(database, peers, soon, std::move(named));
  } catch (const std::exception&) {
    return false;  // a database that refuses the look-up: the miss stays what it was
  }
}

}  // namespace continuo::access
