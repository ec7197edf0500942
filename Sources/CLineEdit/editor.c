// The only code that knows libedit. libedit edits and reads its configuration; it never draws, since its output goes
// into a sink.
#include "CLineEdit.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "../CLibEdit/shim.h"

struct text_sink {
  char *bytes;
  size_t count, capacity;
};

struct cle_editor {
  EditLine *edit_line;
  cle_callbacks callbacks;
  FILE *input, *output, *errors;
  int32_t command_count;
  // How long a text the buffers were made for.
  size_t room;
  struct text_sink listing, complaints;
};

static cle_editor *editor_of(EditLine *edit_line) {
  void *data = NULL;
  el_get(edit_line, EL_CLIENTDATA, &data);
  return data;
}

// MARK: Sinks

static ssize_t sink_write(void *cookie, const char *bytes, size_t count) {
  struct text_sink *sink = cookie;
  if (sink->bytes) {
    size_t room = sink->capacity - sink->count, kept = count < room ? count : room;
    memcpy(sink->bytes + sink->count, bytes, kept);
    sink->count += kept;
  }
  return (ssize_t)count;
}

static FILE *sink_open(struct text_sink *sink) {
  return fopencookie(sink, "w", (cookie_io_functions_t){.write = sink_write});
}

static void sink_begin(struct text_sink *sink, char *bytes, size_t capacity) {
  *sink = (struct text_sink){.bytes = bytes, .capacity = capacity - 1};
}

static void sink_end(struct text_sink *sink, FILE *file) {
  fflush(file);
  sink->bytes[sink->count] = 0;
  sink->bytes = NULL;
}

// MARK: Callbacks

static wchar_t *no_prompt(EditLine *edit_line) {
  static wchar_t empty[1] = L"";
  (void)edit_line;
  return empty;
}

// Some of libedit's commands for vi leave the cursor before the start of an empty text.
static void repair_cursor(EditLine *edit_line) {
  const LineInfoW *line = el_wline(edit_line);
  if (line->cursor < line->buffer)
    el_cursor(edit_line, (int)(line->buffer - line->cursor));
  else if (line->cursor > line->lastchar)
    el_cursor(edit_line, -(int)(line->cursor - line->lastchar));
}

static int read_key(EditLine *edit_line, wchar_t *key) {
  cle_editor *editor = editor_of(edit_line);
  repair_cursor(edit_line);
  uint32_t code = 0;
  int32_t result = editor->callbacks.next_key(editor->callbacks.context, &code);
  *key = (wchar_t)code;
  return result;
}

static unsigned char run_command(EditLine *edit_line, int32_t command, int key) {
  cle_editor *editor = editor_of(edit_line);
  repair_cursor(edit_line);
  return (unsigned char)editor->callbacks.command(editor->callbacks.context, command, (uint32_t)key);
}

// libedit does not tell a command which one it is, so that each needs a function of its own.
#define COMMAND(n) \
  static unsigned char command_##n(EditLine *e, int key) { return run_command(e, 0##n, key); }
#define ROW(f, r) f(r##0) f(r##1) f(r##2) f(r##3) f(r##4) f(r##5) f(r##6) f(r##7)
#define ALL(f) \
  ROW(f, 0) ROW(f, 1) ROW(f, 2) ROW(f, 3) ROW(f, 4) ROW(f, 5) ROW(f, 6) ROW(f, 7) \
  ROW(f, 10) ROW(f, 11) ROW(f, 12) ROW(f, 13) ROW(f, 14) ROW(f, 15)
ALL(COMMAND)
#define ENTRY(n) command_##n,
static unsigned char (*const commands[])(EditLine *, int) = {ALL(ENTRY)};

// MARK: Life

// libedit's ch_enlargebufs leaves its callers with stale pointers, and c_delafter reads past the end of a full buffer:
// buffers that grow only between its commands, to more than twice the text, meet neither.
enum { FIRST_ROOM = 4096, SPARE_ROOM = 1024 };

static wchar_t *blanks(size_t count) {
  wchar_t *text = malloc((count + 1) * sizeof *text);
  if (!text) return NULL;
  wmemset(text, L' ', count);
  text[count] = 0;
  return text;
}

