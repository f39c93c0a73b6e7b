// What stands on a quote line as JSON, in the API's own form: bundles, a ramp's segment, a term, a
// change of the contract, deliveries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/quoting/domain/quote.h"

namespace continuo::quoting::v1 {
class ContractChange;
}

namespace continuo::quoting::store {

std::string BundlesJson(const std::vector<domain::Bundle>& bundles);
// Empty for none, as the two below.
std::string SegmentJson(const std::optional<domain::Segment>& segment);
std::string PeriodJson(const std::optional<domain::Period>& period);
std::string ChangeJson(const std::optional<domain::ContractChange>& change);
std::string DeliveriesJson(const domain::Deliveries& deliveries);

// What these wrote; a text that does not read is our own bug.
std::vector<domain::Bundle> ParseBundles(std::string_view json);
std::optional<domain::Segment> ParseSegment(std::optional<std::string_view> json);
std::optional<domain::Period> ParsePeriod(std::optional<std::string_view> json);
std::optional<domain::ContractChange> ParseChange(std::optional<std::string_view> json);
domain::ContractChange ReadChange(const v1::ContractChange& change);
domain::Deliveries ParseDeliveries(std::string_view json);

}  // namespace continuo::quoting::store
