import CVMRuntime

/// The learner's session, which waits while a lesson runs on a heap of its own.
struct LessonHome {
  fileprivate let branch: ParkedBranch
  fileprivate let branches: Branches
  fileprivate let makers: StatementList
  fileprivate let statementNumber: Int
  fileprivate let checkpoints: [KeptCheckpoint]
  fileprivate var history: SessionHistory
  fileprivate let file: String?
  fileprivate let budget: Budget?
  fileprivate let breakpoints: Breakpoints
  fileprivate let toldAliases: Set<UInt64>
  fileprivate var teaching: TeachingState
  fileprivate let journal: Journal?
  fileprivate let keepsJournal: Bool

  fileprivate init(_ session: Session) {
    branch = session.parkedNow
    branches = session.branches
    makers = session.makers
    statementNumber = session.statementNumber
    checkpoints = session.checkpoints
    history = session.history
    file = session.file
    budget = session.budget
    breakpoints = session.stepper.breakpoints
    toldAliases = session.toldAliases
    teaching = session.teaching
    (journal, keepsJournal) = (session.journal, session.keepsJournal)
  }
}

extension Session {
  /// Whether what is typed belongs to a lesson.
  var isInLesson: Bool { lessonHome != nil }

  /// Goes on with an empty heap for a lesson. What was typed for it belongs to the session that waits.
  func enterLessonHeap(_ line: String, _ sentence: String) {
    if lessonHome == nil {
      machine.history?.showFailure(false)
      var home = LessonHome(self)
      home.history.add(line, number: nil)
      home.teaching.log.add(nil, line, sentence + "\n")
      lessonHome = home
    }
    (journal, keepsJournal) = (nil, false)
    (branches, checkpoints, history, file, budget) = (Branches(), [], SessionHistory(), nil, nil)
    stepper.breakpoints = Breakpoints()
    teaching = TeachingState(keeping: teaching)
    beginHeap()
    replaceStatements(makers: [], number: 0)
    firstStatement = 0
    lastTable = nil
  }

  /// Goes on with the session that waited, as it was.
  func leaveLessonHeap() {
    guard var home = lessonHome else { return }
    lessonHome = nil
    home.teaching.log.add(nil, ":learn stop", "")
    branches = home.branches
    enter(home.branch)
    replaceStatements(makers: home.makers, number: home.statementNumber)
    (checkpoints, history, file, budget) = (home.checkpoints, home.history, home.file, home.budget)
    stepper.breakpoints = home.breakpoints
    stepper.breakpoints.forgetPlaces()
    toldAliases = home.toldAliases
    teaching = home.teaching.going(on: teaching)
    (journal, keepsJournal) = (home.journal, home.keepsJournal)
    lastTable = nil
  }

  /// For what would replace the whole session.
  func requireNoLesson(_ what: String) throws(CommandError) {
    guard isInLesson else { return }
    throw .usage("\(what) replaces the session, and a lesson is on: :learn stop ends it first.")
  }
}

extension TeachingState {
  /// A state for another heap: what belongs to the person goes on.
  init(keeping other: TeachingState) {
    self.init()
    take(other)
  }

  /// This one, with what the person learned meanwhile.
  func going(on other: TeachingState) -> TeachingState {
    var state = self
    state.take(other)
    return state
  }

  private mutating func take(_ other: TeachingState) {
    (score, random, progress) = (other.score, other.random, other.progress)
    (isPredicting, explainedEvents) = (other.isPredicting, other.explainedEvents)
  }
}
