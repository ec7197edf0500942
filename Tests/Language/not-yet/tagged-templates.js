console.log('not printed');
String.raw`x`;
// expect syntax error: 2:1 tagged templates are not supported yet
// not for node: it has them
