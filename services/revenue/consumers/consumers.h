// The facts that revenue acts on.
//
// order.accepted                     obligations, with the price allocated over them
// schedule.initialised, .uninitialised, .cancelled    when what recurs is earned, and how much
// invoice.issued, credit_note.issued                  what is billed
// payment.received, .allocated, .reversed             what is paid
//
// The log of each service is in order per account, but not between services: what comes before the
// order, or the invoice, that it speaks of waits for it.
#pragma once

#include "services/revenue/app/app.h"

namespace continuo::events {
class Consumers;
}

namespace continuo::revenue::consumers {

void Subscribe(events::Consumers& consumers, const app::App& app);

}  // namespace continuo::revenue::consumers
