// The prices of a price book, one by one. They change while the book is a draft.
#pragma once

#include "services/catalogue/app/app.h"

namespace continuo::catalogue::v1 {
class CreatePriceBookEntryRequest;
class GetPriceBookEntryRequest;
class ListPriceBookEntriesRequest;
class ListPriceBookEntriesResponse;
class PriceBookEntry;
class RemovePriceBookEntryRequest;
class UpdatePriceBookEntryRequest;
}  // namespace continuo::catalogue::v1

namespace continuo::catalogue::app {

Result<v1::PriceBookEntry> CreatePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::CreatePriceBookEntryRequest& request);
Result<v1::PriceBookEntry> GetPriceBookEntry(const App& app, const rpc::Call& call,
                                             const v1::GetPriceBookEntryRequest& request);
Result<v1::ListPriceBookEntriesResponse> ListPriceBookEntries(
    const App& app, const rpc::Call& call, const v1::ListPriceBookEntriesRequest& request);
Result<v1::PriceBookEntry> UpdatePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::UpdatePriceBookEntryRequest& request);
Result<v1::PriceBookEntry> RemovePriceBookEntry(const App& app, const rpc::Call& call,
                                                const v1::RemovePriceBookEntryRequest& request);

}  // namespace continuo::catalogue::app
