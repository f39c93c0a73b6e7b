#include "services/commissions/app/credits.h"

#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/commissions/v1/credit.pb.h"
#include "continuo/commissions/v1/events.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "services/commissions/app/control_totals.h"
#include "services/commissions/domain/commission.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {

using money::Money;
using postgres::IdOrNull;
using postgres::Parameter;

Result<void> CreditToDate(postgres::Transaction& tx, const std::string& sale_link_id) {
  for (const postgres::Row row : tx.Run(sql::sum_earned, IdOrNull("sale", sale_link_id))) {
    ASSIGN_OR_RETURN(const Money zero, Money::Parse("0", row.Text("currency")));
    const Money billed = Money::FromMinor(row.Int("billed_minor"), zero.currency());
    const Money credited = Money::FromMinor(row.Int("credited_minor"), zero.currency());
    ASSIGN_OR_RETURN(const Money due,
                     domain::CreditDue(billed, row.Decimal("rate_percent"), credited));
    if (due.IsZero()) continue;
    const auto id = ids::CreditId::New();
    tx.Run(sql::insert_credit, id, row.Uuid("account_id"), row.Uuid("participant_id"),
           IdOrNull("sale", sale_link_id), row.Uuid("plan_id"), billed.minor(), due.minor(),
           row.Text("currency"), tx.now());
    v1::CreditCreated created;
    created.set_id(id.ToString());
    created.set_revision(1);
    created.set_account_id(row.Id("acc", "account_id"));
    created.set_participant_id(row.Id("part", "participant_id"));
    created.set_sale_link_id(sale_link_id);
    created.mutable_amount()->set_amount(due.AmountText());
    created.mutable_amount()->set_currency(std::string(row.Text("currency")));
    events::Append(tx, created, {.source_version = 1});
  }
  return {};
}

Result<void> TakeInvoice(postgres::Transaction& tx, const billing::v1::Invoice& invoice,
                         const type::v1::ControlTotals& announced) {
  events::ControlTotals received;
  std::vector<Parameter> contracts;
  std::vector<int64_t> amounts;
  for (const billing::v1::InvoiceLine& line : invoice.lines()) {
    ASSIGN_OR_RETURN(const Money net, ReadAmount(line.net()));
    received.Add(line.net().currency(), net.minor());
    if (line.contract_id().empty()) continue;
    contracts.push_back(IdOrNull("ctr", line.contract_id()));
    amounts.push_back(net.minor());
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(received.Check(expected));
  if (contracts.empty()) return {};
  tx.Run(sql::insert_billed, IdOrNull("inv", invoice.id()), IdOrNull("acc", invoice.account_id()),
         invoice.currency(), invoice.issued_on(), tx.now(), Parameter::Array(contracts), amounts);
  const postgres::Rows links = tx.Run(sql::lock_verified_links, Parameter::Array(contracts));
  for (const postgres::Row link : links) {
    RETURN_IF_FAULT(CreditToDate(tx, link.Id("sale", "id")));
  }
  return {};
}

Result<v1::ListCreditsResponse> ListCredits(postgres::Database& database, const rpc::Call& call,
                                            const v1::ListCreditsRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::ListCreditsResponse> {
    v1::ListCreditsResponse response;
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_credit}, request, &response));
    return response;
  });
}

}  // namespace continuo::commissions::app
