#!/usr/bin/env python3
"""Turns a service's (or a lib's) .sql files into C++: one postgres::Statement for each query, and the
migrations in order. A statement's name is its file's name, which is also its metric's."""
import argparse
import pathlib
import re


def changes(text):
    """Whether the statement changes rows. Locking them (FOR UPDATE) does not."""
    text = re.sub(r"--[^\n]*", " ", text).upper()
    return re.search(r"\b(INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO)\b"
                     r"|\bUPDATE\s+(ONLY\s+)?[\w\".]+(\s+(AS\s+)?\w+)?\s+SET\b", text) is not None


def raw(text):
    # Long literals are cut: compilers limit one literal to 64 KiB.
    pieces = [text[i:i + 8000] for i in range(0, len(text), 8000)] or [""]
    return "\n".join('R"sql(' + piece + ')sql"' for piece in pieces)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--service", required=True)
    args.add_argument("--from", dest="source", required=True)
    args.add_argument("--to", dest="target", required=True)
    args.add_argument("--include", required=True, help="the folder that #include names")
    args = args.parse_args()
    source, target = pathlib.Path(args.source), pathlib.Path(args.target)
    queries = sorted((source / "queries").glob("*.sql"))
    migrations = sorted((source / "migrations").glob("*/up.sql"))
    for query in queries:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", query.stem):
            raise SystemExit(f"{query}: a query's file name is lower_snake_case")
    header = ["// Generated from .sql files. Do not edit.", "#pragma once", "",
              '#include "libs/postgres/statement.h"', "",
              f"namespace continuo::{args.service}::sql {{"]
    body = [f'#include "{args.include}/sql.h"', "",
            f"namespace continuo::{args.service}::sql {{"]
    for query in queries:
        header.append(f"extern const postgres::Statement {query.stem};")
        body.append(f'const postgres::Statement {query.stem}{{"{args.service}", "{query.stem}",\n'
                    f"{raw(query.read_text())}, {str(changes(query.read_text())).lower()}}};")
    header.append("std::span<const postgres::Migration> migrations();")
    header.append("std::span<const postgres::Statement* const> statements();")
    body.append("std::span<const postgres::Migration> migrations() {")
    if migrations:
        body.append("  static const postgres::Migration list[] = {")
        for migration in migrations:
            body.append(f'    {{"{migration.parent.name}",\n{raw(migration.read_text())}}},')
        body.append("  };")
        body.append("  return list;")
    else:
        body.append("  return {};")
    body.append("}")
    body.append("std::span<const postgres::Statement* const> statements() {")
    if queries:
        body.append("  static const postgres::Statement* const list[] = {")
        body += [f"    &{query.stem}," for query in queries]
        body.append("  };")
        body.append("  return list;")
    else:
        body.append("  return {};")
    body.append("}")
    for lines, name in ((header, "sql.h"), (body, "sql.cpp")):
        lines.append(f"}}  // namespace continuo::{args.service}::sql")
        target.mkdir(parents=True, exist_ok=True)
        (target / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
