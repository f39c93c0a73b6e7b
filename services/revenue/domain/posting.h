// What a fact becomes in the journal: lines that balance.
//
//   invoice of 1,190.00 with 190.00 tax, on a contract that has earned 400.00 not billed before:
//     accounts receivable  1,190.00
//       tax payable                   190.00
//       contract asset                400.00     what was earned ahead is billed now
//       contract liability            600.00     the rest is deferred revenue
//
// A contract's position is what is billed less what is earned. Above zero it is a contract
// liability, below a contract asset: netted per contract, one of the two is always zero. Cash is
// unapplied until it is allocated to an invoice, in the same breath or later. Revenue itself is
// posted in bulk by store/queries/post_due_revenue.sql, which moves positions as MovePosition does.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libs/ids/kinds.h"
#include "libs/money/money.h"
#include "libs/result/result.h"

namespace continuo::revenue::domain {

enum class LedgerAccount {
  kAccountsReceivable,
  kContractAsset,
  kContractLiability,
  kRevenue,
  kTaxPayable,
  kCash,
  kUnappliedCash,
};
std::string_view ToText(LedgerAccount account);  // "contract_asset"

struct PostingLine {
  LedgerAccount account = LedgerAccount::kAccountsReceivable;
  money::Money amount;  // above zero a debit, below a credit; never zero
  std::optional<ids::RevenueContractId> contract;

  friend bool operator==(const PostingLine&, const PostingLine&) = default;
};
using Posting = std::vector<PostingLine>;

struct PositionMove {
  money::Money asset_debit;
  money::Money liability_debit;
};
// `change` above zero: more is billed; below: more is earned, or a bill is credited.
PositionMove MovePosition(money::Money before, money::Money change);

// What a document bills on a contract, net of tax; negative for a credit note.
struct ContractShare {
  ids::RevenueContractId contract;
  money::Money position;  // before it
  money::Money net;
};
struct Document {
  money::Money total;  // as owed: negative for a credit note
  money::Money tax;
  std::vector<ContractShare> shares;  // each contract once
};
// CONTROL_TOTALS_DIFFER when net and tax are not the total. No lines for a document of nothing.
Result<Posting> PostDocument(const Document& document);

Posting PostReceipt(money::Money amount);
Posting PostAllocation(money::Money amount);
// Undoes a posting.
Posting Opposite(Posting posting);

}  // namespace continuo::revenue::domain
