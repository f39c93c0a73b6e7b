#include "libs/rpc/worker_pool.h"

#include <future>

#include "libs/testing/catch/catch.h"

namespace continuo::rpc {
namespace {

// One thread that is busy until it is let go, and what it ran afterwards, in order.
struct Busy {
  explicit Busy(size_t queue_limit) : pool(std::make_unique<WorkerPool>(1, queue_limit)) {
    std::promise<void> started;
    pool->Post("first", [&, gate = go.get_future().share()] {
      started.set_value();
      gate.wait();
    });
    started.get_future().wait();
  }
  bool Post(const std::string& caller, const std::string& task) {
    return pool->Post(caller, [this, task] { ran += task + " "; });
  }
  std::string Ran() {
    go.set_value();
    pool.reset();
    return ran;
  }

  std::promise<void> go;
  std::string ran;
  std::unique_ptr<WorkerPool> pool;
};

TEST_CASE("Callers take turns, each in its own order") {
  Busy busy(100);
  for (const char* task : {"a1", "a2", "a3"}) busy.Post("a", task);
  busy.Post("b", "b1");
  for (const char* task : {"c1", "c2"}) busy.Post("c", task);
  CHECK(busy.pool->queued() == 6);
  CHECK(busy.Ran() == "a1 b1 c1 a2 c2 a3 ");
}

TEST_CASE("A caller fills half of the queue at most, all of them the whole") {
  Busy busy(4);
  CHECK(busy.Post("a", "a1"));
  CHECK(busy.Post("a", "a2"));
  CHECK_FALSE(busy.Post("a", "a3"));
  CHECK(busy.Post("b", "b1"));
  CHECK(busy.Post("c", "c1"));
  CHECK_FALSE(busy.Post("d", "d1"));
  CHECK(busy.Ran() == "a1 b1 c1 a2 ");
}

}  // namespace
}  // namespace continuo::rpc
