// librdkafka starts its threads by C11's thrd_create, which the thread sanitizer does not know: it
// would find them without a state of their own and crash. So, in its builds only, the test program
// itself offers the two functions by those that it does know. glibc's thrd_t is a pthread_t.
#if defined(CONTINUO_THREAD_SANITIZER)
#include <pthread.h>

#include <memory>

namespace {

struct Start {
  int (*run)(void*);
  void* argument;
};

void* Run(void* start) {
  const std::unique_ptr<Start> owned(static_cast<Start*>(start));
  return reinterpret_cast<void*>(static_cast<intptr_t>(owned->run(owned->argument)));
}

constexpr int kSuccess = 0, kError = 2;  // thrd_success, thrd_error

}  // namespace

extern "C" int thrd_create(pthread_t* thread, int (*run)(void*), void* argument) {
  auto start = std::make_unique<Start>(Start{run, argument});
  if (pthread_create(thread, nullptr, Run, start.get()) != 0) return kError;
  start.release();
  return kSuccess;
}

extern "C" int thrd_join(pthread_t thread, int* result) {
  void* answer = nullptr;
  if (pthread_join(thread, &answer) != 0) return kError;
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<intptr_t>(answer));
  return kSuccess;
}
#endif
