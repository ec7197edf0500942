"""Types very many lines at a terminal and measures the program on the other side. See Scripts/endurance.sh."""

import os
import pty
import re
import select
import statistics
import sys
import termios
import time

ROWS_OF_TABLE = 10
PATIENCE = 60


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, words, home):
        self.seen = b""
        self.process, self.end = pty.fork()
        if self.process == 0:
            os.environ.update(HOME=home, XDG_STATE_HOME=home, TERM="xterm", NO_COLOR="1", SWIFT_BACKTRACE="enable=no")
            os.execv(words[0], words)
        # What is typed comes back only in what the program paints.
        settings = termios.tcgetattr(self.end)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(self.end, termios.TCSANOW, settings)

    def type(self, text):
        data = text.encode()
        while data:
            reading, writing, _ = select.select([self.end], [self.end], [], PATIENCE)
            if reading:
                self.take()
            if writing:
                data = data[os.write(self.end, data[:512]) :]

    def take(self):
        try:
            self.seen += os.read(self.end, 65536)
        except OSError:
            raise SystemExit("the program ended:\n" + self.seen[-2000:].decode(errors="replace"))

    def wait(self, text):
        """Waits until the text appears, and forgets what came before it."""
        wanted = text.encode()
        limit = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            if not select.select([self.end], [], [], max(0, limit - time.monotonic()))[0]:
                raise SystemExit(f"{text} did not appear:\n" + self.seen[-2000:].decode(errors="replace"))
            self.take()
        self.seen = self.seen[self.seen.index(wanted) + len(wanted) :]

    def memory(self):
        """Megabytes that the process takes."""
        status = open(f"/proc/{self.process}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def files(self):
        return len(os.listdir(f"/proc/{self.process}/fd"))


def folder_size(folder):
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(place, name)).st_blocks * 512
            except FileNotFoundError:
                pass
    return total / 1048576


class Table:
    def __init__(self, what, terminal, folder):
        self.terminal, self.folder = terminal, folder
        self.last = (time.monotonic(), 0)
        print(f"{what:>12} {'memory':>10} {'files open':>11} {'on disk':>10} {'answers in':>11} {'per second':>11}", flush=True)

    def row(self, count, latencies):
        now = time.monotonic()
        rate = (count - self.last[1]) / max(now - self.last[0], 1e-9)
        self.last = (now, count)
        print(
            f"{count:>12,} {self.terminal.memory():>7.1f} MB {self.terminal.files():>11} "
            f"{folder_size(self.folder):>7.1f} MB {statistics.median(latencies) * 1000:>8.2f} ms {rate:>11,.0f}",
            flush=True,
        )


def timed(terminal, count, body):
    latencies = []
    for i in range(count):
        start = time.monotonic()
        body(i)
        latencies.append(time.monotonic() - start)
    return latencies


def statements(program, folder, count):
    """Statements with undos, checkpoints and branches between them."""
    os.mkdir(folder)
    terminal = Terminal([program, "--no-init"], folder)
    marks = 0

    def do(*lines):
        """Types lines, then one whose answer tells that all are done."""
        nonlocal marks
        marks += 1
        # The sum is in no line that is typed.
        terminal.type("".join(line + "\r" for line in lines) + f"'done' + ({marks} + 1000000)\r")
        terminal.wait(f"done{marks + 1000000}")

    do("let o = {n: 0}, m = new Map(), list = []", "let last = null")
    table = Table("statements", terminal, folder)
    step = max(count // ROWS_OF_TABLE // 20, 1) * 20
    done = 0
    while done < count:
        for _ in range(step // 20):
            do(
                *(f"o = {{n: {done + i}, before: [o.n]}}; m.set({(done + i) % 100}, 'text {done + i}'); 0" for i in range(12)),
                ":undo", ":redo", ":undo",
                f":checkpoint --image kept{done % 10}",
                ":fork idea", f"list.push({done}); list = list.slice(-10); 0", ":switch main", ":branches --drop idea",
            )
            done += 20
        table.row(done, timed(terminal, 20, lambda i: do()))
    os.close(terminal.end)
    os.waitpid(terminal.process, 0)


def rounds(program, folder, count):
    """Answers to the questions of one execution."""
    os.mkdir(folder)
    file = os.path.join(folder, "asks.js")
    with open(file, "w") as text:
        text.write("let n = 0, last = null; const seen = new Map();\n")
        text.write("for (;;) { last = CC(`question ${n++}?`); seen.set(n % 100, {last, n}); }\n")
    store = "sqlite:" + os.path.join(folder, "store.db")
    terminal = Terminal([program, "run", file, "--id", "endurance", "--store", store], folder)
    terminal.wait("question 0?")
    table = Table("rounds", terminal, folder)
    step = max(count // ROWS_OF_TABLE, 1)
    done = 0

    def answer(many):
        nonlocal done
        terminal.type("yes\r" * many)
        done += many
        terminal.wait(f"question {done}?")

    while done < count:
        goal = done + step
        while done < goal:
            answer(min(50, goal - done))
        table.row(done, timed(terminal, 20, lambda i: answer(1)))
    os.close(terminal.end)
    os.waitpid(terminal.process, 0)


def main():
    program, scratch, statement_count, round_count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if statement_count:
        statements(os.path.abspath(program), os.path.join(scratch, "session"), statement_count)
    if round_count:
        rounds(os.path.abspath(program), os.path.join(scratch, "execution"), round_count)


main()
