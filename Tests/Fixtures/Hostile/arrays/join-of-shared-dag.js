let a = ['x']; for (let i = 0; i < 60; i++) a = [a, a]; a.join();
