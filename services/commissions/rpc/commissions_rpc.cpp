#include "services/commissions/rpc/commissions_rpc.h"

#include "continuo/commissions/v1/commissions_service.pb.h"
#include "libs/rpc/methods.h"
#include "services/commissions/app/claim_sale_link.h"
#include "services/commissions/app/decide_sale_link.h"
#include "services/commissions/app/make_statements.h"
#include "services/commissions/app/participants.h"
#include "services/commissions/app/plans.h"
#include "services/commissions/app/preview_commission.h"
#include "services/commissions/app/read_credits.h"
#include "services/commissions/app/read_sale_links.h"
#include "services/commissions/app/statements.h"
#include "services/commissions/service.h"

namespace continuo::commissions {
namespace {

using rpc::Call;
using rpc::Methods;

constexpr const char* kService = "continuo.commissions.v1.CommissionsService/";

// One RPC: the use case of the same name.
template <class Request, class Answer>
void On(Methods& methods, const app::App& app, const char* name,
        Result<Answer> (*use_case)(const app::App&, const Call&, const Request&)) {
  methods.On<Request, Answer>(std::string(kService) + name,
                              [app, use_case](const Call& call, const Request& request) {
                                return use_case(app, call, request);
                              });
}

}  // namespace

void Offer(Methods& methods, const app::App& app) {
  On(methods, app, "CreateCommissionPlan", &app::CreateCommissionPlan);
  On(methods, app, "AddCommissionTerms", &app::AddCommissionTerms);
  On(methods, app, "GetCommissionPlan", &app::GetCommissionPlan);
  On(methods, app, "ListCommissionPlans", &app::ListCommissionPlans);
  On(methods, app, "CreateParticipant", &app::CreateParticipant);
  On(methods, app, "AssignCommissionPlan", &app::AssignCommissionPlan);
  On(methods, app, "EndParticipant", &app::EndParticipant);
  On(methods, app, "ReopenParticipant", &app::ReopenParticipant);
  On(methods, app, "GetParticipant", &app::GetParticipant);
  On(methods, app, "ListParticipants", &app::ListParticipants);
  On(methods, app, "GetSaleLink", &app::GetSaleLink);
  On(methods, app, "ListSaleLinks", &app::ListSaleLinks);
  On(methods, app, "ListSaleLinkSteps", &app::ListSaleLinkSteps);
  On(methods, app, "ClaimSaleLink", &app::ClaimSaleLink);
  On(methods, app, "ContestSaleLink", &app::ContestSaleLink);
  On(methods, app, "VerifySaleLink", &app::VerifySaleLink);
  On(methods, app, "ResolveSaleLink", &app::ResolveSaleLink);
  On(methods, app, "GetCredit", &app::GetCredit);
  On(methods, app, "ListCredits", &app::ListCredits);
  On(methods, app, "CreateCommissionStatement", &app::CreateCommissionStatement);
  On(methods, app, "GetCommissionStatement", &app::GetCommissionStatement);
  On(methods, app, "ListCommissionStatements", &app::ListCommissionStatements);
  On(methods, app, "ApproveCommissionStatement", &app::ApproveCommissionStatement);
  On(methods, app, "PayCommissionStatement", &app::PayCommissionStatement);
  On(methods, app, "PreviewCommission", &app::PreviewCommission);
  OfferCalculations(methods);
}

}  // namespace continuo::commissions
