#include "services/contracts/rpc/contracts_rpc.h"

#include <google/protobuf/descriptor.h>

#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"

namespace continuo::contracts {
namespace {

class NoPeers : public rpc::Peers {
 public:
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string&,
                            const google::protobuf::Message&,
                            google::protobuf::Message&) override {
    return Unavailable("UNAVAILABLE", "There are no others.");
  }
  std::vector<std::string> services() const override { return {}; }
};

TEST_CASE("Every method of the service is offered") {
  postgres::Database database({.service = "contracts", .url = "host=/nowhere"});
  NoPeers peers;
  rpc::Methods methods;
  OfferMethods(methods, database, peers);
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      "continuo.contracts.v1.ContractsService");
  REQUIRE(service != nullptr);
  CHECK(methods.entries().size() == static_cast<std::size_t>(service->method_count()));
  for (int i = 0; i < service->method_count(); ++i) {
    CAPTURE(service->method(i)->full_name());
    const auto& entries = methods.entries();
    CHECK(std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
      return entry.second.descriptor == service->method(i);
    }));
  }
}

}  // namespace
}  // namespace continuo::contracts
