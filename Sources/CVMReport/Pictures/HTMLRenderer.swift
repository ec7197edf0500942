import CVMHeapGraph
import CVMText

/// Writes a picture of a heap as one HTML file that needs nothing else: it is looked around in, opened and searched.
public struct HTMLRenderer: Sendable {
  public var title: String

  public init(title: String) { self.title = title }

  /// The whole file.
  public func render(_ picture: HeapPicture) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(HTMLParts.style)
    </style>
    </head>
    <body>
    <header>
    <h1>\(Markup.escaped(title))</h1>
    <p>\(Markup.escaped(SVGRenderer.caption(picture)))</p>
    \(HTMLParts.tools)
    </header>
    <main><svg id="view" role="img" aria-label="objects and what keeps them alive"><g id="scene"></g></svg>
    <aside id="detail" aria-live="polite"></aside></main>
    <script type="application/json" id="heap">\(json(picture))</script>
    <script>
    \(HTMLParts.script)
    </script>
    </body>
    </html>

    """
  }

  /// The boxes and arrows; nothing in it ends the element that it stands in.
  private func json(_ picture: HeapPicture) -> String {
    let text = JSONWriter.text { writer in
      writer.object { writer in
        writer.member("bytes", picture.bytes)
        writer.list("boxes") { writer in
          for box in picture.boxes {
            writer.object { writer in
              writer.member("t", TextLayout.printable(String(box.title.prefix(200))))
              if !box.detail.isEmpty { writer.member("d", TextLayout.printable(String(box.detail.prefix(300)))) }
              writer.member("c", TextLayout.printable(String(box.className.prefix(200))))
              writer.member("h", PictureMarkup.hue(box.className))
              if !box.id.isEmpty { writer.member("i", box.id) }
              if !box.isFolded { writer.member("s", box.shallow) }
              writer.member("r", box.retained)
              writer.member("n", box.objects)
              if let parent = box.parent { writer.member("p", parent) }
              if !box.link.isEmpty { writer.member("l", TextLayout.printable(String(box.link.prefix(100)))) }
              if !box.names.isEmpty {
                writer.list("v") { writer in
                  for name in box.names { writer.string(TextLayout.printable(String(name.prefix(100)))) }
                }
              }
              if box.isFolded { writer.member("f", true) }
            }
          }
        }
        writer.list("arrows") { writer in
          for arrow in picture.arrows {
            writer.object { writer in
              writer.member("a", arrow.from)
              writer.member("b", arrow.to)
              writer.member("l", TextLayout.printable(String(arrow.label.prefix(100))))
            }
          }
        }
      }
    }
    return text.replacing("<", with: "\\u003c")
  }
}
