#include "services/commissions/app/decide_sale_link.h"

#include "continuo/commissions/v1/events.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "libs/events/append.h"
#include "libs/postgres/database.h"
#include "services/commissions/app/credit_to_date.h"
#include "services/commissions/app/read_sale_links.h"
#include "services/commissions/app/sale_link_moves.h"

namespace continuo::commissions::app {
namespace {

using postgres::Transaction;

// Of a sale link that the caller sees in full: whoever only recognises one cannot judge it.
Result<LockedSale> LockJudgeable(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(LockedSale locked, LockSale(tx, id));
  ASSIGN_OR_RETURN(const v1::SaleLink link, LoadSaleLink(tx, id));
  if (link.masked()) return NotFound("sale_link", id);
  return locked;
}

Result<void> CreditNow(Transaction& tx, const LockedSale& locked) {
  return CreditToDate(tx, {locked.id}, {.source_id = locked.id, .effective_on = locked.today});
}

void AnnounceVerified(Transaction& tx, const v1::SaleLink& link) {
  v1::SaleLinkVerified verified;
  verified.set_id(link.id());
  verified.set_revision(link.revision());
  verified.set_account_id(link.account_id());
  verified.set_contract_id(link.contract_id());
  verified.set_participant_id(link.participant_id());
  verified.set_verified_by(link.verified_by());
  events::Append(tx, verified, {.source_version = link.revision()});
}

void AnnounceResolved(Transaction& tx, const v1::SaleLink& link) {
  v1::SaleLinkResolved resolved;
  resolved.set_id(link.id());
  resolved.set_revision(link.revision());
  resolved.set_account_id(link.account_id());
  resolved.set_contract_id(link.contract_id());
  for (const v1::SaleSplit& split : link.splits()) {
    auto* announced = resolved.add_splits();
    announced->set_participant_id(split.participant_id());
    announced->set_percent(split.percent());
  }
  resolved.set_resolved_by(link.verified_by());
  events::Append(tx, resolved, {.source_version = link.revision()});
}

}  // namespace

Result<v1::SaleLink> VerifySaleLink(const App& app, const rpc::Call& call,
                                    const v1::VerifySaleLinkRequest& request) {
  return app.database.Command<v1::SaleLink>(call, [&](Transaction& tx) -> Result<v1::SaleLink> {
    ASSIGN_OR_RETURN(const LockedSale locked, LockJudgeable(tx, request.id()));
    RETURN_IF_FAULT(domain::CheckVerification(locked.sale, call.principal.user_id, {}));
    ASSIGN_OR_RETURN(const std::vector<Share> shares,
                     FindShares(tx, locked.accepted_on, CurrentSplits(tx, locked.id)));
    RETURN_IF_FAULT(
        domain::CheckVerification(locked.sale, call.principal.user_id, UsersOf(shares)));
    ASSIGN_OR_RETURN(
        const v1::SaleLink link,
        MoveSale(tx, locked,
                 {.status = "verified", .reason = request.reason(), .shares = shares}));
    AnnounceVerified(tx, link);
    RETURN_IF_FAULT(CreditNow(tx, locked));
    return link;
  });
}

Result<v1::SaleLink> ResolveSaleLink(const App& app, const rpc::Call& call,
                                     const v1::ResolveSaleLinkRequest& request) {
  return app.database.Command<v1::SaleLink>(call, [&](Transaction& tx) -> Result<v1::SaleLink> {
    ASSIGN_OR_RETURN(const LockedSale locked, LockJudgeable(tx, request.id()));
    RETURN_IF_FAULT(domain::CheckResolution(locked.sale, call.principal.user_id, {}));
    std::vector<domain::Split> splits = ReadSplits(request.splits());
    if (splits.empty()) splits = CurrentSplits(tx, locked.id);
    ASSIGN_OR_RETURN(const std::vector<Share> shares,
                     FindShares(tx, locked.accepted_on, splits));
    RETURN_IF_FAULT(domain::CheckResolution(locked.sale, call.principal.user_id, UsersOf(shares)));
    ASSIGN_OR_RETURN(
        const v1::SaleLink link,
        MoveSale(tx, locked,
                 {.status = "resolved", .reason = request.reason(), .shares = shares}));
    AnnounceResolved(tx, link);
    RETURN_IF_FAULT(CreditNow(tx, locked));
    return link;
  });
}

}  // namespace continuo::commissions::app
