extension Lessons {
  static let sharing = #"""
    lesson: Nested sharing
    aim: Find objects that are held twice, and undo the sharing.

    run: let row = [0, 0, 0]
    run: let grid = [row, row]
    run: :view boxes

    predict: grid[0][1] = 7
      ask: grid[1][1]
      because: Both places of grid hold arrows to the same row.
      idea: 0 => You expected two rows. There is one, held twice.

    task: Replace the second row of grid by one of its own with three zeros, so that the rows are two arrays.
      check: grid[0] !== grid[1] && grid[1].length === 3 && grid[1].every(n => n === 0)
      hint: Assign a new array to grid[1].
      hint: grid[1] = [0, 0, 0]
      solution: grid[1] = [0, 0, 0]
      wrong: grid[1] = grid[0]
      wrong: grid[1].fill(0)
      wrong: grid[1] = [0, 0]
      wrong: grid[0] = [0, 0, 0]
      when: grid[1] === row && grid[0] !== row => The FIRST row is a new array now. The second still is row.
      wrong: grid[1] = [...grid[0]]
      when: grid[0] !== grid[1] && grid[1].length === 3 && grid[1].includes(7) => The rows are two arrays, but the second still has the 7: three zeros are asked for.
      wrong: grid.push([0, 0, 0])
      when: grid.length > 2 && grid[0] === grid[1] => That is a third row. The first two are still ONE array.
      done: Now each row can change alone.

    predict: let board = Array(3).fill([])
      ask: new objects
      because: One array for the board, and one that fill puts into all three places.
      idea: 4 => You expected fill to make an array for each place.
      idea: 1 => The [ ] between the parentheses makes one, too.

    task: Make `cells` an array of three empty arrays that are three different objects.
      check: cells.length === 3 && cells.every(c => Array.isArray(c) && c.length === 0) && new Set(cells).size === 3
      hint: The arrays must be made one by one: Array.from calls a function for each place.
      hint: let cells = Array.from({length: 3}, () => [])
      solution: let cells = Array.from({length: 3}, () => [])
      wrong: let cells = Array(3).fill([])
      when: cells.length === 3 && cells[0] !== undefined && new Set(cells).size === 1 => ONE array stands in all three places.
      wrong: let cells = [row, row, row]
      wrong: let cells = Array(3)
      when: cells.length === 3 && cells[0] === undefined => The places of cells are empty: no array was made for them.
      wrong: let cells = []
      wrong: let cells = [[], []]
      wrong: let e = [], cells = [e, e, []]
      when: cells.length === 3 && new Set(cells).size === 2 => Two of the three places hold ONE array.
      done: Three arrays were made, so each place has one of its own.

    `:refs row` lists everything that holds an object: handy when a change shows where you did not expect it.
    """#

  static let equality = #"""
    lesson: Equality
    aim: Know what === compares, and how to compare contents.

    run: let p = {x: 1}
    run: let q = {x: 1}
    run: let r = p

    predict: let answer = p === q
      ask: answer
      because: === asks whether two arrows end at the same object. Each { } makes one of its own.
      idea: true => You compared the contents. === does not look inside.

    task: Turn ONE variable so that p, q and r are all the same object, the one that p is now.
      check: p === r && q === r
      same: p
      hint: Two arrows are equal when they end at the same object. Which variable can you turn?
      hint: q = r
      solution: q = r
      wrong: q = {x: 1}
      wrong: r = {...q}
      wrong: r = q
      when: q === r && p !== r => q and r are ONE object now, but r has left p. Turn q instead. (:undo takes it back.)
      wrong: p = q
      when: p === q && p !== r => p and q are ONE object now, but that is not the one that p was.
      when: p !== r && q !== r => r is an object of its own now. Take that back with :undo, and turn q.
      wrong: q.x = r.x
      done: Two arrows, one object. `:same q r` says so, too.

    predict: let found = [[1], [2]].includes([1])
      ask: found
      because: includes looks for the very object, and [1] has just made a new one.
      idea: true => You expected the search to compare contents.

