#include "services/commissions/app/sale_link_moves.h"

#include <map>
#include <stdexcept>

#include "continuo/commissions/v1/sale_link.pb.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/revision.h"
#include "services/commissions/app/read_sale_links.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using domain::SaleStatus;
using postgres::IdOrNull;
using postgres::Parameter;
using postgres::Transaction;

SaleStatus StatusOf(std::string_view text) {
  static const std::map<std::string_view, SaleStatus> all{{"open", SaleStatus::kOpen},
                                                          {"claimed", SaleStatus::kClaimed},
                                                          {"verified", SaleStatus::kVerified},
                                                          {"contested", SaleStatus::kContested},
                                                          {"resolved", SaleStatus::kResolved}};
  return all.at(text);
}

}  // namespace

Result<LockedSale> LockSale(Transaction& tx, const std::string& id) {
  const bool may_claim = tx.call().Permits("sale_links.claim");
  const postgres::Rows rows = tx.Run(sql::lock_sale_link, IdOrNull("sale", id), may_claim);
  if (rows.empty()) return NotFound("sale_link", id);
  const postgres::Row row = rows.front();
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), row.Int("revision")));
  ASSIGN_OR_RETURN(const calendar::Zone zone, calendar::Zone::Find(row.Text("time_zone")));
  ASSIGN_OR_RETURN(const v1::SaleLink before, LoadSaleLink(tx, id));
  tx.AuditBefore(before);
  return LockedSale{.id = id,
                    .sale = {.status = StatusOf(row.Text("status")),
                             .claimed_by = row.OptionalId("usr", "claimed_by"),
                             .contested_by = row.OptionalId("usr", "contested_by")},
                    .account_id = row.Id("acc", "account_id"),
                    .contract_id = row.Id("ctr", "contract_id"),
                    .participant_id = row.OptionalId("part", "participant_id"),
                    .accepted_on = row.Date("accepted_on"),
                    .today = tx.Today(zone)};
}

std::vector<std::string> UsersOf(const std::vector<Share>& shares) {
  std::vector<std::string> users;
  for (const Share& share : shares) users.push_back(share.user_id);
  return users;
}

Result<std::vector<Share>> FindShares(Transaction& tx, calendar::Date accepted_on,
                                      const std::vector<domain::Split>& splits) {
  RETURN_IF_FAULT(domain::CheckSplits(splits));
  std::vector<std::string> participants;
  for (const domain::Split& split : splits) participants.push_back(split.participant_id);
  std::vector<Share> shares;
  for (const postgres::Row row : tx.Run(sql::list_terms_in_force,
                                        postgres::IdArray("part", participants), accepted_on)) {
    const domain::Split& split = splits[shares.size()];
    if (row.IsNull("participant_id")) {
      return Invalid("/splits/" + std::to_string(shares.size()) + "/participant_id",
                     "REFERENCE_NOT_FOUND",
                     "There is no participant " + split.participant_id + ".");
    }
    if (row.IsNull("plan_id")) {
      return FailedPrecondition("PARTICIPANT_NOT_IN_FORCE",
                                "Participant " + split.participant_id +
                                    " is none, or under no terms, on " + accepted_on.ToString() +
                                    ", the day of the sale.",
                                {{"participant_id", split.participant_id}});
    }
    shares.push_back({.split = split,
                      .user_id = row.Id("usr", "user_id"),
                      .plan_id = row.Uuid("plan_id"),
                      .plan_version = row.Int("version")});
  }
  return shares;
}

std::vector<domain::Split> ReadSplits(
    const google::protobuf::RepeatedPtrField<v1::SaleSplit>& splits) {
  std::vector<domain::Split> read;
  for (const v1::SaleSplit& split : splits) {
    read.push_back({split.participant_id(), money::Decimal::Parse(split.percent()).value()});
  }
  return read;
}

std::vector<domain::Split> CurrentSplits(Transaction& tx, const std::string& id) {
  std::vector<domain::Split> splits;
  for (const postgres::Row row : tx.Run(sql::list_current_splits, IdOrNull("sale", id))) {
    splits.push_back({row.Id("part", "participant_id"), row.Decimal("percent")});
  }
  return splits;
}

Result<v1::SaleLink> MoveSale(Transaction& tx, const LockedSale& locked, const Move& move) {
  std::vector<std::string> participants;
  std::vector<money::Decimal> percents;
  std::vector<ids::Uuid> plans;
  std::vector<int64_t> versions;
  for (const Share& share : move.shares) {
    participants.push_back(share.split.participant_id);
    percents.push_back(share.split.percent);
    plans.push_back(share.plan_id);
    versions.push_back(share.plan_version);
  }
  tx.Run(sql::move_sale_link, IdOrNull("sale", locked.id), move.status, ids::NewUuid(),
         move.reason, locked.today, tx.now(), IdOrNull("part", move.claimer),
         postgres::IdArray("part", participants), percents, plans, versions);
  return LoadSaleLink(tx, locked.id);
}

}  // namespace continuo::commissions::app
