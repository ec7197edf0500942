try {
  throw new Error('still uncaught');
} finally {
  console.log('finally runs'); // expect: finally runs
}
// expect uncaught: Error: still uncaught
