'x'.repeat(1e6).replace(/x/, "$'".repeat(1e5));
