// What a proposal of a quote says: from the quote and the products frozen on its lines, the account
// in crm and the division in directory.
#pragma once

#include <string>
#include <vector>

#include "libs/ids/kinds.h"
#include "services/quoting/app/app.h"
#include "services/quoting/domain/proposal.h"

namespace continuo::quoting::app {

// `locale`: in which language products are asked for their texts.
Result<domain::ProposalFacts> GatherProposalFacts(const App& app, const rpc::Call& call,
                                                  const ids::QuoteId& quote_id,
                                                  const std::string& locale);

}  // namespace continuo::quoting::app
