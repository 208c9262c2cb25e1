"""Work on many files is done several at a time, and told in the order it was given.

A crew is whoever does it: this process, others of this machine, or those of a cluster. What is
handed out goes in batches, and only so many at a time: what is waited for never grows with the
number of files.
"""

from __future__ import annotations

import os
import signal
from _thread import interrupt_main
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread, current_thread, main_thread
from time import sleep
from types import FrameType
from typing import TypeAlias, TypeVar

from encoder.errors import EncoderError, MissingError, UsageError

J = TypeVar("J")
R = TypeVar("R")
One: TypeAlias = Callable[[J], R]
Failed: TypeAlias = Callable[[J, Exception], R]
# Handed out at a time: enough to make the handing cheap, few enough to keep all busy.
BATCH = 8
# Texts that make it worth while to start one more process, which has to load what renders them.
RENDERED = 16
# A cluster takes a message over the network for each batch.
CLUSTER_BATCH = 32
# Batches handed out for each worker, so that one long file does not keep the others waiting.
AHEAD = 8
DIED, MEMORY = "the process that worked on it was killed", "is there too little memory for it?"
# Seconds to wait for a scheduler and its workers before we say that they are not there.
PATIENCE = 10
# Seconds for a process without a parent to remove what it has half-written.
GRACE = 1


@dataclass(frozen=True)
class Crew:
    """Who works: an executor of `concurrent.futures`, and how many work in it at a time.

    `killed` are the errors by which it says that a worker died of its work.
    """

    executor: Executor | None = None
    size: int = 1
    batch: int = BATCH
    killed: tuple[type[Exception], ...] = (BrokenExecutor,)

    def map(self, one: One[J, R], jobs: Iterable[J], failed: Failed[J, R]) -> Iterator[R]:
        """Yield what comes of each job, in the order of the jobs.

        Args:
            one: a function that can be pickled.
            jobs: what it is given, one after the other.
            failed: what is told of a job in which `one` raises, or the process dies that does it
                (`DIED`); it can be pickled too, and raises nothing.
        """
        if self.executor is None:
            yield from (_done(one, failed, job) for job in jobs)
            return
        waiting: deque[tuple[list[J], Future[list[R]]]] = deque()
        left = iter(jobs)
        while batch := list(islice(left, self.batch)):
            waiting.append((batch, self._submit(self.executor, one, failed, batch)))
            if len(waiting) >= self.size * AHEAD:
                yield from self._result(one, failed, *waiting.popleft())
        while waiting:
            yield from self._result(one, failed, *waiting.popleft())

    def _submit(
        self, executor: Executor, one: One[J, R], failed: Failed[J, R], batch: list[J]
    ) -> Future[list[R]]:
        try:
            return executor.submit(_each, one, failed, batch)
        except self.killed as error:
            broken: Future[list[R]] = Future()
            broken.set_exception(error)
            return broken

    def _result(
        self, one: One[J, R], failed: Failed[J, R], batch: list[J], future: Future[list[R]]
    ) -> Iterable[R]:
        try:
            return future.result()
        except self.killed:
            return _apart(one, failed, batch)
        except OSError as error:  # what a job raises is told by `failed`
            hint = "run it again: what is done is not done twice"
            raise MissingError(f"the workers are out of reach ({error})", hint=hint) from error


ALONE = Crew()


@dataclass
class _Duty:
    """What a process of a crew does: whether a job, and whether its work is no longer wanted."""

    busy: bool = False
    over: bool = False


_DUTY = _Duty()


def _done(one: One[J, R], failed: Failed[J, R], job: J) -> R:
    """Return what comes of a job, whatever happens in it."""
    try:
        return one(job)
    # A text can meet a mistake of ours that nobody foresaw, so no list of errors would be whole; if
    # it ended the run, the 9,999 others would be lost with it. Nothing is hushed up: `failed` is
    # given the error, tells it with its file, and the run ends with its exit code. Only here, and
    # where the program ends (`encoder.cli.main`), is every error caught.
    except Exception as error:
        return failed(job, error)


