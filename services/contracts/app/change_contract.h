// A change order takes effect on a running contract: the lines that it ends end, what it sells is
// added, and begins where the running lines' dates say so.
//
//   50 seats run from January for a year; from July 30 of them remain
//     the schedule of 50 is cancelled from July, one of 30 begins in July for the rest of the year
//
// The running line keeps what it was sold for; what of it is not billed any more is in its schedule
// (schedule.cancelled), so that what follows from a cancellation follows from a change too.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::quoting::v1 {
class Order;
class OrderAccepted;
class OrderLine;
}  // namespace continuo::quoting::v1

namespace continuo::contracts::app {

// Within the consumer's transaction. Safe to repeat: an order takes effect once. NOT_FOUND for a
// contract or a line that there is not, SCHEDULE_ENDED for a line that somebody ended since it was
// quoted: quoting asks before it accepts, so either parks the order for people to look at.
Result<void> ChangeContract(postgres::Transaction& tx, const quoting::v1::OrderAccepted& accepted,
                            const quoting::v1::Order& order);

// Whether the running line that it changes ends by it.
bool EndsALine(const quoting::v1::OrderLine& line);

}  // namespace continuo::contracts::app
