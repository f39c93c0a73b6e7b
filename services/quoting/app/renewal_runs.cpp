#include "services/quoting/app/renewal_runs.h"

#include "continuo/contracts/v1/contract.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "continuo/quoting/v1/renewal_events.pb.h"
#include "continuo/quoting/v1/renewal_run.pb.h"
#include "libs/events/append.h"
#include "libs/events/signals.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/lines_from_request.h"
#include "services/quoting/app/renew_contract.h"
#include "services/quoting/domain/renewal_ids.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;

constexpr int kSlice = 25;
constexpr int kPage = 100;

struct Ending {
  std::vector<std::string> contracts, accounts;
};

// As the caller: what one does not see is not renewed.
Result<Ending> AskEnding(const App& app, const rpc::Call& call, const v1::RenewalRun& wanted) {
  contracts::v1::ListContractsRequest request;
  request.set_limit(kPage);
  request.set_status(contracts::v1::CONTRACT_STATUS_ACTIVE);
  request.set_division_id(wanted.division_id());
  request.set_account_id(wanted.account_id());
  request.set_end_on_gte(wanted.ends_from());
  request.set_end_on_lt(wanted.ends_before());
  Ending ending;
  while (true) {
    ASSIGN_OR_RETURN(const auto page,
                     app.peers.Ask<contracts::v1::ListContractsResponse>(
                         call, "continuo.contracts.v1.ContractsService/ListContracts", request));
    for (const contracts::v1::Contract& contract : page.data()) {
      ending.contracts.push_back(contract.id());
      ending.accounts.push_back(contract.account_id());
    }
    if (!page.has_more()) return ending;
    request.set_cursor(page.next_cursor());
  }
}

Result<v1::RenewalRun> Load(Transaction& tx, const std::string& id) {
  const postgres::Rows found = tx.Run(sql::get_renewal_run, IdOrNull("rnr", id));
  if (found.empty()) return NotFound("renewal_run", id);
  v1::RenewalRun run;
  postgres::Fill(found.front(), &run);
  return run;
}

Result<void> CheckDays(const v1::RenewalRun& wanted) {
  if (wanted.ends_from() < wanted.ends_before()) return {};
  return Invalid("/ends_before", "OUT_OF_RANGE", "It lies after ends_from. Name a later day.");
}

void Insert(Transaction& tx, const std::string& id, const v1::RenewalRun& wanted,
            const Ending& ending) {
  tx.Run(sql::insert_renewal_run, IdOrNull("rnr", id), IdOrNull("div", wanted.division_id()),
         wanted.ends_from(), wanted.ends_before(), IdOrNull("acc", wanted.account_id()),
         NullIfEmpty(wanted.uplift_percent()), NullIfEmpty(wanted.valid_until()),
         IdOrNull("usr", tx.call().principal.user_id), tx.now());
  std::vector<domain::RenewalId> ids;
  for (size_t i = 0; i < ending.contracts.size(); ++i) ids.push_back(domain::RenewalId::New());
  tx.Run(sql::insert_renewals, IdOrNull("rnr", id), ids,
         postgres::IdArray("ctr", ending.contracts), postgres::IdArray("acc", ending.accounts));
}

// A contract of a run, and how the run wants it.
struct Waiting {
  domain::RenewalId id;
  std::string created_by;
  std::string valid_until;
  RenewalWanted wanted;
};

Result<std::vector<Waiting>> NextWaiting(Transaction& tx) {
  std::vector<Waiting> waiting;
  for (const postgres::Row row : tx.Run(sql::list_waiting_renewals, kSlice)) {
    Waiting next{.id = domain::RenewalId(row.Uuid("id")),
                 .created_by = row.OptionalId("usr", "created_by"),
                 .valid_until = {},
                 .wanted = {.contract_id = row.Id("ctr", "contract_id"),
                            .ending_in = calendar::Period{row.Date("ends_from"),
                                                          row.Date("ends_before")},
                            .uplift_percent = row.OptionalDecimal("uplift_percent")}};
    if (const auto day = row.OptionalDate("valid_until")) next.valid_until = day->ToString();
    waiting.push_back(std::move(next));
  }
  return waiting;
}

// False when it was quoted, refused or cancelled meanwhile.
bool Lock(Transaction& tx, const Waiting& renewal) {
  return !tx.Run(sql::lock_waiting_renewal, renewal.id).empty();
}

Result<void> Quote(const App& app, const rpc::Call& call, const Waiting& renewal) {
  v1::Quote from;
  from.set_kind(v1::QUOTE_KIND_RENEWAL);
  from.set_valid_until(renewal.valid_until);
  RETURN_IF_FAULT(FillRenewal(app, call, renewal.wanted, &from));
  ASSIGN_OR_RETURN(Opening opening, PrepareQuote(app, call, from));
  opening.action = "renew";
  opening.created_by = renewal.created_by;
  return app.database.Work(call, [&](Transaction& tx) -> Result<void> {
    if (!Lock(tx, renewal)) return {};
    RETURN_IF_FAULT(CheckNotQuoted(tx, renewal.wanted.contract_id));
    ASSIGN_OR_RETURN(const v1::Quote quote, OpenQuote(tx, opening, from));
    tx.Run(sql::set_renewal_quoted, renewal.id, IdOrNull("quo", quote.id()), tx.now());
    return {};
  });
}