def _each(one: One[J, R], failed: Failed[J, R], batch: Sequence[J]) -> list[R]:
    _DUTY.busy = True
    try:
        return [_done(one, failed, job) for job in batch if not _DUTY.over]
    finally:
        _DUTY.busy = False


def _apart(one: One[J, R], failed: Failed[J, R], batch: Iterable[J]) -> Iterator[R]:
    """Yield what comes of jobs one of which may kill who does it: in a process of their own."""
    left = deque(batch)
    while left:
        with _pool(1) as pool:
            try:
                while left:
                    yield pool.submit(_done, one, failed, left[0]).result()
                    left.popleft()
            except BrokenExecutor:
                yield failed(left.popleft(), EncoderError(DIED, hint=MEMORY))


@contextmanager
def processes(number: int, batch: int = BATCH) -> Iterator[Crew]:
    """Return a crew of so many processes of this machine; of one, it is we ourselves."""
    if number == 1:
        yield ALONE
        return
    with _pool(number) as pool:
        yield Crew(pool, number, batch)


@contextmanager
def _pool(number: int) -> Iterator[Executor]:
    context = get_context("spawn")
    # It ends when we close it, and when we are gone: no lock that a killed process may still hold.
    told, telling = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(number, context, _enlist, (told,))
    with _interrupted_once():
        try:
            yield pool
        except BaseException:  # Ctrl-C above all: nobody waits for what is being done
            telling.close()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            telling.close()
            told.close()


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Let Ctrl-C be heard once: a second would end what lets the others know, and they would wait.

    Where another than Python answers to it, or where it is not heard at all, nothing is changed.
    """
    answered = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not answered or current_thread() is not main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.default_int_handler(number, frame)


def _enlist(told: Connection) -> None:
    """Let only the parent answer to Ctrl-C; leave off when it says so, and when it is gone."""
    signal.signal(signal.SIGINT, _leave_off)
    Thread(target=_listen, args=(told,), daemon=True).start()


def _leave_off(*_received: object) -> None:
    """Leave the job: on the way out, what is half-written is removed.

    Between jobs the process is telling the parent something, which must not be cut short.
    """
    if _DUTY.busy and _DUTY.over:
        raise SystemExit(1)


def _listen(told: Connection) -> None:
    with suppress(OSError):  # how some systems tell that it has ended
        told.poll(None)
    _DUTY.over = True
    interrupt_main()
    parent = parent_process()
    if parent:
        parent.join()
        sleep(GRACE)
        os._exit(1)


def several(workers: int | None, jobs: int, batch: int = BATCH) -> int:
    """Return how many processes so many jobs keep busy: all there are, unless it is said."""
    return max(1, min(workers or os.cpu_count() or 1, -(-jobs // batch)))


@contextmanager
def cluster(address: str, workers: int = 1) -> Iterator[Crew]:
    """Return a crew of the workers of a Dask cluster; they see the same files by the same paths.

    Args:
        address: that of its scheduler, such as `tcp://10.0.0.1:8786`.
        workers: how many of them to wait for.

    Raises:
        MissingError: the extra `cluster` is not installed.
        UsageError: no scheduler answers there, or it has too few workers.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        hint = "pip install 'tei-encoder[cluster]'"
        raise MissingError("a cluster needs Dask, which is not here", hint=hint) from error
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        hint = "start one with `dask scheduler`"
        raise UsageError("no scheduler answers there", place=address, hint=hint) from error
    with client:
        try:
            client.wait_for_workers(workers, timeout=PATIENCE)
        except TimeoutError as error:
            hint = f"start workers with `dask worker {address}`"
            raise UsageError("the cluster has too few workers", place=address, hint=hint) from error
        with client.get_executor(pure=False) as executor:
            size = sum(client.ncores().values())
            yield Crew(executor, size, CLUSTER_BATCH, (BrokenExecutor, KilledWorker))
