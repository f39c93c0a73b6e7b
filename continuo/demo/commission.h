// The demo deal's commission: a rep claims the contract from the masked list, a manager verifies.
//
//   licence       8 % of 1,000.00    80.00 a month, 36 times    2,880.00
//   installation  5 % of 3,600.00   180.00 once                   180.00
//   support       3 % of 6,000.00   180.00 a year, 3 times        540.00
//   earned, stated month by month, approved and paid            3,600.00 EUR
//
// The statement of the month in which the licence begins holds a month of it and a year of support:
// 80.00 + 180.00 = 260.00, and that of the month before the installation: 180.00.
#pragma once

#include <functional>
#include <string>

#include "continuo/demo/deal.h"
#include "continuo/demo/rest_client.h"

namespace continuo::demo {

class Commission {
 public:
  Commission(RestClient& admin, const std::function<void(const Step&)>& tell)
      : admin_(admin), tell_(tell) {}

  // Rep and manager with keys of their own, the plan, the participant.
  void SetUp();
  // After the order: the installation may be invoiced by then, or later.
  void ClaimAndVerify(const std::string& contract_id);
  // After three years.
  void PayOut();

 private:
  void Tell(const std::string& what, const Answer& answer, const std::string& amount = {});

  RestClient& admin_;
  const std::function<void(const Step&)>& tell_;
  std::string rep_key_, manager_key_;
};

}  // namespace continuo::demo
