// The life of a price book: drafted, filled, published, retired.
#pragma once

#include "services/catalogue/app/app.h"

namespace continuo::catalogue::v1 {
class CreatePriceBookRequest;
class GetPriceBookRequest;
class ListPriceBooksRequest;
class ListPriceBooksResponse;
class PriceBook;
class PublishPriceBookRequest;
class RetirePriceBookRequest;
class UpdatePriceBookRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PriceBook> CreatePriceBook(const App& app, const rpc::Call& call,
                                      const v1::CreatePriceBookRequest& request);
Result<v1::PriceBook> GetPriceBook(const App& app, const rpc::Call& call,
                                   const v1::GetPriceBookRequest& request);
Result<v1::ListPriceBooksResponse> ListPriceBooks(const App& app, const rpc::Call& call,
                                                  const v1::ListPriceBooksRequest& request);
Result<v1::PriceBook> UpdatePriceBook(const App& app, const rpc::Call& call,
                                      const v1::UpdatePriceBookRequest& request);
Result<v1::PriceBook> PublishPriceBook(const App& app, const rpc::Call& call,
                                       const v1::PublishPriceBookRequest& request);
Result<v1::PriceBook> RetirePriceBook(const App& app, const rpc::Call& call,
                                      const v1::RetirePriceBookRequest& request);

}  // namespace continuo::catalogue::app
