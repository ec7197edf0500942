console.log(typeof [], typeof {}, typeof null, typeof (() => {}), typeof class {}, typeof new Map(), typeof new Error(), typeof Object('s'), Array.isArray([]), Array.isArray({}));
// expect: object object object function function object object object true false
