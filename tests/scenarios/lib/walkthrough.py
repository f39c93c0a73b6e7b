"""Documents whose calls are run: docs/tutorial.md and the README.

A block marked `sh` is run in one bash session, in order; what it prints must be what the block
after it, marked `json` or `text`, shows. Ids and instants are generalised on both sides: `div_...` stands
for any division. `REWRITE=1` puts what was printed into the document instead.
"""
import os
import pathlib
import re
import subprocess

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
ID = re.compile(r"\b([a-z]{2,5})_(?:[0-7][0-9a-hjkmnp-tv-z]{25}|\.\.\.)")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
END = "=== end of the block ==="


def general(text):
    text = ID.sub(r"\1_...", text)
    text = INSTANT.sub("<instant>", text)
    return re.sub(r"\s+", " ", text).strip()


def shown(text):
    """As the document shows it: ids are different every time."""
    return ID.sub(r"\1_...", text)


class Bash:
    def __init__(self, directory):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CONTINUO_")}
        self.process = subprocess.Popen(["bash", "--noprofile", "--norc"], cwd=directory,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, env=environment)

    def run(self, commands):
        self.process.stdin.write(commands + "\necho '%s'\n" % END)
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.strip() == END:
                return "".join(lines)
            lines.append(line)
        return "".join(lines) + "(the shell ended)"

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def play(document, replacements, directory, check):
    """Runs the document's calls; `replacements` puts an instance in the place of what it names."""
    path = pathlib.Path(document)
    text = path.read_text()
    blocks = list(FENCE.finditer(text))
    bash, compared, rewritten, last = Bash(directory), 0, [], 0
    try:
        for i, block in enumerate(blocks):
            if block.group(1) != "sh":
                continue
            commands = block.group(2)
            for old, new in replacements.items():
                commands = commands.replace(old, new)
            printed = bash.run(commands)
            follows = blocks[i + 1] if i + 1 < len(blocks) else None
            if follows is None or follows.group(1) not in ("json", "text"):
                check(printed.strip() == "", "%s: a block without an answer prints nothing: %s" % (
                    path.name, commands.strip().splitlines()[0][:60]), printed[-600:])
                continue
            compared += 1
            rewritten += [text[last:follows.start(2)], shown(printed)]
            last = follows.end(2)
            if os.environ.get("REWRITE") == "1":
                continue
            check(general(printed) == general(follows.group(2)), "%s: %s" % (
                path.name, commands.strip().splitlines()[0][:70]),
                "\n  printed: %s\n  shown:   %s" % (printed.strip(), follows.group(2).strip()))
    finally:
        bash.close()
    check(compared > 0, "%s has calls to compare" % path.name)
    if os.environ.get("REWRITE") == "1":
        path.write_text("".join(rewritten) + text[last:])
