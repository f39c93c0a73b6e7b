#include "services/commissions/app/claim_sale_link.h"

#include "continuo/commissions/v1/events.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/sale_link_moves.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::IdOrNull;
using postgres::Transaction;

Result<std::string> OwnParticipant(Transaction& tx) {
  const postgres::Rows own = tx.Run(sql::find_participant_of_user,
                                    IdOrNull("usr", tx.call().principal.user_id));
  if (!own.empty()) return own.front().Id("part", "id");
  return FailedPrecondition("CALLER_NOT_PARTICIPANT",
                            "You earn no commission yet. Ask to be made a participant.");
}

}  // namespace

Result<v1::SaleLink> ClaimSaleLink(const App& app, const rpc::Call& call,
                                   const v1::ClaimSaleLinkRequest& request) {
  return app.database.Command<v1::SaleLink>(call, [&](Transaction& tx) -> Result<v1::SaleLink> {
    ASSIGN_OR_RETURN(const LockedSale locked, LockSale(tx, request.id()));
    RETURN_IF_FAULT(domain::CheckClaim(locked.sale));
    ASSIGN_OR_RETURN(const std::string participant, OwnParticipant(tx));
    std::vector<domain::Split> splits = ReadSplits(request.splits());
    if (splits.empty()) splits.push_back({participant, 100});
    ASSIGN_OR_RETURN(const std::vector<Share> shares,
                     FindShares(tx, locked.accepted_on, splits));
    ASSIGN_OR_RETURN(const v1::SaleLink link, MoveSale(tx, locked,
                                                       {.status = "claimed",
                                                        .reason = request.evidence(),
                                                        .claimer = participant,
                                                        .shares = shares}));
    v1::SaleLinkClaimed claimed;
    claimed.set_id(link.id());
    claimed.set_revision(link.revision());
    claimed.set_account_id(locked.account_id);
    claimed.set_contract_id(locked.contract_id);
    claimed.set_participant_id(participant);
    events::Append(tx, claimed, {.source_version = link.revision()});
    return link;
  });
}

Result<v1::SaleLink> ContestSaleLink(const App& app, const rpc::Call& call,
                                     const v1::ContestSaleLinkRequest& request) {
  return app.database.Command<v1::SaleLink>(call, [&](Transaction& tx) -> Result<v1::SaleLink> {
    ASSIGN_OR_RETURN(const LockedSale locked, LockSale(tx, request.id()));
    RETURN_IF_FAULT(domain::CheckContest(locked.sale, call.principal.user_id));
    ASSIGN_OR_RETURN(const v1::SaleLink link,
                     MoveSale(tx, locked, {.status = "contested", .reason = request.reason()}));
    v1::SaleLinkContested contested;
    contested.set_id(link.id());
    contested.set_revision(link.revision());
    contested.set_account_id(locked.account_id);
    contested.set_contract_id(locked.contract_id);
    contested.set_participant_id(locked.participant_id);
    contested.set_contested_by(call.principal.user_id);
    events::Append(tx, contested, {.source_version = link.revision()});
    return link;
  });
}

}  // namespace continuo::commissions::app
