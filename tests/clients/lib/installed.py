"""Where the pinned clients are, and how to run one of Node's."""
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parents[1]


def folder():
    return pathlib.Path(subprocess.run([str(HERE / "install")], check=True, capture_output=True,
                                       text=True).stdout.strip())


def node(work, *command, **more):
    """Runs a program of node_modules/.bin, or node itself, in `work`, which sees node_modules."""
    clients = folder()
    link = pathlib.Path(work) / "node_modules"
    if not link.exists():
        link.symlink_to(clients / "node_modules")
    path = "%s:%s:%s" % (clients / "venv/bin", clients / "node_modules/.bin", os.environ["PATH"])
    return subprocess.run(command, cwd=work, env={**os.environ, "PATH": path}, text=True,
                          capture_output=True, timeout=more.pop("timeout", 300), **more)