// Whether it can only be this contract's fault, and not a peer's that is down.
bool IsRefusal(const Fault& fault) {
  return fault.code == Code::kInvalidArgument || fault.code == Code::kFailedPrecondition ||
         fault.code == Code::kNotFound;
}

Result<void> Refuse(const App& app, const rpc::Call& call, const Waiting& renewal,
                    const Fault& fault) {
  const bool pointed = !fault.violations.empty();
  const std::string& code = pointed ? fault.violations.front().code : fault.reason;
  const std::string& detail = pointed ? fault.violations.front().detail : fault.message;
  return app.database.Work(call, [&](Transaction& tx) -> Result<void> {
    if (Lock(tx, renewal)) tx.Run(sql::set_renewal_refused, renewal.id, code, detail, tx.now());
    return {};
  });
}

Result<void> Complete(Transaction& tx) {
  for (const postgres::Row row : tx.Run(sql::complete_renewal_runs, tx.now())) {
    ASSIGN_OR_RETURN(const v1::RenewalRun run, Load(tx, row.Id("rnr", "id")));
    v1::RenewalRunCompleted event;
    event.set_id(run.id());
    event.set_revision(run.revision());
    event.set_division_id(run.division_id());
    event.set_contracts(run.contracts());
    event.set_quoted(run.quoted());
    event.set_refused(run.refused());
    events::Append(tx, event, {.source_version = run.revision()});
  }
  return {};
}

}  // namespace

Result<v1::RenewalRun> CreateRenewalRun(const App& app, const rpc::Call& call,
                                        const v1::CreateRenewalRunRequest& request) {
  const v1::RenewalRun& wanted = request.renewal_run();
  RETURN_IF_FAULT(CheckDays(wanted));
  ASSIGN_OR_RETURN(const Ending ending, AskEnding(app, call, wanted));
  return app.database.Command<v1::RenewalRun>(call, [&](Transaction& tx) {
    const std::string id = domain::RenewalRunId::New().ToString();
    Insert(tx, id, wanted, ending);
    tx.OnCommit([] { events::Raise("jobs/quoting"); });
    return Load(tx, id);
  });
}

Result<v1::RenewalRun> GetRenewalRun(const App& app, const rpc::Call& call,
                                     const v1::GetRenewalRunRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListRenewalRunsResponse> ListRenewalRuns(const App& app, const rpc::Call& call,
                                                    const v1::ListRenewalRunsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListRenewalRunsResponse> {
    v1::ListRenewalRunsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_renewal_runs}, request, &response));
    return response;
  });
}

Result<v1::ListRenewalsResponse> ListRenewals(const App& app, const rpc::Call& call,
                                              const v1::ListRenewalsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListRenewalsResponse> {
    RETURN_IF_FAULT(Load(tx, request.renewal_run_id()));
    v1::ListRenewalsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_renewals}, request, &response));
    return response;
  });
}

Result<v1::RenewalRun> CancelRenewalRun(const App& app, const rpc::Call& call,
                                        const v1::CancelRenewalRunRequest& request) {
  return app.database.Command<v1::RenewalRun>(call, [&](Transaction& tx) -> Result<v1::RenewalRun> {
    ASSIGN_OR_RETURN(const v1::RenewalRun run, Load(tx, request.id()));
    tx.AuditBefore(run);
    const bool stopped = !tx.Run(sql::cancel_renewal_run, IdOrNull("rnr", run.id()), tx.now()).empty();
    if (!stopped) {
      return FailedPrecondition("RENEWAL_RUN_FINISHED",
                                "Renewal run " + run.id() + " is finished; nothing is left to stop.",
                                {{"id", run.id()}});
    }
    return Load(tx, request.id());
  });
}

Result<std::optional<calendar::Instant>> RenewalRunSince(Transaction& tx) {
  return tx.Run(sql::next_renewal_run).front().OptionalInstant("at");
}

Result<bool> AdvanceRenewalRun(const App& app, const rpc::Call& call) {
  ASSIGN_OR_RETURN(const std::vector<Waiting> waiting, app.database.Work(call, NextWaiting));
  for (const Waiting& renewal : waiting) {
    const Result<void> quoted = Quote(app, call, renewal);
    if (quoted) continue;
    if (!IsRefusal(quoted.error())) return Failure(quoted.error());
    RETURN_IF_FAULT(Refuse(app, call, renewal, quoted.error()));
  }
  RETURN_IF_FAULT(app.database.Work(call, Complete));
  return !waiting.empty();
}

}  // namespace continuo::quoting::app
