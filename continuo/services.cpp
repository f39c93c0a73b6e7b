#include "continuo/services.h"

#include <algorithm>
#include <sstream>

#include "libs/runtime/config.h"
#include "services/billing/service.h"
#include "services/catalogue/service.h"
#include "services/commissions/service.h"
#include "services/contracts/service.h"
#include "services/crm/service.h"
#include "services/directory/service.h"
#include "services/quoting/service.h"
#include "services/revenue/service.h"
#include "services/webhooks/service.h"

namespace continuo {

std::vector<runtime::ServiceDefinition> AllServices() {
  std::vector<runtime::ServiceDefinition> all;
  all.push_back(directory::Service());
  all.push_back(catalogue::Service());
  all.push_back(crm::Service());
  all.push_back(quoting::Service());
  all.push_back(contracts::Service());
  all.push_back(billing::Service());
  all.push_back(revenue::Service());
  all.push_back(commissions::Service());
  all.push_back(webhooks::Service());
  return all;
}

Result<Selected> SelectServices(const std::string& list) {
  Selected selected;
  auto all = AllServices();
  if (list == "all") {
    selected.services = std::move(all);
    selected.gateway = true;
    return selected;
  }
  std::stringstream names(list);
  for (std::string name; std::getline(names, name, ',');) {
    if (name == "gateway") {
      selected.gateway = true;
      continue;
    }
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto& service) { return service.name == name; });
    if (found == all.end()) {
      std::string known = "gateway";
      for (const auto& service : all) known += ", " + service.name;
      return FailedPrecondition("UNKNOWN_SERVICE",
                                "There is no service \"" + name + "\". There are: " + known +
                                    ", or all of them: all.");
    }
    selected.services.push_back(*found);
  }
  return selected;
}

Result<void> CheckServiceNames(const runtime::Config& config) {
  const auto all = AllServices();
  const auto check = [&](const std::string& setting, const auto& by_service) -> Result<void> {
    for (const auto& [name, value] : by_service) {
      const bool known = std::any_of(all.begin(), all.end(), [&name = name](const auto& service) {
        return service.name == name;
      });
      if (known) continue;
      return FailedPrecondition("INVALID_CONFIG", "The setting " + setting + "." + name +
                                                      " names no service of this program.");
    }
    return {};
  };
  RETURN_IF_FAULT(check("rpc.peers", config.rpc.peers));
  return check("postgres.urls", config.postgres.urls);
}

}  // namespace continuo
