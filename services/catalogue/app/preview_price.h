// What a quantity of a product costs, with every step. Stores nothing.
#pragma once

#include "services/catalogue/app/app.h"

namespace continuo::catalogue::v1 {
class PricePreview;
class PricePreviewRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PricePreview> PreviewPrice(const App& app, const rpc::Call& call,
                                      const v1::PricePreviewRequest& request);

}  // namespace continuo::catalogue::app
