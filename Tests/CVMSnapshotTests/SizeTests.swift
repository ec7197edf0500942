import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Testing

/// What states take in each of their forms.
@Suite struct SizeTests {
  /// The portable and the inline form of what a program leaves behind; nil inline when it holds a cycle.
  private func sizes(_ subject: Subject) throws -> (portable: Int, inline: Int?) {
    let portable = try subject.checkpoint.bytes.count
    return (portable, try? InlineExecution(subject.json, sizeLimit: 64 << 20).text.count)
  }

  @Test(arguments: try LanguageProgram.all())
  func `the portable form is never much larger than the inline one`(program: LanguageProgram) throws {
    if case .syntaxError = program.ending { return }
    let subject = Subject()
    subject.machine.instructionsLeft = 200_000
    let dialect: Dialect = program.name.hasSuffix(".ts") ? .typeScript : .javaScript
    _ = subject.run(program.source, name: program.name, dialect: dialect, callsMain: true)
    let (portable, inline) = try sizes(subject)
    guard portable >= 4096, let inline else { return }
    #expect(Double(portable) <= 1.05 * Double(inline), "portable \(portable), inline \(inline)")
  }

  @Test(arguments: [10, 12, 100])
  func `an array that many places share takes a tenth of what it takes nested in each`(places: Int) throws {
    let subject = Subject()
    subject.value(
      """
      const shared = Array.from({length: 2000}, (_, i) => ({id: i, name: 'item ' + i, done: i % 3 === 0}))
      const holders = Array.from({length: \(places - 1)}, (_, i) => ({number: i, list: shared}))
      """)
    let (portable, inline) = try sizes(subject)
    #expect(Double(portable) <= 0.1 * Double(try #require(inline)), "portable \(portable), inline \(inline ?? 0)")
  }

  @Test(
    arguments: [
      """
      const data = Array.from({length: 3000}, (_, i) => ({
        time: new Date(1.7e12 + i * 777 + next(500)).toISOString(), level: pick(['info', 'info', 'warn', 'error']),
        message: `${pick(['GET', 'POST'])} /api/${pick(['users', 'orders', 'items'])}/${next(10000)} ${pick([200, 404, 500])} ${next(900)} ms from 10.0.${next(256)}.${next(256)}`}))
      """,
      """
      const data = Array.from({length: 3000}, (_, i) => ({
        id: i, name: pick(['Anna', 'Bernd', 'Carla', 'David']) + ' ' + pick(['Meier', 'Keller', 'Weber', 'Frei']),
        street: pick(['Hauptstrasse', 'Gartenweg', 'Seestrasse']) + ' ' + next(200), city: pick(['Basel', 'Bern', 'Genf']),
        phone: '+41 79 ' + next(1000) + ' ' + next(100) + ' ' + next(100),
        note: 'Customer since ' + (1990 + next(35)) + ', prefers ' + pick(['mail', 'phone', 'post'])}))
      """,
    ])
  func `a heap of records takes a fifth of what JSON.stringify makes of them`(program: String) throws {
    let subject = Subject()
    subject.value(
      "let seed = 1; const next = n => (seed = (seed * 48271) % 2147483647) % n, pick = a => a[next(a.length)]")
    subject.value(program)
    let json = try #require(Int(subject.value("JSON.stringify(data).length")))
    let compressed = try subject.checkpoint.compressedBytes.count
    #expect(compressed * 5 <= json, "JSON \(json), compressed \(compressed)")
  }

  @Test func `a heap of text takes a fifth of its execution JSON when it is compressed`() throws {
    let subject = Subject()
    subject.value(
      """
      let seed = 1; const next = n => (seed = (seed * 48271) % 2147483647) % n
      const words = Array.from({length: 400}, () => Array.from({length: 3 + next(7)}, () => 'etaoinshrdlu'[next(12)]).join(''))
      const sentence = () => Array.from({length: 6 + next(14)}, () => words[Math.min(next(400), next(400))]).join(' ') + '.'
      const notes = Array.from({length: 1500}, (_, i) => ({id: i, title: sentence(), body: sentence() + ' ' + sentence(), tags: [words[next(40)], words[next(40)]]}))
      """)
    let checkpoint = try subject.checkpoint
    let compressed = checkpoint.compressedBytes
    let json = try subject.json.count
    #expect(compressed.count * 5 <= json, "JSON \(json), compressed \(compressed.count)")
    let file = try SnapshotFile(compressed)
    #expect(file.hash == checkpoint.hash)
    #expect(try Subject(restoring: file).checkpoint.hash == checkpoint.hash)
  }
}
