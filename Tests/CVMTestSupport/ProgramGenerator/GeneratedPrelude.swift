extension ProgramGenerator {
  /// What generated programs print with: everything that can be seen of a value.
  static let prelude = #"""
    'use strict';
    const S0 = Symbol('s0'), S1 = Symbol.for('s1');
    let fuel = 0;
    const out = (text) => console.log(text);
    const burn = () => { if (--fuel < 0) throw new Error('out of fuel'); };
    const name = (e) => {
      const kind = Object.prototype.toString.call(e);
      // What structuredClone throws.
      if (kind === '[object DOMException]') return 'error Error';
      return kind === '[object Error]' ? 'error ' + (e.constructor && e.constructor.name) : show(e);
    };
    const T = (n, value) => { out('#' + n); return value; };
    const V = (n, number, text) => ({
      valueOf() { out('valueOf ' + n); return number; },
      toString() { out('toString ' + n); return text; },
    });
    const I = (n, ...values) => ({
      [Symbol.iterator]() {
        out('open ' + n);
        let i = 0;
        return {
          next() { burn(); out('next ' + n); return i < values.length ? { value: values[i++], done: false } : { value: 'end', done: true }; },
          return(v) { out('return ' + n); return {}; },
        };
      },
    });
    const known = new Map();
    for (const key of ['Object', 'Array', 'Function', 'Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'Map', 'Set', 'RegExp',
      'Date', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'WeakMap']) {
      known.set(globalThis[key], key);
      known.set(globalThis[key].prototype, key + '.prototype');
    }
    known.set(globalThis, 'globalThis');
    const showKey = (key) => (typeof key === 'symbol' ? '[' + String(key) + ']' : JSON.stringify(key));
    function show(value, seen = []) {
      switch (typeof value) {
        case 'string': return value.includes('\n    at ') ? 'stack' : value.length > 300 ? value.length + JSON.stringify(value.slice(0, 300)) : JSON.stringify(value);
        case 'number': return Object.is(value, -0) ? '-0' : String(value);
        case 'bigint': return value + 'n';
        case 'symbol': return String(value);
        case 'undefined': case 'boolean': return String(value);
      }
      if (value === null) return 'null';
      if (known.has(value)) return known.get(value);
      if (seen.includes(value)) return '<' + seen.indexOf(value) + '>';
      if (seen.length > 4) return '...';
      const inside = [...seen, value];
      let text = '';
      const kind = Object.prototype.toString.call(value);
      if (typeof value === 'function') text += 'function';
      else if (Array.isArray(value)) text += 'array';
      else if (kind === '[object Error]') return name(value);
      else if (value instanceof Date && Object.hasOwn(Date.prototype, 'getTime')) {
        try { text += 'date ' + Date.prototype.getTime.call(value); } catch { text += 'no date'; }
      } else if (value instanceof RegExp) {
        try { text += 'regexp ' + RegExp.prototype.toString.call(value); } catch { text += 'no regexp'; }
      } else if (value instanceof Map) {
        try { text += 'map ' + [...Map.prototype.entries.call(value)].map(([k, v]) => show(k, inside) + '=>' + show(v, inside)).join(); } catch { text += 'no map'; }
      } else if (value instanceof Set) {
        try { text += 'set ' + [...Set.prototype.values.call(value)].map((v) => show(v, inside)).join(); } catch { text += 'no set'; }
      } else if (kind !== '[object Object]') text += kind;
      const members = [];
      for (const key of Reflect.ownKeys(value)) {
        const d = Reflect.getOwnPropertyDescriptor(value, key);
        const flags = (d.writable ? 'w' : '') + (d.enumerable ? 'e' : '') + (d.configurable ? 'c' : '');
        let shown = flags === 'wec' ? '' : flags + ' ';
        if ('value' in d) shown += typeof value === 'function' && key === 'prototype' ? 'P' : show(d.value, inside);
        else shown += (d.get ? 'get' : '') + (d.set ? 'set' : '');
        members.push(showKey(key) + ':' + shown);
      }
      text += '{' + members.join() + '}';
      if (!Object.isExtensible(value)) text += '!';
      const prototype = Object.getPrototypeOf(value);
      if (prototype === null) text += ' null';
      else if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== Function.prototype) {
        text += known.has(prototype) ? ' ' + known.get(prototype) : ' : ' + Reflect.ownKeys(prototype).map(showKey).join();
      }
      return text;
    }
    const print = (label, f) => {
      let text;
      try { text = show(f()); } catch (e) { text = 'threw ' + name(e); }
      out(label + ' = ' + text);
    };
    // What the console makes of a value, unless there are errors in it, whose stacks differ.
    const hasErrors = (value, seen = []) => {
      if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.includes(value)) return false;
      if (known.has(value) || Object.prototype.toString.call(value) === '[object Error]' || value instanceof Error || seen.length > 6) return true;
      const inside = [...seen, value];
      if (value instanceof Map || value instanceof Set) {
        try { for (const part of value.entries()) if (hasErrors(part[0], inside) || hasErrors(part[1], inside)) return true; } catch { return true; }
      }
      return Reflect.ownKeys(value).some((key) => {
        const d = Reflect.getOwnPropertyDescriptor(value, key);
        return 'value' in d && hasErrors(d.value, inside);
      });
    };
    const inspect = (f) => {
      let value;
      try { value = f(); } catch (e) { return out('threw ' + name(e)); }
      let skip = true;
      try { skip = hasErrors(value); } catch {}
      if (skip) out('not inspected');
      else console.log(value);
    };
    const run = (number, f) => {
      fuel = 400;
      out('case ' + number);
      try {
        out('result ' + show(f()));
      } catch (e) {
        try { out('case threw ' + name(e)); } catch { out('case threw'); }
      }
    };

    """#
}
