import CVMReport

/// A transcript as one page that needs nothing else.
struct TranscriptPage {
  private let document: TranscriptDocument
  private let layout: PictureLayout

  init(_ document: TranscriptDocument) {
    self.document = document
    layout = PictureLayout(of: document.steps.compactMap(\.picture))
  }

  var html: String {
    let title = Markup.escaped(document.title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'">
      <meta name="generator" content="cvm-repl \(Program.version)">
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <a class="skip" href="#steps">To the steps</a>
      <header>
      <h1>\(title)</h1>
      <div class="controls" role="group" aria-label="Steps">
      <button type="button" id="first" title="First step (Home)">First</button>
      <button type="button" id="back" title="One step back (Left arrow)">Back</button>
      <span id="where" role="status" aria-live="polite"></span>
      <button type="button" id="forward" title="One step forward (Right arrow)">Forward</button>
      <button type="button" id="last" title="Last step (End)">Last</button>
      <button type="button" id="all" aria-pressed="false" title="All steps below each other (A)">All steps</button>
      </div>
      </header>
      <div class="page">
      <nav aria-label="Statements">
      <ol>
      \(document.steps.enumerated().map(link).joined(separator: "\n"))
      </ol>
      </nav>
      <main id="steps" tabindex="-1">
      \(document.missingCount > 0 ? "<p>The first \(document.missingCount) steps are missing.</p>" : "")
      \(document.steps.enumerated().map(section).joined(separator: "\n"))
      <details class="whole"><summary>The session as text</summary>
      <pre id="session" tabindex="0">\(Markup.escaped(document.sessionText))</pre>
      </details>
      </main>
      </div>
      <script>
      \(Self.script)
      </script>
      </body>
      </html>

      """
  }

  private func link(_ index: Int, _ step: TranscriptDocument.Step) -> String {
    let kind = step.number == nil ? " class=\"command\"" : ""
    return "<li\(kind)><a href=\"#step-\(index + 1)\"><code>\(Markup.escaped(step.title))</code></a></li>"
  }

  private func section(_ index: Int, _ step: TranscriptDocument.Step) -> String {
    let name = "step-\(index + 1)"
    var text = """
      <section class="step" id="\(name)" aria-labelledby="\(name)-h">
      <h2 id="\(name)-h">\(step.number.map { "Statement \($0)" } ?? "Command")</h2>
      <pre class="typed"><code>\(Markup.escaped(step.text))</code></pre>

      """
    if !step.output.isEmpty {
      text +=
        "<pre class=\"output\(step.number == nil ? "" : " said")\" aria-label=\"Answer\">\(Markup.escaped(step.output))</pre>\n"
    }
    if !step.sentences.isEmpty {
      text += "<ul class=\"words\">"
      text += step.sentences.map { "<li>\(Markup.escaped($0))</li>" }.joined() + "</ul>\n"
    }
    if document.draws(step), let picture = step.picture {
      let words = Self.description(picture)
      let svg = PictureSVG(picture, difference: step.difference, layout: layout, name: "p\(index + 1)").element(
        title: "The heap after \(step.title)", description: words)
      text += "<figure>\n\(svg)\n"
      if step.difference == nil { text += "<figcaption>Nothing changed here.</figcaption>\n" }
      text += "</figure>\n<details><summary>The picture in words</summary>\n<ul>"
      text +=
        words.split(separator: "\n").map { "<li>\(Markup.escaped(String($0)))</li>" }.joined() + "</ul></details>\n"
    }
    return text + "</section>"
  }

  /// Everything that the picture shows, a line each.
  static func description(_ picture: ReferencePicture) -> String {
    func text(_ content: ReferencePicture.Content) -> String {
      switch content {
      case .text(let text): text
      case .reference(let id): "\(picture.object(id)?.heading ?? "#\(id)")"
      }
    }
    var lines = picture.variables.map { variable in
      "Variable \(variable.name) \(variable.content.target == nil ? "holds" : "refers to") \(text(variable.content))."
    }
    lines += picture.objects.map { object in
      let slots = object.slots.map { slot in
        "\(slot.name) \(slot.content.target == nil ? "is" : "refers to") \(text(slot.content))"
      }
      let life = object.life == .alive ? "" : " (out of reach)"
      return "\(object.heading)\(life)" + (slots.isEmpty ? "." : ": \(slots.joined(separator: ", ")).")
    }
    return lines.joined(separator: "\n")
  }

  private static let style = """
    :root { color-scheme: light dark; --ground: #fff; --ink: #1c1e21; --soft: #5c636b; --line: #b9c0c7;
      --box: #f4f6f8; --mark: #b34700; --markbox: #fff1e2; --dead: #8a9097; --link: #0b57a4; }
    @media (prefers-color-scheme: dark) { :root { --ground: #16181b; --ink: #e8eaed; --soft: #a4abb3; --line: #545b63;
      --box: #22262b; --mark: #ffb066; --markbox: #3a2a18; --dead: #838b94; --link: #8cc4ff; } }
    * { box-sizing: border-box; }
    html { overflow-y: scroll; }
    body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--ground); color: var(--ink); }
    header { position: sticky; top: 0; background: var(--ground); border-bottom: 1px solid var(--line);
      padding: .5rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; z-index: 1; }
    h1 { font-size: 1.15rem; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 1rem; margin: 0 0 .4rem; color: var(--soft); }
    .controls { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
    #where { min-width: 6.5em; text-align: center; font-variant-numeric: tabular-nums; }
    button { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: 5px;
      padding: .15rem .7rem; cursor: pointer; }
    button:disabled { opacity: .45; cursor: default; }
    button[aria-pressed=true] { background: var(--markbox); border-color: var(--mark); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100em; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); z-index: 2; padding: .2rem .5rem; }
    .page { display: grid; grid-template-columns: clamp(9rem, 18vw, 18rem) minmax(0, 1fr); }
    nav { border-right: 1px solid var(--line); padding: .75rem .5rem; }
    nav ol { position: sticky; top: 4.5rem; max-height: calc(100vh - 5.5rem); overflow: auto; margin: 0; padding: 0;
      list-style: none; }
    nav a { display: block; padding: .15rem .5rem; border-left: 3px solid transparent; color: inherit;
      text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    nav a:hover { text-decoration: underline; }
    nav a[aria-current] { border-left-color: var(--mark); background: var(--box); font-weight: 600; }
    nav .command { color: var(--soft); }
    main { padding: .75rem 1rem 3rem; min-width: 0; }
    code, pre, svg { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .86rem; }
    pre { margin: .3rem 0; padding: .5rem .75rem; background: var(--box); border-radius: 5px; overflow-x: auto;
      white-space: pre; }
    pre.output { background: none; border-left: 3px solid var(--line); border-radius: 0; }
    .words { margin: .5rem 0; padding-left: 1.2rem; }
    figure { margin: .75rem 0; overflow-x: auto; }
    figcaption { color: var(--soft); }
    svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--ink); font-size: 13px; }
    svg .name, svg .heading { font-weight: 600; }
    svg .key, svg .note { fill: var(--soft); }
    svg rect { fill: var(--box); stroke: var(--line); }
    svg circle { fill: var(--ink); }
    .arrow { fill: none; stroke: var(--ink); stroke-width: 1.4; }
    .head path { fill: var(--ink); }
    .changed > rect { stroke: var(--mark); stroke-width: 2.5; fill: var(--markbox); }
    .changed > text { fill: var(--mark); font-weight: 700; }
    .changed > circle { fill: var(--mark); }
    .arrow.changed { stroke: var(--mark); stroke-width: 2.5; }
    .head.changed path { fill: var(--mark); }
    .dead > rect { stroke-dasharray: 5 4; fill: none; }
    .dead text, .dead .slot text { fill: var(--dead); }
    .dead circle { fill: var(--dead); }
    .arrow.dead { stroke: var(--dead); stroke-dasharray: 5 4; }
    .head.dead path { fill: var(--dead); }
    details { margin: .5rem 0; }
    summary { cursor: pointer; color: var(--link); }
    .step { scroll-margin-top: 5rem; }
    .single .step { display: none; }
    .single .step.shown { display: flex; flex-direction: column; }
    .single .step > * { order: 3; min-width: 0; }
    .single .step > h2 { order: 0; }
    .single .step > .typed { order: 1; min-height: var(--typed); max-height: var(--typed); overflow: auto; }
    .single .step > figure { order: 2; min-height: var(--figure); }
    body:not(.single) .step { border-bottom: 1px solid var(--line); padding: 1rem 0; }
    .single .whole { display: none; }
    @media (max-width: 52rem) { header { position: static; } .step { scroll-margin-top: .5rem; }
      svg { min-width: 40rem; } .page { grid-template-columns: minmax(0, 1fr); }
      nav { border-right: 0; border-bottom: 1px solid var(--line); } nav ol { position: relative; top: 0; max-height: 9rem; }
      pre.said { white-space: pre-wrap; overflow-wrap: anywhere; } }
    @media print { :root { --ground: #fff; --ink: #000; --soft: #444; --line: #999; --box: #fff; --mark: #000;
        --markbox: #eee; --dead: #777; }
      header { position: static; } .controls, nav, .skip, details { display: none; } .page { display: block; }
      .single .step, .single .step.shown { display: block; } .single .step > figure { min-height: 0; } .step { border-bottom: 1px solid #999; padding: .5rem 0; }
      figure, pre { break-inside: avoid; } h2 { break-after: avoid; }
      pre { white-space: pre-wrap; } }
    """

  /// Without it all steps stand below each other.
  private static let script = """
    (() => {
      const steps = [...document.querySelectorAll('.step')];
      const links = [...document.querySelectorAll('nav a')];
      const button = name => document.getElementById(name);
      let current = 0;
      let showsAll = false;
      const clamp = n => Math.max(0, Math.min(steps.length - 1, n));
      function show(n, moves) {
        if (!steps.length) return;
        current = clamp(n);
        steps.forEach((step, i) => step.classList.toggle('shown', i === current));
        links.forEach((link, i) => i === current ? link.setAttribute('aria-current', 'step') : link.removeAttribute('aria-current'));
        document.getElementById('where').textContent = `Step ${current + 1} of ${steps.length}`;
        button('first').disabled = button('back').disabled = current === 0;
        button('last').disabled = button('forward').disabled = current === steps.length - 1;
        const list = links[current].closest('ol'), item = links[current];
        if (item.offsetTop < list.scrollTop || item.offsetTop + item.offsetHeight > list.scrollTop + list.clientHeight)
          list.scrollTop = item.offsetTop - list.clientHeight / 2;
        if (showsAll && moves) steps[current].scrollIntoView();
        if (moves) history.replaceState(null, '', '#step-' + (current + 1));
      }
      // What is typed and the picture keep their places from step to step: each has room for the largest.
      function measure() {
        const body = document.body, style = body.style;
        body.classList.remove('single');
        const tallest = name => Math.ceil(Math.max(0,
          ...[...document.querySelectorAll(name)].map(e => e.getBoundingClientRect().height)));
        style.setProperty('--typed', Math.min(tallest('.typed'), 180) + 'px');
        style.setProperty('--figure', tallest('figure') + 'px');
        body.classList.toggle('single', !showsAll);
      }
      function all(on) {
        showsAll = on;
        document.body.classList.toggle('single', !on);
        button('all').setAttribute('aria-pressed', on);
        show(current, on);
      }
      button('first').onclick = () => show(0, true);
      button('back').onclick = () => show(current - 1, true);
      button('forward').onclick = () => show(current + 1, true);
      button('last').onclick = () => show(steps.length - 1, true);
      button('all').onclick = () => all(!showsAll);
      links.forEach((link, i) => link.addEventListener('click', event => {
        event.preventDefault();
        show(i, true);
      }));
      addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('pre, input, textarea')) return;
        const keys = { ArrowLeft: current - 1, ArrowRight: current + 1, p: current - 1, n: current + 1,
          Home: 0, End: steps.length - 1 };
        if (event.key in keys) show(keys[event.key], true);
        else if (event.key === 'a' || event.key === 'A') all(!showsAll);
        else return;
        event.preventDefault();
      });
      const wanted = () => {
        const match = /^#step-(\\d+)$/.exec(location.hash);
        return match ? Number(match[1]) - 1 : 0;
      };
      addEventListener('hashchange', () => show(wanted(), false));
      measure();
      addEventListener('resize', measure);
      show(wanted(), false);
    })();
    """
}
