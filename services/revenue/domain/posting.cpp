#include "services/revenue/domain/posting.h"

#include <algorithm>

namespace continuo::revenue::domain {
namespace {

using money::Money;

Money AboveZero(Money amount) { return std::max(amount, Money::Zero(amount.currency())); }

void AddLine(Posting* posting, PostingLine line) {
  if (!line.amount.IsZero()) posting->push_back(line);
}

}  // namespace

std::string_view ToText(LedgerAccount account) {
  switch (account) {
    case LedgerAccount::kAccountsReceivable: return "accounts_receivable";
    case LedgerAccount::kContractAsset: return "contract_asset";
    case LedgerAccount::kContractLiability: return "contract_liability";
    case LedgerAccount::kRevenue: return "revenue";
    case LedgerAccount::kTaxPayable: return "tax_payable";
    case LedgerAccount::kCash: return "cash";
    case LedgerAccount::kUnappliedCash: return "unapplied_cash";
  }
  return "";
}

PositionMove MovePosition(Money before, Money change) {
  const Money after = before + change;
  return {.asset_debit = AboveZero(-after) - AboveZero(-before),
          .liability_debit = AboveZero(before) - AboveZero(after)};
}

Result<Posting> PostDocument(const Document& document) {
  Posting posting;
  AddLine(&posting, {LedgerAccount::kAccountsReceivable, document.total, {}});
  AddLine(&posting, {LedgerAccount::kTaxPayable, -document.tax, {}});
  Money left = document.total - document.tax;
  for (const ContractShare& share : document.shares) {
    const PositionMove move = MovePosition(share.position, share.net);
    AddLine(&posting, {LedgerAccount::kContractAsset, move.asset_debit, share.contract});
    AddLine(&posting, {LedgerAccount::kContractLiability, move.liability_debit, share.contract});
    left -= share.net;
  }
  if (left.IsZero()) return posting;
  return FailedPrecondition("CONTROL_TOTALS_DIFFER",
                            "The document's lines and tax differ from its total by " +
                                left.ToString() + ".",
                            {{"difference", left.ToString()}});
}

Posting PostReceipt(Money amount) {
  return {{LedgerAccount::kCash, amount, {}}, {LedgerAccount::kUnappliedCash, -amount, {}}};
}

Posting PostAllocation(Money amount) {
  return {{LedgerAccount::kUnappliedCash, amount, {}},
          {LedgerAccount::kAccountsReceivable, -amount, {}}};
}

Posting Opposite(Posting posting) {
  for (PostingLine& line : posting) line.amount = -line.amount;
  return posting;
}

}  // namespace continuo::revenue::domain
