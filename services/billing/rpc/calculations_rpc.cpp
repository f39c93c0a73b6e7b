#include "continuo/billing/v1/calculations.pb.h"
#include "libs/calculations/offer.h"
#include "services/billing/app/calculations.h"
#include "services/billing/service.h"

namespace continuo::billing {

void OfferCalculations(rpc::Methods& methods) {
  const std::string service = "continuo.billing.v1.BillingService/";
  calculations::Offer(methods, service + "CalculateAllocation", app::CalculateAllocation);
  calculations::Offer(methods, service + "CalculateCreditNote", app::CalculateCreditNote);
  calculations::Offer(methods, service + "CalculateTax", app::CalculateTax);
}

}  // namespace continuo::billing
