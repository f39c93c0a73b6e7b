#include "services/billing/app/advance_bill_run.h"

#include <google/protobuf/message.h>

#include "continuo/billing/v1/bill_run.pb.h"
#include "continuo/billing/v1/events.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "libs/events/append.h"
#include "libs/ids/type_id.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "libs/postgres/message.h"
#include "services/billing/app/amounts.h"
#include "services/billing/app/issue_invoices.h"
#include "services/billing/app/parties.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

using postgres::Transaction;

constexpr int64_t kChunkGroups = 5'000;
constexpr int kUnknownCustomersMax = 200;  // fetched one by one before a chunk

struct Run {
  ids::BillRunId id;
  ids::DivisionId division_id;
  calendar::Date bill_on;
  bool auto_issue = false;
  std::string status;
  int64_t groups = 0;
  int64_t groups_done = 0;
  type::v1::ControlTotals totals;
};

// Positions in (from, to].
struct Chunk {
  int64_t from = 0;
  int64_t to = 0;
  std::vector<std::string> unknown_accounts;
};

struct Drafted {
  std::vector<DraftToIssue> drafts;
  int64_t set_aside = 0;
};

Run RunOf(const postgres::Row& row) {
  v1::BillRun message;
  postgres::Fill(row, &message);
  return {.id = ids::BillRunId(row.Uuid("id")),
          .division_id = ids::DivisionId(row.Uuid("division_id")),
          .bill_on = row.Date("bill_on"),
          .auto_issue = row.Bool("auto_issue"),
          .status = std::string(row.Text("status")),
          .groups = row.Int("groups"),
          .groups_done = row.Int("groups_done"),
          .totals = message.control_totals()};
}

void AddToTotals(money::Money amount, int64_t lines, type::v1::ControlTotals* totals) {
  totals->set_count(totals->count() + lines);
  for (type::v1::Money& sum : *totals->mutable_sums()) {
    if (sum.currency() != amount.currency().code()) continue;
    WriteAmount(money::Money::Parse(sum.amount(), sum.currency()).value() + amount, &sum);
    return;
  }
  WriteAmount(amount, totals->add_sums());
  std::sort(totals->mutable_sums()->begin(), totals->mutable_sums()->end(),
            [](const auto& a, const auto& b) { return a.currency() < b.currency(); });
}

void AnnounceCompletion(Transaction& tx, const ids::BillRunId& id) {
  v1::BillRun run;
  postgres::Fill(tx.Run(sql::get_bill_run, id).front(), &run);
  v1::BillRunCompleted event;
  event.set_id(run.id());
  event.set_revision(run.revision());
  event.set_division_id(run.division_id());
  event.set_invoices(run.invoices());
  event.set_set_aside(run.set_aside());
  *event.mutable_control_totals() = run.control_totals();
  events::Append(tx, event, {.source_version = run.revision()});
}

// What `drafted` adds to the run; the run ends with its last group.
void Advance(Transaction& tx, const Run& run, int64_t groups_done, const Drafted& drafted) {
  type::v1::ControlTotals totals = run.totals;
  int64_t lines = 0;
  for (const DraftToIssue& draft : drafted.drafts) {
    lines += draft.lines;
    AddToTotals(draft.net, draft.lines, &totals);
  }
  std::string totals_json;
  json::WriteMessage(totals, &totals_json);
  const bool ended = groups_done == run.groups;
  tx.Run(sql::advance_bill_run, run.id, groups_done, drafted.drafts.size(), lines,
         drafted.set_aside, postgres::Json{totals_json}, ended ? "completed" : "running",
         ended ? std::optional(tx.now()) : std::nullopt);
  if (ended) AnnounceCompletion(tx, run.id);
}

// Starts a queued run: takes the work list. Nothing when no run is active.
Result<std::optional<Run>> LockActiveRun(Transaction& tx) {
  const postgres::Rows active = tx.Run(sql::find_active_run);
  if (active.empty()) return std::optional<Run>();
  const ids::BillRunId id(active.front().Uuid("id"));
  tx.AuditSubject(id.ToString());
  Run run = RunOf(tx.Run(sql::lock_bill_run, id).front());
  if (run.status == "queued") {
    run.groups = static_cast<int64_t>(
        tx.Run(sql::take_due, run.id, run.division_id, run.bill_on).affected());
    tx.Run(sql::start_bill_run, run.id, run.groups, tx.now());
    run.status = "running";
  }
  return run.status == "running" ? std::optional(run) : std::nullopt;
}

Chunk PlanChunk(Transaction& tx, const Run& run) {
  Chunk chunk{.from = run.groups_done,
              .to = std::min(run.groups, run.groups_done + kChunkGroups)};
  const postgres::Rows unknown = tx.Run(sql::list_unknown_customers, run.id, chunk.from,
                                        chunk.to - chunk.from, kUnknownCustomersMax);
  for (const postgres::Row row : unknown) {
    chunk.unknown_accounts.push_back(row.Id("acc", "account_id"));
    if (unknown.size() == kUnknownCustomersMax) chunk.to = row.Int("position");
  }
  return chunk;
}

