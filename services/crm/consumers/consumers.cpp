#include "services/crm/consumers/consumers.h"

#include "continuo/quoting/v1/events.pb.h"
#include "libs/events/consumers.h"
#include "services/crm/app/follow_sale.h"

namespace continuo::crm::consumers {
namespace {

// A handler that calls `follow`; a deal that is not known yet is waited for.
template <class Data>
void On(events::Consumers& consumers,
        Result<app::Followed> (*follow)(postgres::Transaction&, const Data&)) {
  consumers.On<Data>([follow](postgres::Transaction& tx, const events::Event&,
                              const Data& data) -> events::Outcome {
    const Result<app::Followed> followed = follow(tx, data);
    if (!followed) return followed.error();
    if (*followed == app::Followed::kOpportunityUnknown) {
      return events::Wait{data.opportunity_id()};
    }
    return events::Done{};
  });
}

}  // namespace

void Subscribe(events::Consumers& consumers) {
  On<quoting::v1::QuoteCreated>(consumers, app::OpenForQuote);
  On<quoting::v1::QuotePriced>(consumers, app::FollowPrice);
  On<quoting::v1::QuoteSelected>(consumers, app::FollowSelection);
  On<quoting::v1::OrderAccepted>(consumers, app::WinByOrder);
  On<quoting::v1::ResidualDemandPursued>(consumers, app::OpenForDemand);
}

}  // namespace continuo::crm::consumers
