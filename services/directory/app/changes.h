// The `changes` of an .updated event.
#pragma once

#include "libs/json/patch.h"

namespace continuo::directory::app {

// AddChanges(before, after, event.mutable_changes())
template <class Message, class Changes>
void AddChanges(const Message& before, const Message& after, Changes* changes) {
  for (const json::ChangedField& change : json::ChangedFields(before, after)) {
    auto& added = (*changes)[change.name];
    added.set_from(change.from);
    added.set_to(change.to);
  }
}

}  // namespace continuo::directory::app
