// Payments: entered, put on invoices, reversed, read.
#pragma once

#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::billing::v1 {
class AllocatePaymentRequest;
class CreatePaymentRequest;
class GetPaymentRequest;
class ListPaymentsRequest;
class ListPaymentsResponse;
class Payment;
class ReversePaymentRequest;
}  // namespace continuo::billing::v1

namespace continuo::billing::app {

Result<v1::Payment> CreatePayment(const App& app, const rpc::Call& call,
                                  const v1::CreatePaymentRequest& request);
Result<v1::Payment> GetPayment(const App& app, const rpc::Call& call,
                               const v1::GetPaymentRequest& request);
Result<v1::ListPaymentsResponse> ListPayments(const App& app, const rpc::Call& call,
                                              const v1::ListPaymentsRequest& request);
Result<v1::Payment> AllocatePayment(const App& app, const rpc::Call& call,
                                    const v1::AllocatePaymentRequest& request);
Result<v1::Payment> ReversePayment(const App& app, const rpc::Call& call,
                                   const v1::ReversePaymentRequest& request);

}  // namespace continuo::billing::app
