// Cursors: what is taken for one means the same when it is written again, and only for its list.
#include <cstdint>
#include <cstdlib>

#include "libs/postgres/cursor.h"

namespace postgres = continuo::postgres;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // A stranger cannot make one: the digest is part of it. So bytes are also wrapped as one.
  if (const auto read = postgres::DecodeCursor(text, "list")) {
    if (postgres::DecodeCursor(postgres::EncodeCursor(*read, "list"), "list") != read) std::abort();
    if (postgres::DecodeCursor(text, "other")) std::abort();
  }
  const postgres::Cursor cursor{.id = "01890a5d-ac96-774b-bcce-b302099a8057",
                                .sort_value = std::string(text)};
  const std::string written = postgres::EncodeCursor(cursor, "list");
  if (postgres::DecodeCursor(written, "list") != cursor) std::abort();
  if (size == 0) return 0;
  std::string changed = written;
  changed[data[0] % changed.size()] ^= 1;
  if (const auto read = postgres::DecodeCursor(changed, "list"); read && *read != cursor) std::abort();
  return 0;
}
