#include "continuo/quoting/v1/calculations.pb.h"
#include "libs/calculations/offer.h"
#include "services/quoting/app/calculate_price.h"
#include "services/quoting/service.h"

namespace continuo::quoting {

void OfferCalculations(rpc::Methods& methods) {
  calculations::Offer(methods, "continuo.quoting.v1.QuotingService/CalculatePrice",
                      app::CalculatePrice);
}

}  // namespace continuo::quoting
