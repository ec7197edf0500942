let s = ''; for (let i = 0; i < 3e6; i++) s = 'a' + s + 'b'; s.length; s[5]; s.indexOf('ba');
