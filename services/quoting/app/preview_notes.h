// What a preview has to assume, since nobody knows it before it happens.
#pragma once

namespace continuo::contracts::v1 {
class PreviewContractResponse;
}
namespace continuo::quoting::v1 {
class Order;
class QuotePreview;
}  // namespace continuo::quoting::v1

namespace continuo::quoting::app {

void NoteAssumptions(const v1::Order& order, const contracts::v1::PreviewContractResponse& contract,
                     v1::QuotePreview* shown);

}  // namespace continuo::quoting::app