    task: Write `samePoint(a, b)`, which says whether two points have the same x, whichever objects they are.
      check: samePoint({x: 1}, {x: 1}) === true && samePoint({x: 1}, {x: 2}) === false
      check: samePoint({x: 1, y: 1}, {x: 1, y: 2}) === true
      hint: Compare the slots, not the objects.
      hint: const samePoint = (a, b) => a.x === b.x
      solution: const samePoint = (a, b) => a.x === b.x
      wrong: const samePoint = (a, b) => a === b
      when: samePoint({x: 1}, {x: 1}) === false => samePoint says no to two points with one x. Does it compare the objects?
      wrong: const samePoint = () => true
      when: samePoint({x: 1}, {x: 2}) === true => samePoint says yes to points with different x.
      wrong: const samePoint = (a, b) => { a.x === b.x }
      when: samePoint({x: 1}, {x: 1}) === undefined => samePoint answers undefined: it needs a return.
      wrong: const samePoint = (a, b) => JSON.stringify(a) === JSON.stringify(b)
      when: samePoint({x: 1, y: 1}, {x: 1, y: 2}) === false => samePoint looks at more than x.
      done: Values can be compared; objects only identified.
    """#

  static let closures = #"""
    lesson: Closures capture variables
    aim: See that a function keeps the variables that it uses, not their values.

    run: let rate = 2
    run: let twice = n => n * rate

    predict: rate = 10
      ask: twice(3)
      because: The function looks at the variable rate when it is called, and that holds 10 now.
      idea: 6 => You expected the function to remember the old value.

    A variable of a call lives as long as a function that captured it.

    run: function counter() { let count = 0; return () => ++count }

    task: Make two counters, `one` and `two`, that count apart, and call one three times and two once.
      check: one !== two
      check: one() === 4 && one() === 5 && two() === 2 && two() === 3
      hint: Each call of counter() makes a new variable count.
      hint: let one = counter(), two = counter()
      hint: one(); one(); one(); two()
      solution: let one = counter(), two = counter()
      solution: one(); one(); one(); two()
      wrong: let one = counter(), two = one; one(); one(); one(); two()
      when: one === two && one !== counter => one and two are ONE function with ONE count. Each call of counter() makes another.
      wrong: let one = () => 4, two = counter(); two()
      when: typeof one === 'function' && one() === one() => one does not count. Make it with counter().
      wrong: let one = counter, two = counter
      when: one === counter => one is the function counter itself. Call it: counter()
      wrong: let one = counter(), two = counter(); one(); one(); one(); one()
      when: one() > 4 || two() > 2 => A count is too high already. Make new counters: let one = counter(), two = counter()
      wrong: let one = counter(), two = counter()
      when: one !== two && one() === 1 && two() === 1 => Two counters with a count each. Now call one three times and two once.
      wrong: let one = counter(), two = counter(); one(); two()
      when: one !== two && typeof one === 'function' && one() < 4 => one was called fewer than three times yet.
      wrong: let one = counter()()
      when: typeof one === 'number' => one holds a number. counter() answers a function: keep that, and call it later.
      done: Each function has a count of its own. `:view` shows it inside the function.

    run: :view boxes

    run: let shows = []

    predict: for (var i = 0; i < 3; i++) shows.push(() => i)
      ask: shows[0]()
      because: var makes ONE variable i for all rounds, and it is 3 when the loop is done.
      idea: 0 => You expected a variable for each round. That is what let does.
      idea: 2 => 2 was the last value inside the loop; the i++ after it made 3, and that ended the loop.

    task: Fill `numbers` with three functions that answer 0, 1 and 2.
      check: numbers.length === 3 && numbers.every((f, k) => f() === k)
      hint: let in the head of a loop makes a new variable in each round.
      hint: let numbers = []; for (let k = 0; k < 3; k++) numbers.push(() => k)
      solution: let numbers = []; for (let k = 0; k < 3; k++) numbers.push(() => k)
      wrong: let numbers = []; for (var k = 0; k < 3; k++) numbers.push(() => k)
      when: numbers.length === 3 && numbers.every(f => f() === 3) => All three answer 3: they share ONE variable.
      wrong: let numbers = [0, 1, 2]
      when: numbers.length > 0 && numbers.every(n => typeof n === 'number') => numbers holds numbers, not functions.
      wrong: let numbers = [() => 1, () => 2, () => 3]
      when: numbers.length === 3 && numbers[0]() !== 0 => The first function of numbers is to answer 0, and does not.
      wrong: let numbers = [() => 0, () => 1, () => 2, () => 3]
      when: numbers.length > 3 => numbers has more than three places. Begin again: let numbers = []
      done: Each function answers for itself.
    """#

  static let garbage = #"""
    lesson: Cycles and garbage
    aim: Say when an object is out of reach, and what a collection does.