static int make_first_room(cle_editor *editor) {
  wchar_t *text = blanks(FIRST_ROOM);
  if (!text) return -1;
  int result = el_winsertstr(editor->edit_line, text);
  free(text);
  el_reset(editor->edit_line);
  editor->room = FIRST_ROOM;
  return result;
}

// Lets the buffers grow around a text that is not empty.
static int grow(cle_editor *editor, size_t needed) {
  size_t room = editor->room;
  while (room < needed) room *= 2;
  const LineInfoW *line = el_wline(editor->edit_line);
  size_t count = (size_t)(line->lastchar - line->buffer), cursor = (size_t)(line->cursor - line->buffer);
  wchar_t *text = blanks(count), *filling = blanks(room);
  int result = -1;
  if (text && filling) {
    wmemcpy(text, line->buffer, count);
    result = el_wreplacestr(editor->edit_line, filling);
    if (result == 0) result = el_wreplacestr(editor->edit_line, text);
    line = el_wline(editor->edit_line);
    el_cursor(editor->edit_line, (int)cursor - (int)(line->cursor - line->buffer));
    editor->room = room;
  }
  free(text);
  free(filling);
  return result;
}

cle_editor *cle_new(const char *program, int32_t input, int32_t output, cle_callbacks callbacks) {
  cle_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->callbacks = callbacks;
  editor->input = fdopen(dup(input), "r");
  editor->output = sink_open(&editor->listing);
  editor->errors = sink_open(&editor->complaints);
  if (editor->input && editor->output && editor->errors) {
    setvbuf(editor->errors, NULL, _IONBF, 0);
    // The files are sinks, the descriptors are the terminal.
    editor->edit_line = el_init_fd(program, editor->input, editor->output, editor->errors, input, output, output);
  }
  if (!editor->edit_line) {
    if (editor->input) fclose(editor->input);
    if (editor->output) fclose(editor->output);
    if (editor->errors) fclose(editor->errors);
    free(editor);
    return NULL;
  }
  el_wset(editor->edit_line, EL_CLIENTDATA, editor);
  el_wset(editor->edit_line, EL_PROMPT, no_prompt);
  el_wset(editor->edit_line, EL_SIGNAL, 0);
  el_wset(editor->edit_line, EL_GETCFN, read_key);
  if (make_first_room(editor) != 0) {
    cle_free(editor);
    return NULL;
  }
  return editor;
}

void cle_free(cle_editor *editor) {
  // el_end would discard what was typed ahead.
  el_wset(editor->edit_line, EL_EDITMODE, 0);
  el_end(editor->edit_line);
  fclose(editor->input);
  fclose(editor->output);
  fclose(editor->errors);
  free(editor);
}

// MARK: Configuration

int32_t cle_set_mode(cle_editor *editor, const char *name) {
  int result = el_set(editor->edit_line, EL_EDITOR, name);
  return result;
}

int32_t cle_is_vi(cle_editor *editor) {
  const char *name = NULL;
  el_get(editor->edit_line, EL_EDITOR, &name);
  return name && strcmp(name, "vi") == 0;
}

static wchar_t *wide(const char *text) {
  size_t count = strlen(text) + 1;
  wchar_t *result = malloc(count * sizeof *result);
  if (result && mbstowcs(result, text, count) == (size_t)-1) result[0] = 0;
  return result;
}

int32_t cle_add_command(cle_editor *editor, const char *name, const char *help) {
  int32_t number = editor->command_count;
  if ((size_t)number >= sizeof commands / sizeof *commands) return -1;
  // libedit keeps the pointers as long as it lives.
  if (el_wset(editor->edit_line, EL_ADDFN, wide(name), wide(help), commands[number])) return -1;
  editor->command_count++;
  return number;
}

int32_t cle_bind(cle_editor *editor, int32_t is_alternate, const char *sequence, const char *command) {
  return is_alternate ? el_set(editor->edit_line, EL_BIND, "-a", sequence, command, NULL)
                      : el_set(editor->edit_line, EL_BIND, sequence, command, NULL);
}

