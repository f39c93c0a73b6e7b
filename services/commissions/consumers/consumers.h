// The facts that commissions acts on.
//
// order.accepted                          a sale link is opened for the contract
// invoice.issued, credit_note.issued      what was billed of a sale; waits for its order
// payment.received, .allocated, .reversed what was paid of its invoices
#pragma once

#include "services/commissions/app/app.h"

namespace continuo::events {
class Consumers;
}

namespace continuo::commissions::consumers {

void Subscribe(events::Consumers& consumers, const app::App& app);

}  // namespace continuo::commissions::consumers