    An object lives as long as some arrow leads to it from your variables, on any way.

    run: let a = {name: 'a'}
    run: let b = a

    predict: a = null
      ask: out of reach
      because: b still leads to the object. Only the last arrow counts.
      idea: 1 => You expected the object to go with its first name.

    task: Let go of the object that b refers to, so that nothing leads to it.
      lost: b
      hint: Turn b to something else.
      hint: b = null
      solution: b = null
      wrong: let c = b; b = null
      wrong: b.name = null
      wrong: a = undefined
      wrong: let c = {name: 'a'}
      done: It is garbage now. `:view` still draws it, marked with x.

    run: :view boxes

    Now two objects that hold each other.

    run: let left = {}, right = {}
    run: left.other = right; right.other = left

    predict: left = right = null
      ask: out of reach
      because: They still hold each other, but no variable leads to either. A cycle keeps nobody alive.
      idea: 0 => You expected the two to keep each other alive.

    A collection frees what is out of reach. The prompt itself remembers results ($1, $2 ...), so tell it to
    leave those out.

    run: let big = {list: [1, 2, 3]}
    run: let keep = big.list

    task: Let go of the object of big, keep its list, and let `:gc --no-repl` free the object.
      collected: big
      alive: keep
      hint: First turn big away, then collect.
      hint: big = null, and then :gc --no-repl
      solution: big = null
      solution: :gc --no-repl
      wrong: :gc --no-repl
      wrong: big = null
      wrong: keep = null
      wrong: big.list = null
      done: The list stayed, since keep leads to it.
    """#

  static let checkpoints = #"""
    lesson: What a checkpoint keeps
    aim: Go back in time, and know that objects come back as the same objects.

    The whole heap can be kept, and brought back: objects, arrows, variables.

    run: let game = {score: 10, player: {name: 'Ada'}}
    run: let player = game.player

    task: Keep this moment with the command :checkpoint start, then set game.score to 0.
      check: game.score === 0
      checkpoint: start
      hint: First the command, then the assignment.
      hint: :checkpoint start, and then game.score = 0
      solution: :checkpoint start
      solution: game.score = 0
      wrong: :checkpoint other
      wrong: game.score = 0
      done: The score is gone, but the checkpoint has it.

    task: Bring the moment back, so that game.score is 10 again, and game.player is still the object of player.
      check: game.score === 10 && game.player === player
      moment: taken back
      hint: :restore takes the name of the checkpoint. (:undo would do as well.)
      hint: :restore start
      solution: :restore start
      wrong: game = {score: 10, player: {name: 'Ada'}}
      when: game.player !== player => game is another object now, with another player: that is a likeness, not the moment.
      wrong: game.score = 10
      when: game.score === 10 => The score was set by a new statement. The checkpoint brings back all there was: use that.
      done: A checkpoint brings back the same objects, not equal ones: the same numbers, the same sharing.

    run: player.name = 'Grace'

    predict: :undo
      ask: game.player.name
      because: :undo takes one statement back, and both ways to the one object show it.
      idea: 'Grace' => You expected the change to stay in the object.

    What a checkpoint cannot keep is what left the heap: lines that were printed, files that were written.

    task: Set game.score to some other number, and then take that back, so that it is 10 again.
      check: game.score === 10 && game.player.name === 'Ada'
      moment: taken back
      hint: :undo takes the last statement back.
      hint: game.score = 1, and then :undo
      solution: game.score = 1
      solution: :undo
      wrong: game.score = 1
      wrong: game.score = 1; game.score = 10
      wrong: player.name = 'Eve'
      when: game.player.name !== 'Ada' => The player has another name now. That must be taken back, too: :undo
      done: That was the tour. `:quiz` keeps asking, `:predict on` asks about your own code.
    """#
}
