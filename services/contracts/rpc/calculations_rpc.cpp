#include "continuo/contracts/v1/calculations.pb.h"
#include "libs/calculations/offer.h"
#include "services/contracts/app/calculations.h"
#include "services/contracts/service.h"

namespace continuo::contracts {

void OfferCalculations(rpc::Methods& methods) {
  const std::string service = "continuo.contracts.v1.ContractsService/";
  calculations::Offer(methods, service + "CalculateBillingPeriods", app::CalculateBillingPeriods);
  calculations::Offer(methods, service + "CalculateProration", app::CalculateProration);
  calculations::Offer(methods, service + "CalculateCoterminus", app::CalculateCoterminus);
  calculations::Offer(methods, service + "CalculateCatchUp", app::CalculateCatchUp);
  calculations::Offer(methods, service + "CalculateIndexation", app::CalculateIndexation);
}

}  // namespace continuo::contracts
