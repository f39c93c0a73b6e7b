// Whether the parts of a product fit together, checked as a whole when it is saved or published.
//
//   ValidateProduct(recurring product without term, known)
//     .violations == {{"/term", "REQUIRED", "A recurring product needs a term. Name its length."}}
//
// Each violation points at the field as it stands in the request's body. A warning is lawful and
// probably a slip: a volume table where buying more costs less. The shape of each single field
// (decimals, codes, lengths) is the edge's to check, not repeated here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/result/result.h"
#include "services/catalogue/domain/product.h"

namespace continuo::catalogue::domain {

// What is stored of the other things that a product names.
struct Known {
  struct Sold {
    Kind kind = Kind::kOneOff;
    Status status = Status::kDraft;
    std::string code;
    std::optional<calendar::Cycle> period;   // how often it is billed; none: once
    std::vector<ids::ProductId> components;  // of a bundle
  };
  // Of a bundle: its parts, theirs, and so on, as deep as bundles go.
  std::map<ids::ProductId, Sold> products;
  std::set<ids::SupplierId> suppliers;
};

struct Validation {
  std::vector<Violation> violations;
  std::vector<std::string> warnings;
};

Validation ValidateProduct(const Product& product, const Known& known);

}  // namespace continuo::catalogue::domain
