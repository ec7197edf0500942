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
      check: grid.length === 2 && grid[0] !== grid[1] && grid[1].length === 3 && grid[1].every(n => n === 0)
      hint: Assign a new array to grid[1].
      hint: grid[1] = [0, 0, 0]
      solution: grid[1] = [0, 0, 0]
      wrong: grid[1] = grid[0]
      wrong: grid[1].fill(0)
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
      wrong: let cells = [row, row, row]
      done: Three literals ran, so there are three arrays.

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

    task: Change something so that q === r holds, while p stays the object that it is.
      check: q === r
      alive: p
      hint: Two arrows are equal when they end at the same object. Which variable can you turn?
      hint: q = r
      solution: q = r
      wrong: q = {x: 1}
      wrong: r = {...q}
      done: Two arrows, one object. `:same q r` says so, too.

    predict: let found = [[1], [2]].includes([1])
      ask: found
      because: includes looks for the very object, and [1] has just made a new one.
      idea: true => You expected the search to compare contents.

    task: Write `samePoint(a, b)`, which says whether two points have the same x, whichever objects they are.
      check: samePoint({x: 1}, {x: 1}) === true && samePoint({x: 1}, {x: 2}) === false
      hint: Compare the slots, not the objects.
      hint: const samePoint = (a, b) => a.x === b.x
      solution: const samePoint = (a, b) => a.x === b.x
      wrong: const samePoint = (a, b) => a === b
      wrong: const samePoint = () => true
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
      check: one !== two && one() === 4 && two() === 2
      hint: Each call of counter() makes a new variable count.
      hint: let one = counter(), two = counter()
      hint: one(); one(); one(); two()
      solution: let one = counter(), two = counter()
      solution: one(); one(); one(); two()
      wrong: let one = counter(), two = one; one(); one(); one(); two()
      wrong: let one = () => 4, two = counter(); two(); two()
      done: Each function has a count of its own. `:view` shows it inside the function.

    run: :view boxes

    run: let shows = []

    predict: for (var i = 0; i < 3; i++) shows.push(() => i)
      ask: shows[0]()
      because: var makes ONE variable i for all rounds, and it is 3 when the loop is done.
      idea: 0 => You expected a variable for each round. That is what let does.

    task: Fill `numbers` with three functions that answer 0, 1 and 2.
      check: numbers.length === 3 && numbers.every((f, k) => f() === k)
      hint: let in the head of a loop makes a new variable in each round.
      hint: let numbers = []; for (let k = 0; k < 3; k++) numbers.push(() => k)
      solution: let numbers = []; for (let k = 0; k < 3; k++) numbers.push(() => k)
      wrong: let numbers = []; for (var k = 0; k < 3; k++) numbers.push(() => k)
      done: Three variables were captured, one for each function.
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
      hint: First the command, then the assignment.
      hint: :checkpoint start, and then game.score = 0
      solution: :checkpoint start
      solution: game.score = 0
      wrong: :checkpoint other
      done: The score is gone, but the checkpoint has it.

    task: Bring the moment back, so that game.score is 10 again, and game.player is still the object of player.
      check: game.score === 10 && game.player === player
      hint: :restore takes the name of the checkpoint. (:undo would do as well.)
      hint: :restore start
      solution: :restore start
      wrong: game = {score: 10, player: {name: 'Ada'}}
      done: A checkpoint brings back the same objects, not equal ones: the same numbers, the same sharing.

    run: player.name = 'Grace'

    predict: :undo
      ask: game.player.name
      because: :undo takes one statement back, and both ways to the one object show it.
      idea: 'Grace' => You expected the change to stay in the object.

    What a checkpoint cannot keep is what left the heap: lines that were printed, files that were written.

    task: Make any change, and take it back, so that JSON.stringify(game) is {"score":10,"player":{"name":"Ada"}}.
      check: JSON.stringify(game) === '{"score":10,"player":{"name":"Ada"}}' && typeof changed !== 'undefined'
      hint: The variable `changed` must be there as well: make it with let changed = 1.
      hint: let changed = 1, and then game.score = 1, and then :undo
      solution: let changed = 1
      solution: game.score = 1
      solution: :undo
      wrong: game.score = 1
      done: That was the tour. `:quiz` keeps asking, `:predict on` asks about your own code.
    """#
}
