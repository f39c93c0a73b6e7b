#include "services/commissions/app/open_sale_link.h"

#include "continuo/commissions/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/amounts.h"
#include "services/commissions/domain/sale_claim.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using money::Money;
using postgres::IdOrNull;

struct Lines {
  events::ControlTotals counted;
  std::vector<std::string> ids, classes, product_names;
};

Result<Lines> ReadLines(const quoting::v1::Order& order) {
  Lines lines;
  for (const quoting::v1::OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const Money total, ReadAmount(line.term_total()));
    lines.counted.Add(line.term_total().currency(), total.minor());
    lines.ids.push_back(line.id());
    lines.classes.push_back(line.commission_class());
    lines.product_names.push_back(line.product_name());
  }
  return lines;
}

// None where crm had no value in the order's currency.
Result<std::optional<Money>> CrmPrice(const quoting::v1::Order& order) {
  const bool comparable = order.has_opportunity_value() &&
                          order.opportunity_value().currency() == order.term_total().currency();
  if (!comparable) return std::optional<Money>();
  ASSIGN_OR_RETURN(const Money value, ReadAmount(order.opportunity_value()));
  return std::optional(value);
}

void Announce(postgres::Transaction& tx, const ids::SaleLinkId& id,
              const quoting::v1::Order& order, Money price, std::optional<Money> crm_price) {
  v1::SaleLinkOpened opened;
  opened.set_id(id.ToString());
  opened.set_revision(1);
  opened.set_account_id(order.account_id());
  opened.set_division_id(order.division_id());
  opened.set_contract_id(order.contract_id());
  WriteAmount(price, opened.mutable_contract_price());
  if (crm_price) WriteAmount(price - *crm_price, opened.mutable_variance());
  events::Append(tx, opened, {.source_version = 1});
}

}  // namespace

Result<void> OpenSaleLink(postgres::Transaction& tx, const quoting::v1::Order& order,
                          const type::v1::ControlTotals& announced) {
  ASSIGN_OR_RETURN(const Lines lines, ReadLines(order));
  RETURN_IF_FAULT(CheckTotals(lines.counted, announced));
  ASSIGN_OR_RETURN(const Money price, ReadAmount(order.term_total()));
  ASSIGN_OR_RETURN(const std::optional<Money> crm_price, CrmPrice(order));
  const auto id = ids::SaleLinkId::New();
  const bool is_new =
      tx.Run(sql::insert_sale_link, id, IdOrNull("acc", order.account_id()),
             IdOrNull("div", order.division_id()), IdOrNull("ord", order.id()),
             IdOrNull("ctr", order.contract_id()), order.accepted_on(), order.time_zone(),
             crm_price ? std::optional(crm_price->minor()) : std::nullopt, price.minor(),
             price.currency().code(), postgres::NullIfEmpty(order.start_on()),
             lines.product_names, domain::PriceBand(price), tx.now(), ids::NewUuid())
          .affected() > 0;
  tx.Run(sql::insert_sale_lines, IdOrNull("ctr", order.contract_id()),
         IdOrNull("acc", order.account_id()), postgres::IdArray("ol", lines.ids), lines.classes);
  if (is_new) Announce(tx, id, order, price, crm_price);
  return {};
}

}  // namespace continuo::commissions::app
