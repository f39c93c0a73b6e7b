#include "continuo/laws/laws.h"

#include <stdexcept>
#include <vector>

#include "libs/testing/catch/catch.h"

namespace continuo::laws {
namespace {

TEST_CASE("a law says its sentence in its first line") {
  CHECK(SentenceOf("-- 2. Order line = sum\nSELECT 1") == "2. Order line = sum");
}

TEST_CASE("what holds in each service is asked of each service") {
  const std::vector<std::string> services{"crm", "billing"};
  CHECK(ForServices("SELECT 1", services) == "SELECT 1");
  CHECK(ForServices("SELECT n FROM (EACH SERVICE (SELECT '{service}', count(*) AS n "
                    "FROM {service}.event_log)) AS a",
                    services) ==
        "SELECT n FROM (SELECT 'crm', count(*) AS n FROM crm.event_log UNION ALL "
        "SELECT 'billing', count(*) AS n FROM billing.event_log) AS a");
  CHECK(ForServices("EACH SERVICE ({service}) EACH SERVICE (x)", services) ==
        "crm UNION ALL billing x UNION ALL x");
  CHECK_THROWS_AS(ForServices("EACH SERVICE (SELECT (1)", services), std::logic_error);
}

}  // namespace
}  // namespace continuo::laws
