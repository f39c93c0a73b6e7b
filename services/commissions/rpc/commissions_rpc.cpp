#include "services/commissions/rpc/commissions_rpc.h"

#include "continuo/commissions/v1/credit.pb.h"
#include "continuo/commissions/v1/participant.pb.h"
#include "continuo/commissions/v1/plan.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "libs/rpc/methods.h"
#include "services/commissions/app/credits.h"
#include "services/commissions/app/plans.h"
#include "services/commissions/app/sale_links.h"

namespace continuo::commissions {

void OfferMethods(rpc::Methods& methods, postgres::Database& database) {
  const auto offer = [&]<class Request, class Answer>(
                         const std::string& name,
                         Result<Answer> (*use_case)(postgres::Database&, const rpc::Call&,
                                                    const Request&)) {
    methods.On<Request, Answer>("continuo.commissions.v1.CommissionsService/" + name,
                                [&database, use_case](const rpc::Call& call,
                                                      const Request& request) {
                                  return use_case(database, call, request);
                                });
  };
  offer("CreateCommissionPlan", app::CreateCommissionPlan);
  offer("ListCommissionPlans", app::ListCommissionPlans);
  offer("CreateParticipant", app::CreateParticipant);
  offer("ListParticipants", app::ListParticipants);
  offer("GetSaleLink", app::GetSaleLink);
  offer("ListSaleLinks", app::ListSaleLinks);
  offer("ClaimSaleLink", app::ClaimSaleLink);
  offer("VerifySaleLink", app::VerifySaleLink);
  offer("ListCredits", app::ListCredits);
}

}  // namespace continuo::commissions
