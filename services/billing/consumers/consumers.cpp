#include "services/billing/consumers/consumers.h"

#include "continuo/contracts/v1/events.pb.h"
#include "continuo/contracts/v1/schedule.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/directory/v1/events.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/events/consumers.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/billing/app/parties.h"
#include "services/billing/app/take_items.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::consumers {
namespace {

using events::Done;
using events::Event;
using events::Outcome;
using postgres::Transaction;

void OnOrderAccepted(events::Consumers& consumers, const app::App& app) {
  consumers.On<quoting::v1::OrderAccepted, quoting::v1::Order>(
      [app](const Event& event, const quoting::v1::OrderAccepted& data) {
        quoting::v1::GetOrderRequest request;
        request.set_id(data.id());
        return app.peers.Ask<quoting::v1::Order>(events::CallFor("billing", event),
                                                 "continuo.quoting.v1.QuotingService/GetOrder",
                                                 request);
      },
      [](Transaction& tx, const Event&, const quoting::v1::OrderAccepted& data,
         const quoting::v1::Order& order) -> Outcome {
        RETURN_IF_FAULT(app::TakeOrder(tx, order, data.control_totals()));
        return Done{};
      });
}

void OnReleaseBatchCreated(events::Consumers& consumers, const app::App& app) {
  consumers.On<contracts::v1::ReleaseBatchCreated, contracts::v1::ReleaseBatch>(
      [app](const Event& event, const contracts::v1::ReleaseBatchCreated& data) {
        contracts::v1::GetReleaseBatchRequest request;
        request.set_id(data.id());
        return app.peers.Ask<contracts::v1::ReleaseBatch>(
            events::CallFor("billing", event),
            "continuo.contracts.v1.ContractsService/GetReleaseBatch", request);
      },
      [](Transaction& tx, const Event&, const contracts::v1::ReleaseBatchCreated& data,
         const contracts::v1::ReleaseBatch& batch) -> Outcome {
        RETURN_IF_FAULT(app::TakeReleaseBatch(tx, batch, data.control_totals()));
        return Done{};
      });
}

void OnAccountUpdated(events::Consumers& consumers) {
  consumers.On<crm::v1::AccountUpdated>(
      [](Transaction& tx, const Event&, const crm::v1::AccountUpdated& data) -> Outcome {
        tx.Run(sql::announce_customer, postgres::IdOrNull("acc", data.id()), data.revision());
        return Done{};
      });
}

void OnDivisionUpdated(events::Consumers& consumers, const app::App& app) {
  consumers.On<directory::v1::DivisionUpdated, directory::v1::Division>(
      [app](const Event& event, const directory::v1::DivisionUpdated& data) {
        return app::AskDivision(app, events::CallFor("billing", event), data.id(), "/id");
      },
      [](Transaction& tx, const Event&, const directory::v1::DivisionUpdated&,
         const directory::v1::Division& division) -> Outcome {
        app::StoreSeller(tx, division);
        return Done{};
      });
}

}  // namespace

void Subscribe(events::Consumers& consumers, const app::App& app) {
  OnOrderAccepted(consumers, app);
  OnReleaseBatchCreated(consumers, app);
  OnAccountUpdated(consumers);
  OnDivisionUpdated(consumers, app);
}

}  // namespace continuo::billing::consumers
