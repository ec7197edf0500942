// Signals, and the terminal's state around them. Handlers touch nothing but atomics and system calls.
#include "CLineEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static _Atomic int interrupted, resized;
static int wake_pipe[2] = {-1, -1};

static volatile int32_t *_Nullable interrupt_target;
static int32_t press_limit, patience_limit;
static _Atomic int presses;
static _Atomic int64_t first_press;

static void restore_now(void);

static int64_t milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void open_wake_pipe(void) {
  if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) wake_pipe[0] = wake_pipe[1] = -1;
}

void cle_wake(void) {
  if (wake_pipe[1] >= 0) (void)!write(wake_pipe[1], "", 1);
}

static void on_interrupt(int signal) {
  int saved = errno;
  (void)signal;
  volatile int32_t *target = interrupt_target;
  if (target) {
    if (*target == 0) {
      presses = 0;
      first_press = milliseconds();
      *target = 1;
    }
    if (++presses > press_limit && milliseconds() - first_press >= patience_limit) {
      restore_now();
      _exit(130);
    }
  }
  interrupted = 1;
  cle_wake();
  errno = saved;
}

static void on_resize(int signal) {
  int saved = errno;
  (void)signal;
  resized = 1;
  cle_wake();
  errno = saved;
}

static void unblock(int signal) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, signal);
  sigprocmask(SIG_UNBLOCK, &signals, NULL);
}

void cle_watch_interrupts(int32_t *target, int32_t limit, int32_t patience) {
  open_wake_pipe();
  interrupt_target = target;
  press_limit = limit;
  patience_limit = patience;
  // Without SA_RESTART, so that a read of a line ends, too.
  struct sigaction action = {.sa_handler = on_interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  // Whoever started the process may have blocked it.
  unblock(SIGINT);
}

void cle_watch_window(void) {
  open_wake_pipe();
  struct sigaction action = {.sa_handler = on_resize, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, NULL);
  unblock(SIGWINCH);
}

int32_t cle_wake_descriptor(void) { return wake_pipe[0]; }

void cle_drain_wakes(void) {
  char bytes[64];
  while (read(wake_pipe[0], bytes, sizeof bytes) > 0) continue;
}

int32_t cle_take_interrupt(void) { return atomic_exchange(&interrupted, 0); }
int32_t cle_take_resize(void) { return atomic_exchange(&resized, 0); }

// MARK: The state of the terminal

static struct termios first_state;
static _Atomic int guarded_terminal = -1;
static _Atomic int is_editing;
static struct sigaction previous_actions[NSIG];

static char removed_path[4096];
static _Atomic int has_removed_path;

void cle_remove_at_end(const char *path) {
  has_removed_path = 0;
  if (!*path || strlen(path) >= sizeof removed_path) return;
  strcpy(removed_path, path);
  has_removed_path = 1;
}

static void restore_now(void) {
  if (atomic_exchange(&has_removed_path, 0)) unlink(removed_path);
  int terminal = guarded_terminal;
  if (terminal < 0) return;
  if (atomic_exchange(&is_editing, 0)) {
    // No bracketed paste, no held-back output, no colour, a cursor, a new line.
    static const char sequence[] = "\033[?2004l\033[?2026l\033[0m\033[?25h\r\n";
    (void)!write(terminal, sequence, sizeof sequence - 1);
  }
  // A background process must not stop for asking.
  sigset_t blocked, saved;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  sigprocmask(SIG_BLOCK, &blocked, &saved);
  if (tcgetpgrp(terminal) == getpgrp()) tcsetattr(terminal, TCSANOW, &first_state);
  sigprocmask(SIG_SETMASK, &saved, NULL);
}

void cle_restore_terminal(void) {
  if (guarded_terminal >= 0) tcsetattr(guarded_terminal, TCSADRAIN, &first_state);
}

void cle_set_editing(int32_t editing) { is_editing = editing; }

static void on_end(int signal, siginfo_t *information, void *context) {
  restore_now();
  struct sigaction *previous = &previous_actions[signal];
  sigaction(signal, previous, NULL);
  if ((previous->sa_flags & SA_SIGINFO) && previous->sa_sigaction) {
    previous->sa_sigaction(signal, information, context);
    return;
  }
  raise(signal);
}

static void use_signal_stack(void) {
  // A stack overflow can be handled on another stack only.
  static char stack[1 << 16];
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
}

void cle_guard_terminal(int32_t descriptor) {
  if (guarded_terminal >= 0 || tcgetattr(descriptor, &first_state) != 0) return;
  guarded_terminal = descriptor;
  use_signal_stack();
  static const int ends[] = {
      SIGTERM, SIGHUP, SIGQUIT,
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
      SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP,
#endif
  };
  struct sigaction action = {.sa_sigaction = on_end, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    struct sigaction current;
    // What the process was told to ignore stays ignored.
    sigaction(ends[i], NULL, &current);
    if (!(current.sa_flags & SA_SIGINFO) && current.sa_handler == SIG_IGN) continue;
    previous_actions[ends[i]] = current;
    sigaction(ends[i], &action, NULL);
  }
  atexit(restore_now);
}

int32_t cle_window_size(int32_t descriptor, int32_t *columns, int32_t *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

void cle_suspend(void) {
  unblock(SIGTSTP);
  // The whole group, so that the shell sees the job stop, also when a parent waits for this process.
  kill(0, SIGTSTP);
}
