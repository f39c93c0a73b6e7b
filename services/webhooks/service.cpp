#include "services/webhooks/service.h"

#include "libs/runtime/config.h"
#include "services/webhooks/app/app.h"
#include "services/webhooks/app/feed_waiters.h"
#include "services/webhooks/consumers/consumers.h"
#include "services/webhooks/jobs/feed_job.h"
#include "services/webhooks/jobs/secrets_job.h"
#include "services/webhooks/jobs/sender.h"
#include "services/webhooks/rpc/webhooks_rpc.h"
#include "services/webhooks/store/sql.h"

namespace continuo::webhooks {

runtime::ServiceDefinition Service() {
  // One for each process; the handlers refer to it for as long as the service lives.
  const auto app = std::make_shared<std::unique_ptr<app::App>>();
  const auto waiters = std::make_shared<std::unique_ptr<app::FeedWaiters>>();
  return {.name = "webhooks",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire =
              [app, waiters](runtime::Host& host) {
                *waiters = std::make_unique<app::FeedWaiters>();
                *app = std::make_unique<app::App>(app::App{
                    host.database, host.peers, host.config.sandbox(), waiters->get()});
                OfferMethods(**app, host.methods);
                consumers::FollowEverything(host.consumers);
                jobs::PlaceEvents(host.jobs, host.database);
                jobs::ForgetSecrets(host.jobs, host.database);
              },
          .run =
              [app, waiters](runtime::Host& host, const std::function<bool()>& stopping) {
                jobs::Sender(**app, host.metrics).Run([&] {
                  if (!stopping()) return false;
                  (*waiters)->Close();  // at once: what they wait for is not coming
                  return true;
                });
              }};
}

}  // namespace continuo::webhooks
