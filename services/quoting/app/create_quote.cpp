#include "services/quoting/app/create_quote.h"

#include <algorithm>

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/access/access.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/clauses.h"
#include "services/quoting/app/edit_quote.h"
#include "services/quoting/app/findings.h"
#include "services/quoting/app/header_from_request.h"
#include "services/quoting/app/open_quote.h"
#include "services/quoting/app/renew_contract.h"
#include "services/quoting/app/running_contract.h"
#include "services/quoting/app/show.h"
#include "services/quoting/app/tell.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using postgres::Transaction;

constexpr int kValidDays = 30;

Failure NoSuch(const char* pointer, const char* what) {
  return Invalid(pointer, "REFERENCE_NOT_FOUND", std::string("There is no such ") + what + ".");
}

// As the caller: who may not see the account may not quote for it.
Result<crm::v1::Account> AskAccount(const App& app, const rpc::Call& call, const std::string& id) {
  crm::v1::GetAccountRequest request;
  request.set_id(id);
  auto account =
      app.peers.Ask<crm::v1::Account>(call, "continuo.crm.v1.CrmService/GetAccount", request);
  if (!account && account.error().code == Code::kNotFound) return NoSuch("/account_id", "account");
  return account;
}

Result<directory::v1::Division> AskDivision(const App& app, const rpc::Call& call,
                                            const std::string& id,
                                            const crm::v1::Account& account) {
  const auto among = [&](const auto& ids) {
    return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  if (!among(call.principal.division_ids)) return NoSuch("/division_id", "division");
  if (!among(account.division_ids())) {
    return Invalid("/division_id", "NOT_ALLOWED", "The account does not deal with this division.");
  }
  directory::v1::GetDivisionRequest request;
  request.set_id(id);
  auto division = app.peers.Ask<directory::v1::Division>(
      AsQuoting(call), "continuo.directory.v1.DirectoryService/GetDivision", request);
  if (!division && division.error().code == Code::kNotFound) {
    return NoSuch("/division_id", "division");
  }
  return division;
}

// A deal that another quote here has opened may not have reached crm yet.
Result<bool> IsKnownHere(const App& app, const rpc::Call& call, const domain::Quote& quote) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<bool> {
    for (const postgres::Row row : tx.Run(sql::find_deal, quote.opportunity_id)) {
      if (row.Uuid("account_id") == quote.account_id.uuid()) return true;
    }
    return false;
  });
}

Result<void> CheckOpportunity(const App& app, const rpc::Call& call, const domain::Quote& quote) {
  ASSIGN_OR_RETURN(const bool known, IsKnownHere(app, call, quote));
  if (known) return {};
  crm::v1::GetOpportunityRequest request;
  request.set_id(quote.opportunity_id.ToString());
  const auto opportunity = app.peers.Ask<crm::v1::Opportunity>(
      call, "continuo.crm.v1.CrmService/GetOpportunity", request);
  if (!opportunity && opportunity.error().code != Code::kNotFound) {
    return Failure(opportunity.error());
  }
  if (!opportunity || opportunity->account_id() != quote.account_id.ToString()) {
    return NoSuch("/opportunity_id", "opportunity of this account");
  }
  return {};
}

Result<void> CheckAccess(const App& app, const rpc::Call& call, const ids::AccountId& account) {
  ASSIGN_OR_RETURN(const bool sees,
                   app.database.Read(call, [&](Transaction& tx) -> Result<bool> {
                     return access::Sees(tx, account);
                   }));
  if (!sees) return NoSuch("/account_id", "account");
  return {};
}

Result<calendar::Date> FindToday(const App& app, const rpc::Call& call, const std::string& zone) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<calendar::Date> {
    return tx.Today(store::ZoneOf(zone));
  });
}

Result<void> FillHeader(const v1::Quote& from, const Opening& opening, domain::Quote* quote) {
  v1::Quote whole = from;
  if (whole.valid_until().empty()) {
    whole.set_valid_until(opening.today.AddDays(kValidDays).ToString());
  }
  if (!whole.has_payment_days()) whole.set_payment_days(opening.payment_days);
  return ReadHeader(whole, opening.today, quote);
}

Result<void> CheckKind(const v1::Quote& from) {
  const bool names_contract = !from.contract_id().empty();
  const bool changes =
      from.kind() == v1::QUOTE_KIND_CHANGE || from.kind() == v1::QUOTE_KIND_RENEWAL;
  if (changes && !names_contract) {
    return Invalid("/contract_id", "REQUIRED", "Name the contract that it changes.");
  }
  if (from.kind() == v1::QUOTE_KIND_NEW && names_contract) {
    return Invalid("/contract_id", "NOT_ALLOWED",
                   "A new sale makes a contract of its own. Leave it out, or quote a change.");
  }
  return {};
}

