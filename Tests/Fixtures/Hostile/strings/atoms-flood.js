const o = {}; for (let i = 0; ; i++) { o['key' + i] = 1; delete o['key' + i] }
