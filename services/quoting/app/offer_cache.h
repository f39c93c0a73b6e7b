// What the catalogue has said of products, each under the stamp that it was said with.
//
//   const OfferCache::Kept kept = cache.Of(product_id);   // {{"pv_1/", ...}}: the request names these stamps
//   the answer is "pv_1/" and nothing else                // what is kept under it is on sale
//   the answer is "pv_2/" with its content                // a version was published since: Keep it
//
// A stamp stands for one content for ever: a published version, at the prices of one published book. The
// catalogue is asked at each pricing which stamp is on sale, so what is kept may be out of date and is
// then not used. There is nothing to expire, and no event to be late.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace continuo::catalogue::v1 {
class ProductVersion;
}

namespace continuo::quoting::app {

class OfferCache {
 public:
  using Version = std::shared_ptr<const catalogue::v1::ProductVersion>;
  using Kept = std::map<std::string, Version>;  // by stamp

  // The products that were asked for last are kept, each with the stamps that came last.
  explicit OfferCache(size_t products = 1000, size_t stamps = 4);

  Kept Of(const std::string& product_id);
  void Keep(const std::string& product_id, const std::string& stamp, Version version);

 private:
  struct Entry {
    std::string product_id;
    std::list<std::pair<std::string, Version>> versions;  // the newest first
  };
  using Entries = std::list<Entry>;  // the last asked for first

  Entry& Touch(const std::string& product_id);

  const size_t products_, stamps_;
  std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string, Entries::iterator> by_id_;
};

}  // namespace continuo::quoting::app
