throw 'just text';
// expect uncaught: 'just text'
