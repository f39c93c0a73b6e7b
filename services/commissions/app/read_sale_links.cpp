#include "services/commissions/app/read_sale_links.h"

#include "continuo/commissions/v1/sale_link.pb.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

constexpr char kMayClaim[] = "sale_links.claim";

// Fills the splits of links and steps alike: those of `revision_of` each.
template <class Messages, class RevisionOf, class LinkOf>
void FillSplits(Transaction& tx, Messages* messages, LinkOf link_of, RevisionOf revision_of) {
  std::vector<std::string> links;
  std::vector<int64_t> revisions;
  for (const auto& message : *messages) {
    links.push_back(link_of(message));
    revisions.push_back(revision_of(message));
  }
  std::map<std::pair<std::string, int64_t>, std::vector<v1::SaleSplit>> splits;
  for (const postgres::Row row :
       tx.Run(sql::list_splits, postgres::IdArray("sale", links), revisions)) {
    auto& of_step = splits[{row.Id("sale", "sale_link_id"), row.Int("revision")}];
    postgres::Fill(row, &of_step.emplace_back());
  }
  for (auto& message : *messages) {
    for (const v1::SaleSplit& split : splits[{link_of(message), revision_of(message)}]) {
      *message.add_splits() = split;
    }
  }
}

void FillLinkSplits(Transaction& tx, google::protobuf::RepeatedPtrField<v1::SaleLink>* links) {
  FillSplits(
      tx, links, [](const v1::SaleLink& link) { return link.id(); },
      [](const v1::SaleLink& link) { return link.split_revision(); });
}

}  // namespace

Result<v1::SaleLink> LoadSaleLink(Transaction& tx, const std::string& id) {
  const postgres::Rows rows =
      tx.Run(sql::select_sale_link, IdOrNull("sale", id), tx.call().Permits(kMayClaim), Parameter(),
             Parameter());
  if (rows.empty()) return NotFound("sale_link", id);
  v1::ListSaleLinksResponse one;
  postgres::Fill(rows.front(), one.add_data());
  FillLinkSplits(tx, one.mutable_data());
  return one.data(0);
}

Result<v1::SaleLink> GetSaleLink(const App& app, const rpc::Call& call,
                                 const v1::GetSaleLinkRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) { return LoadSaleLink(tx, request.id()); });
}

Result<v1::ListSaleLinksResponse> ListSaleLinks(const App& app, const rpc::Call& call,
                                                const v1::ListSaleLinksRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListSaleLinksResponse> {
    v1::ListSaleLinksResponse response;
    const Parameter parameters[] = {Parameter(), call.Permits(kMayClaim),
                                    IdOrNull("acc", request.account_id()),
                                    IdOrNull("ctr", request.contract_id())};
    RETURN_IF_FAULT(postgres::List(
        tx, {.select = sql::select_sale_link, .parameters = parameters}, request, &response));
    FillLinkSplits(tx, response.mutable_data());
    return response;
  });
}

Result<v1::ListSaleLinkStepsResponse> ListSaleLinkSteps(
    const App& app, const rpc::Call& call, const v1::ListSaleLinkStepsRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) -> Result<v1::ListSaleLinkStepsResponse> {
    ASSIGN_OR_RETURN(const v1::SaleLink link, LoadSaleLink(tx, request.sale_link_id()));
    if (link.masked()) return NotFound("sale_link", request.sale_link_id());
    v1::ListSaleLinkStepsResponse response;
    RETURN_IF_FAULT(
        postgres::List(tx, {.select = sql::select_sale_link_steps}, request, &response));
    FillSplits(
        tx, response.mutable_data(),
        [](const v1::SaleLinkStep& step) { return step.sale_link_id(); },
        [](const v1::SaleLinkStep& step) { return step.revision(); });
    return response;
  });
}

}  // namespace continuo::commissions::app
