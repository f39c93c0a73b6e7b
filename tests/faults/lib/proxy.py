"""Stands between services and Postgres and loses replies to COMMIT: the server has committed, and the
connection breaks before the client is told. Everything else passes unchanged.

It reads the server's messages (one letter, four bytes of length), so it is the answer "COMMIT" that is
lost, in whatever way it was asked for.
"""
import asyncio
import os
import pathlib
import random
import struct
import tempfile
import threading


class CommitThief:
    """`directory` is what host= names. Loses a reply with `chance`, from `seed`; none before steal()."""

    def __init__(self, server_directory, seed):
        self.server = server_directory + "/.s.PGSQL.5432"
        self.random, self.chance, self.stolen = random.Random(seed), 0.0, 0
        self.folder = tempfile.TemporaryDirectory(prefix="continuo-proxy-")
        os.chmod(self.folder.name, 0o755)
        self.directory = self.folder.name
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        socket = str(pathlib.Path(self.directory) / ".s.PGSQL.5432")
        self.listening = self._call(asyncio.start_unix_server(self._serve, socket))
        os.chmod(socket, 0o777)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self._stop)
        self.thread.join(5)
        self.folder.cleanup()

    def steal(self, chance):
        self.chance = chance

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def _stop(self):
        self.listening.close()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.call_soon(self.loop.stop)

    async def _serve(self, reader, writer):
        try:
            server_reader, server_writer = await asyncio.open_unix_connection(self.server)
        except OSError:
            writer.close()
            return
        up = asyncio.ensure_future(self._pass_on(reader, server_writer))
        down = asyncio.ensure_future(self._watch(server_reader, writer))
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (up, down):
                task.cancel()
            for each in (writer, server_writer):
                each.transport.abort()

    @staticmethod
    async def _pass_on(reader, writer):
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass

    async def _watch(self, reader, writer):
        """Ends where a reply is stolen, and with it the connection."""
        try:
            while True:
                head = await reader.readexactly(5)
                body = await reader.readexactly(struct.unpack("!I", head[1:])[0] - 4)
                if head[:1] == b"C" and body == b"COMMIT\0" and self.random.random() < self.chance:
                    self.stolen += 1
                    return
                writer.write(head + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
