"""Postgres on a small disk of its own, a tmpfs, which can be filled to the last byte. Needs root."""
import os
import pathlib
import shutil
import subprocess

from continuo import Failed
from stack import Surroundings

MEGABYTES = 700


class SmallDisk(Surroundings):
    @staticmethod
    def missing():
        return "" if os.geteuid() == 0 else "only root may mount a tmpfs: run this as root"

    def __init__(self):
        self.mounted = None

    def __exit__(self, *_):
        # The cluster is gone by now, and its folder with it but for this.
        if self.mounted:
            subprocess.run(["umount", "-l", self.mounted], capture_output=True)
            shutil.rmtree(self.mounted, ignore_errors=True)

    def lend_database(self, stack):
        self.mounted = stack.cluster + ".disk"
        os.mkdir(self.mounted)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dm,mode=0755" % MEGABYTES,
                               "tmpfs", self.mounted], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed("mount: " + done.stderr.strip())
        stack.crash_postgres()
        data = pathlib.Path(stack.cluster) / "data"
        subprocess.run(["cp", "-a", str(data), self.mounted], check=True)
        shutil.rmtree(data)
        data.symlink_to(self.mounted + "/data")
        stack.restart_postgres()

    def fill(self):
        """To the last byte, whatever Postgres itself has room for in files that it has."""
        with open(self.mounted + "/ballast", "ab", buffering=0) as ballast:
            for piece in (b"x" * 1_048_576, b"x" * 4_096):
                try:
                    while True:
                        ballast.write(piece)
                except OSError:
                    pass

    def free(self):
        pathlib.Path(self.mounted + "/ballast").unlink(missing_ok=True)
