const o = {toJSON() { return {next: {toJSON: o.toJSON}} }}; JSON.stringify(o);
