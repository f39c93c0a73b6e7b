#include "services/directory/service.h"

#include <array>

#include "libs/runtime/config.h"
#include "services/directory/app/app.h"
#include "services/directory/app/test_clock.h"
#include "services/directory/consumers/consumers.h"
#include "services/directory/rpc/directory_rpc.h"
#include "services/directory/store/sql.h"

namespace continuo::directory {
namespace {

// Whose commands leave audit entries: every service, whether it runs in this deployment or not.
constexpr std::array<std::string_view, 9> kAudited{
    "directory", "catalogue", "crm", "quoting", "contracts", "billing", "revenue", "commissions",
    "webhooks"};

app::App AppOf(runtime::Host& host) {
  return {host.database, host.peers, host.config.sandbox()};
}

}  // namespace

runtime::ServiceDefinition Service() {
  // One for each process; the handlers refer to it for as long as the service lives.
  const auto app = std::make_shared<std::unique_ptr<app::App>>();
  return {.name = "directory",
          .migrations = sql::migrations(),
          .holds_account_data = true,
          .wire =
              [app](runtime::Host& host) {
                *app = std::make_unique<app::App>(AppOf(host));
                OfferMethods(**app, host.methods);
                consumers::Subscribe(host.consumers, kAudited);
              },
          .run =
              [app](runtime::Host& host, const std::function<bool()>& stopping) {
                if (host.config.sandbox()) app::RunTestClock(**app, stopping);
              }};
}

}  // namespace continuo::directory
