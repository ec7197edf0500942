import Testing

/// How entries are put on lines and in columns. The expected text is what Node 20 prints.
@Suite struct InspectorLayoutTests {
  @Test func `more than six numbers stand in columns and are aligned to the right`() throws {
    try expectPrinted(
      #"""
      console.log([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28]);
      console.log([1.5, 2.25, 100, -3, 4, 5, 6, 7]);
      """#,
      #"""
      [
         1,  2,  3,  4,  5,  6,  7,  8,
         9, 10, 11, 12, 13, 14, 15, 16,
        17, 18, 19, 20, 21, 22, 23, 24,
        25, 26, 27, 28
      ]
      [
        1.5, 2.25, 100, -3,
          4,    5,   6,  7
      ]
      """#)
  }

  @Test func `more than six strings stand in columns and are aligned to the left`() throws {
    try expectPrinted(
      #"""
      console.log(["a", "bb", "ccc", "dddd", "eeeee", "ffffff", "g", "hh", "iii", "jjjjjjjjjj", "k"]);
      """#,
      #"""
      [
        'a',     'bb',
        'ccc',   'dddd',
        'eeeee', 'ffffff',
        'g',     'hh',
        'iii',   'jjjjjjjjjj',
        'k'
      ]
      """#)
  }

  @Test func `six entries stand on one line`() throws {
    try expectPrinted(
      #"""
      console.log([1, 2, 3, 4, 5, 6], ["a", "b", "c", "d", "e", "f"]);
      """#,
      #"""
      [ 1, 2, 3, 4, 5, 6 ] [ 'a', 'b', 'c', 'd', 'e', 'f' ]
      """#)
  }

  @Test func `entries of very different length are not put in columns`() throws {
    try expectPrinted(
      #"""
      console.log(["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "b", "c", "d", "e", "f", "g", "h"]);
      console.log(["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "c", "d", "e", "f", "g"]);
      """#,
      #"""
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'b',
        'c',
        'd',
        'e',
        'f',
        'g',
        'h'
      ]
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        'c',
        'd',
        'e',
        'f',
        'g'
      ]
      """#)
  }

  @Test func `mixed entries are aligned to the left`() throws {
    try expectPrinted(
      #"""
      console.log([1, "a", 2, "b", 3, "c", 4], [undefined, null, true, false, undefined, null, true, false]);
      """#,
      #"""
      [
        1, 'a', 2, 'b',
        3, 'c', 4
      ] [
        undefined, null,
        true,      false,
        undefined, null,
        true,      false
      ]
      """#)
  }

  @Test func `after a hundred elements the rest is counted`() throws {
    try expectPrinted(
      #"""
      let squares = [];
      for (let i = 0; i < 130; i++) squares[i] = i * i;
      console.log(squares);
      squares.length = 101;
      console.log({ squares });
      """#,
      #"""
      [
           0,    1,    4,    9,   16,   25,   36,   49,   64,   81,
         100,  121,  144,  169,  196,  225,  256,  289,  324,  361,
         400,  441,  484,  529,  576,  625,  676,  729,  784,  841,
         900,  961, 1024, 1089, 1156, 1225, 1296, 1369, 1444, 1521,
        1600, 1681, 1764, 1849, 1936, 2025, 2116, 2209, 2304, 2401,
        2500, 2601, 2704, 2809, 2916, 3025, 3136, 3249, 3364, 3481,
        3600, 3721, 3844, 3969, 4096, 4225, 4356, 4489, 4624, 4761,
        4900, 5041, 5184, 5329, 5476, 5625, 5776, 5929, 6084, 6241,
        6400, 6561, 6724, 6889, 7056, 7225, 7396, 7569, 7744, 7921,
        8100, 8281, 8464, 8649, 8836, 9025, 9216, 9409, 9604, 9801,
        ... 30 more items
      ]
      {
        squares: [
             0,    1,    4,    9,   16,   25,   36,   49,   64,   81,
           100,  121,  144,  169,  196,  225,  256,  289,  324,  361,
           400,  441,  484,  529,  576,  625,  676,  729,  784,  841,
           900,  961, 1024, 1089, 1156, 1225, 1296, 1369, 1444, 1521,
          1600, 1681, 1764, 1849, 1936, 2025, 2116, 2209, 2304, 2401,
          2500, 2601, 2704, 2809, 2916, 3025, 3136, 3249, 3364, 3481,
          3600, 3721, 3844, 3969, 4096, 4225, 4356, 4489, 4624, 4761,
          4900, 5041, 5184, 5329, 5476, 5625, 5776, 5929, 6084, 6241,
          6400, 6561, 6724, 6889, 7056, 7225, 7396, 7569, 7744, 7921,
          8100, 8281, 8464, 8649, 8836, 9025, 9216, 9409, 9604, 9801,
          ... 1 more item
        ]
      }
      """#)
  }

  @Test func `empty elements are counted`() throws {
    try expectPrinted(
      #"""
      console.log([1, , 3, , , 6], [, ,], [, "a"], [, , "a", , ,], [undefined, , null]);
      let sparse = [1];
      sparse[5] = 1;
      sparse[100000] = 1;
      console.log(sparse);
      """#,
      #"""
      [ 1, <1 empty item>, 3, <2 empty items>, 6 ] [ <2 empty items> ] [ <1 empty item>, 'a' ] [ <2 empty items>, 'a', <2 empty items> ] [ undefined, <1 empty item>, null ]
      [ 1, <4 empty items>, 1, <99994 empty items>, 1 ]
      """#)
  }

  @Test func `further properties of an array come after its elements`() throws {
    try expectPrinted(
      #"""
      let list = [1, 2, 3];
      list.extra = { y: [1] };
      list[-1] = "negative";
      console.log(list, [list]);
      """#,
      #"""
      [ 1, 2, 3, extra: { y: [ 1 ] }, '-1': 'negative' ] [ [ 1, 2, 3, extra: { y: [Array] }, '-1': 'negative' ] ]
      """#)
  }

  @Test func `an object wider than 72 columns is put on several lines`() throws {
    try expectPrinted(
      #"""
      console.log({ aaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbb: 2, cccccccccccccccccccccccc: 3, dddddddd: 4 });
      console.log({ aaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbb: 2, ccccccccccc: 3, d: 4 });
      """#,
      #"""
      {
        aaaaaaaaaaaaaaaaaaaa: 1,
        bbbbbbbbbbbbbbbbbbbbbbbbbb: 2,
        cccccccccccccccccccccccc: 3,
        dddddddd: 4
      }
      {
        aaaaaaaaaaaaaaaaaaaa: 1,
        bbbbbbbbbbbbbbbbbbbbbbbbbb: 2,
        ccccccccccc: 3,
        d: 4
      }
      """#)
  }

  @Test func `an object that holds three more levels is put on several lines`() throws {
    try expectPrinted(
      #"""
      console.log({ a: { b: { c: 1 } }, d: { e: 1 } }, { a: { b: { c: { d: 1 } } } });
      console.log([["a", "b"], ["c", "d"]], [[1, 2, [3, 4, [5, [6]]]], { a: [1, { b: [] }] }]);
      """#,
      #"""
      { a: { b: { c: 1 } }, d: { e: 1 } } { a: { b: { c: [Object] } } }
      [ [ 'a', 'b' ], [ 'c', 'd' ] ] [ [ 1, 2, [ 3, 4, [Array] ] ], { a: [ 1, [Object] ] } ]
      """#)
  }

  @Test func `arrays of arrays are put in columns too`() throws {
    try expectPrinted(
      #"""
      console.log([[1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 2, 3], [4, 5, 6], [7, 8, 9]]);
      console.log([["abc", 1], ["def", 2], ["abc", 1], ["def", 2], ["abc", 1], ["def", 2], ["abc", 1], ["def", 2]]);
      """#,
      #"""
      [
        [ 1, 2, 3 ], [ 4, 5, 6 ],
        [ 7, 8, 9 ], [ 1, 2, 3 ],
        [ 4, 5, 6 ], [ 7, 8, 9 ],
        [ 1, 2, 3 ], [ 4, 5, 6 ],
        [ 7, 8, 9 ]
      ]
      [
        [ 'abc', 1 ],
        [ 'def', 2 ],
        [ 'abc', 1 ],
        [ 'def', 2 ],
        [ 'abc', 1 ],
        [ 'def', 2 ],
        [ 'abc', 1 ],
        [ 'def', 2 ]
      ]
      """#)
  }

  @Test func `objects in an array stand one a line when there are many`() throws {
    try expectPrinted(
      #"""
      console.log([{ a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }]);
      console.log([{ a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }]);
      """#,
      #"""
      [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 }
      ]
      [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1, b: 2 },
        { a: 1 }
      ]
      """#)
  }

  @Test func `wide characters count as two columns`() throws {
    try expectPrinted(
      #"""
      console.log(["日本語", "中文", "aé", "😀", "x", "y", "zzzzzz", "ü"]);
      """#,
      #"""
      [
        '日本語', '中文',
        'aé',     '😀',
        'x',      'y',
        'zzzzzz', 'ü'
      ]
      """#)
  }
}
