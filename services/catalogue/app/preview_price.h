// What a quantity of a product costs, with every step. Stores nothing.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::catalogue::v1 {
class PricePreview;
class PricePreviewRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PricePreview> PreviewPrice(postgres::Database& database, const rpc::Call& call,
                                      const v1::PricePreviewRequest& request);

}  // namespace continuo::catalogue::app
