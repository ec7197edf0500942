extension Lessons {
  static let values = #"""
    lesson: Values and references
    aim: Tell what a variable holds: a value, or an arrow to an object.

    A number, a text, true and null are values: they stand in the variable itself. Everything in { } or [ ]
    is an object: it stands beside, and the variable holds an arrow to it.

    run: let n = 5
    run: let m = n
    run: :view boxes

    Both variables hold a 5 of their own. What happens to n when m changes?

    predict: m = 6
      ask: n
      because: m = n copied the value; the two have nothing to do with each other.
      idea: 6 => You expected the variables to be tied together, but values are copied.

    Now an object. It gets a number, such as #1, and the variable an arrow.

    run: let cat = {name: 'Tom', age: 3}
    run: :view boxes

    task: Make an object with a slot `name`, and let the variable `dog` refer to it.
      check: typeof dog === 'object' && dog !== null && 'name' in dog && dog !== cat
      hint: An object is written { name: ... }
      hint: let dog = {name: 'Rex'}
      solution: let dog = {name: 'Rex'}
      wrong: let dog = 'Rex'
      when: typeof dog === 'string' => dog holds a text, and that is a value. An object stands in { }.
      wrong: let dog = cat
      when: dog === cat => dog and cat are ONE object now. The task asks for a second one: write { } again.
      wrong: let dog = ['name', 'Rex']
      when: Array.isArray(dog) => dog refers to an array. Slots with names stand in { }.
      wrong: let dog = {legs: 4}
      when: typeof dog === 'object' && dog !== null && !('name' in dog) => dog refers to an object without a slot `name`.
      wrong: cat.dog = {name: 'Rex'}
      wrong: let pet = {name: 'Rex'}
      done: dog holds an arrow to an object of its own.

    task: Let `age` hold the number that cat has in its slot age.
      check: age === cat.age && typeof age === 'number'
      hint: A slot is read with a dot: cat.name
      hint: let age = cat.age
      solution: let age = cat.age
      wrong: let age = cat
      when: age === cat => age holds an arrow to the whole cat. Read its slot: cat.age
      wrong: let age = 'cat.age'
      when: age === 'cat.age' => age holds a text with letters in it. Without quotes the slot is read.
      wrong: let age = () => cat.age
      when: typeof age === 'function' => age holds a function that would read the slot. Read the slot itself.
      wrong: let age = cat.name
      wrong: let years = cat.age
      done: The number was copied: the slot and the variable each have one.

    predict: cat.age = 4
      ask: age
      because: age holds a value of its own; only the slot changed.
      idea: 4 => You expected age to follow the slot, but it got a copy of the number.
    """#

  static let aliasing = #"""
    lesson: Aliasing
    aim: See that assigning copies the arrow, never the object.

    run: let a = [1, 2, 3]

    task: Make `b` a second name of the array that a refers to.
      check: Array.isArray(a) && b === a
      hint: An assignment copies the arrow.
      hint: let b = a
      solution: let b = a
      wrong: let b = [1, 2, 3]
      wrong: let b = [...a]
      wrong: let b = 'a'
      wrong: let b = [a]
      when: Array.isArray(b) && b[0] === a => b is a new array with an arrow to a inside. The task asks for b itself to be a.
      wrong: let c = a
      done: Two names, one array.

    run: :view boxes

    predict: b.push(4)
      ask: a.length
      because: a and b are ONE array. There is no other that could have stayed short.
      idea: 3 => You expected a copy. `b = a` copies the arrow, not the array.

    A variable can be turned to something else. That moves its arrow; the object does not notice.

    predict: b = []
      ask: a.length
      because: Only the arrow of b moved, to a new array.
      idea: 0 => You expected the array itself to be emptied. Assigning a variable never changes an object.

    task: Empty the array of a (so that a.length is 0) without assigning a. Its identity must stay.
      check: a.length === 0
      same: a
      hint: Arrays have a length that can be set, and methods such as pop and splice.
      hint: a.length = 0
      solution: a.length = 0
      wrong: a = []
      wrong: a = null
      wrong: let a = []
      wrong: b.length = 0
      wrong: a.pop()
      wrong: a.fill(0)
      done: The same array, changed inside.
    """#

  static let constants = #"""
    lesson: const is not frozen
    aim: Know what const fixes (the arrow) and what it does not (the object).

    run: const list = [1]

    predict: list.push(2)
      ask: list.length
      because: const fixes where the arrow of list points, not what is in the array there.
      idea: 1 => You expected const to protect the array.

    task: Change the first element of list to 'changed'.
      check: list[0] === 'changed'
      same: list
      hint: Elements are written like this: list[0] = ...
      hint: list[0] = 'changed'
      solution: list[0] = 'changed'
      wrong: let other = ['changed']
      when: typeof other !== 'undefined' && other !== list => other is another array. Change the one of list.
      wrong: const list = ['changed']
      wrong: list.push('changed')
      when: list.length > 2 && list.at(-1) === 'changed' => 'changed' stands at the end now. The first element is list[0].
      wrong: list[1] = 'changed'
      done: const did not mind.

    What protects the object itself is Object.freeze.

    run: const point = Object.freeze({x: 1, tags: ['new']})

    task: Try to set point.x to 5, see the error, then put 'old' into point.tags.
      check: point.x === 1 && point.tags.includes('old')
      same: point
      hint: point.x = 5 throws a TypeError. The array in point.tags was not frozen.
      hint: point.tags.push('old')
      solution: point.tags.push('old')
      wrong: let tags = ['old']
      when: typeof tags === 'object' && tags !== point.tags => tags is an array of its own. Put 'old' into the one of point.
      wrong: const point = {x: 1, tags: ['old']}
      wrong: point.tags.push('odd')
      done: freeze is shallow: the array inside is another object, and nobody froze that.

    predict: let same = point
      ask: Object.isFrozen(same)
      because: same and point are ONE object, and that object is frozen, whatever name you use.
      idea: false => You expected the new name to bring a new object.
    """#

  static let functions = #"""
    lesson: Functions get references
    aim: Know what a function can change of what it is given.

    run: function grow(o) { o.size = o.size + 1 }
    run: let tree = {size: 1}

    predict: grow(tree)
      ask: tree.size
      because: The parameter o got a copy of the arrow, so o and tree are ONE object.
      idea: 1 => You expected the function to work on a copy.

    run: function replace(o) { o = {size: 100} }

    predict: replace(tree)
      ask: tree.size
      because: Assigning the parameter moves its own arrow; tree keeps pointing where it did.
      idea: 100 => You expected the function to reach the variable tree itself. It got only the arrow.

    task: Write a function `reset` such that reset(tree) makes tree.size 0. Then call it.
      check: typeof reset === 'function'
      check: (() => { const probe = {size: 9}; reset(probe); return probe.size === 0 })()
      check: tree.size === 0
      hint: Change a slot of the parameter, not the parameter.
      hint: function reset(o) { o.size = 0 }
      solution: function reset(o) { o.size = 0 }
      solution: reset(tree)
      wrong: tree.size = 0
      when: typeof reset === 'undefined' && tree.size === 0 => tree.size is 0, but there is no function reset yet.
      wrong: function reset() { tree.size = 0 }; reset()
      when: typeof reset === 'function' && reset.length === 0 => reset has no parameter: it can't reset what it is given.
      wrong: function reset(o) { o = {size: 0} }; reset(tree)
      wrong: function reset(o) { return {size: 0} }; tree = reset(tree)
      when: (() => { const o = {size: 9}; reset(o); return o.size !== 0 })() => reset leaves what it is given as it was. Change a slot of the parameter: assigning the parameter itself moves only its own arrow.
      wrong: function reset(o) { o.size = 0 }
      when: typeof reset === 'function' && tree.size !== 0 => reset does it right. Now call it with tree.
      done: Your function changed the object of the caller.

    task: Write `renamed(o, name)`, which answers a NEW object with that name and leaves o alone.
      check: (() => { const o = {name: 'a', n: 1}; const r = renamed(o, 'b'); return r !== o && o.name === 'a' && r.name === 'b' })()
      hint: {...o} makes a new object with the same slots.
      hint: function renamed(o, name) { return {...o, name} }
      solution: function renamed(o, name) { return {...o, name} }
      wrong: function renamed(o, name) { o.name = name; return o }
      when: (() => { const o = {name: 'a'}; renamed(o, 'b'); return o.name !== 'a' })() => renamed changes the object that it is given. Let it make a new one.
      wrong: function renamed(o, name) { const r = {...o, name} }
      when: renamed({name: 'a'}, 'b') === undefined => renamed answers undefined: it needs a return.
      wrong: function renamed(o, name) { return {...o} }
      when: renamed({name: 'a'}, 'b').name === 'a' => renamed answers an object with the old name.
      wrong: function renamed(o, name) { return name }
      when: typeof renamed({name: 'a'}, 'b') === 'string' => renamed answers a text, not an object with that name.
      done: What is given stays as it is: such functions are easy to trust.
    """#

  static let copies = #"""
    lesson: Shallow and deep copy
    aim: Choose between an alias, a shallow copy and a deep copy.

    run: let user = {name: 'Ada', address: {city: 'London'}}

    task: Make `copy` a shallow copy of user: a new object, but with the same address object.
      check: copy !== user && Object.hasOwn(copy, 'name') && copy.name === user.name && copy.address === user.address
      hint: The spread ... puts all slots of an object into a new one.
      hint: let copy = {...user}
      solution: let copy = {...user}
      wrong: let copy = user
      wrong: let copy = structuredClone(user)
      when: copy !== user && typeof copy.address === 'object' && copy.address !== user.address => That goes too deep: copy has an address of its own, and the task asks for a shared one.
      wrong: let copy = {user}
      when: copy.user === user => copy is a new object with an arrow to user inside, not a copy of its slots.
      wrong: let copy = Object.create(user)
      when: Object.getPrototypeOf(copy) === user => copy has no slots of its own: it asks its prototype, user.
      done: The outer object is new; the inner one is shared.

    run: :view boxes

    predict: copy.name = 'Grace'
      ask: user.name
      because: user and copy are two objects, each with a slot name.
      idea: 'Grace' => You expected one object, but the spread made a second.

    predict: copy.address.city = 'Paris'
      ask: user.address.city
      because: user.address and copy.address are ONE object: the copy was shallow.
      idea: 'London' => You expected a deep copy.

    task: Make `deep` a copy of user that shares nothing with it.
      check: deep !== user && deep.address !== user.address && deep.name === user.name && deep.address.city === user.address.city
      hint: structuredClone copies all the way down.
      hint: let deep = structuredClone(user)
      solution: let deep = structuredClone(user)
      wrong: let deep = {...user}
      when: deep !== user && deep.address === user.address => Only the outer object is new: deep.address and user.address are ONE object.
      wrong: let deep = user
      wrong: let deep = {}
      wrong: let deep = structuredClone(copy)
      done: No change of one can show in the other.

    `:shallow user` and `:deep user` draw this for any object, without changing your heap.

    predict: let text = JSON.parse(JSON.stringify({when: undefined, n: 1}))
      ask: 'when' in text
      because: JSON has no undefined, no functions and no dates: such slots get lost or become texts.
      idea: true => You expected JSON to keep everything.
    """#
}
