// A stored opportunity as the rules see it, how one is opened, and how its value is kept.
#pragma once

#include <optional>
#include <string>

#include "libs/postgres/resource.h"
#include "services/crm/domain/deal.h"

namespace continuo::crm::v1 {
class Opportunity;
}

namespace continuo::crm::app {

extern const postgres::Resource kOpportunity;

domain::Deal DealOf(const v1::Opportunity& opportunity);

// Opens an opportunity under `opportunity.id()`, which may be minted elsewhere, and publishes
// opportunity.created. Chooses pipeline, stage and kind where none is named. The account is known
// to exist. None when there is one with this id already.
Result<std::optional<v1::Opportunity>> InsertOpportunity(postgres::Transaction& tx,
                                                         v1::Opportunity opportunity);

// What the deal is worth was learnt: appends to its history and publishes
// opportunity.value_changed. `before` and `after` are the stored states.
void RecordValue(postgres::Transaction& tx, const v1::Opportunity& before,
                 const v1::Opportunity& after);

// REFERENCE_NOT_FOUND unless the contact is one of the account's.
Result<void> CheckContactOf(postgres::Transaction& tx, const std::string& account_id,
                            const std::string& contact_id);

// Of an opportunity's value; null where it has none. Faults point at /value/amount.
Result<std::optional<money::Money>> ValueOf(const v1::Opportunity& opportunity);

}  // namespace continuo::crm::app
