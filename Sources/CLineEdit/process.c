// Other programs on the same terminal: pagers and editors.
#include "CLineEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static pid_t spawn_shell(const char *command, int input) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  if (input >= 0) posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  sigset_t defaults, none;
  sigemptyset(&defaults);
  sigemptyset(&none);
  const int signals[] = {SIGINT, SIGQUIT, SIGPIPE, SIGTSTP, SIGTERM, SIGHUP};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&defaults, signals[i]);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t child = -1;
  if (posix_spawn(&child, "/bin/sh", &files, &attributes, arguments, environ) != 0) child = -1;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

static void feed(int descriptor, const uint8_t *bytes, size_t count) {
  size_t offset = 0;
  while (offset < count) {
    ssize_t written = write(descriptor, bytes + offset, count - offset);
    if (written > 0)
      offset += (size_t)written;
    else if (errno != EINTR)
      return;  // The reader has seen enough.
  }
}

int32_t cle_run(const char *command, const uint8_t *input, size_t count) {
  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit, broken_pipe;
  sigemptyset(&ignore.sa_mask);
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  sigaction(SIGPIPE, &ignore, &broken_pipe);
  int ends[2] = {-1, -1}, status = -1;
  if (!input || pipe2(ends, O_CLOEXEC) == 0) {
    pid_t child = spawn_shell(command, ends[0]);
    if (ends[0] >= 0) close(ends[0]);
    if (child > 0 && input) feed(ends[1], input, count);
    if (ends[1] >= 0) close(ends[1]);
    if (child > 0)
      while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  }
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  sigaction(SIGPIPE, &broken_pipe, NULL);
  cle_take_interrupt();
  return status;
}
