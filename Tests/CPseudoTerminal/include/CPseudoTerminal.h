#pragma once
#include <stddef.h>
#include <sys/types.h>

/// Starts a program on a new terminal as its session's leader; both ends of the terminal stay open here.
pid_t cpt_spawn(const char *path, char *const argv[], char *const envp[], int columns, int rows, int *master, int *slave);
void cpt_resize(int master, int columns, int rows);
/// The terminal's settings as text, as `stty -g` has them.
void cpt_settings(int terminal, char *text, size_t capacity);
/// The group that the terminal belongs to now.
pid_t cpt_foreground(int master);
