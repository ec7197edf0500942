"use strict";
// try/catch: a parser that reports errors by throwing, cleaning up in finally, own error classes, errors passed on.

class ParseError extends Error {
  constructor(message, position) {
    super(message);
    this.name = "ParseError";
    this.position = position;
  }
}

function parse(text) {
  let position = 0;
  function expression(depth) {
    let value = term(depth);
    while (text[position] === "+" || text[position] === "-") {
      const operator = text[position++];
      const right = term(depth);
      value = operator === "+" ? value + right : value - right;
    }
    return value;
  }
  function term(depth) {
    if (text[position] === "(") {
      position++;
      const value = expression(depth + 1);
      if (text[position++] !== ")") throw new ParseError("expected )", position);
      return value;
    }
    const start = position;
    while (text[position] >= "0" && text[position] <= "9") position++;
    if (start === position) throw new ParseError("expected a number", position);
    return Number(text.slice(start, position));
  }
  const value = expression(0);
  if (position < text.length) throw new ParseError("unexpected " + text[position], position);
  return value;
}

function withResource(state, work) {
  state.open++;
  try {
    return work();
  } finally {
    state.open--;
    state.closed++;
  }
}

function run(n) {
  const inputs = ["1+2+(3-4)", "12-(5+(6-7))", "(1+2", "8+x", "100-99-98", "((4)+(5))+6", "3++4", "7)"];
  const state = { open: 0, closed: 0 };
  let total = 0, failed = 0, where = 0, others = 0;
  for (let i = 0; i < n; i++) {
    try {
      total += withResource(state, () => parse(inputs[i % inputs.length]));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      failed++;
      where += error.position;
    }
    try {
      if (i % 4 === 0) null.property;
      if (i % 4 === 1) throw { code: i % 10 };
      total++;
    } catch (error) {
      others += error instanceof TypeError ? 1 : error.code;
    } finally {
      total++;
    }
  }
  return [total, failed, where, others, state.open, state.closed].join(" ");
}

(typeof print === "function" ? print : console.log)(run(100000));
