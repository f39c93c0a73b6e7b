#include "continuo/revenue/v1/calculations.pb.h"
#include "libs/calculations/offer.h"
#include "services/revenue/app/calculations.h"
#include "services/revenue/service.h"

namespace continuo::revenue {

void OfferCalculations(rpc::Methods& methods) {
  const std::string service = "continuo.revenue.v1.RevenueService/";
  calculations::Offer(methods, service + "CalculateRevenueSchedule",
                      app::CalculateRevenueSchedule);
  calculations::Offer(methods, service + "CalculateRevenueModification",
                      app::CalculateRevenueModification);
}

}  // namespace continuo::revenue
