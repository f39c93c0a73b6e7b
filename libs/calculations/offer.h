// A calculation as an operation of the service that owns it: a function of the request alone.
//
//   Offer(methods, "continuo.billing.v1.BillingService/CalculateTax", app::CalculateTax);
#pragma once

#include <string>

#include "libs/rpc/methods.h"

namespace continuo::calculations {

template <class Request, class Answer>
void Offer(rpc::Methods& methods, const std::string& method,
           Result<Answer> (*calculate)(const Request&)) {
  methods.On<Request, Answer>(
      method, [calculate](const rpc::Call&, const Request& request) { return calculate(request); });
}

}  // namespace continuo::calculations
