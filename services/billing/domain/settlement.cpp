#include "services/billing/domain/settlement.h"

#include <algorithm>
#include <tuple>

namespace continuo::billing::domain {
namespace {

using money::Money;

std::string PointerTo(size_t request, const char* field) {
  return "/allocations/" + std::to_string(request) + "/" + field;
}

Result<Money> AmountOf(const AllocationRequest& request, const OpenInvoice& invoice,
                       Money available, size_t index) {
  if (!request.amount) return std::min(available, invoice.balance);
  const Money amount = *request.amount;
  if (amount.currency() != available.currency()) {
    return Invalid(PointerTo(index, "amount/currency"), "CURRENCY_MISMATCH",
                   "The payment is in " + available.currency().ToString() + ".");
  }
  if (amount.Sign() <= 0) {
    return Invalid(PointerTo(index, "amount/amount"), "OUT_OF_RANGE",
                   "Allocate more than zero.");
  }
  if (amount > invoice.balance) {
    return FailedPrecondition(
        "ALLOCATION_EXCEEDS_INVOICE",
        "Invoice " + invoice.id + " needs only " + invoice.balance.ToString() + ".",
        {{"invoice_id", invoice.id}, {"balance", invoice.balance.ToString()}});
  }
  if (amount > available) {
    return FailedPrecondition("ALLOCATION_EXCEEDS_PAYMENT",
                              "The payment has only " + available.ToString() + " left.",
                              {{"left", available.ToString()}});
  }
  return amount;
}

}  // namespace

std::vector<Share> AllocateOldestFirst(Money available, std::vector<OpenInvoice> open) {
  std::sort(open.begin(), open.end(), [](const OpenInvoice& a, const OpenInvoice& b) {
    return std::tie(a.due_on, a.number) < std::tie(b.due_on, b.number);
  });
  std::vector<Share> shares;
  for (const OpenInvoice& invoice : open) {
    if (available.IsZero()) break;
    const Money amount = std::min(available, invoice.balance);
    shares.push_back({.invoice_id = invoice.id, .amount = amount});
    available -= amount;
  }
  return shares;
}

Result<std::vector<Share>> AllocateAsAsked(Money available, std::span<const OpenInvoice> open,
                                           std::span<const AllocationRequest> requests) {
  std::vector<Share> shares;
  for (size_t i = 0; i < requests.size(); ++i) {
    const AllocationRequest& request = requests[i];
    const auto invoice =
        std::find_if(open.begin(), open.end(),
                     [&](const OpenInvoice& other) { return other.id == request.invoice_id; });
    if (invoice == open.end()) {
      return Invalid(PointerTo(i, "invoice_id"), "REFERENCE_NOT_FOUND",
                     "The account has no open invoice " + request.invoice_id +
                         " in the payment's currency.");
    }
    const bool twice = std::any_of(shares.begin(), shares.end(), [&](const Share& share) {
      return share.invoice_id == request.invoice_id;
    });
    if (twice) {
      return Invalid(PointerTo(i, "invoice_id"), "DUPLICATE", "Name each invoice once.");
    }
    ASSIGN_OR_RETURN(const Money amount, AmountOf(request, *invoice, available, i));
    if (amount.IsZero()) {
      return FailedPrecondition("ALLOCATION_EXCEEDS_PAYMENT", "The payment has nothing left.",
                                {{"left", available.ToString()}});
    }
    shares.push_back({.invoice_id = request.invoice_id, .amount = amount});
    available -= amount;
  }
  return shares;
}

}  // namespace continuo::billing::domain
