#include "services/gateway/expand.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "continuo/type/v1/options.pb.h"
#include "libs/rpc/channels.h"

namespace continuo::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kLevelsMax = 4;
// A page of 100 with one expansion each; more would be a query of its own.
constexpr size_t kReadsMax = 200;

Failure NotExpandable(const std::string& path) {
  return Invalid("expand", "UNKNOWN_FIELD",
                 "There is nothing to expand at " + path +
                     ". Name a field that has an id, without its _id.");
}

std::vector<std::string> SplitAtDots(const std::string& path) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('.', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// Collects the ids at `path` of the message.
void Collect(const Message& message, const std::vector<std::string>& path, size_t depth,
             std::set<std::string>* ids) {
  const auto* field = message.GetDescriptor()->FindFieldByName(path[depth]);
  const auto* reflection = message.GetReflection();
  if (depth + 1 == path.size()) {
    const std::string id = reflection->GetString(message, field);
    if (!id.empty()) ids->insert(id);
    return;
  }
  if (!field->is_repeated()) {
    if (reflection->HasField(message, field)) {
      Collect(reflection->GetMessage(message, field), path, depth + 1, ids);
    }
    return;
  }
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    Collect(reflection->GetRepeatedMessage(message, field, i), path, depth + 1, ids);
  }
}

}  // namespace

const FieldDescriptor* PageData(const Descriptor& answer) {
  const auto* data = answer.FindFieldByName("data");
  const bool page = data != nullptr && data->is_repeated() && data->message_type() != nullptr &&
                    answer.FindFieldByName("next_cursor") != nullptr;
  return page ? data : nullptr;
}

struct Expansions::Found {
  // Filled before the reads start, so that each read writes to a place of its own.
  std::map<std::string, std::unique_ptr<Message>> by_id;
  std::map<std::string, std::unique_ptr<Message>> requests;
  std::map<std::string, std::atomic<bool>> readable;
  std::atomic<size_t> open{0};
};

Result<Expansions> Expansions::Parse(const std::vector<std::string>& paths, const Routes& routes,
                                     const Descriptor& answer) {
  Expansions expansions;
  for (const auto& given : paths) {
    auto parts = SplitAtDots(given);
    if (parts.size() > kLevelsMax) {
      return Invalid("expand", "TOO_DEEP", "Expand at most four levels: " + given + " has more.");
    }
    const Descriptor* type = &answer;
    std::string path;
    if (const auto* data = PageData(answer)) {
      type = data->message_type();
      path = "data.";
    }
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto* field = type->FindFieldByName(parts[i]);
      if (field == nullptr || field->message_type() == nullptr || field->is_map()) {
        return NotExpandable(given);
      }
      path += parts[i] + ".";
      type = field->message_type();
    }
    const auto* id = type->FindFieldByName(parts.back() + "_id");
    if (id == nullptr || id->is_repeated()) return NotExpandable(given);
    const auto& rule = id->options().GetExtension(type::v1::field);
    const Route* getter = rule.id().empty() ? nullptr : routes.GetterOf(rule.id());
    if (getter == nullptr) return NotExpandable(given);
    expansions.wanted_.push_back({path + id->name(), parts.back(), getter});
  }
  return expansions;
}

void Expansions::Fetch(rpc::Channels& channels, const rpc::Call& call, const Message& answer,
                       std::function<void(Result<void>)> done) {
  found_ = std::make_shared<Found>();
  std::vector<std::pair<const Route*, std::string>> reads;
  for (const auto& wanted : wanted_) {
    std::set<std::string> ids;
    Collect(answer, SplitAtDots(wanted.path), 0, &ids);
    for (const auto& id : ids) {
      if (found_->by_id.contains(id)) continue;
      auto* factory = google::protobuf::MessageFactory::generated_factory();
      auto& request = found_->requests[id];
      request.reset(factory->GetPrototype(wanted.getter->method->input_type())->New());
      request->GetReflection()->SetString(
          request.get(), request->GetDescriptor()->FindFieldByName("id"), id);
      found_->by_id[id].reset(factory->GetPrototype(wanted.getter->method->output_type())->New());
      found_->readable[id] = false;
      reads.emplace_back(wanted.getter, id);
    }
  }
  if (reads.size() > kReadsMax) {
    return done(Invalid("expand", "TOO_MANY", "This would read more than 200 resources. Lower limit."));
  }
  if (reads.empty()) return done({});
  found_->open = reads.size();
  auto shared_done = std::make_shared<std::function<void(Result<void>)>>(std::move(done));
  for (const auto& [getter, id] : reads) {
    // What cannot be read, for whatever reason, is shown as null: the answer itself stands.
    channels.Start(getter->rules.service, getter->rules.path, call, *found_->requests[id],
                   found_->by_id[id].get(),
                   [found = found_, id = id, shared_done](Result<void> outcome) {
                     found->readable[id] = outcome.has_value();
                     if (--found->open == 0) (*shared_done)({});
                   });
  }
}

const Expansions::Wanted* Expansions::Find(std::string_view path) const {
  for (const auto& wanted : wanted_) {
    if (wanted.path == path) return &wanted;
  }
  return nullptr;
}

json::WriteOptions Expansions::Options(const json::Selection* selection) const {
  json::WriteOptions options{.selection = selection};
  if (wanted_.empty()) return options;
  options.expand = [this](const FieldDescriptor& field, const Message& owner,
                          json::Expansion& expansion) {
    const auto* wanted = Find(expansion.path());
    if (wanted == nullptr) return;
    const auto found = found_->by_id.find(owner.GetReflection()->GetString(owner, &field));
    if (found == found_->by_id.end() || !found_->readable.at(found->first)) {
      expansion.AddNull(wanted->name);
    } else {
      expansion.Add(wanted->name, *found->second);
    }
  };
  return options;
}

}  // namespace continuo::gateway
