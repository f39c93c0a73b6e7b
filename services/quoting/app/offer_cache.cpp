#include "services/quoting/app/offer_cache.h"

#include "continuo/catalogue/v1/product.pb.h"

namespace continuo::quoting::app {

OfferCache::OfferCache(size_t products, size_t stamps) : products_(products), stamps_(stamps) {}

// Made where it is not there; the one that was not asked for the longest makes room.
OfferCache::Entry& OfferCache::Touch(const std::string& product_id) {
  const auto known = by_id_.find(product_id);
  if (known != by_id_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    return entries_.front();
  }
  if (entries_.size() >= products_) {
    by_id_.erase(entries_.back().product_id);
    entries_.pop_back();
  }
  entries_.push_front({.product_id = product_id});
  by_id_[product_id] = entries_.begin();
  return entries_.front();
}

OfferCache::Kept OfferCache::Of(const std::string& product_id) {
  const std::lock_guard lock(mutex_);
  if (!by_id_.contains(product_id)) return {};
  const Entry& entry = Touch(product_id);
  return {entry.versions.begin(), entry.versions.end()};
}

void OfferCache::Keep(const std::string& product_id, const std::string& stamp, Version version) {
  const std::lock_guard lock(mutex_);
  Entry& entry = Touch(product_id);
  entry.versions.remove_if([&](const auto& kept) { return kept.first == stamp; });
  entry.versions.emplace_front(stamp, std::move(version));
  if (entry.versions.size() > stamps_) entry.versions.pop_back();
}

}  // namespace continuo::quoting::app
