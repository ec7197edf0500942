import Glibc

/// Marks the threads that `withLargeStack` made.
private let largeStackKey: pthread_key_t = {
  var key = pthread_key_t()
  pthread_key_create(&key, nil)
  return key
}()

private let largeStackSize = 256 << 20

/// What travels to the thread and back.
private final class LargeStackJob {
  let run: () -> Void

  init(_ run: @escaping () -> Void) {
    self.run = run
  }
}

/// Runs work that recurses as deep as the nesting limit allows, on a thread with a stack large enough for it.
public func withLargeStack<R>(_ body: () -> R) -> R {
  if pthread_getspecific(largeStackKey) != nil { return body() }
  return withoutActuallyEscaping(body) { body in
    var result: R?
    let job = LargeStackJob { result = body() }
    if !runOnLargeStack(job) { result = body() }
    guard let result else { preconditionFailure("the thread ends only after its work") }
    return result
  }
}

/// Says whether a thread could be made.
private func runOnLargeStack(_ job: LargeStackJob) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, largeStackSize)
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(job)
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      guard let argument else { return nil }
      pthread_setspecific(largeStackKey, argument)
      Unmanaged<LargeStackJob>.fromOpaque(argument).takeUnretainedValue().run()
      return nil
    }, argument.toOpaque())
  if status == 0 { pthread_join(thread, nil) }
  argument.release()
  return status == 0
}
