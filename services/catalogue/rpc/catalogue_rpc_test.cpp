#include "services/catalogue/rpc/catalogue_rpc.h"

#include <google/protobuf/descriptor.h>

#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"

namespace continuo::catalogue {
namespace {

struct NoPeers : rpc::Peers {
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string& method,
                            const google::protobuf::Message&,
                            google::protobuf::Message&) override {
    return Unavailable("UNAVAILABLE", method);
  }
  std::vector<std::string> services() const override { return {}; }
};

TEST_CASE("Every RPC of catalogue has its use case") {
  postgres::Database database({.service = "catalogue", .url = "host=/nowhere"});
  rpc::Methods methods;
  NoPeers peers;
  OfferMethods(methods, {database, peers});
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      "continuo.catalogue.v1.CatalogueService");
  REQUIRE(service != nullptr);
  CHECK(methods.entries().size() == static_cast<size_t>(service->method_count()));
  for (int i = 0; i < service->method_count(); ++i) {
    const std::string name = service->full_name() + "/" + service->method(i)->name();
    INFO(name);
    CHECK(methods.entries().contains(name));
  }
}

}  // namespace
}  // namespace continuo::catalogue
