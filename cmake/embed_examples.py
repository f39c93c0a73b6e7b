#!/usr/bin/env python3
"""Turns tests/examples/*.json into C++: they travel with the program."""
import argparse
import pathlib

from embed_sql import raw


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--to", required=True)
    args.add_argument("files", nargs="*")
    args = args.parse_args()
    body = ["// Generated from tests/examples. Do not edit.", '#include "libs/conformance/examples.h"', "",
            "namespace continuo::conformance {", "std::span<const ExampleFile> BuiltInExamples() {",
            "  static const ExampleFile list[] = {"]
    for file in sorted(map(pathlib.Path, args.files)):
        body.append(f'    {{"{file.name}",\n{raw(file.read_text())}}},')
    body += ["  };", "  return list;", "}", "}  // namespace continuo::conformance"]
    pathlib.Path(args.to).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(args.to).write_text("\n".join(body) + "\n")


if __name__ == "__main__":
    main()
