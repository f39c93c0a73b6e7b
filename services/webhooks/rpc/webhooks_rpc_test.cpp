#include "services/webhooks/rpc/webhooks_rpc.h"

#include <google/protobuf/descriptor.h>

#include "libs/rpc/methods.h"
#include "services/webhooks/app/stage_test.h"

namespace continuo::webhooks {
namespace {

TEST_CASE("every method of the service is offered") {
  postgres::Database database({.service = "webhooks", .url = "host=/nowhere"});
  Divisions divisions;
  const app::App app{database, divisions, true};
  rpc::Methods methods;
  OfferMethods(app, methods);
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      "continuo.webhooks.v1.WebhooksService");
  REQUIRE(service != nullptr);
  CHECK(methods.entries().size() == static_cast<std::size_t>(service->method_count()));
}

}  // namespace
}  // namespace continuo::webhooks
