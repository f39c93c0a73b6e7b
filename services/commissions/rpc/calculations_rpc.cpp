#include "continuo/commissions/v1/calculations.pb.h"
#include "libs/calculations/offer.h"
#include "services/commissions/app/calculate_commission.h"
#include "services/commissions/service.h"

namespace continuo::commissions {

void OfferCalculations(rpc::Methods& methods) {
  calculations::Offer(methods, "continuo.commissions.v1.CommissionsService/CalculateCommission",
                      app::CalculateCommission);
}

}  // namespace continuo::commissions
