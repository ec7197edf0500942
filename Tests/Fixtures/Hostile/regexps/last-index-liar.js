const r = /a/g; r.exec = () => ({index: 0, 0: '', length: 1}); 'aaa'.replace(r, 'b');
