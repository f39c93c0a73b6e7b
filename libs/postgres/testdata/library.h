// A small service of this library's tests: its schema, its statements, its callers.
#pragma once

#include <string>

#include "libs/ids/type_id.h"
#include "libs/postgres/database.h"
#include "libs/testing/database.h"

namespace continuo::postgres::testdata {

inline constexpr Migration kMigrations[] = {{"0001_books", R"sql(
CREATE TABLE author (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (
  id uuid PRIMARY KEY,
  author_id uuid REFERENCES author (id),
  name text NOT NULL UNIQUE,
  status text NOT NULL DEFAULT 'in_print',
  published_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  weight numeric,
  price_minor bigint CHECK (price_minor >= 0),
  currency text,
  signed boolean NOT NULL DEFAULT false);
CREATE TABLE counter (id integer PRIMARY KEY, value bigint NOT NULL);
CREATE TABLE owned (id integer PRIMARY KEY, user_id uuid, division_id uuid);
ALTER TABLE owned ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON owned FOR SELECT
  USING ((caller_sees_all() OR user_id = caller_user_id()) AND caller_sees_division(division_id));
INSERT INTO counter VALUES (1, 0), (2, 0);
)sql"}};

inline constexpr Statement kInsertBook{
    "library", "insert_book",
    "INSERT INTO book (id, author_id, name, price_minor) VALUES ($1, $2, $3, $4)"};
inline constexpr Statement kCountBooks{"library", "count_books",
                                       "SELECT count(*) AS books FROM book"};
inline constexpr Statement kRaiseCounter{
    "library", "raise_counter",
    "UPDATE counter SET value = value + 1 WHERE id = $1 RETURNING value"};

// A fresh database with the schema, and the service's connections to it.
struct Library {
  explicit Library(DatabaseConfig settings = {})
      : database([&] {
          test.Migrate("library", {kMigrations});
          settings.service = "library";
          settings.url = test.url();
          return settings;
        }()) {}
  testing::TestDatabase test;
  Database database;

  int64_t Counter(int id) const {
    return std::stoll(
        test.Execute("SELECT value FROM library.counter WHERE id = " + std::to_string(id)));
  }
};

inline rpc::Call CallOf(std::string key = "", std::string fingerprint = "the same") {
  rpc::Call call;
  static const std::string user = ids::FormatTypeId("usr", ids::NewUuid());
  call.principal.user_id = user;
  call.idempotency_key = std::move(key);
  call.fingerprint = std::move(fingerprint);
  return call;
}

}  // namespace continuo::postgres::testdata
