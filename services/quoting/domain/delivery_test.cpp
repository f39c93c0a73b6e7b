#include "services/quoting/domain/delivery.h"

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

using calendar::Date;
using money::Decimal;

const Date kApril(2026, 4, 1), kMay(2026, 5, 1), kJune(2026, 6, 1);

std::string Planned(std::vector<DeliveredLine> lines) {
  std::string shown;
  for (const PlannedDelivery& planned : PlanDeliveries(lines)) {
    shown += (shown.empty() ? "" : ", ") + std::to_string(planned.line) + ": " +
             planned.quantity.ToString() + " on " +
             (planned.on ? planned.on->ToString() : "acceptance");
  }
  return shown;
}

TEST_CASE("What is handed over when") {
  CHECK(Planned({{100, kApril, {{kJune, 50}, {kMay, 30}}}}) ==
        "0: 20 on 2026-04-01, 0: 30 on 2026-05-01, 0: 50 on 2026-06-01");
  CHECK(Planned({{100, kApril, {{kMay, 100}}}}) == "0: 100 on 2026-05-01");
  CHECK(Planned({{100, kApril, {{kApril, 30}}}}) == "0: 100 on 2026-04-01");
  CHECK(Planned({{1, kMay, {}}, {2, std::nullopt, {}}, {3, kApril, {{kMay, 1}}}}) ==
        "1: 2 on acceptance, 2: 2 on 2026-04-01, 0: 1 on 2026-05-01, 2: 1 on 2026-05-01");
  CHECK(Planned({{0, kApril, {}}}).empty());
}

TEST_CASE("What cannot be agreed") {
  CHECK(CheckDeliveries({{kMay, 60}, {kApril, 40}}, 100, ""));
  CHECK(CheckDeliveries({}, 0, ""));
  const auto refused = [](const Deliveries& deliveries, Decimal quantity) {
    return CheckDeliveries(deliveries, quantity, "/lines/2").error().violations[0].pointer;
  };
  CHECK(refused({{kMay, 60}, {kMay, 20}}, 100) == "/lines/2/deliveries/1/on");
  CHECK(refused({{kMay, 60}, {kApril, 41}}, 100) == "/lines/2/deliveries");
}

}  // namespace
}  // namespace continuo::quoting::domain