// Accounts that crm does not know are left out: their groups are set aside.
Result<std::vector<crm::v1::Account>> FetchAccounts(const App& app, const rpc::Call& call,
                                                    const std::vector<std::string>& ids) {
  std::vector<crm::v1::Account> accounts;
  for (const std::string& id : ids) {
    Result<crm::v1::Account> account = AskAccount(app, call, id);
    if (!account && account.error().code == Code::kNotFound) continue;
    if (!account) return Failure(account.error());
    accounts.push_back(*std::move(account));
  }
  return accounts;
}

Result<Drafted> Draft(Transaction& tx, const Run& run, const Seller& seller, int64_t from,
                      int64_t to) {
  std::vector<ids::InvoiceId> ids;
  for (int64_t position = from; position < to; ++position) ids.push_back(ids::InvoiceId::New());
  Drafted drafted;
  for (const postgres::Row row :
       tx.Run(sql::draft_invoices, run.id, from, to, ids, run.division_id, run.bill_on,
              seller.country, seller.revision, tx.now())) {
    drafted.set_aside = row.Int("set_aside");
    if (row.IsNull("id")) continue;
    const std::string_view currency = row.Text("currency");
    drafted.drafts.push_back({.id = ids::InvoiceId(row.Uuid("id")),
                              .account_id = ids::AccountId(row.Uuid("account_id")),
                              .issue_on = run.bill_on,
                              .payment_days = static_cast<int>(row.Int("payment_days")),
                              .net = StoredAmount(row.Int("net_minor"), currency),
                              .tax = StoredAmount(row.Int("tax_minor"), currency),
                              .lines = row.Int("line_count")});
  }
  return drafted;
}

// Within a savepoint, so that a failure undoes this part alone. A broken connection or a conflict
// with another transaction is no failure of the part and goes through.
Result<Drafted> TryDraft(Transaction& tx, const Run& run, const Seller& seller, int64_t from,
                         int64_t to) {
  return tx.Nested([&]() -> Result<Drafted> {
    try {
      return Draft(tx, run, seller, from, to);
    } catch (const postgres::StatementFailed& failed) {
      return Internal("SQLSTATE " + failed.sqlstate());
    }
  });
}

Drafted DraftOneByOne(Transaction& tx, const Run& run, const Seller& seller, const Chunk& chunk) {
  Drafted all;
  for (int64_t position = chunk.from + 1; position <= chunk.to; ++position) {
    Result<Drafted> one = TryDraft(tx, run, seller, position - 1, position);
    if (one) {
      all.set_aside += one->set_aside;
      for (DraftToIssue& draft : one->drafts) all.drafts.push_back(std::move(draft));
      continue;
    }
    ++all.set_aside;
    tx.Run(sql::set_aside_group, run.id, position, ids::NewUuid(), run.division_id, run.bill_on,
           "NOT_BILLABLE",
           "The account's items cannot be billed together: " + one.error().message, tx.now());
  }
  return all;
}

// True while the run goes on.
Result<bool> BillChunk(Transaction& tx, const ids::BillRunId& id, const Chunk& chunk,
                       const std::vector<crm::v1::Account>& accounts) {
  tx.AuditSubject(id.ToString());
  const Run run = RunOf(tx.Run(sql::lock_bill_run, id).front());
  if (run.status != "running" || run.groups_done != chunk.from) return true;  // look again
  for (const crm::v1::Account& account : accounts) StoreCustomer(tx, account);
  ASSIGN_OR_RETURN(const Seller seller, CurrentSeller(tx, run.division_id.uuid()));
  Drafted drafted;
  if (chunk.to > chunk.from) {
    tx.Run(sql::tune_for_chunk);
    Result<Drafted> whole = TryDraft(tx, run, seller, chunk.from, chunk.to);
    drafted = whole ? *std::move(whole) : DraftOneByOne(tx, run, seller, chunk);
  }
  Advance(tx, run, chunk.to, drafted);
  if (run.auto_issue) {
    RETURN_IF_FAULT(IssueInvoices(tx,
                                  {.division_id = run.division_id,
                                   .invoice_series = seller.invoice_series,
                                   .today = tx.Today(seller.zone)},
                                  drafted.drafts));
  }
  return chunk.to < run.groups;
}

}  // namespace

Result<std::optional<calendar::Instant>> ActiveRunSince(Transaction& tx) {
  const postgres::Rows active = tx.Run(sql::find_active_run);
  if (active.empty()) return std::optional<calendar::Instant>();
  return std::optional(active.front().Instant("created_at"));
}

Result<bool> AdvanceBillRun(const App& app, const rpc::Call& call) {
  std::optional<Run> run;
  ASSIGN_OR_RETURN(const Chunk chunk,
                   app.database.Work(call, [&](Transaction& tx) -> Result<Chunk> {
                     ASSIGN_OR_RETURN(run, LockActiveRun(tx));
                     return run ? PlanChunk(tx, *run) : Chunk{};
                   }));
  if (!run) return false;
  ASSIGN_OR_RETURN(const std::vector<crm::v1::Account> accounts,
                   FetchAccounts(app, call, chunk.unknown_accounts));
  return app.database.Work(
      call, [&](Transaction& tx) { return BillChunk(tx, run->id, chunk, accounts); });
}

}  // namespace continuo::billing::app
