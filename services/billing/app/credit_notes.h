// Credit notes: made and issued in one step, and read.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class CreateCreditNoteRequest;
class CreditNote;
class GetCreditNoteRequest;
class ListCreditNotesRequest;
class ListCreditNotesResponse;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::CreditNote> CreateCreditNote(const App& app, const rpc::Call& call,
                                        const v1::CreateCreditNoteRequest& request);
Result<v1::CreditNote> GetCreditNote(const App& app, const rpc::Call& call,
                                     const v1::GetCreditNoteRequest& request);
Result<v1::ListCreditNotesResponse> ListCreditNotes(const App& app, const rpc::Call& call,
                                                    const v1::ListCreditNotesRequest& request);

}  // namespace continuo::billing::app