int32_t cle_query(cle_editor *editor, int32_t is_alternate, const char *sequence, char *listing, size_t capacity) {
  char complaint[256];
  fflush(editor->output);
  sink_begin(&editor->listing, listing, capacity);
  sink_begin(&editor->complaints, complaint, sizeof complaint);
  if (is_alternate)
    el_set(editor->edit_line, EL_BIND, "-a", sequence, NULL);
  else
    el_set(editor->edit_line, EL_BIND, sequence, NULL);
  sink_end(&editor->listing, editor->output);
  sink_end(&editor->complaints, editor->errors);
  return complaint[0] == 0 && strstr(listing, "->") != NULL;
}

void cle_list(cle_editor *editor, char *listing, size_t capacity) {
  fflush(editor->output);
  sink_begin(&editor->listing, listing, capacity);
  el_set(editor->edit_line, EL_BIND, NULL);
  sink_end(&editor->listing, editor->output);
}

int32_t cle_configure(cle_editor *editor, const char *line, char *complaint, size_t capacity) {
  Tokenizer *tokenizer = tok_init(NULL);
  const char **words = NULL;
  int count = 0, result = 0;
  sink_begin(&editor->complaints, complaint, capacity);
  if (tok_str(tokenizer, line, &count, &words) != 0)
    result = -1;
  else if (count > 0)
    result = el_parse(editor->edit_line, count, words);
  sink_end(&editor->complaints, editor->errors);
  tok_end(tokenizer);
  return result;
}

void cle_prepare(cle_editor *editor) {
  // Keys such as Ctrl-C and Ctrl-S are read, not acted upon, while a line is edited.
  el_set(editor->edit_line, EL_SETTY, "-d", "-isig", NULL);
  el_set(editor->edit_line, EL_SETTY, "-d", "-ixon", NULL);
  // What is typed while a program runs shows at the next prompt, not in between its output.
  el_set(editor->edit_line, EL_SETTY, "-x", "-echo", NULL);
}

// MARK: Editing

int32_t cle_edit(cle_editor *editor) {
  int count = 0;
  cle_prepare(editor);
  const wchar_t *line = el_wgets(editor->edit_line, &count);
  if (line) return count;
  return count < 0 ? -1 : 0;
}

int32_t cle_read_key(cle_editor *editor, uint32_t *key) {
  wchar_t code = 0;
  int result = el_wgetc(editor->edit_line, &code);
  *key = (uint32_t)code;
  return result;
}

size_t cle_text(cle_editor *editor, const int32_t **buffer, size_t *cursor) {
  const LineInfoW *line = el_wline(editor->edit_line);
  *buffer = (const int32_t *)line->buffer;
  *cursor = (size_t)(line->cursor - line->buffer);
  return (size_t)(line->lastchar - line->buffer);
}

int32_t cle_insert(cle_editor *editor, const int32_t *code_points) {
  const wchar_t *text = (const wchar_t *)code_points;
  const LineInfoW *line = el_wline(editor->edit_line);
  size_t count = wcslen(text), total = count + (size_t)(line->lastchar - line->buffer);
  if (count == 0) return 0;
  if (total > (size_t)CLE_MAX_TEXT) return -1;
  size_t needed = 2 * total + SPARE_ROOM;
  if (needed > editor->room) {
    if (line->lastchar == line->buffer) {
      const wchar_t first[] = {text[0], 0};
      if (el_winsertstr(editor->edit_line, first) != 0) return -1;
      text++;
    }
    if (grow(editor, needed) != 0) return -1;
    if (*text == 0) return 0;
  }
  return el_winsertstr(editor->edit_line, text);
}

void cle_delete_before(cle_editor *editor, int32_t count) {
  if (count > 0) el_deletestr(editor->edit_line, count);
}

void cle_move(cle_editor *editor, int32_t distance) {
  if (distance != 0) el_cursor(editor->edit_line, distance);
}

void cle_set_raw(cle_editor *editor, int32_t is_raw) {
  el_set(editor->edit_line, EL_PREP_TERM, (int)is_raw);
}

void cle_use_utf8(void) {
  if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

int64_t cle_find(const uint8_t *text, size_t count, const uint8_t *pattern, size_t pattern_count) {
  const uint8_t *found = memmem(text, count, pattern, pattern_count);
  return found ? found - text : -1;
}
