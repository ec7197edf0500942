// `fs`: arguments are converted here, everything else is native.

function FileRead(path) {
  return %FileRead(`${path}`);
}

function FileWrite(path, text) {
  const name = `${path}`;
  return %FileWrite(name, `${text}`);
}

function FileList(path, options) {
  const name = path === undefined ? "." : `${path}`;
  if (options === undefined || options === null) return %FileList(name, false, undefined);
  const recursive = !!options.recursive;
  const filter = options.filter;
  return %FileList(name, recursive, filter === undefined || filter === null ? undefined : `${filter}`);
}
