let o = []; for (let i = 0; i < 1e5; i++) o = [o]; JSON.stringify(o, null, 10);
