#include "services/commissions/app/sale_links.h"

#include "continuo/commissions/v1/events.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/commissions/app/control_totals.h"
#include "services/commissions/app/credits.h"
#include "services/commissions/domain/sale_claim.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Parameter;

Result<v1::SaleLink> Load(postgres::Transaction& tx, const std::string& id) {
  const postgres::Rows rows = tx.Run(sql::select_sale_link, IdOrNull("sale", id),
                                     tx.call().Permits("sale_links.claim"));
  if (rows.empty()) return NotFound("sale_link", id);
  v1::SaleLink link;
  postgres::Fill(rows.front(), &link);
  return link;
}

}  // namespace

Result<void> OpenSaleLink(postgres::Transaction& tx, const quoting::v1::Order& order,
                          const type::v1::ControlTotals& announced) {
  events::ControlTotals received;
  std::vector<std::string> product_names;
  for (const quoting::v1::OrderLine& line : order.lines()) {
    ASSIGN_OR_RETURN(const money::Money total, ReadAmount(line.term_total()));
    received.Add(line.term_total().currency(), total.minor());
    product_names.push_back(line.product_name());
  }
  ASSIGN_OR_RETURN(const events::ControlTotals expected, ReadTotals(announced));
  RETURN_IF_FAULT(received.Check(expected));
  ASSIGN_OR_RETURN(const money::Money price, ReadAmount(order.term_total()));
  std::optional<int64_t> crm_price;
  if (order.has_opportunity_value() &&
      order.opportunity_value().currency() == order.term_total().currency()) {
    ASSIGN_OR_RETURN(const money::Money value, ReadAmount(order.opportunity_value()));
    crm_price = value.minor();
  }
  tx.Run(sql::insert_sale_link, ids::SaleLinkId::New(), IdOrNull("acc", order.account_id()),
         IdOrNull("div", order.division_id()), IdOrNull("ord", order.id()),
         IdOrNull("ctr", order.contract_id()), crm_price, price.minor(),
         order.term_total().currency(), NullIfEmpty(order.start_on()), product_names, tx.now());
  return {};
}

Result<v1::SaleLink> GetSaleLink(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetSaleLinkRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListSaleLinksResponse> ListSaleLinks(postgres::Database& database, const rpc::Call& call,
                                                const v1::ListSaleLinksRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ListSaleLinksResponse> {
        v1::ListSaleLinksResponse response;
        const Parameter parameters[] = {Parameter(), call.Permits("sale_links.claim")};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_sale_link, .parameters = parameters}, request, &response));
        return response;
      });
}

Result<v1::SaleLink> ClaimSaleLink(postgres::Database& database, const rpc::Call& call,
                                   const v1::ClaimSaleLinkRequest& request) {
  return database.Command<v1::SaleLink>(
      call, [&](postgres::Transaction& tx) -> Result<v1::SaleLink> {
        ASSIGN_OR_RETURN(const v1::SaleLink before, Load(tx, request.id()));
        tx.AuditBefore(before);
        if (tx.Run(sql::find_own_participant, IdOrNull("usr", call.principal.user_id)).empty()) {
          return FailedPrecondition("CALLER_NOT_PARTICIPANT",
                                    "You earn no commission yet. Ask to be made a participant.");
        }
        const postgres::Rows rows = tx.Run(sql::claim_sale_link, IdOrNull("sale", request.id()),
                                           request.evidence(), tx.now());
        if (rows.empty()) {
          return FailedPrecondition("SALE_LINK_NOT_OPEN",
                                    "The sale was claimed before. Read it to see by whom.");
        }
        const postgres::Row row = rows.front();
        v1::SaleLinkClaimed claimed;
        claimed.set_id(request.id());
        claimed.set_revision(row.Int("revision"));
        claimed.set_account_id(row.Id("acc", "account_id"));
        claimed.set_contract_id(row.Id("ctr", "contract_id"));
        claimed.set_participant_id(row.Id("part", "participant_id"));
        events::Append(tx, claimed, {.source_version = claimed.revision()});
        return Load(tx, request.id());
      });
}

Result<v1::SaleLink> VerifySaleLink(postgres::Database& database, const rpc::Call& call,
                                    const v1::VerifySaleLinkRequest& request) {
  return database.Command<v1::SaleLink>(
      call, [&](postgres::Transaction& tx) -> Result<v1::SaleLink> {
        const Parameter id = IdOrNull("sale", request.id());
        const postgres::Rows rows = tx.Run(sql::lock_sale_link, id);
        if (rows.empty()) return NotFound("sale_link", request.id());
        const postgres::Row row = rows.front();
        RETURN_IF_FAULT(postgres::CheckRevision(call, row.Int("revision")));
        RETURN_IF_FAULT(domain::CheckVerification({.is_claimed = row.Text("status") == "claimed",
                                                   .claimed_by = row.OptionalId("usr", "claimed_by")},
                                                  call.principal.user_id));
        ASSIGN_OR_RETURN(const v1::SaleLink before, Load(tx, request.id()));
        tx.AuditBefore(before);
        tx.Run(sql::verify_sale_link, id, IdOrNull("usr", call.principal.user_id), tx.now());
        ASSIGN_OR_RETURN(v1::SaleLink link, Load(tx, request.id()));
        v1::SaleLinkVerified verified;
        verified.set_id(link.id());
        verified.set_revision(link.revision());
        verified.set_account_id(link.account_id());
        verified.set_contract_id(link.contract_id());
        verified.set_participant_id(link.participant_id());
        verified.set_verified_by(link.verified_by());
        events::Append(tx, verified, {.source_version = link.revision()});
        RETURN_IF_FAULT(CreditToDate(tx, link.id()));
        return link;
      });
}

}  // namespace continuo::commissions::app