// The contract and the lines that are to be changed, as they run now.
Result<void> StartFromContract(const App& app, const rpc::Call& call, const v1::Quote& from,
                               Opening* opening) {
  opening->payment_days = opening->account_payment_days;
  if (from.contract_id().empty()) return {};
  ASSIGN_OR_RETURN(Running running, AskRunning(app, call, from.contract_id(), opening->lines));
  if (running.account_id != from.account_id()) return NoSuch("/contract_id", "contract of this account");
  if (running.division_id != from.division_id()) {
    return Invalid("/division_id", "NOT_ALLOWED", "Another division has the contract.");
  }
  if (running.currency != opening->quote.currency.ToString()) {
    return Invalid("/currency", "CURRENCY_MISMATCH", "The contract is in " + running.currency + ".");
  }
  opening->quote.contract = running.contract;
  opening->quote.contract->renews = from.kind() == v1::QUOTE_KIND_RENEWAL;
  opening->payment_days = running.payment_days;
  opening->known = std::move(running.lines);
  return {};
}

}  // namespace

Result<Opening> PrepareQuote(const App& app, const rpc::Call& call, const v1::Quote& from) {
  RETURN_IF_FAULT(CheckKind(from));
  Opening opening;
  domain::Quote& quote = opening.quote;
  ASSIGN_OR_RETURN(const auto account, AskAccount(app, call, from.account_id()));
  ASSIGN_OR_RETURN(const auto division, AskDivision(app, call, from.division_id(), account));
  std::string currency = from.currency().empty() ? account.currency() : from.currency();
  if (currency.empty()) currency = division.currency();
  quote.id = ids::QuoteId::New();
  quote.revision = 1;
  ASSIGN_OR_RETURN(quote.account_id, ids::AccountId::Parse(from.account_id()));
  ASSIGN_OR_RETURN(quote.division_id, ids::DivisionId::Parse(from.division_id()));
  ASSIGN_OR_RETURN(quote.currency, money::Currency::Parse(currency));
  quote.time_zone = division.time_zone();
  RETURN_IF_FAULT(CheckAccess(app, call, quote.account_id));
  opening.opportunity_minted = from.opportunity_id().empty();
  if (opening.opportunity_minted) {
    quote.opportunity_id = ids::OpportunityId::New();
  } else {
    ASSIGN_OR_RETURN(quote.opportunity_id, ids::OpportunityId::Parse(from.opportunity_id()));
    RETURN_IF_FAULT(CheckOpportunity(app, call, quote));
  }
  ASSIGN_OR_RETURN(opening.today, FindToday(app, call, quote.time_zone));
  opening.account_payment_days = PaymentDaysOf(account);
  ASSIGN_OR_RETURN(opening.lines, ReadNewLines(from.lines(), "/lines"));
  RETURN_IF_FAULT(StartFromContract(app, call, from, &opening));
  RETURN_IF_FAULT(FillHeader(from, opening, &quote));
  opening.buyer = {quote.account_id, account.segment(), quote.division_id, quote.currency};
  ASSIGN_OR_RETURN(opening.buyer.owned, FindOwned(app, call, quote.account_id));
  ASSIGN_OR_RETURN(opening.offers,
                   FindOffers(app, call, opening.lines, opening.buyer, opening.today));
  return opening;
}

Result<v1::Quote> OpenQuote(Transaction& tx, const Opening& opening, const v1::Quote& from) {
  store::StoredQuote stored{.quote = opening.quote};
  const std::string& created_by =
      opening.created_by.empty() ? tx.call().principal.user_id : opening.created_by;
  domain::Quote& quote = stored.quote;
  stored.metadata_json = MetadataJson(from);
  quote.selected = true;
  for (const postgres::Row row : tx.Run(sql::find_deal, quote.opportunity_id)) {
    quote.selected = !row.Bool("has_selected");
  }
  RETURN_IF_FAULT(AddLines(&quote, opening.lines, opening.offers, opening.known));
  RETURN_IF_FAULT(domain::Reprice(&quote));
  try {
    store::InsertQuote(tx, quote, created_by);
    for (const domain::QuoteClause& clause : quote.clauses) InsertClause(tx, quote, clause);
  } catch (const postgres::UniqueViolation& violation) {
    if (violation.constraint() != "quote_selected") throw;
    return Aborted("CONFLICT", "Another quote of this deal was opened just now. Try again.");
  }
  Complete(tx, stored, {},
           {.action = opening.action,
            .reason = opening.reason,
            .is_point = !quote.lines.empty()});
  TellCreated(tx, quote, opening.opportunity_minted, created_by);
  TellPriced(tx, quote);  // without lines too: the opportunity is worth nothing yet, and that is known
  return ShowQuote(tx, quote.id);
}

Result<v1::Quote> CreateQuote(const App& app, const rpc::Call& call,
                              const v1::CreateQuoteRequest& request) {
  v1::Quote from = request.quote();
  const bool renews_all = from.kind() == v1::QUOTE_KIND_RENEWAL && !from.contract_id().empty() &&
                          from.lines().empty();
  if (renews_all) {
    RETURN_IF_FAULT(FillRenewal(app, call, {.contract_id = from.contract_id()}, &from));
  }
  ASSIGN_OR_RETURN(const Opening opening, PrepareQuote(app, call, from));
  return app.database.Command<v1::Quote>(
      call, [&](Transaction& tx) { return OpenQuote(tx, opening, from); });
}

}  // namespace continuo::quoting::app
