/// What Swift sees of libedit and of the terminal: plain functions without variadics, callbacks with a context.
#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// MARK: - The editor

typedef struct cle_editor cle_editor;

typedef struct {
  void *context;
  /// Gives the next key: 1 for a key, 0 at the end of the input, -1 after an error.
  int32_t (*next_key)(void *context, uint32_t *key);
  /// Runs an own command; gives a CLE_CC constant.
  int32_t (*command)(void *context, int32_t command, uint32_t key);
} cle_callbacks;

/// What a command says to libedit. Nothing here ever asks libedit to draw.
static const int32_t CLE_CC_NORM = 0;
static const int32_t CLE_CC_NEWLINE = 1;
static const int32_t CLE_CC_EOF = 2;

/// The most code points that a text may have.
static const int32_t CLE_MAX_TEXT = 1 << 17;

/// Key codes below 256 that no user can type, since U+0080 to U+009F are filtered out of the input.
static const uint32_t CLE_KEY_ESCAPE = 0x80;
static const uint32_t CLE_KEY_PASTE = 0x81;
static const uint32_t CLE_KEY_TEXT = 0x83;
/// In a macro, the text whose number the next key is.
static const uint32_t CLE_KEY_MACRO = 0x87;
/// libedit's own commands that change between vi's modes, and what puts the cursor right afterwards.
static const uint32_t CLE_KEY_VI_INSERT = 0x84;
static const uint32_t CLE_KEY_VI_COMMAND = 0x85;
static const uint32_t CLE_KEY_VI_SETTLE = 0x86;

/// Makes an editor on a terminal; NULL when there is no memory or the terminal is of no use.
cle_editor *_Nullable cle_new(const char *program, int32_t input, int32_t output, cle_callbacks callbacks);
void cle_free(cle_editor *editor);

int32_t cle_set_mode(cle_editor *editor, const char *name);
int32_t cle_is_vi(cle_editor *editor);

/// Adds an own command; its number, or -1 when there are too many.
int32_t cle_add_command(cle_editor *editor, const char *name, const char *help);
/// Binds a key sequence, in vi's command mode if `is_alternate`.
int32_t cle_bind(cle_editor *editor, int32_t is_alternate, const char *sequence, const char *command);
/// Copies what libedit lists about a key sequence; 1 if it is bound.
int32_t cle_query(cle_editor *editor, int32_t is_alternate, const char *sequence, char *listing, size_t capacity);
/// Copies libedit's list of all keys.
void cle_list(cle_editor *editor, char *listing, size_t capacity);
/// Runs a line of an .editrc; what libedit complains about is copied. 0 if all is well.
int32_t cle_configure(cle_editor *editor, const char *line, char *complaint, size_t capacity);

/// Edits a line: the count of code points, 0 at the end of the input, -1 after an error.
int32_t cle_edit(cle_editor *editor);
/// Chooses how the terminal behaves while keys are read.
void cle_prepare(cle_editor *editor);
/// Reads a key as libedit would, from macros, too.
int32_t cle_read_key(cle_editor *editor, uint32_t *key);

size_t cle_text(cle_editor *editor, const int32_t *_Nullable *_Nonnull buffer, size_t *cursor);
/// Inserts code points that a zero ends; -1 when the text would get too long.
int32_t cle_insert(cle_editor *editor, const int32_t *code_points);
void cle_delete_before(cle_editor *editor, int32_t count);
void cle_move(cle_editor *editor, int32_t distance);
/// Switches the terminal between the editor's mode and the mode of running programs.
void cle_set_raw(cle_editor *editor, int32_t is_raw);

/// Makes the process use UTF-8 whatever its environment says.
void cle_use_utf8(void);

/// The offset of the first occurrence of a pattern, -1 if there is none.
int64_t cle_find(const uint8_t *text, size_t count, const uint8_t *pattern, size_t pattern_count);

// MARK: - Signals and the state of the terminal

/// Watches SIGINT: it sets `target` to 1. When `target` has not been cleared after `patience` milliseconds, and after
/// more than `presses` signals, the process ends.
void cle_watch_interrupts(int32_t *target, int32_t presses, int32_t patience);
/// Watches changes of the window's size.
void cle_watch_window(void);
/// A descriptor that becomes readable when a signal came or `cle_wake` was called.
int32_t cle_wake_descriptor(void);
void cle_wake(void);
void cle_drain_wakes(void);
int32_t cle_take_interrupt(void);
int32_t cle_take_resize(void);

/// Remembers the state of a terminal, and restores it when the process ends or crashes.
void cle_guard_terminal(int32_t descriptor);
/// Whether the editor draws now, so that a crash must undo its modes.
void cle_set_editing(int32_t is_editing);
/// Gives the terminal its first state back, for another program.
void cle_restore_terminal(void);
/// Names a file that is removed when the process ends, also by a signal; "" names none.
void cle_remove_at_end(const char *path);

/// Columns and rows of a terminal; -1 when they are not known.
int32_t cle_window_size(int32_t descriptor, int32_t *columns, int32_t *rows);
/// Stops the process group as Ctrl-Z does.
void cle_suspend(void);

// MARK: - Other programs

/// Runs a command with the shell on the terminal, with `input` as its standard input if it is not NULL. Gives its wait
/// status, or -1 when it could not be started.
int32_t cle_run(const char *command, const uint8_t *_Nullable input, size_t count);

#pragma clang assume_nonnull end
