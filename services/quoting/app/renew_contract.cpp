#include "services/quoting/app/renew_contract.h"

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/contracts/v1/running_contract.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/read.h"
#include "libs/postgres/database.h"
#include "services/quoting/app/running_contract.h"
#include "services/quoting/domain/renewal.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using money::Decimal;
using postgres::Transaction;

Failure NotPossible(const std::string& contract_id, const char* why, const std::string& detail) {
  return FailedPrecondition("RENEWAL_NOT_POSSIBLE", "Contract " + contract_id + detail,
                            {{"contract_id", contract_id}, {"why", why}});
}

// How the line's price is raised; none: it is not.
Result<std::optional<domain::Raise>> RaiseOf(const postgres::Row& row,
                                             const RenewalWanted& wanted) {
  if (wanted.uplift_percent) return domain::Raise{.percent = *wanted.uplift_percent};
  catalogue::v1::Product product;
  if (!json::ReadMessage(row.Text("product"), &product, json::Direction::kResponse)) {
    return Internal("What was frozen of a product does not read.");
  }
  if (!product.has_indexation()) return std::nullopt;
  const catalogue::v1::Indexation& indexation = product.indexation();
  if (indexation.kind() != catalogue::v1::INDEXATION_KIND_FIXED) {
    return NotPossible(wanted.contract_id, "index_unknown",
                       " has a price that follows the index " + indexation.series_code() +
                           ". Name an uplift, or quote the extension with the price by hand.");
  }
  domain::Raise raise;
  ASSIGN_OR_RETURN(raise.percent, Decimal::Parse(indexation.rate_percent()));
  ASSIGN_OR_RETURN(raise.cap_percent, OptionalDecimal(indexation.cap_percent()));
  ASSIGN_OR_RETURN(raise.floor_percent, OptionalDecimal(indexation.floor_percent()));
  return raise;
}

Result<void> AddExtension(const postgres::Row& row, const contracts::v1::RunningLine& running,
                          const RenewalWanted& wanted, v1::Quote* quote) {
  v1::QuoteLine& line = *quote->add_lines();
  line.set_product_id(row.Id("prod", "product_id"));
  line.set_quantity(running.quantity());
  line.mutable_change()->set_kind(v1::CONTRACT_CHANGE_KIND_EXTEND);
  line.mutable_change()->set_order_line_id(running.order_line_id());
  ASSIGN_OR_RETURN(const std::optional<domain::Raise> raise, RaiseOf(row, wanted));
  if (!raise) return {};
  ASSIGN_OR_RETURN(const Decimal price, domain::RaisedPrice(row.Decimal("net_unit_price"), *raise));
  line.set_override_unit_price(price.ToString());
  line.set_override_reason("As agreed in " + std::string(row.Text("number")) + ", raised by " +
                           domain::AppliedPercent(*raise).ToString() + " %");
  return {};
}

bool EndsIn(const std::optional<calendar::Period>& days, const std::string& end_on) {
  return !days || days->Contains(calendar::Date::Parse(end_on).value());
}

}  // namespace

Result<void> FillRenewal(const App& app, const rpc::Call& call, const RenewalWanted& wanted,
                         v1::Quote* quote) {
  ASSIGN_OR_RETURN(const auto contract, DescribeWhole(app, call, wanted.contract_id));
  quote->set_contract_id(wanted.contract_id);
  if (quote->account_id().empty()) quote->set_account_id(contract.account_id());
  if (quote->division_id().empty()) quote->set_division_id(contract.division_id());
  if (quote->currency().empty()) quote->set_currency(contract.currency());
  RETURN_IF_FAULT(app.database.Read(call, [&](Transaction& tx) -> Result<void> {
    for (const contracts::v1::RunningLine& running : contract.lines()) {
      if (!running.running() || !EndsIn(wanted.ending_in, running.end_on())) continue;
      const postgres::Rows found =
          tx.Run(sql::find_sold_line, postgres::IdOrNull("ol", running.order_line_id()),
                 postgres::IdOrNull("ctr", wanted.contract_id));
      if (found.empty() || found.front().Bool("is_extended")) continue;
      RETURN_IF_FAULT(AddExtension(found.front(), running, wanted, quote));
    }
    return {};
  }));
  if (quote->lines_size() > 0) return {};
  return NotPossible(wanted.contract_id, "nothing_ends",
                     " has no line left to renew: what runs is extended already, or ends on other days.");
}

Result<void> CheckNotQuoted(Transaction& tx, const std::string& contract_id) {
  const postgres::Rows found =
      tx.Run(sql::find_open_renewal, postgres::IdOrNull("ctr", contract_id));
  if (found.empty()) return {};
  return NotPossible(contract_id, "quoted_already",
                     " is being renewed by quote " + std::string(found.front().Text("number")) +
                         ". Use that one, or decline it first.");
}

}  // namespace continuo::quoting::app
