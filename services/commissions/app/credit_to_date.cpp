#include "services/commissions/app/credit_to_date.h"

#include <map>
#include <tuple>

#include "continuo/commissions/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/domain/commission.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using money::Money;
using postgres::Parameter;
using postgres::Row;
using postgres::Transaction;

// One participant in one sale and currency.
struct Account {
  ids::Uuid account_id, division_id, plan_id;
  int64_t plan_version = 0;
  domain::CreditOn credit_on = domain::CreditOn::kInvoice;
  money::Decimal split_percent = 0;  // 0: shares the sale no more
  std::vector<domain::Billed> billed;
  int64_t credited_minor = 0;
};
using Key = std::tuple<ids::Uuid, ids::Uuid, std::string>;  // sale link, participant, currency
using Accounts = std::map<Key, Account>;

Account& Find(Accounts& accounts, const Row& row) {
  Account& account = accounts[{row.Uuid("sale_link_id"), row.Uuid("participant_id"),
                               std::string(row.Text("currency"))}];
  account.account_id = row.Uuid("account_id");
  account.division_id = row.Uuid("division_id");
  account.plan_id = row.Uuid("plan_id");
  account.plan_version = row.Int("plan_version");
  return account;
}

Accounts Load(Transaction& tx, const Parameter& sale_links) {
  Accounts accounts;
  for (const Row row : tx.Run(sql::list_credited, sale_links)) {
    Find(accounts, row).credited_minor = row.Int("credited_minor");
  }
  // After them: who shares the sale is credited under the terms of the split.
  for (const Row row : tx.Run(sql::list_earning_basis, sale_links)) {
    Account& account = Find(accounts, row);
    account.credit_on = row.Text("credit_on") == "payment" ? domain::CreditOn::kPayment
                                                           : domain::CreditOn::kInvoice;
    account.split_percent = row.Decimal("percent");
    account.billed.push_back(
        {.commission_class = std::string(row.Text("commission_class")),
         .net = StoredAmount(row.Int("net_minor"), row.Text("currency")),
         .rate_percent = row.Decimal("rate_percent"),
         .paid = money::Ratio::Of(row.Int("paid_part"), row.Int("paid_whole"))});
  }
  return accounts;
}

void WriteMember(std::string_view name, const std::string& value, std::string* text) {
  if (text->back() != '{') *text += ',';
  json::WriteString(name, text);
  *text += ':';
  json::WriteString(value, text);
}

// As type.v1.Step: [{"name", "detail", "amount_before", "amount_after"}].
Result<std::string> DerivationText(const std::vector<domain::EarningStep>& steps) {
  std::string text = "[";
  for (const domain::EarningStep& step : steps) {
    ASSIGN_OR_RETURN(const money::Decimal before, money::RoundToDecimal(step.before, 8));
    ASSIGN_OR_RETURN(const money::Decimal after, money::RoundToDecimal(step.after, 8));
    text += text.size() > 1 ? ",{" : "{";
    WriteMember("name", step.name, &text);
    WriteMember("detail", step.detail, &text);
    WriteMember("amount_before", before.ToString(), &text);
    WriteMember("amount_after", after.ToString(), &text);
    text += '}';
  }
  return text + "]";
}

// The columns of insert_credits, one element for each credit, and the facts.
struct Credits {
  std::vector<Parameter> ids, accounts, divisions, participants, sale_links, plans, versions, bases,
      splits, earned, credited, currencies, derivations;
  std::vector<v1::CreditCreated> created;

  Result<void> Add(const Key& key, const Account& account, const domain::Earned& now, Money due) {
    const auto& [sale_link, participant, currency] = key;
    const auto id = ids::CreditId::New();
    ASSIGN_OR_RETURN(const std::string derivation, DerivationText(now.derivation));
    ids.emplace_back(id);
    accounts.emplace_back(account.account_id);
    divisions.emplace_back(account.division_id);
    participants.emplace_back(participant);
    sale_links.emplace_back(sale_link);
    plans.emplace_back(account.plan_id);
    versions.emplace_back(account.plan_version);
    bases.emplace_back(now.basis.minor());
    splits.emplace_back(account.split_percent);
    earned.emplace_back(now.amount.minor());
    credited.emplace_back(account.credited_minor);
    currencies.emplace_back(currency);
    derivations.emplace_back(derivation);
    v1::CreditCreated& event = created.emplace_back();
    event.set_id(id.ToString());
    event.set_revision(1);
    event.set_account_id(ids::AccountId(account.account_id).ToString());
    event.set_division_id(ids::DivisionId(account.division_id).ToString());
    event.set_participant_id(ids::ParticipantId(participant).ToString());
    event.set_sale_link_id(ids::SaleLinkId(sale_link).ToString());
    WriteAmount(due, event.mutable_amount());
    return {};
  }
};

void Insert(Transaction& tx, const Credits& credits, const Cause& cause) {
  if (credits.ids.empty()) return;
  const auto array = [](const std::vector<Parameter>& values) { return Parameter::Array(values); };
  tx.Run(sql::insert_credits, cause.source_id, cause.effective_on, tx.now(), array(credits.ids),
         array(credits.accounts), array(credits.divisions), array(credits.participants),
         array(credits.sale_links), array(credits.plans), array(credits.versions),
         array(credits.bases), array(credits.splits), array(credits.earned),
         array(credits.credited), array(credits.currencies), array(credits.derivations));
  std::vector<events::NewEvent> appended;
  for (const v1::CreditCreated& event : credits.created) {
    appended.push_back({&event, {.source_version = 1}});
  }
  events::AppendAll(tx, appended);
}

}  // namespace

Result<void> CreditToDate(Transaction& tx, const std::vector<std::string>& sale_links,
                          const Cause& cause) {
  if (sale_links.empty()) return {};
  Credits credits;
  for (const auto& [key, account] : Load(tx, postgres::IdArray("sale", sale_links))) {
    const Money credited = StoredAmount(account.credited_minor, std::get<2>(key));
    ASSIGN_OR_RETURN(const domain::Earned now,
                     domain::EarnedToDate(account.billed, account.credit_on,
                                          account.split_percent, credited.currency()));
    ASSIGN_OR_RETURN(const Money due, Subtract(now.amount, credited));
    if (due.IsZero()) continue;
    RETURN_IF_FAULT(credits.Add(key, account, now, due));
  }
  Insert(tx, credits, cause);
  return {};
}

}  // namespace continuo::commissions::app
