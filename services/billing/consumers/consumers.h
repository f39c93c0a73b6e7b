// The facts that billing acts on.
//
// order.accepted          one-off lines become billable at acceptance
// release_batch.created   released schedule lines become billable on their bill date
// account.updated         the account is fetched again before its next document
// division.updated        the division's snapshot is taken again
#pragma once

#include "services/billing/app/app.h"

namespace continuo::events {
class Consumers;
}

namespace continuo::billing::consumers {

void Subscribe(events::Consumers& consumers, const app::App& app);

}  // namespace continuo::billing::consumers
