/// Where an execution stands.
public enum ExecutionStatus: UInt8, Sendable, CaseIterable {
  /// It can go on: it was just made, or its question was answered.
  case ready = 1
  /// It asked a question.
  case waiting = 2
  case completed = 3
  /// It ended with an uncaught error.
  case failed = 4
  /// It was interrupted or crossed a limit, and can go on.
  case stopped = 5
}

/// What a store knows of an execution, without its state.
public struct ExecutionRecord: Equatable, Sendable {
  public let id: String
  /// The content of the program.
  public let program: BlobAddress
  /// What the host keeps with it.
  public let details: [UInt8]
  public internal(set) var status: ExecutionStatus
  /// How many commits there were.
  public internal(set) var sequence: Int
  public internal(set) var state: BlobAddress?
  /// The bytes of the state and of all that it stands on.
  public internal(set) var stateBytes: Int
  /// What it asks.
  public internal(set) var question: String?
  /// The answer that it has not seen yet.
  public internal(set) var answer: String?
  /// What it ended with.
  public internal(set) var result: String?
  public internal(set) var outputBytes: Int
  /// How many entries its log has.
  public internal(set) var logEntries: Int
  /// In seconds since 1970.
  public let createdAt: Double
  public internal(set) var updatedAt: Double
  /// Who is at it.
  public internal(set) var owner: Owner?
}

/// An execution to be made.
public struct NewExecution: Sendable {
  public var id: String
  public var program: [UInt8]
  public var details: [UInt8]
  /// Where it stands from the start, when it comes from elsewhere: it is made with that or not at all.
  public var first: ExecutionCommit?

  public init(id: String, program: [UInt8], details: [UInt8] = [], first: ExecutionCommit? = nil) {
    (self.id, self.program, self.details, self.first) = (id, program, details, first)
  }
}

/// A state to be kept: complete in itself, or standing on a parent that the store has.
public struct StateBlob: Sendable {
  public var bytes: [UInt8]
  public var parent: BlobAddress?

  public init(_ bytes: [UInt8], parent: BlobAddress? = nil) { (self.bytes, self.parent) = (bytes, parent) }
}

/// A state as a store has it.
public struct StoredBlob: Equatable, Sendable {
  public let address: BlobAddress
  public let parent: BlobAddress?
  public let bytes: [UInt8]
}

/// Something that happened to an execution.
public struct LogEntry: Equatable, Sendable {
  public enum Kind: UInt8, Sendable {
    case output = 1
    case errorOutput = 2
    case question = 3
    case answer = 4
    /// The execution began again; what stands before is of an earlier life.
    case restart = 5
  }

  public var kind: Kind
  public var bytes: [UInt8]
  /// The commit that it came with.
  public internal(set) var sequence = 0

  public init(_ kind: Kind, _ bytes: [UInt8]) { (self.kind, self.bytes) = (kind, bytes) }
  public init(_ kind: Kind, _ text: String) { self.init(kind, Array(text.utf8)) }
}

/// One step of an execution: all of it becomes durable, or nothing.
public struct ExecutionCommit: Sendable {
  public enum State: Sendable {
    case kept
    case replaced(StateBlob)
    case removed
  }

  /// The sequence number of the record that the step was made from.
  public var expectedSequence: Int
  public var status: ExecutionStatus
  public var state = State.kept
  public var question: String?
  public var answer: String?
  public var result: String?
  /// Appended to the log.
  public var log: [LogEntry] = []
  /// Whether the execution stays where it is: only its state is written in another way.
  public var isSameStep = false
  /// Whether the execution is given back with it.
  public var releases = false

  public init(expectedSequence: Int, status: ExecutionStatus) {
    (self.expectedSequence, self.status) = (expectedSequence, status)
  }
}

extension ExecutionRecord {
  init(_ new: NewExecution, program: BlobAddress, owner: Owner?, at time: Double) {
    self.init(
      id: new.id, program: program, details: new.details, status: .ready, sequence: 0, state: nil, stateBytes: 0,
      question: nil, answer: nil, result: nil, outputBytes: 0, logEntries: 0, createdAt: time, updatedAt: time,
      owner: owner)
  }

  /// Refuses a commit that comes from the wrong hands or too late.
  func check(_ commit: ExecutionCommit, by owner: Owner?) throws(StorageError) {
    guard sequence == commit.expectedSequence else {
      throw .sequence(id: id, expected: commit.expectedSequence, found: sequence)
    }
    if let other = self.owner, other != owner { throw .owned(id: id, by: other) }
  }

  /// The record after a commit.
  func applying(_ commit: ExecutionCommit, state: (address: BlobAddress, bytes: Int)?, at time: Double) -> Self {
    var next = self
    next.status = commit.status
    if !commit.isSameStep { next.sequence += 1 }
    switch commit.state {
    case .kept: break
    case .replaced: (next.state, next.stateBytes) = (state?.address, state?.bytes ?? 0)
    case .removed: (next.state, next.stateBytes) = (nil, 0)
    }
    (next.question, next.answer, next.result) = (commit.question, commit.answer, commit.result)
    for entry in commit.log {
      switch entry.kind {
      case .output, .errorOutput: next.outputBytes += entry.bytes.count
      case .restart: next.outputBytes = 0
      case .question, .answer: break
      }
    }
    if commit.releases { next.owner = nil }
    next.logEntries += commit.log.count
    if !commit.isSameStep { next.updatedAt = time }
    return next
  }

  /// Refuses to hand an execution over as long as the process that has it lives.
  func checkLease(for owner: Owner, at time: Double) throws(StorageError) {
    if let other = self.owner, other != owner, other.isAlive(at: time, lastSeen: updatedAt) {
      throw .owned(id: id, by: other)
    }
  }
}
