#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

pid_t cpt_spawn(const char *path, char *const argv[], char *const envp[], int columns, int rows, int *master, int *slave) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  if (openpty(master, slave, NULL, NULL, &size) != 0) return -1;
  fcntl(*master, F_SETFD, FD_CLOEXEC);
  fcntl(*slave, F_SETFD, FD_CLOEXEC);
  pid_t child = fork();
  if (child == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    // The controlling terminal, also as standard input, output and errors.
    if (login_tty(*slave) != 0) _exit(126);
    execve(path, argv, envp);
    _exit(127);
  }
  return child;
}

void cpt_resize(int master, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  ioctl(master, TIOCSWINSZ, &size);
}

void cpt_settings(int terminal, char *text, size_t capacity) {
  struct termios state;
  text[0] = 0;
  if (tcgetattr(terminal, &state) != 0) return;
  int used = snprintf(text, capacity, "%x:%x:%x:%x", state.c_iflag, state.c_oflag, state.c_cflag, state.c_lflag);
  for (int i = 0; i < NCCS && used > 0 && (size_t)used < capacity; i++)
    used += snprintf(text + used, capacity - (size_t)used, ":%x", state.c_cc[i]);
}

pid_t cpt_foreground(int master) { return tcgetpgrp(master); }
