console.log('never printed');
import { readFile } from 'fs';
// expect syntax error: 2:1 Modules are not supported
// not for node: Node runs it as a module
