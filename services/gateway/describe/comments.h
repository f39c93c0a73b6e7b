// The comments of the protos, which generated code does not keep: the descriptor set with its source
// information is built into the program.
#pragma once

#include <string>

namespace continuo::gateway {

// Of a message, field, enum value, service or method by its full name:
// "continuo.billing.v1.Invoice.due_on". Empty when it has none. Leading and trailing comments, as
// one text.
std::string CommentOf(const std::string& full_name);

}  // namespace continuo::gateway
