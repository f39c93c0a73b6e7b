// `continuo describe`: the documents that docs/api keeps.
#include <cstdio>

#include "continuo/commands.h"
#include "services/gateway/describe/openapi.h"
#include "services/gateway/describe/tables.h"
#include "services/gateway/routes.h"

namespace continuo {

int Describe(const std::string& what) {
  std::string text;
  if (what == "openapi") text = gateway::OpenApiDocument(gateway::Routes());
  if (what == "events") text = gateway::EventTable();
  if (what == "errors") text = gateway::ErrorTable();
  std::fputs(text.c_str(), stdout);
  return 0;
}

}  // namespace continuo
