// Proposals: the document of a quote's version, made once and kept; its link, made anew or ended.
#pragma once

#include "services/quoting/app/app.h"

namespace google::api {
class HttpBody;
}
namespace continuo::quoting::v1 {
class Acceptance;
class CreateProposalRequest;
class GetAcceptanceRequest;
class GetProposalPageRequest;
class GetProposalPdfRequest;
class GetProposalRequest;
class ListProposalCommentsRequest;
class ListProposalCommentsResponse;
class ListProposalsRequest;
class ListProposalsResponse;
class Proposal;
class RevokeProposalRequest;
class SendProposalRequest;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

Result<v1::Proposal> CreateProposal(const App& app, const rpc::Call& call,
                                    const v1::CreateProposalRequest& request);
Result<v1::Proposal> GetProposal(const App& app, const rpc::Call& call,
                                 const v1::GetProposalRequest& request);
Result<v1::ListProposalsResponse> ListProposals(const App& app, const rpc::Call& call,
                                                const v1::ListProposalsRequest& request);
Result<google::api::HttpBody> GetProposalPage(const App& app, const rpc::Call& call,
                                              const v1::GetProposalPageRequest& request);
Result<google::api::HttpBody> GetProposalPdf(const App& app, const rpc::Call& call,
                                             const v1::GetProposalPdfRequest& request);
Result<v1::Proposal> SendProposal(const App& app, const rpc::Call& call,
                                  const v1::SendProposalRequest& request);
Result<v1::Proposal> RevokeProposal(const App& app, const rpc::Call& call,
                                    const v1::RevokeProposalRequest& request);
Result<v1::ListProposalCommentsResponse> ListProposalComments(
    const App& app, const rpc::Call& call, const v1::ListProposalCommentsRequest& request);
Result<v1::Acceptance> GetAcceptance(const App& app, const rpc::Call& call,
                                     const v1::GetAcceptanceRequest& request);

}  // namespace continuo::quoting::app
